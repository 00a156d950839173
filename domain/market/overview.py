"""The market as a whole: sectors, breadth, mood and regime, from the latest quotes and past closes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import numpy as np

from domain.kernel.dates import last_known_close
from domain.market import history, queries
from domain.market.history import Line
from domain.market.types import InstrumentRow, Vector
from domain.quant.volatility import annualized_volatility
from domain.storage import statements
from domain.storage.statements import statement

# Sessions: a month, a quarter's and a year's averages, and a year.
MONTH: Final = 21
SHORT: Final = 50
LONG: Final = 200
YEAR: Final = 252
# Stocks that are counted.
_MOST: Final = 2_000
# Volatility counts as high from this part of its last two years on.
HIGH: Final = 0.8

_CHANGE = "(CAST(q.price AS DOUBLE PRECISION) / NULLIF(CAST(q.previous_close AS DOUBLE PRECISION), 0) - 1)"
_SECTORS = statement(f"""
    SELECT i.sector, COUNT(*), AVG({_CHANGE}), SUM(CASE WHEN {_CHANGE} > 0 THEN 1 ELSE 0 END),
           SUM(CASE WHEN {_CHANGE} < 0 THEN 1 ELSE 0 END)
    FROM quotes q JOIN instruments i ON i.id = q.instrument_id
    WHERE i.kind = 'STOCK' AND i.sector IS NOT NULL AND q.previous_close IS NOT NULL GROUP BY i.sector ORDER BY i.sector
    LIMIT 100
""")  # noqa: S608 - nothing of a user's is in it
_DIRECTIONS = statement(f"""
    SELECT SUM(CASE WHEN {_CHANGE} > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN {_CHANGE} < 0 THEN 1 ELSE 0 END),
           SUM(CASE WHEN {_CHANGE} = 0 THEN 1 ELSE 0 END)
    FROM quotes q JOIN instruments i ON i.id = q.instrument_id WHERE i.kind = 'STOCK' AND q.previous_close IS NOT NULL
""")  # noqa: S608 - nothing of a user's is in it
_VOLUMES = statement("""
    SELECT b.instrument, b.session, b.volume FROM daily_bars b JOIN instruments i ON i.number = b.instrument
    WHERE i.kind = 'STOCK' AND b.session > $1 AND b.session <= $2 AND b.volume IS NOT NULL ORDER BY b.session
