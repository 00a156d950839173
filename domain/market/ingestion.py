"""Daily bars that were told become the bars that are known: what is the same writes nothing, what changes is kept.

What a bar was until it changed stands in `bar_revisions`, with the time at which it was replaced.  The adjusted close
is derived, from closes and corporate actions: a change of it alone is no revision.

An administrator's bar stays whatever is told.  What is told meanwhile stands behind it: in `bar_revisions` too, as what
is replaced at the end of time, `BEHIND`, until the bar is withdrawn.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.kernel.work import Work
from domain.market.events import BarsChanged
from domain.market.types import QuoteSource
from domain.storage import statements
from domain.storage.readings import as_date
from domain.storage.statements import Statement

Row = TypeVar("Row")

# Rows of one unit of work: others wait for no longer than it takes to write them, on PostgreSQL to encode them.
BATCH: Final = 1_000
LARGE_BATCH: Final = 4_000
# When a bar will have been replaced that an administrator's stands before.
BEHIND: Final = datetime(9999, 12, 31, tzinfo=UTC)
# Where the adjusted close stands in a row.
_ADJUSTED: Final = 6


_WRITE_POSTGRES = """WITH told (instrument, session, open, high, low, close, adjusted_close, volume, vwap,
    trades, source) AS ( SELECT * FROM unnest($1::int[], $2::date[], $3::float8[], $4::float8[], $5::float8[],
    $6::float8[], $7::float8[], $8::bigint[], $9::float8[], $10::bigint[], $11::varchar[])), kept AS (INSERT INTO
    bar_revisions (instrument, session, replaced_at, open, high, low, close, adjusted_close, volume, vwap, trades,
    source) SELECT b.instrument, b.session, $12::timestamptz, b.open, b.high, b.low, b.close, b.adjusted_close,
    b.volume, b.vwap, b.trades, b.source FROM daily_bars b JOIN told t ON t.instrument = b.instrument AND t.session
    = b.session WHERE (b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trades, b.source) IS DISTINCT FROM
    (t.open, t.high, t.low, t.close, t.volume, t.vwap, t.trades, t.source) AND (b.source <> 'OVERRIDE' OR t.source =
    'OVERRIDE') ON CONFLICT DO NOTHING), behind AS (INSERT INTO bar_revisions (instrument, session, replaced_at,
    open, high, low, close, adjusted_close, volume, vwap, trades, source) SELECT t.instrument, t.session,
    $13::timestamptz, t.open, t.high, t.low, t.close, t.adjusted_close, t.volume, t.vwap, t.trades, t.source FROM
    daily_bars b JOIN told t ON t.instrument = b.instrument AND t.session = b.session WHERE b.source = 'OVERRIDE' AND
    t.source <> 'OVERRIDE' ON CONFLICT (instrument, session, replaced_at) DO UPDATE SET open = excluded.open, high =
    excluded.high, low = excluded.low, close = excluded.close, adjusted_close = excluded.adjusted_close, volume =
    excluded.volume, vwap = excluded.vwap, trades = excluded.trades, source = excluded.source), put AS (INSERT INTO
    daily_bars (instrument, session, open, high, low, close, adjusted_close, volume, vwap, trades, source) SELECT * FROM
    told ON CONFLICT (instrument, session) DO
    UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    adjusted_close = excluded.adjusted_close, volume = excluded.volume, vwap = excluded.vwap, trades =
    excluded.trades, source = excluded.source WHERE (daily_bars.open, daily_bars.high, daily_bars.low,
    daily_bars.close, daily_bars.adjusted_close, daily_bars.volume, daily_bars.vwap, daily_bars.trades,
    daily_bars.source) IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close,
    excluded.adjusted_close, excluded.volume, excluded.vwap, excluded.trades, excluded.source) AND
    (daily_bars.source <> 'OVERRIDE' OR excluded.source = 'OVERRIDE') RETURNING instrument) SELECT instrument,
    COUNT(*) FROM put GROUP BY instrument"""
_FIND_SQLITE = """SELECT b.instrument, b.session, b.open, b.high, b.low, b.close, b.adjusted_close, b.volume, b.vwap,
    b.trades, b.source FROM json_each(?) t JOIN daily_bars b ON b.instrument = json_extract(t.value, '$[0]') AND
    b.session = json_extract(t.value, '$[1]')"""
_KEEP_SQLITE = """INSERT INTO bar_revisions (instrument, session, open, high, low, close, adjusted_close, volume, vwap,
    trades, source, replaced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
_KEEP_BEHIND_SQLITE = _KEEP_SQLITE.replace("INSERT", "INSERT OR REPLACE").replace(" ON CONFLICT DO NOTHING", "")
_PUT_SQLITE = """INSERT INTO daily_bars (instrument, session, open, high, low, close, adjusted_close, volume,
    vwap, trades, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (instrument, session) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, adjusted_close =
    excluded.adjusted_close, volume = excluded.volume, vwap = excluded.vwap, trades = excluded.trades, source =
    excluded.source"""
_FIND, _KEPT = Statement(postgres="", sqlite=_FIND_SQLITE), Statement(postgres="", sqlite=_KEEP_SQLITE)
_KEPT_BEHIND = Statement(postgres="", sqlite=_KEEP_BEHIND_SQLITE)
_PUT = Statement(postgres=_WRITE_POSTGRES, sqlite=_PUT_SQLITE)

# Whole stretches: 9,000 rows one by one would hold SQLite up for a tenth of a second.
_READJUST = Statement(
    postgres="UPDATE daily_bars b SET adjusted_close = b.close * t.factor FROM unnest($1::int[], $2::date[],"
    " $3::date[], $4::float8[]) AS t (number, first, last, factor) WHERE b.instrument = t.number AND b.session BETWEEN"
    " t.first AND t.last AND b.adjusted_close <> b.close * t.factor",
    sqlite="UPDATE daily_bars SET adjusted_close = close * ?4 WHERE instrument = ?1 AND session BETWEEN ?2 AND ?3 AND"
    " adjusted_close <> close * ?4",
)


@dataclass(frozen=True, slots=True)
class DailyBar:
    """A session of an instrument as it was traded; None where it was not told.  `number` is the instrument's."""

    number: int
    session: date
    open: float | None
    high: float | None
    low: float | None
    close: float
    adjusted_close: float
    volume: int | None
    vwap: float | None
    trades: int | None
    source: QuoteSource


def batches(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Return bars, or other rows, in parts, each for a unit of work of its own."""
    size = BATCH if statements.is_sqlite() else LARGE_BATCH
    return [rows[start : start + size] for start in range(0, len(rows), size)]


async def put_bars(work: Work, bars: Sequence[DailyBar], instrument_ids: Collection[UUID]) -> None:
    """Store bars, each once, of these instruments; an administrator's bars stay.  Of one told twice the last counts.

    Emits `BarsChanged` where any did.  One statement on PostgreSQL, one to four on SQLite.
    """
    rows = [_row(bar) for bar in {(bar.number, bar.session): bar for bar in bars}.values()]
    if not rows:
        return
    if statements.is_sqlite():
        is_changed = await _put_in_sqlite(rows, work.now)
    else:
        is_changed = bool(await statements.fetch(_PUT, *map(list, zip(*rows, strict=True)), work.now, BEHIND))
    if is_changed:
        work.emit(BarsChanged(instrument_ids=tuple(instrument_ids)))


async def _put_in_sqlite(rows: Sequence[tuple[Any, ...]], now: datetime) -> bool:
    """Return whether anything was written.  Nobody else writes meanwhile: there is one connection."""
    found = await statements.fetch(_FIND, [row[:2] for row in rows])
    known = {(row[0], as_date(row[1])): (row[0], as_date(row[1]), *row[2:]) for row in map(tuple, found)}
    behind = [row for row in rows if _is_behind(known.get(row[:2]), row)]
    if behind:
        await statements.execute_many(_KEPT_BEHIND, [(*row, BEHIND) for row in behind])
    changed = [row for row in rows if _may_replace(known.get(row[:2]), row)]
    revised = [old for row in changed if (old := known.get(row[:2])) and _is_revision(old, row)]
    if revised:
        await statements.execute_many(_KEPT, [(*row, now) for row in revised])
    if changed:
        await statements.execute_many(_PUT, changed)
    return bool(changed)


def _may_replace(old: tuple[Any, ...] | None, row: tuple[Any, ...]) -> bool:
    if old is None:
        return True
    return old != row and not _is_behind(old, row)


def _is_behind(old: tuple[Any, ...] | None, row: tuple[Any, ...]) -> bool:
    by_hand = QuoteSource.OVERRIDE.value
    return old is not None and old[-1] == by_hand and row[-1] != by_hand


def _is_revision(old: tuple[Any, ...], row: tuple[Any, ...]) -> bool:
    return old[:_ADJUSTED] + old[_ADJUSTED + 1 :] != row[:_ADJUSTED] + row[_ADJUSTED + 1 :]


async def put_adjusted(
    work: Work, number: int, instrument_id: UUID, stretches: Sequence[tuple[date, date, float]]
) -> None:
    """Store adjusted closes of an instrument's sessions: from one to another, both included, close times factor.

    Emits `BarsChanged`.
    """
    rows = [(number, *stretch) for stretch in stretches]
    if statements.is_sqlite():
        await statements.execute_many(_READJUST, rows)
    else:
        await statements.fetch(_READJUST, *map(list, zip(*rows, strict=True)))
    work.emit(BarsChanged(instrument_ids=(instrument_id,)))


def _row(bar: DailyBar) -> tuple[Any, ...]:
    return (
        bar.number, bar.session, bar.open, bar.high, bar.low, bar.close, bar.adjusted_close, bar.volume, bar.vwap,
        bar.trades, bar.source.value,
    )  # fmt: skip
