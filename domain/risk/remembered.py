"""What holdings came to, and what portfolios have returned, kept for who asks again of the same ledger and closes."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from weakref import ReferenceType, ref

from domain.kernel.recent import Recent
from domain.market.history import Line
from domain.portfolios import performances
from domain.portfolios.history import Prices
from domain.portfolios.ledger import Ledger
from domain.risk.reading_types import AskedHoldings, HoldingsData, Prepared, Realized

# Numbers that are kept of either, in all: 64 MB.
_CAPACITY: Final = 8_000_000


class Remembered:
    """Data by what was asked, those that were used last.

    They answer only while each line of closes is the very array that they were computed of: where bars change or are
    added, `history` makes new ones.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._kept = Recent[Hashable, tuple[AskedHoldings, Prepared, HoldingsData]](capacity)

    def find(self, asked: AskedHoldings, prepared: Prepared) -> HoldingsData | None:
        """Return what was kept of the same, None where there is nothing."""
        kept = self._kept.find(_name(asked))
        return None if kept is None or kept[0] != asked or not _same(kept[1], prepared) else kept[2]

    def keep(self, asked: AskedHoldings, prepared: Prepared, data: HoldingsData) -> None:
        """Keep data, unless they are of now: these are other ones in a moment."""
        if data.is_lasting:
            self._kept.keep(_name(asked), (asked, prepared, data), _numbers(data))


def _name(asked: AskedHoldings) -> Hashable:
    worth = asked.valuation
    return (worth.portfolio_id, worth.as_of, asked.first, asked.last, asked.symbols, asked.window)


def _numbers(data: HoldingsData) -> int:
    return data.holdings.moves.size + data.holdings.gains.size + data.compared.size


def _same(one: Prepared, other: Prepared) -> bool:
    rows = [row for row, _ in one.compared] == [row for row, _ in other.compared]
    if not (rows and _alike(one.prices.adjusted, other.prices.adjusted)):
        return False
    if not (one.calendar.is_same(other.calendar) and _alike(one.prices.rates.lines, other.prices.rates.lines)):
        return False
    return all(a.is_same(b) for (_, a), (_, b) in zip(one.compared, other.compared, strict=True))


def _alike(some: Mapping[Any, Line], others: Mapping[Any, Line]) -> bool:
    return some.keys() == others.keys() and all(line.is_same(others[key]) for key, line in some.items())


@dataclass(frozen=True, slots=True, eq=False)
class _Returned:
    """Returns, and all that they were computed of; the ledger may go."""

    ledger: ReferenceType[Ledger]
    facts: object
    benchmark: Line
    prices: Prices
    realized: Realized


class RememberedReturns:
    """What portfolios have returned, by what was asked, those that were used last.

    They answer only for the very ledger, and while each line of closes is the very array, that they were computed of.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._kept = Recent[Hashable, _Returned](capacity)

    def find(self, prepared: performances.Prepared) -> Realized | None:
        """Return what was kept of the same, None where there is nothing."""
        kept = self._kept.find(prepared.asked)
        if kept is None or kept.ledger() is not prepared.past.ledger or kept.facts != _facts(prepared):
            return None
        same = kept.benchmark.is_same(prepared.benchmark.line) and _same_prices(kept.prices, prepared.past.prices)
        return kept.realized if same else None

    def keep(self, prepared: performances.Prepared, found: Realized) -> None:
        """Keep returns, unless there are options among what was held: their prices are modeled anew each time."""
        past, prices = prepared.past, prepared.past.prices
        if prices.contracts:
            return
        kept = _Returned(ref(past.ledger), _facts(prepared), prepared.benchmark.line, prices, found)
        lines = (*prices.lines.values(), *prices.rates.lines.values())
        self._kept.keep(prepared.asked, kept, sum(len(line.closes) for line in lines) + 2 * found.observations)


def _facts(prepared: performances.Prepared) -> object:
    past = prepared.past
    return (prepared.last, past.first, past.last, past.portfolio.base_currency, prepared.benchmark.instrument)


def _same_prices(one: Prices, other: Prices) -> bool:
    if one.instruments != other.instruments or one.contracts != other.contracts:
        return False
    lines = _alike(one.lines, other.lines) and _alike(one.rates.lines, other.rates.lines)
    return lines and one.calendar.is_same(other.calendar)
