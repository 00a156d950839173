"""Closes of many instruments as arrays, kept in memory: bars are only added, as a rule.

A session is the ordinal of its date (`date.toordinal`).  Where bars change that were read, `BarsChanged` says so, and
`follow_changes`, which runs in every process, forgets them: what another process changes is seen a moment later.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import numpy as np
import orjson
from numpy.typing import NDArray

from domain.kernel.dates import EARLIEST_DATE, last_known_close
from domain.kernel.events import Bus
from domain.market.events import BarsChanged
from domain.market.types import InstrumentRow, QuoteSource, Vector
from domain.storage import statements
from domain.storage.readings import as_date
from domain.storage.statements import Statement, statement

Ordinals = NDArray[np.int32]

# Closes that are kept in all: 32 MB, and less than that of sessions.
_CAPACITY = 4_000_000
# Instruments in one statement: of all their bars, and of those since the last that are kept.  SQLite answers one
# statement at a time, and others wait meanwhile.
_WHOLE, _SINCE = 25, 1_000
_EPOCH = date(1970, 1, 1).toordinal()


# One row an instrument: a row for each bar takes three times as long, and more to make an array of.
_POSTGRES = """
    SELECT b.instrument, string_agg(int4send(b.session - DATE '1970-01-01'), ''::bytea ORDER BY b.session),
           string_agg(float8send(b.PRICE), ''::bytea ORDER BY b.session)
    FROM unnest($1::int[], $2::date[]) AS n (number, since)
    JOIN daily_bars b ON b.instrument = n.number AND b.session > n.since AND b.session <= $3::date
    GROUP BY b.instrument
"""
# One walk along the key of an instrument, whose order is the sessions': told to order them, SQLite walks once for each
# column, or sorts.
_SQLITE = """
    SELECT n.value,
           (SELECT group_concat(b.session) || ';' || json_group_array(b.PRICE) FROM daily_bars b
            WHERE b.instrument = n.value AND b.session > json_extract(?2, '$[' || n.key || ']') AND b.session <= ?3)
    FROM json_each(?1) n
"""


def _select(column: str) -> Statement:
    postgres, sqlite = (" ".join(text.replace("PRICE", column).split()) for text in (_POSTGRES, _SQLITE))
    return Statement(postgres, sqlite)


_SOURCES = statement("""
    SELECT instrument, source, COUNT(*), MIN(session), MAX(session) FROM daily_bars
    WHERE instrument = ANY($1::int[]) AND session >= $2 AND session <= $3 GROUP BY instrument, source ORDER BY source
""")
_CLOSES, _ADJUSTED = _select("close"), _select("adjusted_close")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The closes of one instrument in its currency, (n,), without NaN, and their sessions, (n,), ascending.

    Neither is to be written to.  On SQLite a close has 15 digits.
    """

    sessions: Ordinals
    closes: Vector

    @property
    def calendar(self) -> tuple[int, int]:
        """What lines of the same sessions have in common, as long as they are there."""
        whole = self.sessions if self.sessions.base is None else self.sessions.base
        return id(whole), len(self.sessions)

    def is_same(self, other: "Line") -> bool:
        """Whether this has the very arrays of another, and not others that are equal: true for what is kept."""
        return len(self.closes) == len(other.closes) and _whole(self.closes) is _whole(other.closes)

    def until(self, session: int) -> "Line":
        """Return the same up to a session, which counts."""
        if not len(self.sessions) or self.sessions[-1] <= session:
            return self
        end = int(np.searchsorted(self.sessions, session, side="right"))
        return Line(self.sessions[:end], self.closes[:end])


def _whole(array: Vector) -> object:
    # A part of a line is a view of it.
    return array if array.base is None else array.base


NOTHING = Line(np.empty(0, dtype=np.int32), np.empty(0))
_Name = tuple[UUID, date, bool]