""")


class Regime(StrEnum):
    """What kind of market it is.

    VOLATILE: it moves as much as in the worst fifth of the last two years.  Else BULL: above its averages of 50 and 200
    sessions, the shorter above the longer.  BEAR: below both, the shorter below the longer.  STABLE: neither.
    """

    BULL = "BULL"
    BEAR = "BEAR"
    VOLATILE = "VOLATILE"
    STABLE = "STABLE"


@dataclass(frozen=True, slots=True)
class SectorMove:
    """How the stocks of a sector have moved since the close before, each counting the same; change in percent."""

    sector: str
    stocks: int
    change_percent: float
    advancing: int
    declining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """How many stocks take part.  Averages and extremes are of closes; None where no stock has closes enough."""

    advancing: int
    declining: int
    unchanged: int
    counted: int
    above_short: int | None
    above_long: int | None
    new_highs: int | None
    new_lows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What prices say of the mood.

    `momentum` is the part of stocks above their averages of 50 sessions, `volatility` the benchmark's of a month over
    that of a year, `volume` the last session's over the mean of the month before, the middle of all stocks; None where
    it is not known.
    """

    momentum: float | None
    volatility: float | None
    volume: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The regime of the benchmark at a session, and what it was found by; None where it has too few closes."""

    session: date | None
    regime: Regime | None
    close: float | None
    short_average: float | None
    long_average: float | None
    volatility: float | None
    volatility_rank: float | None
    year_change: float | None


async def sectors() -> list[SectorMove]:
    """Return how sectors have moved, by name, at most 100.  One statement."""
    return [
        SectorMove(name, count, 100.0 * float(change), int(up), int(down))
        for name, count, change, up, down in await statements.fetch(_SECTORS)
    ]


async def breadth(now: datetime) -> Breadth:
    """Return how many stocks take part.  Two statements, and those that read closes that are not kept."""
    ((up, down, same),) = await statements.fetch(_DIRECTIONS)
    columns = [line.closes for line in await _lines(now)]
    over = {window: [each for each in columns if len(each) >= window] for window in (SHORT, LONG, YEAR)}
    years = [each[-YEAR:] for each in over[YEAR]]
    return Breadth(
        advancing=int(up or 0),
        declining=int(down or 0),
        unchanged=int(same or 0),
        counted=len(columns),
        above_short=_above(over[SHORT], SHORT),
        above_long=_above(over[LONG], LONG),
        new_highs=sum(bool(year[-1] >= year.max()) for year in years) if years else None,
        new_lows=sum(bool(year[-1] <= year.min()) for year in years) if years else None,
    )


async def mood(now: datetime) -> Mood:
    """Return what prices say of the mood.  Two statements, and those that read closes that are not kept."""
    columns = [line.closes for line in await _lines(now) if len(line.closes) >= SHORT]
    above = _above(columns, SHORT)
    line = await _benchmark(now)
    closes = np.empty(0) if line is None else line.closes
    ratio = None
    if len(closes) > YEAR:
        ratio = annualized_volatility(closes[-MONTH - 1 :]) / annualized_volatility(closes[-YEAR - 1 :])
    return Mood(
        momentum=None if above is None else above / len(columns), volatility=ratio, volume=await _volume_ratio(now)
    )


async def setting(now: datetime, as_of: datetime | None = None) -> Setting:
    """Return the regime at a time of the market that is not after `now`.  Statements as `history.closes` says."""
    line = await _benchmark(now if as_of is None else min(as_of, now))
    if line is None or len(line.closes) < LONG + 1:
        session = None if line is None or not len(line.sessions) else date.fromordinal(int(line.sessions[-1]))
        return Setting(session=session, regime=None, close=None, short_average=None, long_average=None,
                       volatility=None, volatility_rank=None, year_change=None)  # fmt: skip
    closes = line.closes
    short, long, last = float(closes[-SHORT:].mean()), float(closes[-LONG:].mean()), float(closes[-1])
    past = _volatilities(closes[-2 * YEAR - MONTH :])
    rank = float((past <= past[-1]).mean())
    return Setting(
        session=date.fromordinal(int(line.sessions[-1])),
        regime=_regime(last, short, long, rank),
        close=last,
        short_average=short,
        long_average=long,
        volatility=float(past[-1]),
        volatility_rank=rank,
        year_change=last / float(closes[-YEAR - 1]) - 1.0 if len(closes) > YEAR else None,
    )


def _regime(last: float, short: float, long: float, rank: float) -> Regime:
    if rank >= HIGH:
        return Regime.VOLATILE
    if last > long and short > long:
        return Regime.BULL
    return Regime.BEAR if last < long and short < long else Regime.STABLE


def _volatilities(closes: Vector) -> Vector:
    """Return the volatility of each month of sessions, annual, oldest first."""
    returns = closes[1:] / closes[:-1] - 1.0
    windows = np.lib.stride_tricks.sliding_window_view(returns, MONTH)
    found: Vector = windows.std(axis=1, ddof=1) * np.sqrt(YEAR)
    return found


def _above(columns: list[Vector], window: int) -> int | None:
    return sum(bool(each[-1] > each[-window:].mean()) for each in columns) if columns else None


async def _lines(now: datetime) -> list[Line]:
    rows = [row for row in await queries.followed_instruments(_MOST) if row.kind == "STOCK"]
    lines = await history.closes(rows, last_known_close(now), now, adjusted=True)
    return [line for line in lines if len(line.closes)]


async def _benchmark(now: datetime) -> Line | None:
    found: dict[str, InstrumentRow] = await queries.instruments_by_symbol([queries.BENCHMARK])
    if not found:
        return None
    (line,) = await history.closes([found[queries.BENCHMARK]], last_known_close(now), now, adjusted=True)
    return line


async def _volume_ratio(now: datetime) -> float | None:
    last = last_known_close(now)
    since = date.fromordinal(last.toordinal() - 45)
    volumes: dict[int, list[float]] = {}
    for number, _, volume in await statements.fetch(_VOLUMES, since, last):
        volumes.setdefault(number, []).append(float(volume))
    ratios = [
        own[-1] / mean for own in volumes.values() if len(own) > 1 and (mean := float(np.mean(own[-MONTH:-1]))) > 0
    ]
    return float(np.median(ratios)) if ratios else None
