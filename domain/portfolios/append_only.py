"""Sequences that only grow at their end, and whose versions share what they have in common."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, TypeVar, overload

Item = TypeVar("Item")

# A fork copies fewer items than this, and a reference to the others for each so many of them.
CHUNK: Final = 128


class AppendOnly(Sequence[Item]):
    """Items in order, in full chunks that never change and a last one, at most as long, that no other sequence has.

    A fork takes the chunks and copies the last one: neither sees what is appended to the other.
    """

    __slots__ = ("_chunks", "_last")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, items: Iterable[Item] = ()) -> None:
        found = list(items)
        cut = _in_chunks(len(found))
        self._chunks = tuple(tuple(found[start : start + CHUNK]) for start in range(0, cut, CHUNK))
        self._last = found[cut:]

    def append(self, item: Item) -> None:
        """Put one more at the end."""
        if len(self._last) == CHUNK:
            self._chunks = (*self._chunks, tuple(self._last))
            self._last = []
        self._last.append(item)

    def fork(self) -> "AppendOnly[Item]":
        """Return the same, to be grown apart."""
        made: AppendOnly[Item] = AppendOnly.__new__(AppendOnly)
        made._chunks, made._last = self._chunks, self._last.copy()
        return made

    def headed(self, count: int, then: Iterable[Item]) -> "AppendOnly[Item]":
        """Return the first items of these, at most all, and others after them: full chunks of the first are shared."""
        cut = _in_chunks(count)
        made = AppendOnly([*self[cut:count], *then])
        made._chunks = self._chunks[: cut // CHUNK] + made._chunks
        return made

    def __len__(self) -> int:
        return len(self._chunks) * CHUNK + len(self._last)

    def __iter__(self) -> Iterator[Item]:
        return chain(chain.from_iterable(self._chunks), self._last)

    def __reversed__(self) -> Iterator[Item]:
        return chain(reversed(self._last), chain.from_iterable(map(reversed, reversed(self._chunks))))

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return self._cut(place)
        cut = len(self._chunks) * CHUNK
        size = cut + len(self._last)
        if place < 0:
            place += size
        if not 0 <= place < size:
            raise IndexError(f"expected a place below {size}, got {place}")
        return self._last[place - cut] if place >= cut else self._chunks[place // CHUNK][place % CHUNK]

    def _cut(self, place: slice) -> list[Item]:
        start, stop, step = place.indices(len(self))
        if step != 1:
            return list(self)[place]
        first = min(start // CHUNK, len(self._chunks))
        chunks = chain(chain.from_iterable(self._chunks[first : stop // CHUNK + 1]), self._last)
        return list(islice(chunks, start - first * CHUNK, max(stop - first * CHUNK, 0)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AppendOnly):
            # Equal items lie in chunks alike; those that are shared are told by their identity.
            return self._chunks == other._chunks and self._last == other._last
        return list(self) == other

    def __repr__(self) -> str:
        return f"AppendOnly({list(self)!r})"


def _in_chunks(count: int) -> int:
    """Return how many of so many items lie in full chunks: the last one of all never does."""
    return max(count - 1, 0) // CHUNK * CHUNK
