"""Strategies of options, as the API shows them."""

from typing import Annotated

import strawberry

from domain.kernel.errors import BadUserInput
from domain.options import strategies as domain
from domain.options.pictures import payoff_picture
from domain.options.strategy_templates import MOST_TEMPLATES, NamedStrategy, strategies_at
from schema.context import Info
from schema.market.contracts import OptionRight
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.permissions import Access, allowed

# That one strategy takes, at most.
_SECONDS = 0.03
_RIGHT, _STRIKE = "To buy or to sell.", "Above 0, in the money of the spot."
_YEARS, _QUANTITY = "To expiry, calendar days / 365; may be 0.", "Options bought; negative for a short leg."


@strawberry.input(description="One leg of a strategy: options on one unit of the underlying.")
class OptionLegInput:
    """A leg."""

    right: OptionRight = strawberry.field(description=_RIGHT)  # type: ignore[valid-type]
    strike: float = strawberry.field(description=_STRIKE)
    years: float = strawberry.field(description=_YEARS)
    quantity: int = strawberry.field(description=_QUANTITY)
    premium: float | None = strawberry.field(
        description="What one unit cost or brought; null: what Black, Scholes and Merton say.", default=None
    )


@strawberry.input(
    description="Options on one underlying that are held together, and the market that they are valued in."
)
class OptionStrategyInput:
    """A strategy."""

    spot: float = strawberry.field(description="Price of the underlying, above 0.")
    legs: list[OptionLegInput] = strawberry.field(description=f"Its options: 1 to {domain.MOST_LEGS}.")
    rate: float = strawberry.field(description="A year, as a fraction, continuously compounded.", default=0)
    dividend_yield: float = strawberry.field(description="A year, as a fraction, continuously compounded.", default=0)
    volatility: float = strawberry.field(description="A year, as a fraction, 0 or more.", default=0.2)
    multiplier: int = strawberry.field(
        description="By which all money and Greeks of the answer are multiplied, premiums of legs not: 1 to 1,000,000.",
        default=1,
    )
    underlying_units: float = strawberry.field(
        description="Units of the underlying held beside the legs, bought at the spot; negative when sold short.",
        default=0,
    )


@strawberry.type(description="Profit of a strategy at one price of the underlying.")
class PayoffPoint:
    """A point of the diagram."""

    underlying: float = strawberry.field(description="Price of the underlying.")
    at_expiry: float = strawberry.field(
        description="Profit at the first expiry: later legs at what they are worth then."
    )
    now: float | None = strawberry.field(description="Profit at once; null where a price is no finite number.")


@strawberry.type(description="Greeks of a strategy now, of all legs and units together.")
class StrategyGreeks:
    """Greeks."""

    delta: float | None = strawberry.field(description="Change of worth for 1 of the spot.")
    gamma: float | None = strawberry.field(description="Change of delta for 1 of the spot.")
    theta: float | None = strawberry.field(description="Change of worth when one calendar day passes.")
    vega: float | None = strawberry.field(description="Change of worth for 0.01 of volatility.")
    rho: float | None = strawberry.field(description="Change of worth for 0.01 of the rate.")


@strawberry.type(
    description=(
        "What a strategy of European options costs and may bring at its first expiry, without interest on premiums. "
        "Money and Greeks are of the legs as given, times the multiplier."
    )
)
class OptionStrategy:
    """A strategy, analyzed."""

    net_premium: float | None = strawberry.field(description="What is paid for all; negative when more is received.")
    max_profit: float | None = strawberry.field(description="The highest profit; null when it is UNBOUNDED.")
    max_loss: float | None = strawberry.field(
        description="The lowest profit, negative, or 0 when nothing can be lost; null when it is UNBOUNDED."
    )
    probability_of_profit: float | None = strawberry.field(
        description="Of a profit at the first expiry, when the spot drifts at the rate less the yield."
    )
    breakevens: list[float] = strawberry.field(
        description="Prices of the underlying without profit or loss at the first expiry, rising; at most 500."
    )
    payoff: list[PayoffPoint] = strawberry.field(
        description="Profit by the price of the underlying, with each strike and break-even; at most 500.",
        metadata=sized(250),
    )
    greeks: StrategyGreeks = strawberry.field(description="Greeks now.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers, of the Greeks as well, are null, and why; at most 9.", metadata=sized(3)
    )
    found: strawberry.Private[domain.Analysis]
    spot: strawberry.Private[float]

    @strawberry.field(
        description=(
            "The diagram of profit and loss, as SVG without script or link, below 100,000 characters; null where "
            "there is nothing to draw."
        )
    )
    async def payoff_picture(self, info: Info) -> str | None:
        """Draw it."""
        return await info.context.resources.compute.run(payoff_picture, self.found, self.spot)


