"""What was used last, kept in memory up to a size."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key: those that were used last, of a size of so much in all."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._size = 0

    def clear(self) -> None:
        """Forget all of them."""
        self._kept.clear()
        self._size = 0

    def find(self, key: Key) -> Value | None:
        """Return what is kept, None where there is nothing."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        return kept[0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        """Keep a value in the place of an earlier one, unless it is too large; what was not used for long goes."""
        self._size -= self._kept.pop(key, (None, 0))[1]
        if size > self._capacity:
            return
        self._kept[key] = (value, size)
        self._size += size
        while self._size > self._capacity:
            self._size -= self._kept.popitem(last=False)[1][1]
