"""Whether a provider is asked: who fails too often, or is too slow, is left alone for a while."""

from collections import deque
from collections.abc import Callable
from typing import Final

from domain.market.sourcing.types import BreakerState

# What is looked at: the last calls, and of how many at least.
WINDOW: Final = 100
_ENOUGH: Final = 20
# It opens after so many failures one after another, or from these parts of the window on.
_IN_A_ROW: Final = 5
_FAILURE_RATE: Final = 0.5
_SLOW_RATE: Final = 0.8
# Seconds from which on an answer is slow.
SLOW: Final = 2.0
# Seconds that it stays open: at first, and at most; twice as long each time it opens without having closed.
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
# Seconds after which what is known of a provider that is not asked any more counts for half.
_HALF_FORGOTTEN: Final = 60.0
# Half open it lets one call through at a time, and closes after so many successes.
_PROBES: Final = 2


class Breaker:
    """The breaker of one provider.  `now` gives seconds that never go back, `chance` a number from 0 to 1.

    Who was let through says afterwards what came of it: `succeeded`, `failed`, or `gave_up` for neither.
    """

    def __init__(self, now: Callable[[], float], chance: Callable[[], float]) -> None:
        self._now = now
        self._chance = chance
        self._calls: deque[tuple[bool, bool]] = deque(maxlen=WINDOW)
        self._heard_at = now()
        self._in_a_row = 0
        self._openings = 0
        self._open_until: float | None = None
        self._probing = False
        self._probes = 0

    @property
    def state(self) -> BreakerState:
        """How it stands now."""
        if self._open_until is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if self._now() < self._open_until else BreakerState.HALF_OPEN

    @property
    def heard(self) -> int:
        """How many of the last calls it knows what came of."""
        return len(self._calls)

    @property
    def memory(self) -> float:
        """What its last calls still count for: 1 just after one, half of it after each minute without any."""
        return float(0.5 ** ((self._now() - self._heard_at) / _HALF_FORGOTTEN))

    @property
    def failure_rate(self) -> float | None:
        """The part of the last calls that failed; None before the first."""
        return sum(failed for failed, _ in self._calls) / len(self._calls) if self._calls else None

    @property
    def may_admit(self) -> bool:
        """Whether a call would be let through."""
        state = self.state
        return state is BreakerState.CLOSED or (state is BreakerState.HALF_OPEN and not self._probing)

    def admit(self) -> bool:
        """Let a call through, or not."""
        if not self.may_admit:
            return False
        self._probing = self.state is BreakerState.HALF_OPEN
        return True

    def succeeded(self, seconds: float) -> None:
        """Say that a call was answered in so many seconds."""
        self._calls.append((False, seconds >= SLOW))
        self._heard_at = self._now()
        self._in_a_row = 0
        if self._probing:
            self._probing = False
            self._probes += 1
            if self._probes >= _PROBES:
                self._close()
        elif self._open_until is None and self._rate(1) >= _SLOW_RATE:
            self._open()

    def failed(self) -> None:
        """Say that a call was not answered, or wrongly."""
        self._calls.append((True, False))
        self._heard_at = self._now()
        self._in_a_row += 1
        was_probe, self._probing = self._probing, False
        if was_probe or (self._open_until is None and (self._in_a_row >= _IN_A_ROW or self._rate(0) >= _FAILURE_RATE)):
            self._open()

    def gave_up(self) -> None:
        """Say that nobody waits for a call any more: it tells nothing."""
        self._probing = False

    def _rate(self, place: int) -> float:
        count = len(self._calls)
        return sum(call[place] for call in self._calls) / count if count >= _ENOUGH else 0.0

    def _open(self) -> None:
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0**self._openings)
        # Many processes that were cut off together do not come back together.
        self._open_until = self._now() + pause * (0.5 + 0.5 * self._chance())
        self._openings = min(self._openings + 1, 10)
        self._probes = 0

    def _close(self) -> None:
        self._open_until = None
        self._openings = self._probes = self._in_a_row = 0
        self._calls.clear()
