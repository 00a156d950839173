"""Money-weighted rates: published, with several roots, with none, at the edges, and fast."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quant.internal_rate import xirr
from tests.references.cases import SPREADSHEET_XIRR

YEARS = 365 * np.arange(10)


def present_value(rate: float, days: np.ndarray, amounts: np.ndarray) -> float:
    """Return the sum of present values, as a part of the sum of their sizes."""
    values = amounts * (1 + rate) ** (-(days - days[0]) / 365)
    return float(values.sum() / np.abs(values).sum())


def test_the_spreadsheet_example() -> None:
    found = xirr([day.toordinal() for day in SPREADSHEET_XIRR], list(SPREADSHEET_XIRR.values()))

    assert found.rate == pytest.approx(0.373362535, abs=5e-9)
    assert found.roots == (found.rate,)


def test_two_shares() -> None:
    found = xirr(YEARS[:3], [-200, -220, 480])

    assert found.rate == pytest.approx((math.sqrt(220**2 + 4 * 200 * 480) - 220) / 400 - 1, rel=1e-13)
    assert found.rate == pytest.approx(0.0939, abs=5e-5)


@pytest.mark.parametrize(
    ("amounts", "roots"),
    [
        ([-100, 230, -132], [0.1, 0.2]),
        ([-100, 210, -108], [-0.1, 0.2]),
        ([-1_000, 3_600, -4_310, 1_716], [0.1, 0.2, 0.3]),
        ([-100, 110, 0, -100, 110], [0.1]),
    ],
)
def test_several_roots_are_all_told_and_the_nearest_to_zero_is_the_rate(
    amounts: list[float], roots: list[float]
) -> None:
    # The second has the factors 0.9 and 1.2, the last (g - 1.1)(g**3 + 1).
    found = xirr(YEARS[: len(amounts)], amounts)

    assert found.roots == pytest.approx(roots, abs=1e-11)
    assert found.rate == min(found.roots, key=abs)


@given(st.floats(-0.9, 3), st.floats(1e-3, 2), st.integers(1, 4_000))
def test_two_roots_however_near(rate: float, apart: float, days: int) -> None:
    first, second = ((1 + each) ** (days / 365) for each in (rate, rate + apart))

    found = xirr([0, days, 2 * days], [-1, first + second, -first * second])

    if abs(first - second) > 1e-6 * first:
        assert found.roots == pytest.approx([rate, rate + apart], rel=1e-5, abs=1e-5)


def test_a_root_that_only_touches_zero_counts_once() -> None:
    found = xirr(YEARS[:3], [-100, 220, -121])

    assert found.roots == pytest.approx([0.1], abs=1e-7)
    assert xirr(YEARS[:3], [-100, 200, -100]).roots == pytest.approx([0], abs=1e-7)


@pytest.mark.parametrize(
    ("days", "amounts"),
    [
        ([], []),
        ([0], [-100]),
        ([0, 365], [-100, -110]),
        ([0, 365], [100, 110]),
        ([0, 365], [0, 0]),
        ([5, 5, 5], [-100, 50, 60]),
        ([0, 0, 365], [-100, 100, 50]),
        # On the last day nothing is left but the rounding of 0.1 + 0.2 - 0.3.
        ([0, 365, 365, 365], [-100, 0.1, 0.2, -0.3]),
        ([0, 365, 730], [-100, 200, -101]),
        ([0, 365], [-100, math.nan]),
        ([0, math.inf], [-100, 110]),
        ([-1e308, 1e308], [-100, 110]),
        ([0, 1], [-1e-300, 1e300]),
    ],
)
def test_no_root_is_nan(days: list[float], amounts: list[float]) -> None:
    found = xirr(days, amounts)

    assert math.isnan(found.rate)
    assert found.roots == ()


@pytest.mark.parametrize(
    ("days", "amounts", "rate"),
    [
        ([0, 365], [-100, 1], -0.99),
        ([0, 365], [-100, 1e-10], -1 + 1e-12),
        ([0, 365], [-100, 1e10], 1e8 - 1),
        ([0, 1], [-1, 2], 2.0**365 - 1),
        ([0, 1], [-100, 99], 0.99**365 - 1),
        ([0, 36_500], [-1, 1e6], 1e6**0.01 - 1),
        ([0, 365], [-100, 100], 0),
        ([0, 365], [-1e-300, 1.1e-300], 0.1),
        ([0, 365], [-1e308, 1.1e308], 0.1),
    ],
)
def test_rates_at_the_edges(days: list[float], amounts: list[float], rate: float) -> None:
    assert xirr(days, amounts).rate == pytest.approx(rate, rel=1e-11, abs=1e-14)


def test_no_rate_is_as_low_as_losing_all() -> None:
    assert xirr([0, 365], [-100, 1e-20]).roots == ()


FLOWS = st.lists(st.tuples(st.integers(0, 4_000), st.integers(-10_000, 10_000)), min_size=2, max_size=40)


@given(FLOWS)
def test_every_root_is_one_and_there_are_no_more_than_changes_of_sign(flows: list[tuple[int, int]]) -> None:
    days, amounts = (np.array(column, dtype=float) for column in zip(*sorted(flows), strict=True))
    net = np.array([amounts[days == day].sum() for day in np.unique(days)])
    net = net[net != 0]

    found = xirr(days, amounts)

    changes = int(np.count_nonzero(np.diff(np.sign(net))))
    assert len(found.roots) <= changes
    assert list(found.roots) == sorted(found.roots)
    for root in found.roots:
        # Only here do powers stay within floats.
        if -0.99 < root < 1e4:
            assert abs(present_value(root, days, amounts)) < 1e-10


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=8))
def test_flows_a_year_apart_have_the_roots_of_their_polynomial(amounts: list[int]) -> None:
    growth = np.roots(amounts)
    real = np.sort(growth[np.abs(growth.imag) < 1e-9 * np.abs(growth)].real)
    # Where roots all but meet, eigenvalues do not say how many there are.
    distances = np.abs(growth[:, None] - growth) + 10 * np.eye(len(growth))
    if len(growth) < 2 or distances.min() > 1e-3:
        found = xirr(YEARS[: len(amounts)], amounts)

        assert found.roots == pytest.approx(real[real > 1e-9] - 1, rel=1e-8, abs=1e-8)


@given(st.integers(1, 4_000), st.lists(st.integers(1, 10_000), min_size=1, max_size=30), st.floats(-0.9, 5))
def test_a_known_rate_is_found_and_is_the_only_one(gap: int, paid: list[int], rate: float) -> None:
    days = np.arange(len(paid) + 1) * gap
    last = sum(amount * (1 + rate) ** ((days[-1] - day) / 365) for amount, day in zip(paid, days, strict=False))

    found = xirr(days, [*(-amount for amount in paid), last])

    if 1e-200 < last < 1e200:
        assert found.roots == pytest.approx([rate], rel=1e-9, abs=1e-9)


@given(FLOWS, st.integers(-100_000, 1_000_000), st.sampled_from([-1, 1e-6, 1e9]))
def test_neither_the_first_day_nor_the_unit_nor_the_order_matters(
    flows: list[tuple[int, int]], shift: int, unit: float
) -> None:
    days, amounts = (np.array(column, dtype=float) for column in zip(*flows, strict=True))

    found = xirr((days + shift)[::-1], (amounts * unit)[::-1])

    assert found.roots == pytest.approx(xirr(days, amounts).roots, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("horizon", [3_650, 12_000, 100_000])
def test_a_hundred_thousand_flows(horizon: int) -> None:
    chance = np.random.default_rng(3)
    days = chance.integers(0, horizon, 100_000)
    amounts = chance.normal(-10, 1_000, 100_000)
    amounts[np.argmax(days)] = 3e6

    fastest, found = math.inf, xirr(days, amounts)
    for _ in range(5):
        begun = time.perf_counter()
        xirr(days, amounts)
        fastest = min(fastest, time.perf_counter() - begun)

    assert all(abs(present_value(root, days, amounts)) < 1e-12 for root in found.roots if root < 10)
    # It takes 10 to 45 ms; the bound is for machines that do other things besides.
    assert fastest < 0.25


def test_wrong_shapes_say_what_was_expected() -> None:
    with pytest.raises(ValueError, match="expected a day for each amount, got 1 days for 2 amounts"):
        xirr([0], [1, 2])
