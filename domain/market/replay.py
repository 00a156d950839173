"""How the demonstration's prices move between two closes: pure, and the same each time.

A random number depends on the instrument, the session and the second only, never on when or how often it was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain.kernel.dates import SESSION_CLOSE, SESSION_OPEN
from domain.market.types import QuoteSource, Vector

# The grid of a session: every second of it.
SECONDS = (SESSION_CLOSE.hour * 60 + SESSION_CLOSE.minute - SESSION_OPEN.hour * 60 - SESSION_OPEN.minute) * 60

# The part of the instruments that move at one tick.
_MOVING = 0.5
_PLACES = 4
_SMALLEST_PRICE = 0.0001
_SEED = 20_221_228


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A session as it will be.

    `paths` has the shape (instruments, SECONDS + 1), in currency; the first column is `previous`, the last the closes.
    """

    session: date
    source: QuoteSource
    previous: Vector
    paths: Vector

    @property
    def closes(self) -> Vector:
        """The close of each instrument."""
        return self.paths[:, -1]

    def extremes(self, second: int) -> tuple[Vector, Vector]:
        """Return the high and the low of each instrument from the open to this second, which counts."""
        so_far = self.paths[:, : second + 1]
        return so_far.max(axis=1), so_far.min(axis=1)


def write_script(
    session: date, source: QuoteSource, numbers: Sequence[int], previous: Vector, closes: Vector, volatilities: Vector
) -> Script:
    """Draw the paths of a session: Brownian bridges of the logarithm, from the previous closes to the closes.

    `numbers` are the instruments'; `volatilities` are standard deviations of one day's log return.
    """
    time = np.linspace(0.0, 1.0, SECONDS + 1)
    paths = np.empty((len(numbers), SECONDS + 1))
    for row, number in enumerate(numbers):
        steps = np.random.default_rng((_SEED, session.toordinal(), number)).standard_normal(SECONDS)
        walk = np.concatenate(([0.0], np.cumsum(steps))) / np.sqrt(SECONDS)
        bridge = (walk - time * walk[-1]) * volatilities[row]
        trend = np.log(previous[row]) + time * np.log(closes[row] / previous[row])
        paths[row] = np.maximum(np.round(np.exp(trend + bridge), _PLACES), _SMALLEST_PRICE)
    # What the day opens and ends with is exact: rounding has no say.
    paths[:, 0] = previous
    paths[:, -1] = closes
    return Script(session, source, previous, paths)


def moving(session: date, second: int, count: int) -> NDArray[np.bool_]:
    """Return which of so many instruments have a new price at this second: all of them at the open and at the close."""
    if second in (0, SECONDS):
        return np.ones(count, dtype=np.bool_)
    return np.random.default_rng((_SEED, session.toordinal(), 0, second)).random(count) < _MOVING


def resample(session: date, previous: Vector, returns: Vector) -> Vector:
    """Return closes of a session that never was: one day of `returns`, shape (days, instruments), drawn for this date.

    A whole day is drawn at once, so that what moved together moves together.
    """
    day = np.random.default_rng((_SEED, session.toordinal())).integers(len(returns))
    closes: Vector = np.maximum(np.round(previous * (1.0 + returns[day]), _PLACES), _SMALLEST_PRICE)
    return closes


def trailing_volatility(closes: Vector) -> float:
    """Return the standard deviation (ddof 1) of the log returns of closes, oldest first; 0 for fewer than three."""
    return float(np.std(np.diff(np.log(closes)), ddof=1)) if len(closes) > 2 else 0.0
