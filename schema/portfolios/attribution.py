"""Which part of a portfolio has made how much, as the API shows it."""

from decimal import Decimal

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.paging import cut_computed
from domain.market.queries import BENCHMARK
from domain.portfolios import attribution as domain
from domain.portfolios import attributions as queries
from domain.portfolios.gains_by_session import CashPart
from domain.portfolios.performances import Measured
from schema.context import Info
from schema.market.types import Instrument, instrument_of
from schema.portfolios.performance import From, KnownAt, Performance, To, fraction_of, measured_of, money_of, told
from schema.portfolios.performance_loaders import PerformanceLoaders
from schema.portfolios.types import Portfolio, PositionKind
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

GainGrouping = strawberry.enum(
    domain.Grouping,
    name="GainGrouping",
    description=(
        "What gains are told apart by. POSITION: one side of an instrument in an account. TAG: a position that has "
        "several tags counts in equal parts for each. KIND: long and short, and of options calls and puts. SECTOR: "
        "the instrument's."
    ),
)
GainOfCash = strawberry.enum(
    CashPart,
    name="GainOfCash",
    description=(
        "Gains that belong to no position. INTEREST and FEES: what names no instrument. CURRENCIES: changes of the "
        "rates of cash, and what exchanges of it brought and took."
    ),
)

_RULE = (
    "A position's gain is the change of its worth with what it paid out and less what was paid for it: income, fees "
    "and changes of its currency belong to it. When units become units of another instrument, the old position is paid "
    "the new units' close. What names no position is a part of its own, in every grouping."
)


@strawberry.type(description="What a part of a portfolio has gained. Money is in the base currency.")
class GainSegment:
    """A part."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the days, the grouping and the part.")
    name: str = strawberry.field(
        description="Symbol, tag, kind, sector or `cash`; empty for positions that have no tag or no sector."
    )
    cash: GainOfCash | None = strawberry.field(  # type: ignore[valid-type]
        description="Which gain of cash it is; null for positions."
    )
    instrument: Instrument | None = strawberry.field(description="What was held, by POSITION; null otherwise.")
    kind: PositionKind | None = strawberry.field(  # type: ignore[valid-type]
        description="Which side of the market, by POSITION; null otherwise."
    )
    gain: Decimal | None = strawberry.field(description="What it has gained, income and fees included.")
    income: Decimal | None = strawberry.field(description="Of it: dividends and interest.")
    fees: Decimal | None = strawberry.field(
        description="Of it: fees that were booked by themselves, negative. Those of a trade are part of its cost."
    )
    contribution: float | None = strawberry.field(
        description=(
            "Its part of the time-weighted return: the sum over the sessions of its gain over the whole portfolio's "
            "capital, times what one unit of money had grown to before. The parts sum to the return to 1e-9."
        )
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 2.", metadata=sized(2)
    )


@strawberry.type(description=f"Which part of a portfolio has gained how much. {_RULE}")
class PnlAttribution:
    """An attribution."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the days and the grouping.")
    total_gain: Decimal | None = strawberry.field(
        description="Worth at the end less worth at the beginning and net contributions: what the parts sum to."
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 1.", metadata=sized(1)
    )
    row: strawberry.Private[domain.Attribution]

    @strawberry.field(description="The parts by name.")
    async def segments(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[GainSegment]:
        """Show a page of the parts."""
        return _page(info, self.row, first, after, last, before)


@extends(Performance)
@strawberry.type
class PerformanceWithContributions:
    """What attribution adds to a performance."""

    @strawberry.field(description=f"Which part has made how much of the time-weighted return, by name. {_RULE}")
    async def contributions(
        self,
        info: Info,
        root: strawberry.Parent[Performance],
        by: GainGrouping = domain.Grouping.POSITION,  # type: ignore[valid-type]
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[GainSegment]:
        """Show a page of the parts."""
        return _page(info, await _attributed(info, root.measured, by), first, after, last, before)


@extends(Portfolio)
@strawberry.type
class PortfolioWithAttribution:
    """What attribution adds to a portfolio."""

    @strawberry.field(description=f"Which part has gained how much from one day to another. {_RULE}")
    async def pnl_attribution(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        start: From,
        end: To,
        by: GainGrouping = domain.Grouping.POSITION,  # type: ignore[valid-type]
        known_at: KnownAt = None,
    ) -> PnlAttribution | None:
        """Attribute a range."""
        measured = await measured_of(info, root, start, end, BENCHMARK, known_at)
        if measured is None:
            return None
        row = await _attributed(info, measured, by)
        gain = money_of(row.gain)
        return PnlAttribution(
            id=global_id("PnlAttribution", root.key, start, end, row.by.value, *told(known_at)),
            total_gain=gain,
            unavailable=[] if gain is not None else _why(row, "total_gain"),
            row=row,
        )


async def _attributed(info: Info, measured: Measured, by: domain.Grouping) -> domain.Attribution:
    gains = await info.context.loaders(PerformanceLoaders).gains.load(measured)
    return await queries.attribution(info.context.actor, measured, gains, by, info.context.resources.compute)


def _page(
    info: Info,
    row: domain.Attribution,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> Connection[GainSegment]:
    request = requested(first, after, last, before, key=(str, str))
    page = cut_computed(row.segments, request, domain.segment_key)
    return connection(page, node=lambda each: _segment_of(info, row, each), key=domain.segment_key)


def _segment_of(info: Info, row: domain.Attribution, each: domain.Segment) -> GainSegment:
    performance = row.performance
    gain, contribution = money_of(each.gain), fraction_of(each.contribution)
    absences = [] if gain is not None else _why(row, "gain")
    if contribution is None:
        absences += _why(row, "contribution")
    return GainSegment(
        id=global_id(
            "GainSegment",
            performance.portfolio_id,
            performance.first,
            performance.last,
            row.by.value,
            *domain.segment_key(each),
        ),
        name=each.name,
        cash=each.cash,
        instrument=None if each.instrument is None else instrument_of(info.context, each.instrument),
        kind=each.kind,
        gain=gain,
        income=money_of(each.income),
        fees=money_of(each.fees),
        contribution=contribution,
        unavailable=absences,
    )


def _why(row: domain.Attribution, field: str) -> list[Unavailable]:
    """Say why a number of an attribution is null, as the performance does of what it is a part of."""
    known = {each.field: each for each in row.performance.absences}
    cause = known.get("end_value") or known.get("net_contributions") or known.get("time_weighted_return")
    unpriced = row.performance.history.unpriced(row.performance.opening, row.performance.closing)
    if cause is None and unpriced:
        cause = unpriced[0]
    if cause is None:
        cause = Absence(field, AbsenceReason.UNDEFINED, "one of its days is not known")
    return unavailable_of([Absence(field, cause.reason, cause.message, cause.mend)])
