"""What a performance is made of, as the API shows it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.kernel.paging import cut_computed
from domain.portfolios import explanations as queries
from domain.portfolios.explanations import PricesUsed
from domain.portfolios.history import DatedFlow
from domain.portfolios.performance import Performance as Measured
from domain.portfolios.periods_between_flows import BetweenFlows, between_flows
from schema.context import Info
from schema.market.quotes import QuoteSource
from schema.market.types import Instrument, find_instruments, instrument_of
from schema.portfolios.performance import Performance, fraction_of, money_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.extension import extends
from schema.shared.node import global_id

_FORMULA = (
    "timeWeightedReturn = product over sessions of 1 + (close - close before - flow) / (close before + what came in), "
    "less 1: what comes in counts from the start of its session, what goes out until the end of it"
)


@strawberry.type(description="What came from outside, or went there.")
class PerformanceFlow:
    """A flow."""

    day: date = strawberry.field(name="date", description="Its day.")
    session: date = strawberry.field(description="The session in which it counts: its day, or the next with one.")
    amount: Decimal | None = strawberry.field(
        description="Money in the base currency, of units their worth at the close; null where that is not known."
    )
    currency: str | None = strawberry.field(description="Currency of money (ISO 4217); null for units.")
    units: Decimal | None = strawberry.field(description="Units that were transferred; null for money.")
    instrument: Instrument | None = strawberry.field(description="What was transferred; null for money.")


@strawberry.type(description="From one flow to the session before the next. The returns link to the whole.")
class PerformanceSubPeriod:
    """A period between flows."""

    start: date = strawberry.field(name="from", description="Its first session, at whose start the flow counts.")
    end: date = strawberry.field(name="to", description="Its last session.")
    start_value: Decimal | None = strawberry.field(description="Worth at the close before it.")
    flow: Decimal | None = strawberry.field(description="What came from outside at its start.")
    end_value: Decimal | None = strawberry.field(description="Worth at its last close.")
    time_weighted_return: float | None = strawberry.field(
        description="Return as a fraction; null where a value is not known, or there was no capital."
    )


@strawberry.type(description="Closes of one source that the values rest on.")
class PerformancePrices:
    """Where closes come from."""

    instrument: Instrument = strawberry.field(description="Whose closes.")
    source: QuoteSource = strawberry.field(description="Where they come from.")  # type: ignore[valid-type]
    count: int = strawberry.field(description="How many there are in the range.")
    first: date = strawberry.field(description="Session of the first.")
    last: date = strawberry.field(description="Session of the last.")


@strawberry.type(description="What a performance is made of.")
class PerformanceExplanation:
    """An explanation."""

    id: strawberry.ID = strawberry.field(description="Names the performance.")
    formula: str = strawberry.field(description="How the return follows from values and flows.")
    days: int = strawberry.field(description="Calendar days that count, both ends included.")
    row: strawberry.Private[Measured]

    @strawberry.field(description="What came from outside and went there, by day.")
    async def flows(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[PerformanceFlow]:
        """Show a page of the flows."""
        request = requested(first, after, last, before, key=(int,))
        page = cut_computed(list(enumerate(self.row.flows)), request, _place)
        keys = [flow.flow.instrument_id for _, flow in page.rows if flow.flow.instrument_id is not None]
        found = dict(zip(keys, await find_instruments(info.context, keys), strict=True))
        sessions = self.row.history.sessions
        return connection(page, node=lambda row: _flow_of(row[1], int(sessions[row[1].session]), found), key=_place)

    @strawberry.field(description="The periods between flows, oldest first.")
    async def sub_periods(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[PerformanceSubPeriod]:
        """Show a page of the periods."""
        request = requested(first, after, last, before, key=(int,))
        page = cut_computed(list(enumerate(between_flows(self.row))), request, _place)
        return connection(page, node=lambda row: _sub_period_of(row[1]), key=_place)

    @strawberry.field(description="Where the closes of what was held come from, by symbol and source.")
    async def prices(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[PerformancePrices]:
        """Show a page of the sources."""
        request = requested(first, after, last, before, key=(str, str))
        page = cut_computed(await queries.prices_used(self.row), request, _prices_key)
        return connection(page, node=lambda row: _prices_of(info, row), key=_prices_key)


@extends(Performance)
@strawberry.type
class PerformanceWithExplanation:
    """What explanations add to a performance."""

    @strawberry.field(description="What it is made of: flows, periods between them, and where prices come from.")
    async def explain(self, root: strawberry.Parent[Performance]) -> PerformanceExplanation | None:
        """Explain the performance."""
        row = root.measured.performance
        return PerformanceExplanation(
            id=global_id("PerformanceExplanation", *root.given),
            formula=_FORMULA,
            days=row.days,
            row=row,
        )


def _place(row: tuple[int, object]) -> tuple[int]:
    return (row[0],)


def _prices_key(row: PricesUsed) -> tuple[str, str]:
    return row.instrument.symbol, row.source.source.value


def _flow_of(row: DatedFlow, session: int, instruments: Mapping[UUID, Instrument | None]) -> PerformanceFlow:
    key = row.flow.instrument_id
    return PerformanceFlow(
        day=row.flow.day,
        session=date.fromordinal(session),
        amount=money_of(row.amount),
        currency=row.flow.currency,
        units=None if key is None else row.flow.units,
        instrument=None if key is None else instruments[key],
    )


def _sub_period_of(row: BetweenFlows) -> PerformanceSubPeriod:
    return PerformanceSubPeriod(
        start=row.first,
        end=row.last,
        start_value=money_of(row.start_value),
        flow=money_of(row.flow),
        end_value=money_of(row.end_value),
        time_weighted_return=fraction_of(row.made),
    )


def _prices_of(info: Info, row: PricesUsed) -> PerformancePrices:
    return PerformancePrices(
        instrument=instrument_of(info.context, row.instrument),
        source=row.source.source,
        count=row.source.count,
        first=row.source.first,
        last=row.source.last,
    )
