"""Technical indicators: printed tables, a slow reference that follows the definitions word for word, and NaN."""

import math
import statistics
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from domain.quant import indicators
from tests.references.cases import AVERAGES_TABLE, RSI_TABLE

NAN = math.nan


def walk(count: int) -> np.ndarray:
    steps = np.random.default_rng(20221130).normal(0.0, 0.01, count)
    return 100.0 * np.exp(np.cumsum(steps))


def slow_mean(prices: list[float], window: int) -> list[float]:
    ends = range(1, len(prices) + 1)
    return [NAN if end < window else math.fsum(prices[end - window : end]) / window for end in ends]


def slow_average(prices: list[float], window: int, weight: float) -> list[float]:
    found: list[float] = []
    seen: list[float] = []
    average = NAN
    for price in prices:
        if math.isnan(price) and not seen:
            found.append(NAN)
            continue
        seen.append(price)
        if len(seen) == window:
            average = math.fsum(seen) / window
        elif len(seen) > window:
            average = weight * price + (1 - weight) * average
        found.append(average)
    return found


def slow_rsi(prices: list[float], window: int) -> list[float]:
    changes = [NAN, *(after - before for before, after in pairwise(prices))]
    # `max` gives its first argument where the other is no number.
    gains = slow_average([max(change, 0.0) for change in changes], window, 1 / window)
    losses = slow_average([max(-change, 0.0) for change in changes], window, 1 / window)
    return [100 * gain / (gain + loss) for gain, loss in zip(gains, losses, strict=True)]


@pytest.mark.parametrize(
    ("find", "table", "places"),
    [
        (lambda prices: indicators.rsi(prices, 14)[14:], RSI_TABLE, 2),
        (lambda prices: indicators.ema(prices, 10)[9:], AVERAGES_TABLE, 2),
    ],
)
def test_printed_tables(
    find: Callable[[tuple[float, ...]], np.ndarray], table: tuple[tuple[float, ...], tuple[float, ...]], places: int
):
    prices, printed = table

    np.testing.assert_array_equal(np.round(find(prices), places), printed)


@pytest.mark.parametrize("window", [1, 2, 7, 20, 64, 200])
def test_averages_are_those_of_the_definition(window: int):
    prices = walk(600)
    plain = prices.tolist()

    for found, expected in (
        (indicators.sma(prices, window), slow_mean(plain, window)),
        (indicators.ema(prices, window), slow_average(plain, window, 2 / (window + 1))),
        (indicators.wilder(prices, window), slow_average(plain, window, 1 / window)),
        (indicators.rsi(prices, window), slow_rsi(plain, window)),
    ):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def test_macd_is_that_of_the_definition():
    prices = walk(400)
    fast, slow = (slow_average(prices.tolist(), window, 2 / (window + 1)) for window in (12, 26))
    line = [one - other for one, other in zip(fast, slow, strict=True)]
    signal = slow_average(line, 9, 0.2)

    found = indicators.macd(prices)

    np.testing.assert_allclose(found.line, line, atol=1e-11)
    np.testing.assert_allclose(found.signal, signal, atol=1e-11)
    np.testing.assert_allclose(found.histogram, np.subtract(line, signal), atol=1e-11)
    assert np.isnan(found.line).sum() == 25
    assert np.isnan(found.signal).sum() == 33


def test_bands_are_those_of_the_definition():
    # Deviations of a thousandth about a million: what would cancel in a difference of squares.
    prices = 1e6 + np.random.default_rng(7).normal(0.0, 1e-3, 300)
    deviations = [NAN] * 19 + [statistics.pstdev(prices[end - 20 : end].tolist()) for end in range(20, 301)]

    found = indicators.bollinger(prices)

    np.testing.assert_allclose(found.upper - found.middle, 2 * np.array(deviations), atol=1e-9)
    np.testing.assert_allclose(found.lower, found.middle - 2 * np.array(deviations), rtol=1e-15)
    np.testing.assert_allclose(found.width, (found.upper - found.lower) / found.middle, atol=1e-15)
    inside = (prices - found.lower) / (found.upper - found.lower)
    np.testing.assert_allclose(found.percent_b[19:], inside[19:], atol=1e-6)


def test_what_stands_still_has_bands_that_are_one_and_no_strength():
    found = indicators.bollinger([0.1] * 30)

    assert (found.width[19:] == 0).all()
    assert np.isnan(found.percent_b).all()
    assert np.isnan(indicators.rsi([0.1] * 30)).all()


def test_ratios_and_ranges_by_hand():
    np.testing.assert_allclose(indicators.rate_of_change([10.0, 20.0, 15.0], 2), [NAN, NAN, 50.0])
    np.testing.assert_allclose(indicators.volume_ratio([10.0, 30.0, 40.0], 2), [NAN, NAN, 2.0])
    # True ranges 1, 3 (gap up), 4 (gap down), 2 (inside the day): (1 + 3) / 2, (2 + 4) / 2, (3 + 2) / 2.
    found = indicators.average_true_range([10.0, 12.0, 9.0, 9.0], [9.0, 11.0, 7.0, 7.0], [9.0, 11.0, 8.0, 8.0], 2)
    np.testing.assert_allclose(found, [NAN, 2.0, 3.0, 2.5])


def test_a_hole_spoils_the_windows_that_hold_it_and_what_never_forgets():
    prices = walk(60)
    prices[30] = np.nan

    assert np.flatnonzero(np.isnan(indicators.sma(prices, 5))).tolist() == [0, 1, 2, 3, 30, 31, 32, 33, 34]
    assert np.isnan(indicators.ema(prices, 5)[30:]).all()
    assert np.isfinite(indicators.ema(prices, 5)[4:30]).all()


def test_fewer_than_the_window_have_no_answer():
    for found in (indicators.sma([1.0], 2), indicators.ema([1.0], 2), indicators.rsi([1.0]), *indicators.macd([1.0])):
        assert np.isnan(found).all()
        assert len(found) == 1
    assert len(indicators.bollinger([]).middle) == 0


def test_refuses_windows_that_are_none():
    with pytest.raises(ValueError, match="expected window of at least 1, got 0"):
        indicators.sma([1.0], 0)
    with pytest.raises(ValueError, match="expected fast under slow, got 26 and 12"):
        indicators.macd([1.0], 26, 12)
    with pytest.raises(ValueError, match="expected deviations above zero, got 0"):
        indicators.bollinger([1.0], 2, 0)
    with pytest.raises(ValueError, match="expected series of one length, got 1, 2 and 1"):
        indicators.average_true_range([1.0], [1.0, 2.0], [1.0])
