"""Keyset pages: the same on every list that can grow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.kernel.errors import BadUserInput

MAXIMUM_PAGE = 100
DEFAULT_PAGE = 50

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of an ordered list: `limit` rows after or before a key, from the start or (backwards) from the end.

    Keys are the values of the ordering columns, of which the last is unique.
    """

    limit: int
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in the list's order whichever way they were asked for; `total` is None where it was not asked for."""

    rows: Sequence[Row]
    has_next: bool
    has_previous: bool
    total: int | None = None


def page_request(
    first: int | None,
    after: tuple[Any, ...] | None,
    last: int | None,
    before: tuple[Any, ...] | None,
) -> PageRequest:
    """Check the four arguments of a connection and return what they ask.  Raises `BadUserInput`."""
    if first is not None and last is not None:
        raise BadUserInput("expected first or last, got both")
    for name, value in (("first", first), ("last", last)):
        if value is not None and not 0 <= value <= MAXIMUM_PAGE:
            raise BadUserInput(f"expected {name} from 0 to {MAXIMUM_PAGE}, got {value}")
    limit = last if last is not None else first if first is not None else DEFAULT_PAGE
    return PageRequest(limit=limit, after=after, before=before, backwards=last is not None)


def cut(rows: Sequence[Row], request: PageRequest, total: int | None = None) -> Page[Row]:
    """Make the page of rows that were read with a limit of one more than asked, in reading order."""
    more = len(rows) > request.limit
    kept = list(rows[: request.limit])
    if request.backwards:
        return Page(kept[::-1], has_next=request.before is not None, has_previous=more, total=total)
    return Page(kept, has_next=more, has_previous=request.after is not None, total=total)


def cut_computed(rows: Sequence[Row], request: PageRequest, key_of: Callable[[Row], tuple[Any, ...]]) -> Page[Row]:
    """Make a page of a whole list that is in memory, in the order of its keys."""
    after, before = request.after, request.before
    kept = [row for row in rows if (after is None or key_of(row) > after) and (before is None or key_of(row) < before)]
    if request.backwards:
        start = max(0, len(kept) - request.limit)
        return Page(kept[start:], has_next=before is not None, has_previous=start > 0, total=len(rows))
    more = len(kept) > request.limit
    return Page(kept[: request.limit], has_next=more, has_previous=after is not None, total=len(rows))
