"""A board by columns, with what was computed of it: it lasts as long as the board, and is computed once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from domain.companies.board import PLACES, Board
from domain.companies.catalogue import RATINGS
from domain.companies.filters import CHANGES, Filter, Measure, Measured, Order, OrderField, Peers, measured_in
from domain.quant.arrays import Flags, Numbers
from domain.quant.standing import percentile_rank, robust_score

# Fewer companies say nothing of where one of them stands.
FEWEST_PEERS: Final = 5
# Of 125,000 companies a number takes 1 MB, and an order half of that.
_NUMBERS_KEPT, _ORDERS_KEPT = 24, 24
_RANKS: Final = {rating: place for place, rating in enumerate(RATINGS)}

Found = TypeVar("Found")
Rows = NDArray[np.int32]


def plain(text: str) -> str:
    """Return a text as it is compared: in any case, and with any spaces."""
    return " ".join(text.split()).casefold()


class Categories:
    """A text of each company as a number: -1 for none."""

    def __init__(self, texts: Sequence[str | None]) -> None:
        self._numbers: dict[str, int] = {}
        self.of = np.array([self._number(text) for text in texts], dtype=np.int32)

    def _number(self, text: str | None) -> int:
        return -1 if text is None else self._numbers.setdefault(plain(text), len(self._numbers))

    def number(self, text: str) -> int:
        """Return the number of a text, -2 where no company has it."""
        return self._numbers.get(plain(text), -2)


class _Kept:
    """The latest few of what was computed; threads may ask it at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Found]) -> Found:
        with self._lock:
            found: Found | None = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._found[key] = made
            if len(self._found) > self._most:
                self._found.popitem(last=False)
        return made

    def __contains__(self, key: Hashable) -> bool:
        return key in self._found


class BoardColumns:
    """What screens read of one board.  To compute it is pure, but for what is kept."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.count = len(board.companies)
        self._days: Mapping[date, Numbers] = {}
        self._texts: dict[str, Categories] = {}
        self._keys: dict[OrderField, Numbers | Sequence[str | None]] = {}
        self._numbers = _Kept(_NUMBERS_KEPT)
        self._orders = _Kept(_ORDERS_KEPT)

    def with_days(self, days: Mapping[date, Numbers]) -> "BoardColumns":
        """Return the same, which also knows the numbers of its companies as of days: (n, metrics), NaN for none."""
        found = copy(self)
        vars(found)["_days"] = days
        return found

    @cached_property
    def active(self) -> Flags:
        """Which companies are in lists."""
        return np.array([company.is_active for company in self.board.companies], dtype=bool)

    @cached_property
    def quality(self) -> Numbers:
        """The score of the data of each company, 0 to 100, NaN for none."""
        return np.array([company.quality for company in self.board.companies], dtype=np.float64)

    @cached_property
    def sequences(self) -> NDArray[np.int64]:
        """The position of each company's last change."""
        return np.array([company.sequence for company in self.board.companies], dtype=np.int64)

    @cached_property
    def by_change(self) -> Rows:
        """All rows, who changed first first; of one change, by their tickers."""
        return np.argsort(self.sequences, kind="stable").astype(np.int32)

    def texts(self, name: str) -> Categories:
        """Return one of the texts of all companies."""
        if name not in self._texts:
            self._texts[name] = Categories([getattr(company, name) for company in self.board.companies])
        return self._texts[name]

    def is_at_hand(self, asked: Filter, order: Order) -> bool:
        """Whether all that a screen reads was computed before."""
        return order in self._orders and all(
            of.measure is Measure.VALUE or of in self._numbers for of in measured_in(asked, order)
        )

    def numbers(self, of: Measured) -> Numbers:
        """Return a number of each company, NaN for none.  Raises `KeyError` for a day that it does not know."""
        if of.measure is Measure.VALUE:
            return self.board.numbers(of.code)
        return self._numbers.get(of, lambda: self._computed(of))

    def _computed(self, of: Measured) -> Numbers:
        now = self.board.numbers(of.code)
        if of.measure in CHANGES:
            assert of.since is not None
            return _changed(self._days[of.since][:, PLACES[of.code]], now, of.measure)
        rule = percentile_rank if of.measure is Measure.PERCENTILE else robust_score
        return rule(now, self._peers(of.within or Peers.ALL), FEWEST_PEERS)

    def _peers(self, within: Peers) -> Numbers:
        """Return the number of each company's group; those who are not in lists are in none."""
        groups = np.zeros(self.count) if within is Peers.ALL else self.texts(within.lower()).of
        return np.where(self.active, groups, -1.0)

    def keys(self, by: Measured | OrderField) -> Numbers | Sequence[str | None]:
        """Return what companies are ordered by: numbers, NaN for none, or texts."""
        if isinstance(by, Measured):
            return self.numbers(by)
        if by not in self._keys:
            self._keys[by] = self._field(by)
        return self._keys[by]

    def _field(self, by: OrderField) -> Numbers | Sequence[str | None]:
        companies = self.board.companies
        if by is OrderField.DATA_QUALITY:
            return self.quality
        if by is OrderField.RATING:
            return np.array([_RANKS.get(each.rating or "", np.nan) for each in companies], dtype=np.float64)
        if by is OrderField.AS_OF:
            return np.array([np.nan if each.as_of is None else each.as_of.toordinal() for each in companies])
        return [None if text is None else plain(text) for text in (getattr(each, by.lower()) for each in companies)]

    def in_order(self, order: Order) -> Rows:
        """Return all rows in an order: who has no key last, equals by their tickers."""
        return self._orders.get(order, lambda: _ordered(self.keys(order.by), descending=order.descending))


def _changed(then: Numbers, now: Numbers, measure: Measure) -> Numbers:
    change = now - then
    if measure is Measure.CHANGE:
        return change
    parts = np.full(len(change), np.nan)
    np.divide(change, np.abs(then), out=parts, where=then != 0)
    return 100 * parts


def _ordered(keys: Numbers | Sequence[str | None], *, descending: bool) -> Rows:
    if isinstance(keys, np.ndarray):
        # NaN is sorted last, and rows are in the order of tickers.
        return np.argsort(-keys if descending else keys, kind="stable").astype(np.int32)
    known = sorted(((key, row) for row, key in enumerate(keys) if key is not None), key=_first, reverse=descending)
    unknown = [row for row, key in enumerate(keys) if key is None]
    return np.array([row for _, row in known] + unknown, dtype=np.int32)


def _first(pair: tuple[str, int]) -> str:
    return pair[0]