class _Kept:
    """The lines that were used last, up to so many closes in all."""

    def __init__(self) -> None:
        self._lines: OrderedDict[_Name, Line] = OrderedDict()
        self._size = 0

    def find(self, name: _Name) -> Line:
        line = self._lines.get(name)
        if line is None:
            return NOTHING
        self._lines.move_to_end(name)
        return line

    def forget(self, instrument_ids: frozenset[UUID]) -> None:
        for name in [name for name in self._lines if name[0] in instrument_ids]:
            self._size -= len(self._lines.pop(name).closes)

    def keep(self, name: _Name, line: Line) -> None:
        old = self._lines.pop(name, NOTHING)
        self._lines[name] = line
        self._size += len(line.closes) - len(old.closes)
        while self._size > _CAPACITY and len(self._lines) > 1:
            _, dropped = self._lines.popitem(last=False)
            self._size -= len(dropped.closes)


# One for each open database: two of them may have an instrument in common, and other bars of it.
_kept: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()


async def closes(
    instruments: Sequence[InstrumentRow], until: date, now: datetime, *, adjusted: bool = False
) -> list[Line]:
    """Return the closes of instruments up to a day, in the order asked; `adjusted` for splits and distributions.

    None is later than the last one that has closed at `now`, the market's time.  One statement for those that are kept
    and have no bar of the last day, and one for every 25 of which nothing is kept.
    """
    last = min(until, last_known_close(now))
    inside = statements.sees_uncommitted()
    kept = _Kept() if inside else _kept.setdefault(statements.connection(), _Kept())
    names = [(row.id, row.first_session, adjusted) for row in instruments]
    found = dict(zip(names, map(kept.find, names), strict=True))
    numbers = {name: row.number for name, row in zip(names, instruments, strict=True)}
    behind = [name for name, line in found.items() if not _reaches(line, last)]
    calendars: dict[tuple[int, int], Ordinals] = {}
    for part in _parts(behind, found):
        added = await _read([numbers[name] for name in part], [_end(found[name]) for name in part], last, adjusted)
        for name in part:
            found[name] = _joined(found[name], added.get(numbers[name], NOTHING), calendars)
            kept.keep(name, found[name])
    return [found[name].until(last.toordinal()) for name in names]


def forget() -> None:
    """Keep nothing of what was read so far."""
    _kept.clear()


async def follow_changes(bus: Bus) -> None:
    """Forget the bars that change, until cancelled."""
    async with bus.listen(BarsChanged.channel()) as listener:
        while True:
            heard = await listener.next()
            if isinstance(heard, BarsChanged):
                for kept in _kept.values():
                    kept.forget(frozenset(heard.instrument_ids))
            else:
                # Something was missed.
                forget()


def _reaches(line: Line, last: date) -> bool:
    return len(line.sessions) > 0 and int(line.sessions[-1]) >= last.toordinal()


def _end(line: Line) -> date:
    return date.fromordinal(int(line.sessions[-1])) if len(line.sessions) else EARLIEST_DATE


def _parts(names: Sequence[_Name], found: dict[_Name, Line]) -> Iterable[Sequence[_Name]]:
    whole = [name for name in names if found[name] is NOTHING]
    grown = [name for name in names if found[name] is not NOTHING]
    yield from (whole[start : start + _WHOLE] for start in range(0, len(whole), _WHOLE))
    yield from (grown[start : start + _SINCE] for start in range(0, len(grown), _SINCE))


@dataclass(frozen=True, slots=True)
class BarSource:
    """How many closes of an instrument in a range come from one source, and the first and the last of them."""

    source: QuoteSource
    count: int
    first: date
    last: date


async def sources_of(instruments: Sequence[InstrumentRow], first: date, last: date) -> list[list[BarSource]]:
    """Return where the closes of instruments from one day to another come from, in the order asked.  One statement."""
    if not instruments:
        return []
    rows = await statements.fetch(_SOURCES, [row.number for row in instruments], first, last)
    found: dict[int, list[BarSource]] = {}
    for number, source, count, start, end in rows:
        found.setdefault(number, []).append(BarSource(QuoteSource(source), count, as_date(start), as_date(end)))
    return [found.get(row.number, []) for row in instruments]


