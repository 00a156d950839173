"""How good the closes of an instrument are as the input of calculations: what is missing, stuck or doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np

from domain.kernel.dates import last_known_close
from domain.market import history
from domain.market.calendar import trading_days
from domain.market.history import Line
from domain.market.types import DataQuality, InstrumentRow

# Shares of the sessions that may be missing.
_EXCELLENT, _GOOD, _FAIR = 0.001, 0.01, 0.05
# Sessions in a row with one close to the last digit: prices of what trades move.
_STUCK: Final = 5
# A move of so many of the usual ones, by the median deviation, and of at least so much, in logarithms.
_FAR, _LEAST = 15.0, 0.15
MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Sessions in a row without a close: the first, the last, and how many."""

    first: date
    last: date
    sessions: int


@dataclass(frozen=True, slots=True)
class DoubtfulMove:
    """A session whose close is far from the one before, adjusted for splits and distributions: the simple return."""

    session: date
    fraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceQuality:
    """What is known of closes over a range of sessions, both ends included.

    `gaps` and `stuck` have the longest first, `doubtful` the farthest; 100 of each at most.
    """

    first: date
    last: date
    expected: int
    present: int
    gaps: Sequence[Gap]
    stuck: Sequence[Gap]
    doubtful: Sequence[DoubtfulMove]
    grade: DataQuality

    @property
    def missing(self) -> int:
        """Sessions without a close."""
        return self.expected - self.present


async def price_quality(row: InstrumentRow, start: date, end: date, now: datetime) -> PriceQuality | None:
    """Return how good the closes from one day to another are; None where the market held no session in between.

    What was before the first close is not missing, and what has not closed at `now` neither.
    """
    (line,) = await history.closes([row], end, now, adjusted=True)
    first = max(start, row.first_session)
    days = await trading_days(first, min(end, last_known_close(now))) if first <= end else []
    return examine(line, days) if days else None


def examine(line: Line, days: Sequence[date]) -> PriceQuality:
    """Return how good the closes of these sessions are, at least one.  Pure."""
    expected = np.array([day.toordinal() for day in days], dtype=np.int32)
    places = np.searchsorted(line.sessions, expected)
    inside = np.minimum(places, max(len(line.sessions) - 1, 0))
    present = line.sessions[inside] == expected if len(line.sessions) else np.zeros(len(expected), dtype=np.bool_)
    closes = line.closes[inside[present]]
    known = expected[present]
    same = np.append(False, np.diff(closes) == 0) if len(closes) else np.zeros(0, dtype=np.bool_)
    return PriceQuality(
        first=days[0],
        last=days[-1],
        expected=len(expected),
        present=int(present.sum()),
        gaps=_runs(~present, expected, 1),
        stuck=_runs(same, known, _STUCK - 1),
        doubtful=_doubtful(closes, known),
        grade=_grade(1 - present.mean(), bool(present.any())),
    )


def _runs(flags: np.ndarray, sessions: np.ndarray, least: int) -> Sequence[Gap]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    runs = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True) if end - start >= least]
    runs.sort(key=lambda run: (run[0] - run[1], run[0]))
    return [Gap(_day(sessions[start]), _day(sessions[end - 1]), end - start) for start, end in runs[:MOST_SHOWN]]


def _doubtful(closes: np.ndarray, sessions: np.ndarray) -> Sequence[DoubtfulMove]:
    if len(closes) < 2 or not (closes > 0).all():
        return []
    moves = np.diff(np.log(closes))
    usual = 1.4826 * float(np.median(np.abs(moves - np.median(moves))))
    far = np.flatnonzero(np.abs(moves) > max(_FAR * usual, _LEAST))
    far = far[np.argsort(-np.abs(moves[far]), kind="stable")][:MOST_SHOWN]
    return [DoubtfulMove(_day(sessions[place + 1]), float(np.expm1(moves[place]))) for place in far]


def _grade(missing: float, any_: bool) -> DataQuality:
    if not any_:
        return DataQuality.INVALID
    limits = ((_EXCELLENT, DataQuality.EXCELLENT), (_GOOD, DataQuality.GOOD), (_FAIR, DataQuality.FAIR))
    return next((grade for limit, grade in limits if missing <= limit), DataQuality.POOR)


def _day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))
