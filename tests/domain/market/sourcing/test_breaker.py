"""When a provider is left alone, and for how long."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.market.sourcing.breaker import WINDOW, Breaker
from domain.market.sourcing.types import BreakerState


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def _breaker(hand: Hand, chance: float = 1.0) -> Breaker:
    return Breaker(hand, lambda: chance)


def _state(breaker: Breaker) -> BreakerState:
    """Return the state as it is now: the type checker believes that what was compared once stays."""
    return breaker.state


def _fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert breaker.admit()
        breaker.failed()


def test_the_fifth_failure_in_a_row_opens_it_and_a_success_between_does_not():
    breaker = _breaker(Hand())
    _fail(breaker, 4)
    assert breaker.admit()
    breaker.succeeded(0.1)
    _fail(breaker, 4)
    assert _state(breaker) is BreakerState.CLOSED

    _fail(breaker, 1)

    assert _state(breaker) is BreakerState.OPEN
    assert not breaker.admit()


def test_half_of_many_calls_that_fail_open_it_too():
    breaker = _breaker(Hand())
    for number in range(22):
        assert breaker.admit(), number
        breaker.failed() if number % 2 else breaker.succeeded(0.1)
        if _state(breaker) is BreakerState.OPEN:
            break

    assert number == 19


def test_answers_that_come_too_late_open_it():
    breaker = _breaker(Hand())
    for _ in range(20):
        assert breaker.admit()
        breaker.succeeded(2.5)

    assert _state(breaker) is BreakerState.OPEN


def test_it_closes_by_itself_after_two_successes_one_at_a_time():
    hand = Hand()
    breaker = _breaker(hand)
    _fail(breaker, 5)
    hand.seconds += 1.01
    assert _state(breaker) is BreakerState.HALF_OPEN

    assert breaker.admit()
    assert not breaker.admit(), "one is tried at a time"
    breaker.succeeded(0.1)
    assert breaker.admit()
    breaker.succeeded(0.1)

    assert _state(breaker) is BreakerState.CLOSED
    assert breaker.failure_rate is None, "what was before counts no more"


def test_it_stays_open_twice_as_long_each_time_up_to_a_minute():
    hand = Hand()
    breaker = _breaker(hand)
    _fail(breaker, 5)
    pauses = []
    for _ in range(8):
        begun = hand.seconds
        while _state(breaker) is BreakerState.OPEN:
            hand.seconds += 0.25
        pauses.append(hand.seconds - begun)
        _fail(breaker, 1)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    jittered = _breaker(hand, chance=0.0)
    _fail(jittered, 5)
    hand.seconds += 0.5
    assert jittered.state is BreakerState.HALF_OPEN, "between half and all of the pause"


def test_who_gave_up_waiting_leaves_room_for_another_try():
    hand = Hand()
    breaker = _breaker(hand)
    _fail(breaker, 5)
    hand.seconds += 2
    assert breaker.admit()
    breaker.gave_up()

    assert breaker.admit()


class _Machine(RuleBasedStateMachine):
    """Whatever happens, in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.hand = Hand()
        self.breaker = _breaker(self.hand, 0.5)
        self.under_way = 0

    @rule(seconds=st.floats(0, 100))
    def wait(self, seconds: float) -> None:
        self.hand.seconds += seconds

    @rule()
    def ask(self) -> None:
        state = self.breaker.state
        admitted = self.breaker.admit()
        self.under_way += admitted
        assert not (admitted and state is BreakerState.OPEN)

    @precondition(lambda self: self.under_way > 0)
    @rule(outcome=st.sampled_from(["good", "slow", "bad", "gone"]))
    def end(self, outcome: str) -> None:
        self.under_way -= 1
        if outcome == "bad":
            self.breaker.failed()
        elif outcome == "gone":
            self.breaker.gave_up()
        else:
            self.breaker.succeeded(5.0 if outcome == "slow" else 0.1)

    @invariant()
    def always_comes_back(self) -> None:
        rate = self.breaker.failure_rate
        assert rate is None or 0 <= rate <= 1
        assert len(self.breaker._calls) <= WINDOW
        if _state(self.breaker) is BreakerState.OPEN:
            was, self.hand.seconds = self.hand.seconds, self.hand.seconds + 60.01
            assert _state(self.breaker) is BreakerState.HALF_OPEN
            self.hand.seconds = was


TestBreakerMachine = _Machine.TestCase
TestBreakerMachine.settings = settings(max_examples=40, stateful_step_count=60, deadline=None)
