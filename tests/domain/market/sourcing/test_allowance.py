"""How many calls are allowed."""

from datetime import timedelta

from domain.market.sourcing.allowance import Allowance
from tests.support.resources import ManualClock


class Hand:
    """A clock that a test moves."""

    seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


def test_a_minutes_calls_come_back_little_by_little():
    hand = Hand()
    allowance = Allowance(ManualClock(), hand, per_minute=6)

    taken = [allowance.take() for _ in range(7)]
    hand.seconds += 10
    later = [allowance.take() for _ in range(2)]

    assert taken == [True] * 6 + [False]
    assert later == [True, False]
    hand.seconds += 3_600
    assert [allowance.take() for _ in range(7)] == taken, "no more is saved up than a minute has"


def test_a_days_calls_come_back_at_midnight_of_utc():
    clock = ManualClock()
    allowance = Allowance(clock, Hand(), per_day=3)

    assert (allowance.remaining, allowance.take(2), allowance.remaining, allowance.take(2)) == (3, True, 1, False)
    clock.advance(timedelta(days=1))
    assert (allowance.remaining, allowance.take(2)) == (3, True)


def test_who_asks_us_to_wait_is_not_asked():
    hand = Hand()
    allowance = Allowance(ManualClock(), hand, per_minute=60)
    allowance.block(30)
    hand.seconds += 29
    assert not allowance.may_take()
    hand.seconds += 2
    assert allowance.take()


def test_without_a_limit_everything_is_allowed():
    allowance = Allowance(ManualClock(), Hand())

    assert all(allowance.take(100) for _ in range(1_000))
    assert allowance.remaining is None


def test_how_long_there_is_to_wait_is_known():
    hand, clock = Hand(), ManualClock()
    allowance = Allowance(clock, hand, per_minute=6, per_day=8)

    assert (allowance.wait(), allowance.take(6), allowance.wait(), allowance.wait(2)) == (0, True, 10, 20)
    hand.seconds += 4
    assert allowance.wait() == 6
    allowance.block(30)
    assert allowance.wait() == 30
    hand.seconds += 30
    assert (allowance.wait(), allowance.take(2), allowance.wait()) == (0, True, None), "that was all of today"
