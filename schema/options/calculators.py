"""Calculators of options, as the API shows them: anybody may ask, and no input is an error."""

from functools import partial

import strawberry

from domain.kernel.errors import BadUserInput
from domain.options import pricing as domain
from schema.context import Info
from schema.market.contracts import OptionRight, OptionStyle
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.permissions import Access, allowed

MOST_OPTIONS = 500
_RATE = "A year, as a fraction, continuously compounded."

OptionModel = strawberry.enum(
    domain.PricingModel,
    name="OptionModel",
    description=(
        "How an option is valued. BLACK_SCHOLES: Black, Scholes and Merton, for European ones. For American ones: "
        "BOUNDARY, by the exercise boundary of Andersen, Lake and Offengenden; BINOMIAL, on the tree of Leisen and "
        "Reimer; BARONE_ADESI_WHALEY, by their quadratic approximation. Greeks of the last two are differences of "
        "their prices: 1 % of the spot and half a point of rates and volatility to either side, and a day less."
    ),
)


@strawberry.input(description="An option on one unit of its underlying, and the market that it is valued in.")
class OptionInput:
    """What is to be valued."""

    style: OptionStyle = strawberry.field(  # type: ignore[valid-type]
        description="When it can be exercised.", default=OptionStyle.EUROPEAN
    )
    right: OptionRight = strawberry.field(description="To buy or to sell.")  # type: ignore[valid-type]
    spot: float = strawberry.field(description="Price of the underlying, above 0.")
    strike: float = strawberry.field(description="Above 0, in the money of the spot.")
    years: float = strawberry.field(description="To expiry, calendar days / 365; may be 0.")
    rate: float = strawberry.field(description=_RATE, default=0)
    dividend_yield: float = strawberry.field(description=_RATE, default=0)
    volatility: float = strawberry.field(description="A year, as a fraction, 0 or more.")
    model: OptionModel | None = strawberry.field(  # type: ignore[valid-type]
        description="Null: BLACK_SCHOLES for a European option, BOUNDARY for an American one.", default=None
    )


@strawberry.input(description="An option on one unit of its underlying, and its price.")
class ImpliedVolatilityInput:
    """A price whose volatility is sought."""

    right: OptionRight = strawberry.field(description="To buy or to sell.")  # type: ignore[valid-type]
    spot: float = strawberry.field(description="Price of the underlying, above 0.")
    strike: float = strawberry.field(description="Above 0, in the money of the spot.")
    years: float = strawberry.field(description="To expiry, above 0, calendar days / 365.")
    rate: float = strawberry.field(description=_RATE, default=0)
    dividend_yield: float = strawberry.field(description=_RATE, default=0)
    price: float = strawberry.field(description="Of the option, 0 or more.")
    style: OptionStyle = strawberry.field(  # type: ignore[valid-type]
        description="When it can be exercised.", default=OptionStyle.EUROPEAN
    )


@strawberry.type(description="What an option on one unit is worth, held long, and how that changes.")
class OptionPrice:
    """The worth of an option."""

    model: OptionModel = strawberry.field(description="How it was valued.")  # type: ignore[valid-type]
    price: float | None = strawberry.field(description="Its price, in the money of the spot.")
    delta: float | None = strawberry.field(description="Change of price for 1 of the spot.")
    gamma: float | None = strawberry.field(description="Change of delta for 1 of the spot.")
    theta: float | None = strawberry.field(description="Change of price when one calendar day passes.")
    vega: float | None = strawberry.field(description="Change of price for 0.01 of volatility.")
    rho: float | None = strawberry.field(description="Change of price for 0.01 of the rate.")
    phi: float | None = strawberry.field(description="Change of price for 0.01 of the dividend yield.")
    vanna: float | None = strawberry.field(description="Change of delta for 0.01 of volatility.")
    charm: float | None = strawberry.field(description="Change of delta when one calendar day passes.")
    vomma: float | None = strawberry.field(description="Change of vega for 0.01 of volatility.")
    veta: float | None = strawberry.field(description="Change of vega when one calendar day passes.")
    speed: float | None = strawberry.field(description="Change of gamma for 1 of the spot.")
    zomma: float | None = strawberry.field(description="Change of gamma for 0.01 of volatility.")
    color: float | None = strawberry.field(description="Change of gamma when one calendar day passes.")
    ultima: float | None = strawberry.field(description="Change of vomma for 0.01 of volatility.")
    dual_delta: float | None = strawberry.field(description="Change of price for 1 of the strike.")
    dual_gamma: float | None = strawberry.field(description="Change of dual delta for 1 of the strike.")
    probability_in_the_money: float | None = strawberry.field(
        description="That it ends in the money, when the spot drifts at the rate less the yield."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 18.", metadata=sized(11)
    )


