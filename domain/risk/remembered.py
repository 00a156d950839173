"""What holdings came to, kept in memory for who asks again of the same valuation and the same closes."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Any, Final

from domain.market.history import Line
from domain.risk.reading_types import AskedHoldings, HoldingsData, Prepared

# Numbers that are kept in all: 64 MB.
_CAPACITY: Final = 8_000_000


class Remembered:
    """Data by what was asked, those that were used last.

    They answer only while each line of closes is the very array that they were computed of: where bars change or are
    added, `history` makes new ones.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, tuple[AskedHoldings, Prepared, HoldingsData]] = OrderedDict()
        self._size = 0

    def find(self, asked: AskedHoldings, prepared: Prepared) -> HoldingsData | None:
        """Return what was kept of the same, None where there is nothing."""
        kept = self._kept.get(_name(asked))
        if kept is None or kept[0] != asked or not _same(kept[1], prepared):
            return None
        self._kept.move_to_end(_name(asked))
        return kept[2]

    def keep(self, asked: AskedHoldings, prepared: Prepared, data: HoldingsData) -> None:
        """Keep data, unless they are of now: these are other ones in a moment."""
        if not data.is_lasting:
            return
        self._drop(self._kept.pop(_name(asked), None))
        self._kept[_name(asked)] = (asked, prepared, data)
        self._size += _numbers(data)
        while self._size > self._capacity and self._kept:
            self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, kept: tuple[AskedHoldings, Prepared, HoldingsData] | None) -> None:
        self._size -= 0 if kept is None else _numbers(kept[2])


def _name(asked: AskedHoldings) -> Hashable:
    worth = asked.valuation
    return (worth.portfolio_id, worth.as_of, asked.first, asked.last, asked.symbols, asked.window)


def _numbers(data: HoldingsData) -> int:
    return data.holdings.moves.size + data.holdings.gains.size + data.compared.size


def _same(one: Prepared, other: Prepared) -> bool:
    rows = [row for row, _ in one.compared] == [row for row, _ in other.compared]
    keys = one.prices.adjusted.keys() == other.prices.adjusted.keys()
    rates = one.prices.rates.lines.keys() == other.prices.rates.lines.keys()
    if not (rows and keys and rates):
        return False
    return all(_alike(a, b) for a, b in zip(_lines(one), _lines(other), strict=True))


def _lines(prepared: Prepared) -> Iterator[Line]:
    yield prepared.calendar
    adjusted, rates = prepared.prices.adjusted, prepared.prices.rates.lines
    yield from (adjusted[key] for key in sorted(adjusted))
    yield from (rates[symbol] for symbol in sorted(rates))
    yield from (line for _, line in prepared.compared)


def _alike(one: Line, other: Line) -> bool:
    return len(one.closes) == len(other.closes) and _whole(one.closes) is _whole(other.closes)


def _whole(array: Any) -> object:
    # A part of a line is a view of it.
    return array if array.base is None else array.base
