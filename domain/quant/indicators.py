"""Technical indicators of one series of prices.  Each answer is NaN until its window is full.

Numbers before the first price may be NaN: the window begins after them.  What is not finite later spoils every window
that holds it, and everything after it in an average that never forgets.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import ROUNDING, Numbers, series
from domain.quant.recursion import averages

Part = TypeVar("Part")


class Macd(NamedTuple):
    """Each (n,): the difference of two averages, its own average, and what is between them."""

    line: Numbers
    signal: Numbers
    histogram: Numbers


class Bollinger(NamedTuple):
    """Each (n,): the bands, their distance as a part of the middle, and where the price lies: 0 lower, 1 upper band."""

    middle: Numbers
    upper: Numbers
    lower: Numbers
    width: Numbers
    percent_b: Numbers


def sma(prices: ArrayLike, window: int = 20) -> Numbers:
    """Simple moving average: the mean of the last `window` numbers.

    Parameters
    ----------
    prices : (n,), oldest first.
    window : at least 1.

    Returns (n,): NaN for the first `window` - 1, and where the window holds what is not finite.

    Raises `ValueError` for a window under 1.

    Source: Murphy, "Technical Analysis of the Financial Markets", chapter "Moving Averages".
    """
    return _means(_numbers("prices", prices), _window("window", window))


def ema(prices: ArrayLike, window: int = 20) -> Numbers:
    """Exponential moving average of weight 2 / (`window` + 1), begun with the simple average of the first window.

    Parameters
    ----------
    prices : (n,), oldest first.
    window : at least 1.

    Returns (n,): NaN before the first full window, and from the first number on that is not finite after it began.

    Raises `ValueError` for a window under 1.

    Source: StockCharts, ChartSchool, "Moving Averages - Simple and Exponential", whose table begins with the simple
    average; TA-Lib's default is the same.  Pandas' `ewm(adjust=False)` begins with the first price instead.
    """
    return _smoothed(series("prices", prices), _window("window", window), 2.0 / (window + 1))


def wilder(prices: ArrayLike, window: int = 14) -> Numbers:
    """Wilder's smoothing: an exponential average of weight 1 / `window`, begun with the simple average.

    Parameters
    ----------
    prices : (n,), oldest first.
    window : at least 1.

    Returns (n,): NaN before the first full window, and from the first number on that is not finite after it began.

    Raises `ValueError` for a window under 1.

    Source: Wilder, "New Concepts in Technical Trading Systems" (1978), section "The Relative Strength Index".
    """
    return _smoothed(series("prices", prices), _window("window", window), 1.0 / window)


def rsi(prices: ArrayLike, window: int = 14) -> Numbers:
    """Relative strength index: 100 times the smoothed gains over the smoothed gains and losses together.

    Parameters
    ----------
    prices : (n,), oldest first.
    window : changes that begin the averages, at least 1.

    Returns (n,) of 0 to 100: NaN for the first `window`, where nothing has moved so far, and from the first number on
    that is not finite after it began.

    Raises `ValueError` for a window under 1.

    Source: Wilder, "New Concepts in Technical Trading Systems" (1978), section "The Relative Strength Index".
    """
    numbers, window = series("prices", prices), _window("window", window)
    found = np.full(len(numbers), np.nan)
    begin, end = _stretch(numbers)
    changes = numbers[begin + 1 : end] - numbers[begin : end - 1]
    if len(changes) >= window:
        up = np.maximum(changes, 0.0)
        gains, losses = (_averaged(each, window, 1.0 / window) for each in (up, up - changes))
        losses += gains
        gains *= 100.0
        found[begin + window : end] = _quotient(gains, losses)
    return found


def macd(prices: ArrayLike, fast: int = 12, slow: int = 26, signal: int = 9) -> Macd:
    """Moving average convergence and divergence: a fast exponential average less a slow one.

    Parameters
    ----------
    prices : (n,), oldest first.
    fast, slow : windows of the averages, `fast` the smaller.
    signal : window of the exponential average of their difference.

    Returns three of (n,): the line NaN for the first `slow` - 1, the others for `signal` - 1 more; and from the first
    number on that is not finite after they began.

    Raises `ValueError` for a window under 1, and unless fast is under slow.

    Source: Appel, "Technical Analysis: Power Tools for Active Investors", chapter on MACD; averages as in `ema`.
    """
    if not fast < slow:
        raise ValueError(f"expected fast under slow, got {fast} and {slow}")
    line = _line(series("prices", prices), _window("fast", fast), slow)
    average = ema(line, signal)
    return Macd(line, average, line - average)


def bollinger(prices: ArrayLike, window: int = 20, deviations: float = 2.0) -> Bollinger:
    """Bands so many standard deviations (of the population, ddof 0) about the simple average.

    Parameters
    ----------
    prices : (n,), oldest first.
    window : at least 1.
    deviations : above zero.

    Returns five of (n,): NaN for the first `window` - 1, and where the window holds what is not finite; the place
    between the bands is NaN also where they are one.

    Raises `ValueError` for a window under 1, and unless deviations is above zero.

    Source: Bollinger, "Bollinger on Bollinger Bands", chapters on the construction of bands, %b and BandWidth.
    """
    if not deviations > 0:
        raise ValueError(f"expected deviations above zero, got {deviations}")
    numbers = _numbers("prices", prices)
    middle, deviation = _means_and_deviations(numbers, _window("window", window))
    reach = deviations * deviation
    upper, lower = middle + reach, middle - reach
    return Bollinger(middle, upper, lower, _quotient(2 * reach, middle), _quotient(numbers - lower, 2 * reach))


def rate_of_change(prices: ArrayLike, window: int = 12) -> Numbers:
    """Change in percent of the number `window` places before.

    Parameters
    ----------
    prices : (n,), oldest first.
    window : at least 1.

    Returns (n,): NaN for the first `window`, and where either number is not finite or the earlier one is zero.

    Raises `ValueError` for a window under 1.

    Source: Murphy, "Technical Analysis of the Financial Markets", chapter "Oscillators and Contrary Opinion".
    """
    numbers, lag = _numbers("prices", prices), _window("window", window)
    changes = np.full(len(numbers), np.nan)
    changes[lag:] = _quotient(100.0 * (numbers[lag:] - numbers[:-lag]), numbers[:-lag])
    return changes


def volume_ratio(volumes: ArrayLike, window: int = 20) -> Numbers:
    """Each volume over the mean of the `window` volumes before it.

    Parameters
    ----------
    volumes : (n,), oldest first.
    window : at least 1.

    Returns (n,): NaN for the first `window`, where a volume is not finite, and where nothing was traded before.

    Raises `ValueError` for a window under 1.

    Source: relative volume as StockCharts' ChartSchool has it, the average without the day itself.
    """
    numbers = _numbers("volumes", volumes)
    before = np.full(len(numbers), np.nan)
    before[1:] = sma(numbers, window)[:-1]
    return _quotient(numbers, before)


def average_true_range(highs: ArrayLike, lows: ArrayLike, closes: ArrayLike, window: int = 14) -> Numbers:
    """Wilder's average of the true range: the largest of high less low, and of both from the close before.

    Parameters
    ----------
    highs, lows, closes : (n,), oldest first.
    window : ranges that begin the average, at least 1.

    Returns (n,): NaN for the first `window` - 1, and from the first number on that is not finite after it began.  The
    first range, which has no close before it, is high less low.

    Raises `ValueError` for a window under 1, and for series of different lengths.

    Source: Wilder, "New Concepts in Technical Trading Systems" (1978), section "Volatility".
    """
    high, low, close = _numbers("highs", highs), _numbers("lows", lows), _numbers("closes", closes)
    if not len(high) == len(low) == len(close):
        raise ValueError(f"expected series of one length, got {len(high)}, {len(low)} and {len(close)}")
    ranges = high - low
    ranges[1:] = np.maximum(high[1:], close[:-1]) - np.minimum(low[1:], close[:-1])
    return wilder(ranges, window)


def _numbers(name: str, given: ArrayLike) -> Numbers:
    numbers = series(name, given)
    good = np.isfinite(numbers)
    return numbers if good.all() else np.where(good, numbers, np.nan)


def _window(name: str, window: int) -> int:
    if window < 1:
        raise ValueError(f"expected {name} of at least 1, got {window}")
    return int(window)


def _quotient(above: Numbers, below: Numbers) -> Numbers:
    with np.errstate(all="ignore"):
        found = above / below
    found[~np.isfinite(found)] = np.nan
    return found


def _means(numbers: Numbers, window: int) -> Numbers:
    found = np.full(len(numbers), np.nan)
    if len(numbers) >= window:
        sums = _of_windows(numbers, window, _summed)
        np.divide(sums[: len(numbers) - window + 1], window, out=found[window - 1 :])
    return found


def _means_and_deviations(numbers: Numbers, window: int) -> tuple[Numbers, Numbers]:
    """Mean of each window, and the deviation about it; numbers that are equal up to rounding deviate by zero."""
    means, deviations = np.full(len(numbers), np.nan), np.full(len(numbers), np.nan)
    if len(numbers) >= window:
        count = len(numbers) - window + 1
        sums, squares = _of_windows((numbers, np.zeros(len(numbers))), window, _joined)
        about = np.divide(sums[:count], window, out=means[window - 1 :])
        found = np.sqrt(squares[:count] / window)
        found[found <= ROUNDING * np.abs(about)] = 0.0
        deviations[window - 1 :] = found
    return means, deviations


def _of_windows(part: Part, window: int, join: Callable[[Part, int, Part, int], Part]) -> Part:
    """What is known of each number, joined over `window` of them from each place on.

    Windows grow from windows of half their length: nothing is ever taken away, so that nothing cancels.  `join` is
    given what is known of `ahead` numbers from each place on, and of the `length` after them from each place on.
    """
    length, total, done = 1, part, 0
    while True:
        if window & length:
            total = join(total, done, part, length) if done else part
            done += length
        if done == window:
            return total
        part, length = join(part, length, part, length), 2 * length


def _summed(first: Numbers, ahead: int, second: Numbers, _: int) -> Numbers:
    return first[: len(second) - ahead] + second[ahead:]


def _joined(
    first: tuple[Numbers, Numbers], ahead: int, second: tuple[Numbers, Numbers], length: int
) -> tuple[Numbers, Numbers]:
    # Squares about the mean of two parts together are those of each, and what their means lie apart (Chan, Golub and
    # LeVeque, 1979).
    count = len(second[0]) - ahead
    sums, more = first[0][:count], second[0][ahead:]
    apart = sums * (length / ahead) - more if length != ahead else sums - more
    apart *= apart
    apart *= ahead / (length * (ahead + length))
    apart += first[1][:count]
    apart += second[1][ahead:]
    return sums + more, apart


def _smoothed(numbers: Numbers, window: int, weight: float) -> Numbers:
    """An average that never forgets, as far as all is finite."""
    found = np.empty(len(numbers))
    begin, end = _stretch(numbers)
    start = begin + window - 1
    if start >= end:
        found[:] = np.nan
        return found
    found[:start] = np.nan
    found[start:end] = _averaged(numbers[begin:end], window, weight)
    found[end:] = np.nan
    return found


def _averaged(numbers: Numbers, window: int, weight: float) -> Numbers:
    """Average y = weight x + (1 - weight) y before, of finite numbers, from the mean of the first window on."""
    found = np.empty(len(numbers) - window + 1)
    found[0] = first = _mean(numbers[:window])
    found[1:] = averages(numbers[window:], (weight,), (first,))
    return found


def _line(numbers: Numbers, fast: int, slow: int) -> Numbers:
    """A fast average less a slow one, where both have begun."""
    found = np.full(len(numbers), np.nan)
    begin, end = _stretch(numbers)
    start = begin + slow - 1
    if start >= end:
        return found
    weights = 2.0 / (fast + 1), 2.0 / (slow + 1)
    early = _mean(numbers[begin : begin + fast])
    for number in numbers[begin + fast : start + 1].tolist():
        early += weights[0] * (number - early)
    firsts = early, _mean(numbers[begin : start + 1])
    found[start] = firsts[0] - firsts[1]
    found[start + 1 : end] = averages(numbers[start + 1 : end], weights, firsts, (1.0, -1.0))
    return found


def _stretch(numbers: Numbers) -> tuple[int, int]:
    """Where the first number stands, and the first thing after it that is none."""
    good = np.isfinite(numbers)
    if good.all():
        return 0, len(numbers)
    begin = int(np.argmax(good)) if good.any() else len(numbers)
    bad = np.flatnonzero(~good[begin:])
    return begin, begin + int(bad[0]) if len(bad) else len(numbers)


def _mean(numbers: Numbers) -> float:
    return float(np.add.reduce(numbers)) / len(numbers)
