"""Chains of options, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from domain.kernel.errors import BadUserInput
from domain.market.queries import market_now
from domain.options import chains as domain
from domain.options import quoted
from domain.options.pricing import known
from schema.context import Info
from schema.market.types import Instrument, instrument_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed

# That one chain takes, roughly.
_SECONDS = 0.01

Symbol = Annotated[str, strawberry.argument(description="Symbol of the underlying, exactly as it is spelled.")]

ChainSource = strawberry.enum(
    quoted.ChainSource,
    name="OptionChainSource",
    description=(
        "STORED: quotes that a provider told. MODEL: no quotes at all, but what a model makes of the underlying's "
        "price in the demonstration, whose market is replayed: a skewed smile at the volatility of its last 252 "
        "closes, which goes to that of the last 1,260; no interest, no dividends; monthly and quarterly expiries, "
        "strikes and steps of prices as exchanges list them."
    ),
)


@strawberry.type(description="An option contract of a chain. Theta is for a calendar day, vega and rho for 0.01.")
class OptionQuote:
    """A contract."""

    id: strawberry.ID = strawberry.field(description="Names the contract.")
    contract_symbol: str = strawberry.field(description="Its OCC symbol, without spaces.")
    strike: Decimal = strawberry.field(description="In the underlying's currency.")
    bid: Decimal | None = strawberry.field(description="What is bid for one unit; null without a bid.")
    ask: Decimal | None = strawberry.field(description="What is asked for one unit.")
    mid: Decimal | None = strawberry.field(description="The middle of both.")
    open_interest: int | None = strawberry.field(description="Contracts that are open; null where nobody told.")
    implied_volatility: float | None = strawberry.field(
        description="By Black, Scholes and Merton, from the mid, as a fraction a year; of a MODEL chain, the model's."
    )
    delta: float | None = strawberry.field(description="Change of price for 1 of the spot.")
    gamma: float | None = strawberry.field(description="Change of delta for 1 of the spot.")
    theta: float | None = strawberry.field(description="Change of price when one calendar day passes.")
    vega: float | None = strawberry.field(description="Change of price for 0.01 of volatility.")
    rho: float | None = strawberry.field(description="Change of price for 0.01 of the rate.")
    unavailable: list[Unavailable] = strawberry.field(
        description="Which prices and numbers are null, and why: at most 9.", metadata=sized(1)
    )


@strawberry.type(
    description=(
        "The option contracts of one expiry on an underlying, with what their prices imply. The forward comes from the "
        "parity of calls and puts near the money, where five pairs are there; else it is the spot, without interest. "
        "American contracts are read as European ones."
    )
)
class OptionChain:
    """A chain."""

    id: strawberry.ID = strawberry.field(description="Names the underlying and the expiry.")
    underlying: Instrument = strawberry.field(description="What the contracts are on.")
    expiry: date = strawberry.field(description="Up to the close of this day.")
    source: ChainSource = strawberry.field(description="Where the prices come from.")  # type: ignore[valid-type]
    spot: float | None = strawberry.field(description="Price of the underlying with the quotes.")
    at: datetime = strawberry.field(description="Of the newest quote: volatilities are as of then.")
    years: float = strawberry.field(description="From then to the expiry, calendar days / 365.")
    forward: float | None = strawberry.field(description="Price of the underlying for the expiry.")
    rate: float = strawberry.field(description="Interest that the forward comes with, a year, continuously compounded.")
    dividend_yield: float | None = strawberry.field(description="Dividends that it comes with, likewise.")
    forward_pairs: int = strawberry.field(description="Pairs whose parity it comes from; 0 where it is the spot.")
    calls: list[OptionQuote] = strawberry.field(
        description="By strike: as many as `strikes`, at most 250.", metadata=sized(100)
    )
    puts: list[OptionQuote] = strawberry.field(
        description="By strike: as many as `strikes`, at most 250.", metadata=sized(100)
    )


@strawberry.type(description="When options on an underlying expire that a chain can be asked of.")
class OptionExpiries:
    """Expiries."""

    id: strawberry.ID = strawberry.field(description="Names the underlying.")
    underlying: Instrument = strawberry.field(description="What the contracts are on.")
    source: ChainSource = strawberry.field(description="Where the prices come from.")  # type: ignore[valid-type]
    expiries: list[date] = strawberry.field(description="The nearest first: at most 200.")


@strawberry.type
class ChainsQuery:
    """What options on an underlying are quoted at."""

    @strawberry.field(
        description="When options on an instrument expire; null where it is not known, or an option itself.",
        metadata=allowed(Access.ANYBODY),
    )
    async def option_expiries(self, info: Info, symbol: Symbol) -> OptionExpiries | None:
        """Read them."""
        underlying = await domain.underlying_of(symbol, await market_now(info.context.resources.clock))
        if underlying is None:
            return None
        source, expiries = await domain.expiries_on(underlying)
        return OptionExpiries(
            id=global_id("OptionExpiries", underlying.row.id),
            underlying=instrument_of(info.context, underlying.row),
            source=source,
            expiries=list(expiries[:200]),
        )

    @strawberry.field(
        description="The options of one expiry on an instrument; null where none are known.",
        metadata=allowed(Access.ANYBODY),
    )
    async def option_chain(
        self,
        info: Info,
        symbol: Symbol,
        expiry: Annotated[date, strawberry.argument(description="One of `optionExpiries`.")],
        strikes: Annotated[
            int, strawberry.argument(description="The strikes nearest to the spot, so many at most: 1 to 250.")
        ] = 100,
    ) -> OptionChain | None:
        """Read one, and what its prices imply."""
        if not 1 <= strikes <= domain.MOST_STRIKES:
            raise BadUserInput(f"expected strikes from 1 to {domain.MOST_STRIKES}, got {strikes}")
        underlying = await domain.underlying_of(symbol, await market_now(info.context.resources.clock))
        chain = None if underlying is None else await domain.chain_of(underlying, expiry)
        if underlying is None or chain is None:
            return None
        info.context.spend_computing(_SECONDS)
        found = await info.context.resources.compute.run(domain.priced, chain, strikes)
        return OptionChain(
            id=global_id("OptionChain", underlying.row.id, expiry),
            underlying=instrument_of(info.context, underlying.row),
            expiry=expiry,
            source=chain.source,
            spot=known(chain.spot),
            at=chain.at,
            years=chain.years,
            forward=known(found.forward.price),
            rate=found.forward.rate,
            dividend_yield=known(found.forward.dividend_yield),
            forward_pairs=found.forward.pairs,
            calls=_shown(found.calls),
            puts=_shown(found.puts),
        )


def _shown(contracts: Sequence[domain.PricedContract]) -> list[OptionQuote]:
    return [
        OptionQuote(
            id=global_id("OptionQuote", each.symbol),
            contract_symbol=each.symbol,
            strike=each.strike,
            bid=each.bid,
            ask=each.ask,
            mid=each.mid,
            open_interest=each.open_interest,
            implied_volatility=each.implied_volatility,
            delta=each.delta,
            gamma=each.gamma,
            theta=each.theta,
            vega=each.vega,
            rho=each.rho,
            unavailable=unavailable_of(each.absences),
        )
        for each in contracts
    ]
