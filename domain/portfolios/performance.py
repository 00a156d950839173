"""What a portfolio has returned over a range: computed from its history.  Pure; estimates are floats."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import numpy as np

from domain.kernel.absence import Absence
from domain.market.history import Line, Ordinals, carried
from domain.market.types import InstrumentRow, Vector
from domain.portfolios.history import DatedFlow, History
from domain.portfolios.performance_part import Part, absences_of, part_of
from domain.quant.internal_rate import xirr
from domain.quant.returns import annualize, link, modified_dietz, simple_return, time_weighted_returns, wealth

# The part of what went in and out that rounding may leave of nothing.
NOTHING = 1e-9


class Period(StrEnum):
    """Ranges that end with the last session.

    YTD: from the first of January.  The others: from so many years before; INCEPTION: from the first transaction.
    """

    YTD = "YTD"
    ONE_YEAR = "ONE_YEAR"
    THREE_YEARS = "THREE_YEARS"
    FIVE_YEARS = "FIVE_YEARS"
    INCEPTION = "INCEPTION"


@dataclass(frozen=True, slots=True, eq=False)
class Benchmark:
    """What is compared with: its adjusted closes."""

    instrument: InstrumentRow
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Performance:
    """Returns over a range, as fractions, and money in the portfolio's base currency; NaN where a number is not known.

    `sessions`, `values`, `daily` and `cumulative` (n,) are of the range; `flows` are those that count in it.
    `opening` is the place in `history` of the session before; `absences` says why what is NaN is.
    """

    history: History
    first: date
    last: date
    opening: int
    closing: int
    days: int
    start_value: float
    end_value: float
    net_contributions: float
    time_weighted_return: float
    money_weighted_return: float
    annualized_return: float
    simple_return: float
    modified_dietz: float
    benchmark_return: float
    active_return: float
    daily: Vector
    cumulative: Vector
    flows: tuple[DatedFlow, ...]
    absences: tuple[Absence, ...]

    @property
    def portfolio_id(self) -> UUID:
        """The portfolio."""
        return self.history.portfolio_id

    @property
    def sessions(self) -> Ordinals:
        """The sessions of the range, as ordinals."""
        return self.history.sessions[self.opening + 1 : self.closing + 1]

    @property
    def values(self) -> Vector:
        """The worth at the close of each."""
        return self.history.values[self.opening + 1 : self.closing + 1]


def measure(history: History, benchmark: Benchmark, first: date, last: date) -> Performance:
    """Measure a history over a range within it, both days included.

    It begins with the worth at the close before the range, or with the first session on which there is any.
    """
    part = part_of(history, first, last)
    daily = _daily(part)
    whole = link(daily[part.start :])
    money = xirr(*_purse(part))
    start, end = float(part.values[0]), float(part.values[-1])
    net = float(part.flows[1:].sum())
    compared = _compared(history, benchmark, part)
    numbers = {
        "start_value": start,
        "end_value": end,
        "net_contributions": net,
        "time_weighted_return": whole,
        "money_weighted_return": money.rate if len(money.roots) < 2 else float("nan"),
        "annualized_return": annualize(whole, part.days),
        "simple_return": simple_return(start, end, net),
        "modified_dietz": _dietz(part, start, end),
        "benchmark_return": compared,
        "active_return": whole - compared,
    }
    return Performance(
        history=history,
        first=first,
        last=last,
        opening=part.opening,
        closing=part.closing,
        days=part.days,
        daily=daily,
        cumulative=_cumulative(daily, part),
        flows=part.dated,
        absences=absences_of(history, part, daily, numbers, benchmark.instrument.symbol, money.roots),
        **numbers,
    )


def _daily(part: Part) -> Vector:
    returns: Vector = time_weighted_returns(part.values, part.flows[1:])
    before, flows, after = part.values[:-1], part.flows[1:], part.values[1:]
    # With nothing there a day has no return, and is passed over: before the first flow, and once all is taken out.
    nothing = (after == 0) & (np.abs(before + flows) <= NOTHING * (np.abs(before) + np.abs(flows)))
    return np.where(np.isnan(returns) & nothing, 0.0, returns)


def _cumulative(daily: Vector, part: Part) -> Vector:
    found: Vector = wealth(daily)[1:] - 1
    found[: part.start] = np.nan
    return found


def _purse(part: Part) -> tuple[list[int], list[float]]:
    """Return days and amounts as the owner's purse sees them."""
    days = [part.first_day - 1, *(flow.day for flow in part.dated), part.last_day]
    amounts = [-float(part.values[0]), *(-flow.amount for flow in part.dated), float(part.values[-1])]
    return days, amounts


def _dietz(part: Part, start: float, end: float) -> float:
    amounts = [flow.amount for flow in part.dated]
    left = [part.last_day + 1 - max(flow.day, part.first_day) for flow in part.dated]
    return modified_dietz(start, end, amounts, [days / part.days for days in left])


def _compared(history: History, benchmark: Benchmark, part: Part) -> float:
    start = part.opening + part.start
    if start >= part.closing:
        return float("nan")
    ends = history.sessions[[start, part.closing]]
    closes = carried([benchmark.line], ends)[0]
    rates = history.market.rates.of(benchmark.instrument.currency, history.currency, ends)
    before, after = closes * rates
    return float(after / before - 1)
