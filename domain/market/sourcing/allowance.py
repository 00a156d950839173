"""How many calls a provider's plan allows: a bucket of tokens for the minute, a count for the day."""

from collections.abc import Callable
from datetime import date, datetime

from domain.kernel.ports import Clock


class Allowance:
    """The allowance of one provider.  `now` gives seconds that never go back; days are those of UTC."""

    def __init__(
        self, clock: Clock, now: Callable[[], float], per_minute: int | None = None, per_day: int | None = None
    ) -> None:
        self._clock = clock
        self._now = now
        self._per_minute = per_minute
        self._per_day = per_day
        self._tokens = float(per_minute or 0)
        self._filled_at = now()
        self._day = self._today()
        self._used = 0
        self._untold = 0
        self._blocked_until = 0.0

    @property
    def remaining(self) -> int | None:
        """Calls that are left of today; None where there is no end of them."""
        self._turn_day()
        return None if self._per_day is None else max(0, self._per_day - self._used)

    @property
    def is_blocked(self) -> bool:
        """Whether the provider has asked us to wait."""
        return self._now() < self._blocked_until

    def may_take(self, count: int = 1) -> bool:
        """Whether a call that counts for so many is allowed now."""
        self._fill()
        left = self.remaining
        return (
            not self.is_blocked
            and (self._per_minute is None or self._tokens >= min(count, self._per_minute))
            and (left is None or left >= count)
        )

    def wait(self, count: int = 1) -> float | None:
        """Seconds until a call that counts for so many is allowed; None where that is not today."""
        self._fill()
        left = self.remaining
        if left is not None and left < count:
            return None
        wait = max(0.0, self._blocked_until - self._now())
        if self._per_minute is not None:
            wait = max(wait, (min(count, self._per_minute) - self._tokens) * 60 / self._per_minute)
        return wait

    def take(self, count: int = 1) -> bool:
        """Count a call, if it is allowed now."""
        if not self.may_take(count):
            return False
        self._tokens -= count
        self._used += count
        self._untold += count
        return True

    @property
    def untold(self) -> int:
        """What was taken today and other processes do not know of."""
        self._turn_day()
        return self._untold

    def settle(self, told: int, used: int) -> None:
        """Know that so much was told, and that all processes together have used so much today."""
        self._turn_day()
        self._untold = max(0, self._untold - told)
        self._used = used + self._untold

    def block(self, seconds: float) -> None:
        """Ask nothing for so many seconds: the provider said so."""
        self._blocked_until = max(self._blocked_until, self._now() + seconds)
        self._tokens = 0.0

    def _fill(self) -> None:
        if self._per_minute is not None:
            now = self._now()
            self._tokens = min(self._per_minute, self._tokens + (now - self._filled_at) * self._per_minute / 60)
            self._filled_at = now

    def _turn_day(self) -> None:
        today = self._today()
        if today != self._day:
            self._day, self._used, self._untold = today, 0, 0

    def _today(self) -> date:
        at: datetime = self._clock.now()
        return at.date()
