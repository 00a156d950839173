"""Ticks that wait to be published: never more than a bound, and whatever is lost is counted."""

from collections import OrderedDict, deque
from collections.abc import Iterable

from domain.market.streaming.types import Tick

CAPACITY = 100_000
# From so many on, only the latest of each symbol and kind waits.
MARK = 50_000


class TickBuffer:
    """A bounded queue.

    Past the mark, older ticks give way to newer ones of their symbol and kind (`conflated`): a subscriber sees the
    latest price all the same.  Where there are more symbols than room, the oldest are lost (`dropped`).
    """

    def __init__(self, capacity: int = CAPACITY, mark: int = MARK) -> None:
        assert 0 < mark <= capacity, "expected a mark within the capacity"
        self._queue: deque[Tick] = deque()
        # What came past the mark: newer than all of the queue.
        self._latest: OrderedDict[tuple[str, type[Tick]], Tick] = OrderedDict()
        self._capacity = capacity
        self._mark = mark
        self.conflated = 0
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._queue) + len(self._latest)

    def put(self, ticks: Iterable[Tick]) -> None:
        """Add ticks."""
        for tick in ticks:
            if self._latest or len(self._queue) >= self._mark:
                self._conflate(tick)
            else:
                self._queue.append(tick)

    def take(self, most: int) -> list[Tick]:
        """Return the oldest ticks, at most so many, and forget them."""
        return [self._oldest() for _ in range(min(most, len(self)))]

    def _conflate(self, tick: Tick) -> None:
        key = (tick.symbol, type(tick))
        # Taken out first, so that what is newest stands last.
        if self._latest.pop(key, None) is not None:
            self.conflated += 1
        elif len(self) >= self._capacity:
            self._oldest()
            self.dropped += 1
        self._latest[key] = tick

    def _oldest(self) -> Tick:
        return self._queue.popleft() if self._queue else self._latest.popitem(last=False)[1]
