"""What providers are asked for by jobs, and what becomes of it: bars and actions, with how far each has come."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import numpy as np

from domain.kernel.dates import last_known_close, session_close
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.market import calendar, corporate_actions, ingestion, queries
from domain.market.action_corrections import Correction, correct_action
from domain.market.corporate_actions import ActionTerms
from domain.market.ingestion import DailyBar
from domain.market.listing import begin_history
from domain.market.providers.asked import BarsAsked
from domain.market.providers.observed import ObservedAction, ObservedBar
from domain.market.providers.provider import Capability, ProviderFault
from domain.market.quote_changes import Figures, QuoteChange
from domain.market.repairing import Repair, repaired, unadjusted
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import RefreshTask
from domain.market.types import ActionKind, InstrumentRow, QuoteSource
from domain.quant.adjustment import adjustment_factors, split_factors
from domain.storage import statements
from domain.storage.readings import as_date, as_uuid, price_of
from domain.storage.statements import statement

# How far back bars are asked for that were never asked for before, and how many days are asked for again each time:
# providers correct the last ones.
FIRST_DAY: Final = date(1990, 1, 1)
_OVERLAP: Final = timedelta(days=7)

_CURSORS = statement("SELECT subject, done_until FROM refresh_cursors WHERE task = $1 AND subject = ANY($2::text[])")
_PUT_CURSOR = statement("""
    INSERT INTO refresh_cursors (id, task, subject, done_until, provider, attempted_at, fault, fault_message)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (task, subject) DO UPDATE SET done_until =
    COALESCE(excluded.done_until, refresh_cursors.done_until), provider = COALESCE(excluded.provider,
    refresh_cursors.provider), attempted_at = excluded.attempted_at, fault = excluded.fault, fault_message =
    excluded.fault_message
""")
_CLOSES = statement("SELECT session, close, adjusted_close FROM daily_bars WHERE instrument = $1 ORDER BY session")
_ACTIONS = statement("""
    SELECT kind, ex_date, id, source, withdrawn_at FROM corporate_actions
    WHERE instrument_id = $1 AND kind IN ('SPLIT', 'DIVIDEND')
""")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a provider told of an instrument from `start` on; actions, each with the name of who told it."""

    provider: str
    start: date
    actions: tuple[tuple[str, ObservedAction], ...]
    bars: tuple[ObservedBar, ...]


async def due(rows: Sequence[InstrumentRow], now: datetime) -> list[InstrumentRow]:
    """Return the instruments whose bars do not reach to the last session that has closed."""
    last = await last_session(now)
    done = await _done(RefreshTask.DAILY_BARS, [row.id for row in rows])
    return [row for row in rows if done.get(row.id, date.min) < last]


async def last_session(now: datetime) -> date:
    """Return the last session that has closed at a moment of real time."""
    latest = last_known_close(now)
    return (await calendar.trading_days(latest - timedelta(days=14), latest))[-1]


async def fetch_history(sourcing: Sourcing, row: InstrumentRow, now: datetime) -> Fetched:
    """Ask providers for the actions and bars of an instrument since it was last asked for.

    Raises `ProviderFault`.  To be called outside of a unit of work: it waits for others.
    """
    done = (await _done(RefreshTask.DAILY_BARS, [row.id])).get(row.id)
    start = FIRST_DAY if done is None else done - _OVERLAP
    asked = BarsAsked(row.symbol, start, last_known_close(now))
    actions: tuple[tuple[str, ObservedAction], ...] = ()
    for capability in (Capability.ACTIONS, Capability.SPLITS):
        if sourcing.offers(capability):
            teller, found = await sourcing.ask(capability, asked)
            actions += tuple((teller.name, each) for each in found)
    line, bars = await sourcing.ask(Capability.DAILY_BARS, asked)
    return Fetched(line.name, start, actions, bars)


async def store_actions(work: Work, row: InstrumentRow, fetched: Fetched) -> int:
    """Record the splits and dividends that are not recorded yet, and correct those of which who told them tells
    otherwise now; return how many were recorded.

    What another has told stays as it was, and so does what was withdrawn: administrators correct these.
    """
    known = {
        (kind, as_date(day)): (as_uuid(key), source, withdrawn is None)
        for kind, day, key, source, withdrawn in await statements.fetch(_ACTIONS, row.id)
    }
    told = {
        (each.kind.value, each.ex_date): (teller, each)
        for teller, each in fetched.actions
        if each.kind in (ActionKind.SPLIT, ActionKind.DIVIDEND) and each.ex_date >= _first_bar(row, fetched)
    }
    splits = [day for kind, day in (*known, *told) if kind == ActionKind.SPLIT.value]
    for place, (teller, each) in told.items():
        if place not in known:
            await corporate_actions.record_action(work, _terms(row, each, teller))
            continue
        key, source, does_stand = known[place]
        # After a split some tell earlier dividends in new units: that corrects nothing.
        if source == teller and does_stand and not any(day > each.ex_date for day in splits):
            # What cannot be corrects nothing, and keeps no bars away.
            with suppress(InvalidInput):
                await correct_action(work, key, _correction(each, teller))
    return len(told.keys() - known)


def _correction(each: ObservedAction, teller: str) -> Correction:
    return Correction(
        source=teller,
        numerator=each.numerator,
        denominator=each.denominator,
        cash=each.cash,
        pay_date=each.pay_date if each.kind is ActionKind.DIVIDEND else None,
    )


