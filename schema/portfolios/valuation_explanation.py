"""What a valuation is made of, as the API shows it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import strawberry

from domain.kernel.paging import cut_computed
from domain.market import rates as market
from domain.market.queries import market_now
from domain.portfolios import explanation as domain
from domain.portfolios import explanations as queries
from domain.portfolios.lots import Lot
from schema.context import Info
from schema.market.quotes import QuoteSource
from schema.market.types import Instrument, instrument_of
from schema.portfolios.transactions import TransactionKind
from schema.portfolios.types import PortfolioValuation, PositionKind, PriceSource
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_MOST_LOTS = 100


@strawberry.type(description="Units that were opened together, as they are left.")
class ValuedLot:
    """A lot in an explanation."""

    opened_on: date = strawberry.field(description="When they were bought, or sold short.")
    quantity: Decimal = strawberry.field(description="Units that are left.")
    cost: Decimal = strawberry.field(
        description="What these cost with fees, in the instrument's currency; what short ones brought."
    )
    base_cost: Decimal | None = strawberry.field(
        description="The same in the base currency, at the rate of the day; null where that is not known."
    )


@strawberry.type(description="What the entries of one kind have brought or taken, in the line's currency.")
class CashEntries:
    """A sum of postings of cash."""

    kind: TransactionKind = strawberry.field(description="The kind of the entries.")  # type: ignore[valid-type]
    count: int = strawberry.field(description="How many there are.")
    amount: Decimal = strawberry.field(description="Their sum; negative for what was taken.")


@strawberry.type(description="A rate of exchange that was observed.")
class RatePart:
    """A part of a rate."""

    symbol: str = strawberry.field(description="Both currencies, as in EURUSD.")
    price: Decimal = strawberry.field(description="The rate as it was observed.")
    at: datetime = strawberry.field(description="The market's time of it.")
    source: QuoteSource = strawberry.field(description="Where it comes from.")  # type: ignore[valid-type]
    inverted: bool = strawberry.field(description="Whether one over it was taken.")


@strawberry.type(description="What one unit of a currency costs in the base currency, and what that is made of.")
class RateUsed:
    """A rate in an explanation."""

    currency: str = strawberry.field(description="ISO 4217 code.")
    rate: Decimal = strawberry.field(description="The product of the parts, to 10 places.")
    parts: list[RatePart] = strawberry.field(
        description="What it is made of: at most 2, crossed through USD.", metadata=sized(2)
    )


@strawberry.type(description="A part of the total value: a position, or cash in one currency.")
class ValuationLine:
    """A line."""

    id: strawberry.ID = strawberry.field(description="Names the valuation and the line.")
    name: str = strawberry.field(description="The instrument's symbol, or the currency of cash.")
    instrument: Instrument | None = strawberry.field(description="What is held; null for cash.")
    kind: PositionKind | None = strawberry.field(  # type: ignore[valid-type]
        description="Which side of the market; null for cash."
    )
    units: Decimal = strawberry.field(description="Units held, short ones negative; of cash, the amount.")
    price: Decimal | None = strawberry.field(description="Price per unit in `currency`; null for cash.")
    price_at: datetime | None = strawberry.field(description="The market's time of the price.")
    price_source: PriceSource | None = strawberry.field(  # type: ignore[valid-type]
        description="Where the price comes from; null for cash, and where there is none."
    )
    multiplier: int = strawberry.field(description="Units of the underlying in one unit held: 1 but for options.")
    currency: str = strawberry.field(description="ISO 4217 code of the price.")
    rate: Decimal | None = strawberry.field(description="What one unit of it costs in the base currency.")
    amount: Decimal | None = strawberry.field(
        description="Units x price x multiplier x rate, rounded to 8 places: what the line adds to the total value."
    )
    lot_count: int = strawberry.field(description="How many lots the units are in.")
    lots: list[ValuedLot] = strawberry.field(
        description="The lots, oldest first: at most 100, the first of them.", metadata=sized(5)
    )
    entries: list[CashEntries] = strawberry.field(
        description="What cash came of, by kind of entry: at most 25; they sum to `units`.", metadata=sized(5)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Why the line has no amount, and what would mend it: at most 1.", metadata=sized(1)
    )


@strawberry.type(description="What a valuation is made of. The amounts of its lines sum to the total value, exactly.")
class ValuationExplanation:
    """An explanation."""

    id: strawberry.ID = strawberry.field(description="Names the valuation.")
    formula: str = strawberry.field(description="How the total follows from the lines.")
    total_value: Decimal | None = strawberry.field(description="The sum; null when a line has no amount.")
    currency: str = strawberry.field(description="ISO 4217 code of the base currency.")
    version: int = strawberry.field(description="Sequence of the latest transaction that it counts.")
    rates: list[RateUsed] = strawberry.field(
        description="The rates that were used, by currency: at most 154.", metadata=sized(3)
    )
    row: strawberry.Private[domain.Explanation]
    given: strawberry.Private[Sequence[str]]

    @strawberry.field(description="The lines by name: positions, and cash by currency.")
    async def lines(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[ValuationLine]:
        """Show a page of the lines."""
        request = requested(first, after, last, before, key=(str, str))
        page = cut_computed(self.row.lines, request, domain.line_key)
        return connection(page, node=lambda line: _line_of(info, self.given, line), key=domain.line_key)


@extends(PortfolioValuation)
@strawberry.type
class ValuationWithExplanation:
    """What explanations add to a valuation."""

    @strawberry.field(description="What it is made of: lots, prices with source and time, rates, and entries of cash.")
    async def explain(self, info: Info, root: strawberry.Parent[PortfolioValuation]) -> ValuationExplanation | None:
        """Explain the valuation."""
        resources = info.context.resources
        now = await market_now(resources.clock)
        row = await queries.explain_valuation(info.context.actor, root.row, now, resources.compute)
        if row is None:
            return None
        valuation = row.valuation
        given = [str(part) for part in (valuation.portfolio_id, valuation.as_of or "", valuation.known_at or "")]
        return ValuationExplanation(
            id=global_id("ValuationExplanation", *given),
            formula="totalValue = sum of amount over lines; amount = units x price x multiplier x rate",
            total_value=valuation.total_value,
            currency=valuation.currency,
            version=valuation.version,
            rates=[_rate_of(rate) for rate in valuation.rates],
            row=row,
            given=given,
        )


def _rate_of(rate: market.Rate) -> RateUsed:
    parts = [
        RatePart(symbol=part.symbol, price=part.price, at=part.at, source=part.source, inverted=part.inverted)
        for part in rate.parts
    ]
    return RateUsed(currency=rate.base, rate=rate.rate, parts=parts)


def _line_of(info: Info, given: Sequence[str], line: domain.Line) -> ValuationLine:
    position = line.position
    return ValuationLine(
        id=global_id("ValuationLine", *given, *domain.line_key(line)),
        name=line.name,
        instrument=None if position is None else instrument_of(info.context, position.instrument),
        kind=None if position is None else position.kind,
        units=line.units,
        price=None if position is None else position.price,
        price_at=None if position is None else position.price_at,
        price_source=None if position is None else position.price_source,
        multiplier=line.multiplier,
        currency=line.currency,
        rate=line.rate,
        amount=line.amount,
        lot_count=len(line.lots),
        lots=[_lot_of(lot) for lot in line.lots[:_MOST_LOTS]],
        entries=[CashEntries(kind=each.kind, count=each.count, amount=each.amount) for each in line.entries],
        unavailable=unavailable_of(line.absences),
    )


def _lot_of(lot: Lot) -> ValuedLot:
    return ValuedLot(opened_on=lot.opened_on, quantity=lot.quantity, cost=lot.cost, base_cost=lot.base_cost)