@strawberry.type(description="The volatility that a price implies.")
class ImpliedVolatility:
    """An implied volatility."""

    volatility: float | None = strawberry.field(
        description="A year, as a fraction, by Black, Scholes and Merton; 0 for a price that has no time value."
    )
    unavailable: list[Unavailable] = strawberry.field(description="Why it is null; at most 1.", metadata=sized(1))


@strawberry.type
class CalculatorsQuery:
    """What options are worth by their terms."""

    @strawberry.field(
        description="What an option is worth, and its Greeks. What cannot be computed is null with a reason.",
        metadata=allowed(Access.ANYBODY),
    )
    async def option_price(self, info: Info, input: OptionInput) -> OptionPrice:
        """Value one."""
        terms = _terms(input)
        info.context.spend_computing(_seconds(terms))
        (found,) = await info.context.resources.compute.run(domain.price_options, [terms])
        return _shown(found)

    @strawberry.field(
        description=(
            f"The same of 1 to {MOST_OPTIONS} options together, in the order asked: at most {MOST_OPTIONS}; of "
            "BINOMIAL ones about 150 in one operation."
        ),
        metadata={**allowed(Access.ANYBODY), **sized(by="inputs")},
    )
    async def option_prices(self, info: Info, inputs: list[OptionInput]) -> list[OptionPrice]:
        """Value several."""
        if not 1 <= len(inputs) <= MOST_OPTIONS:
            raise BadUserInput(f"expected 1 to {MOST_OPTIONS} options, got {len(inputs)}")
        terms = list(map(_terms, inputs))
        info.context.spend_computing(sum(map(_seconds, terms)))
        found = await info.context.resources.compute.run(domain.price_options, terms)
        return list(map(_shown, found))

    @strawberry.field(
        description=(
            "The volatility at which an option is worth its price, a European one by Black, Scholes and Merton, an "
            "American one by its exercise boundary. Null with a reason without any."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def implied_volatility(self, info: Info, input: ImpliedVolatilityInput) -> ImpliedVolatility:
        """Invert the formula."""
        if input.style is OptionStyle.AMERICAN:
            info.context.spend_computing(0.01)
        asked = partial(
            domain.implied_of,
            input.right,
            spot=input.spot,
            strike=input.strike,
            years=input.years,
            rate=input.rate,
            dividend_yield=input.dividend_yield,
            price=input.price,
            style=input.style,
        )
        volatility, absences = await info.context.resources.compute.run(asked)
        return ImpliedVolatility(volatility=volatility, unavailable=unavailable_of(absences))


def _seconds(given: domain.Terms) -> float:
    """Return how long it takes, roughly: ten trees, or some arithmetic."""
    return 0.006 if given.model is domain.PricingModel.BINOMIAL else 0.0005


def _terms(given: OptionInput) -> domain.Terms:
    return domain.Terms(
        style=given.style,
        right=given.right,
        spot=given.spot,
        strike=given.strike,
        years=given.years,
        rate=given.rate,
        dividend_yield=given.dividend_yield,
        volatility=given.volatility,
        model=given.model,
    )


def _shown(found: domain.Priced) -> OptionPrice:
    return OptionPrice(model=found.model, unavailable=unavailable_of(found.absences), **found.numbers)
