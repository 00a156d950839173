"""Pages of companies in an order, after and before a place in it: right whatever has changed since.  Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from domain.companies.board_columns import Rows
from domain.companies.filters import Measured, Order, OrderField
from domain.companies.screening import Screened
from domain.kernel.paging import Page, PageRequest

# The value that a place has in the order, None for none.
Key = float | str | None
_TEXTUAL: Final = frozenset(OrderField) - {OrderField.RATING, OrderField.AS_OF, OrderField.DATA_QUALITY}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a company stands, or stood, in an order."""

    key: Key
    ticker: str


def order_name(order: Order) -> str:
    """Return what names an order, in a cursor: one of another order is none of this list."""
    direction = "desc" if order.descending else "asc"
    if not isinstance(order.by, Measured):
        return f"{order.by} {direction}"
    by = order.by
    return " ".join(str(part) for part in (by.code, by.measure, by.within or "", by.since or "", direction))


def key_parsers(order: Order) -> Sequence[Callable[[str], Any]]:
    """Return what reads the parts of a place in this order, as `Places.spelled` has them, and raises `ValueError`."""
    name = order_name(order)

    def named(text: str) -> str:
        if text != name:
            raise ValueError("a place in another order")
        return text

    is_textual = not isinstance(order.by, Measured) and order.by in _TEXTUAL
    return (named, _text if is_textual else _number, str)


def _text(spelled: str) -> str | None:
    if not spelled:
        return None
    if not spelled.startswith("="):
        raise ValueError("no text of ours")
    return spelled[1:]


def _number(spelled: str) -> float | None:
    text = _text(spelled)
    return None if text is None else float(text)


def page(found: Screened, request: PageRequest) -> Page[int]:
    """Return a page of rows.  The keys of the request are as `key_parsers` read them."""
    rows, places = found.rows, Places(found)
    start = 0 if request.after is None else _first(rows, places, Place(*request.after[1:]), beyond=True)
    end = len(rows) if request.before is None else _first(rows, places, Place(*request.before[1:]), beyond=False)
    end = max(start, end)
    if request.backwards:
        begin = max(start, end - request.limit)
        return Page(rows[begin:end].tolist(), request.before is not None, begin > start, len(rows))
    stop = min(end, start + request.limit)
    return Page(rows[start:stop].tolist(), stop < end, request.after is not None, len(rows))


class Places:
    """Where companies stand in the order of a screen."""

    def __init__(self, found: Screened) -> None:
        self._name = order_name(found.order)
        self._keys = found.columns.keys(found.order.by)
        self._companies = found.columns.board.companies
        self._descending = found.order.descending

    def of(self, row: int) -> Place:
        """Return where a row stands."""
        key: Any = self._keys[row]
        if isinstance(self._keys, np.ndarray):
            key = None if np.isnan(key) else float(key)
        return Place(key, self._companies[row].ticker)

    def spelled(self, row: int) -> tuple[str, str, str]:
        """Return where a row stands as texts, for a cursor."""
        place = self.of(row)
        return (self._name, "" if place.key is None else f"={place.key}", place.ticker)

    def is_before(self, row: int, place: Place, *, or_at: bool) -> bool:
        """Whether a row stands before a place, or also at it."""
        own = self.of(row)
        if own.key != place.key:
            if own.key is None or place.key is None:
                return place.key is None
            is_less: bool = own.key < place.key  # type: ignore[operator]
            return is_less is not self._descending
        return own.ticker <= place.ticker if or_at else own.ticker < place.ticker


def _first(rows: Rows, places: Places, place: Place, *, beyond: bool) -> int:
    """Return where the first row stands that is at a place, or beyond it."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if places.is_before(int(rows[middle]), place, or_at=beyond):
            low = middle + 1
        else:
            high = middle
    return low
