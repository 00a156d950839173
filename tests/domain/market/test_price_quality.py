"""What closes lack, where they are stuck, and which moves no other is like."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.market.history import Line
from domain.market.price_quality import Gap, examine, price_quality
from domain.market.types import DataQuality
from tests.domain.market.test_history import rows_of
from tests.factories.portfolios import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY

START = date(2020, 1, 1)
DAYS = [START + timedelta(days=number) for number in range(400)]


def line(closes):
    """A close a day from the start, None for a day without."""
    known = [(day.toordinal(), close) for day, close in zip(DAYS, closes, strict=False) if close is not None]
    return Line(
        np.array([day for day, _ in known], dtype=np.int32), np.array([close for _, close in known], dtype=float)
    )


def walk(count=400, seed=1):
    chance = np.random.default_rng(seed)
    return (100 * np.exp(np.cumsum(chance.normal(0, 0.01, count)))).tolist()


def test_nothing_is_wrong_with_a_walk():
    found = examine(line(walk()), DAYS)

    assert (found.expected, found.present, found.missing, found.grade) == (400, 400, 0, DataQuality.EXCELLENT)
    assert (found.gaps, found.stuck, found.doubtful) == ([], [], [])


@pytest.mark.parametrize(
    ("missing", "grade"),
    [(1, DataQuality.GOOD), (5, DataQuality.FAIR), (21, DataQuality.POOR), (400, DataQuality.INVALID)],
)
def test_gaps_are_told_the_longest_first_and_graded(missing, grade):
    closes = walk()
    closes[10:11] = [None]
    closes[100 : 100 + missing - 1] = [None] * (missing - 1)
    if missing == 400:
        closes = [None] * 400

    found = examine(line(closes[:400]), DAYS)

    assert (found.missing, found.grade) == (missing, grade)
    assert sum(gap.sessions for gap in found.gaps) == missing
    if missing in (5, 21):
        assert found.gaps == [Gap(DAYS[100], DAYS[100 + missing - 2], missing - 1), Gap(DAYS[10], DAYS[10], 1)]


def test_five_closes_at_one_price_are_stuck_and_four_are_not():
    closes = walk()
    closes[50:54] = [closes[49]] * 4
    closes[80:83] = [closes[79]] * 3

    found = examine(line(closes), DAYS)

    (stuck,) = found.stuck
    assert (stuck.first, stuck.last, stuck.sessions) == (DAYS[50], DAYS[53], 4)


def test_a_move_unlike_all_others_is_doubtful():
    closes = walk()
    closes[200:] = [close / 2 for close in closes[200:]]

    found = examine(line(closes), DAYS)

    (move,) = found.doubtful
    assert move.session == DAYS[200]
    assert move.fraction == pytest.approx(closes[200] / closes[199] - 1)


@given(st.lists(st.none() | st.floats(0.01, 1e6), min_size=1, max_size=60))
def test_gaps_and_closes_are_all_sessions(closes):
    found = examine(line(closes), DAYS[: len(closes)])

    assert found.present == sum(close is not None for close in closes)
    assert sum(gap.sessions for gap in found.gaps) == found.missing
    assert all(np.isfinite(move.fraction) for move in found.doubtful)


async def test_what_was_before_the_first_close_is_not_missing(small_market):
    new, aaa = await rows_of("NEW", "AAA")

    found = await price_quality(new, MONDAY, FRIDAY, NOW)
    other = await price_quality(aaa, MONDAY, TUESDAY, NOW)

    assert found is not None
    assert other is not None
    assert (found.first, found.last, found.expected, found.missing) == (THURSDAY, FRIDAY, 2, 0)
    assert (other.expected, other.present) == (2, 2)
    assert await price_quality(new, MONDAY, TUESDAY, NOW) is None