def _first_bar(row: InstrumentRow, fetched: Fetched) -> date:
    return min([row.first_session, *(bar.session for bar in fetched.bars)], default=row.first_session)


def _terms(row: InstrumentRow, each: ObservedAction, provider: str) -> ActionTerms:
    return ActionTerms(
        kind=each.kind,
        symbol=row.symbol,
        ex_date=each.ex_date,
        source=provider,
        numerator=each.numerator,
        denominator=each.denominator,
        cash=each.cash,
        pay_date=each.pay_date if each.kind is ActionKind.DIVIDEND else None,
    )


async def bars_to_store(row: InstrumentRow, fetched: Fetched) -> tuple[list[DailyBar], list[Repair]]:
    """Return the bars as they were traded and are right, and what had to be mended.

    What a provider has adjusted for splits is put back.
    """
    bars = sorted(fetched.bars, key=lambda bar: bar.session)
    if not bars:
        return [], []
    splits, dividends = await corporate_actions.adjusting_actions(row.id)
    sessions = [bar.session.toordinal() for bar in bars]
    factors = split_factors(sessions, splits).tolist()
    traded = [
        _traded(row.number, bar, 1.0 / factor if bar.is_split_adjusted else 1.0)
        for bar, factor in zip(bars, factors, strict=True)
    ]
    (quote,) = await queries.latest_quotes([row.id])
    right, repairs = repaired(traded, splits, None if quote is None else float(quote.price), dividends)
    mended = {each.observed.session for each in repairs}
    told = [None if bar.adjusted_close is None or bar.session in mended else float(bar.adjusted_close) for bar in bars]
    return right, [*repairs, *unadjusted(right, told, splits, dividends)]


async def note_done(
    work: Work,
    task: RefreshTask,
    subject: str,
    *,
    until: date | None = None,
    provider: str | None = None,
    fault: ProviderFault | None = None,
) -> None:
    """Note how far a task has come for a subject, or why it has not."""
    told = (None, None) if fault is None else (fault.kind.value, fault.message[:500])
    row = (new_id(), task.value, subject, until, provider, work.now, *told)
    await statements.execute_many(_PUT_CURSOR, [row])


async def begin(work: Work, row: InstrumentRow, bars: Sequence[DailyBar]) -> None:
    """Note from when on an instrument's bars are known."""
    if bars:
        await begin_history(work, row, bars[0].session)


def close_as_quote(row: InstrumentRow, bars: Sequence[DailyBar]) -> QuoteChange | None:
    """Return the last close as a quote, as old as it is: the latest price until somebody tells another."""
    if not bars:
        return None
    last = bars[-1]
    at = session_close(last.session)
    return QuoteChange(
        instrument=row,
        at=at,
        source=QuoteSource.PROVIDER,
        price=price_of(last.close),
        whole=Figures(open=_exact(last.open), high=_exact(last.high), low=_exact(last.low), volume=last.volume),
        previous_close=price_of(bars[-2].close) if len(bars) > 1 else None,
        received_at=at,
    )


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else price_of(value)


async def readjust(work: Work, row: InstrumentRow) -> int:
    """Compute all adjusted closes of an instrument by our own factors, and store those that differ; return how many."""
    rows = await statements.fetch(_CLOSES, row.number)
    if not rows:
        return 0
    splits, dividends = await corporate_actions.adjusting_actions(row.id)
    sessions = [as_date(day) for day, _, _ in rows]
    closes = np.array([close for _, close, _ in rows])
    factors = adjustment_factors([day.toordinal() for day in sessions], closes, splits, dividends)
    adjusted = closes * factors
    differing = np.flatnonzero(np.abs(adjusted - np.array([own for _, _, own in rows])) > 1e-9 * adjusted)
    if len(differing):
        # Between two actions all sessions have one factor.
        begins = np.flatnonzero(np.diff(factors, prepend=np.nan) != 0)
        ends = np.append(begins[1:], len(sessions)) - 1
        holds = np.searchsorted(differing, begins) < np.searchsorted(differing, ends, side="right")
        stretches = [
            (sessions[begin], sessions[end], float(factors[begin]))
            for begin, end in zip(begins[holds].tolist(), ends[holds].tolist(), strict=True)
        ]
        await ingestion.put_adjusted(work, row.number, row.id, stretches)
    return len(differing)


async def _done(task: RefreshTask, ids: Sequence[UUID]) -> dict[UUID, date]:
    rows = await statements.fetch(_CURSORS, task.value, [str(key) for key in ids]) if ids else []
    return {as_uuid(subject): as_date(day) for subject, day in rows if day is not None}


def _traded(number: int, bar: ObservedBar, factor: float) -> DailyBar:
    def price(value: Any) -> float | None:
        return None if value is None else round(float(value) * factor, 10)

    close = price(bar.close)
    assert close is not None
    return DailyBar(
        number=number,
        session=bar.session,
        open=price(bar.open),
        high=price(bar.high),
        low=price(bar.low),
        close=close,
        # Until it is computed by our own factors.
        adjusted_close=close,
        volume=None if bar.volume is None else round(bar.volume / factor),
        vwap=price(bar.vwap),
        trades=bar.trades,
        source=QuoteSource.PROVIDER,
    )