@strawberry.type(description="A leg of a strategy that has a name.")
class OptionStrategyLeg:
    """A leg."""

    right: OptionRight = strawberry.field(description=_RIGHT)  # type: ignore[valid-type]
    strike: float = strawberry.field(description=_STRIKE)
    years: float = strawberry.field(description=_YEARS)
    quantity: int = strawberry.field(description=_QUANTITY)


@strawberry.type(description="A strategy that has a name, with strikes around a price: what `optionStrategy` takes.")
class OptionStrategyTemplate:
    """A strategy by its name."""

    code: str = strawberry.field(description="Which it is, in capitals.")
    name: str = strawberry.field(description="What people call it.")
    view: str = strawberry.field(description="What whoever holds it counts on.")
    underlying_units: float = strawberry.field(description="Units of the underlying held beside the legs.")
    legs: list[OptionStrategyLeg] = strawberry.field(description="Its options: at most 4.", metadata=sized(3))


@strawberry.type
class StrategiesQuery:
    """What options held together come to."""

    @strawberry.field(
        description="What a strategy costs and may bring. What cannot be computed is null with a reason.",
        metadata=allowed(Access.ANYBODY),
    )
    async def option_strategy(self, info: Info, input: OptionStrategyInput) -> OptionStrategy:
        """Analyze one."""
        info.context.spend_computing(_SECONDS)
        found = await info.context.resources.compute.run(domain.analyze, _plan(input))
        return OptionStrategy(
            net_premium=found.net_premium,
            max_profit=found.max_profit,
            max_loss=found.max_loss,
            probability_of_profit=found.probability_of_profit,
            breakevens=list(found.break_evens),
            payoff=[PayoffPoint(underlying=at.underlying, at_expiry=at.at_expiry, now=at.now) for at in found.payoff],
            greeks=StrategyGreeks(**found.greeks),
            unavailable=unavailable_of(found.absences),
            found=found,
            spot=input.spot,
        )

    @strawberry.field(
        description=f"Strategies that have a name, with listed strikes around a price: at most {MOST_TEMPLATES}.",
        metadata={**allowed(Access.ANYBODY), **sized(MOST_TEMPLATES)},
    )
    def option_strategy_templates(
        self,
        spot: Annotated[float, strawberry.argument(description="Price of the underlying, from 0.01 to 10,000,000.")],
        years: Annotated[float, strawberry.argument(description="To the nearer expiry, above 0, at most 10.")] = 0.25,
    ) -> list[OptionStrategyTemplate]:
        """Lay out their legs."""
        if not 0.01 <= spot <= 10_000_000:
            raise BadUserInput(f"expected a spot from 0.01 to 10,000,000, got {spot:g}")
        if not 0 < years <= 10:
            raise BadUserInput(f"expected years above 0 and at most 10, got {years:g}")
        return [_template(each) for each in strategies_at(spot, years)]


def _plan(given: OptionStrategyInput) -> domain.Plan:
    legs = [
        domain.Leg(right=leg.right, strike=leg.strike, years=leg.years, quantity=leg.quantity, premium=leg.premium)
        for leg in given.legs
    ]
    return domain.Plan(
        spot=given.spot,
        legs=legs,
        rate=given.rate,
        dividend_yield=given.dividend_yield,
        volatility=given.volatility,
        multiplier=given.multiplier,
        units=given.underlying_units,
    )


def _template(each: NamedStrategy) -> OptionStrategyTemplate:
    return OptionStrategyTemplate(
        code=each.code,
        name=each.name,
        view=each.view,
        underlying_units=each.units,
        legs=[
            OptionStrategyLeg(right=leg.right, strike=leg.strike, years=leg.years, quantity=int(leg.quantity))
            for leg in each.legs
        ],
    )
