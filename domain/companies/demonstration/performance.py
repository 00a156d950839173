"""What the demonstration's own prices say of a company: returns, beta, and the range of a year.

Prices are adjusted closes, so that returns are total returns; the index is a price index. Nothing is made up for a day
without a close: the last one before counts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from domain.companies.demonstration.tracing import Cell, CompanyFigures, Figure, Origin
from domain.market.demonstration import prices
from domain.market.demonstration.prices import PriceTable
from domain.quant.measures_of_benchmark import beta

FILE = "prices.csv.xz"
INDEX = "SP500"
_YEARS = {"return1Y": 1, "return3Y": 3, "return5Y": 5}
_MONTHS = 60


@dataclass(frozen=True, slots=True)
class _Closes:
    """The closes of one symbol, oldest first, in the currency of its listing."""

    symbol: str
    sessions: Sequence[date]
    closes: Sequence[float]

    def cell(self, place: int, name: str) -> Cell:
        """Return a close as it is written in its file."""
        row = {"date": self.sessions[place].isoformat()}
        return Cell(name=name, file=FILE, row=row, column=self.symbol, raw=repr(self.closes[place]))

    def by(self, day: date, name: str) -> Cell | None:
        """Return the last close up to a day, or nothing where closes do not reach back."""
        place = bisect_right(self.sessions, day) - 1
        return None if place < 0 else self.cell(place, name)


def figures_of_prices(table: PriceTable, ticker: str, as_of: date) -> CompanyFigures:
    """Return the figures as of a day; those are left out for which prices do not reach back.

    Raises `ValueError` where the symbol has no close up to that day.
    """
    own = _closes_of(table, ticker, as_of)
    last = own.by(as_of, "last")
    if last is None:
        raise ValueError(f"expected a close of {ticker} up to {as_of}, got none")
    found = [
        *_range(own, _months_before(as_of, 12)),
        *(_return(code, own.by(_months_before(as_of, 12 * years), "first"), last) for code, years in _YEARS.items()),
        _beta(own, _closes_of(table, INDEX, as_of), as_of),
    ]
    price = _figure("price", float(last.raw), f"close of {last.row['date']}", "last", [last])
    return CompanyFigures(
        ticker=ticker,
        as_of=as_of,
        figures={figure.code: figure for figure in found if figure is not None},
        companions={"price": price},
    )


def _closes_of(table: PriceTable, symbol: str, until: date) -> _Closes:
    end = bisect_right(table.sessions, until)
    column = table.closes[:end, table.symbols.index(symbol)]
    known = np.flatnonzero(~np.isnan(column))
    return _Closes(symbol, [table.sessions[place] for place in known.tolist()], column[known].tolist())


def _months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first, following = date(year, month + 1, 1), date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date.fromordinal(min(first.toordinal() + day.day, following.toordinal()) - 1)


def _figure(code: str, value: float, said: str, formula: str, cells: list[Cell]) -> Figure:
    source = f"{prices.SOURCE}, adjusted closes: {said}"
    return Figure(code=code, value=value, origin=Origin.PRICES, source=source, formula=formula, cells=tuple(cells))


def _range(own: _Closes, since: date) -> Iterator[Figure]:
    if own.sessions[0] > since:
        return
    start = bisect_left(own.sessions, since)
    year = range(start, len(own.sessions))
    said = f"of {len(year)} sessions from {own.sessions[start]} to {own.sessions[-1]}"
    # Of equal closes the first.
    low, high = min(year, key=own.closes.__getitem__), max(year, key=own.closes.__getitem__)
    for code, which, place in (("low52W", "lowest", low), ("high52W", "highest", high)):
        cell = own.cell(place, which)
        yield _figure(code, float(cell.raw), f"{which} {said}", which, [cell])


def _return(code: str, first: Cell | None, last: Cell) -> Figure | None:
    if first is None:
        return None
    value = float(100 * (Fraction(last.raw) / Fraction(first.raw) - 1))
    said = f"from the close of {first.row['date']} to that of {last.row['date']}"
    return _figure(code, value, said, "100 * (last / first - 1)", [first, last])


def _beta(own: _Closes, index: _Closes, as_of: date) -> Figure | None:
    days = [_months_before(as_of, months) for months in range(_MONTHS, -1, -1)]
    cells = [each.by(day, each.symbol) for each in (own, index) for day in days]
    known = [cell for cell in cells if cell is not None]
    if len(known) < len(cells):
        return None
    closes = np.array([float(cell.raw) for cell in known]).reshape(2, -1)
    returns = closes[:, 1:] / closes[:, :-1] - 1
    value = beta(returns[0], returns[1])
    formula = f"covariance of {_MONTHS} monthly returns with those of {INDEX}, over the variance of the latter"
    said = f"{_MONTHS} months to the close of {own.sessions[-1]}, beside {INDEX}"
    return None if np.isnan(value) else _figure("beta5Y", value, said, formula, known)