async def _read(numbers: Sequence[int], since: Sequence[date], last: date, adjusted: bool) -> dict[int, Line]:
    asked = _ADJUSTED if adjusted else _CLOSES
    rows = await statements.fetch(asked, numbers, since, last)
    parse = _from_text if statements.is_sqlite() else _from_bytes
    return await asyncio.to_thread(parse, rows) if rows else {}


def _from_bytes(rows: Sequence[Any]) -> dict[int, Line]:
    calendars: dict[bytes, Ordinals] = {}
    found = {}
    for number, days, prices in rows:
        if days not in calendars:
            calendars[days] = (np.frombuffer(days, dtype=">i4") + _EPOCH).astype(np.int32)
        found[number] = Line(calendars[days], np.frombuffer(prices, dtype=">f8").astype(np.float64))
    return found


def _from_text(rows: Sequence[Any]) -> dict[int, Line]:
    # Most instruments have the same sessions: they share one array.
    calendars: dict[str, Ordinals] = {}
    found = {}
    for number, text in rows:
        if text is None:
            continue
        days, prices = text.split(";")
        if days not in calendars:
            dates = np.array(days.split(","), dtype="datetime64[D]").astype(np.int64)
            calendars[days] = (dates + _EPOCH).astype(np.int32)
        found[number] = _in_order(Line(calendars[days], np.array(orjson.loads(prices), dtype=np.float64)))
    return found


def _in_order(line: Line) -> Line:
    """Return the line by session, as SQLite gives it and does not promise."""
    if (line.sessions[1:] > line.sessions[:-1]).all():
        return line
    order = np.argsort(line.sessions)
    return Line(line.sessions[order], line.closes[order])


def _joined(line: Line, added: Line, calendars: dict[tuple[int, int], Ordinals]) -> Line:
    if not len(added.sessions):
        return line
    if not len(line.sessions):
        return added
    # What has shared its sessions so far goes on to do so.
    name = id(line.sessions), id(added.sessions)
    if name not in calendars:
        calendars[name] = np.concatenate((line.sessions, added.sessions))
    return Line(calendars[name], np.concatenate((line.closes, added.closes)))


def sessions_of(lines: Iterable[Line], first: int, last: int) -> Ordinals:
    """Return the sessions from one day to another, both included, on which any of the instruments traded."""
    days = np.zeros(max(0, last - first + 1), dtype=np.bool_)
    seen: set[tuple[int, int]] = set()
    for line in lines:
        if line.calendar in seen:
            continue
        seen.add(line.calendar)
        start, end = np.searchsorted(line.sessions, (first, last + 1))
        days[line.sessions[start:end] - first] = True
    return (np.flatnonzero(days) + first).astype(np.int32)


def carried(lines: Sequence[Line], sessions: Ordinals) -> Vector:
    """Return the last close of each instrument at each session: (lines, sessions), NaN before an instrument's first."""
    found: Vector = np.empty((len(lines), len(sessions)))
    places: dict[tuple[int, int], NDArray[np.intp] | slice] = {}
    for row, line in zip(found, lines, strict=True):
        if line.calendar not in places:
            places[line.calendar] = _places(line.sessions, sessions)
        place = places[line.calendar]
        if isinstance(place, slice):
            row[:] = line.closes[place]
        else:
            row[:] = np.append(line.closes, np.nan)[place]
    return found


def _places(own: Ordinals, sessions: Ordinals) -> NDArray[np.intp] | slice:
    """Return where the last of its own sessions up to each session is; one past all of them for none."""
    place = np.searchsorted(own, sessions, side="right") - 1
    if len(place) and place[0] >= 0 and np.array_equal(own[place[0] : place[0] + len(place)], sessions):
        # All have traded in the same sessions, as a rule: copied as they stand.
        return slice(int(place[0]), int(place[0]) + len(place))
    place[place < 0] = len(own)
    return place
