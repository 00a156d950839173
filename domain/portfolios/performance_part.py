"""The part of a history that a performance is measured over, and why a number of it is not known.  Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import Vector
from domain.portfolios.history import DatedFlow, History
from domain.quant.returns import capital_at_work


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """Places of its sessions, and the days that count, as ordinals.

    `values` (n + 1,) begin with the worth before the part, as `flows` (n + 1,) do, with what does not count here.
    `dated` are the flows that do.
    """

    opening: int
    closing: int
    first_day: int
    last_day: int
    values: Vector
    flows: Vector
    dated: tuple[DatedFlow, ...]

    @property
    def days(self) -> int:
        """Calendar days, both ends counted."""
        return self.last_day - self.first_day + 1

    @property
    def start(self) -> int:
        """How many of its sessions come before the first with anything in the portfolio."""
        something = (self.values[1:] != 0) | (self.values[:-1] != 0) | (self.flows[1:] != 0)
        return int(np.argmax(something)) if something.any() else len(something)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to measure: no session, or nothing in the portfolio."""
        return self.start == len(self.values) - 1


def part_of(history: History, first: date, last: date) -> Part:
    """Return the part of a history from one day to another, both included.

    Where there was nothing before, its days begin with the first session on which there is anything.
    """
    sessions = history.sessions
    opening = max(0, int(np.searchsorted(sessions, first.toordinal())) - 1)
    closing = max(opening, int(np.searchsorted(sessions, last.toordinal(), side="right")) - 1)
    found = Part(
        opening=opening,
        closing=closing,
        first_day=first.toordinal(),
        last_day=last.toordinal(),
        values=history.values[opening : closing + 1],
        flows=history.flows[opening : closing + 1],
        dated=tuple(flow for flow in history.dated_flows if opening < flow.session <= closing),
    )
    if found.is_empty or found.values[0] != 0:
        return found
    return replace(found, first_day=max(found.first_day, int(sessions[opening + found.start + 1])))


_COMPARED = ("benchmark_return", "active_return")
_RETURNS = ("time_weighted_return", "annualized_return", "simple_return", "modified_dietz", "money_weighted_return")
_MONEY = ("start_value", "end_value", "net_contributions")


@dataclass(slots=True)
class _Said:
    """The first reason that was said for each number that is missing."""

    missing: Sequence[str]
    found: dict[str, Absence]

    def say(self, names: Iterable[str], reason: AbsenceReason, message: str, mend: str | None = None) -> None:
        for name in names:
            if name in self.missing:
                self.found.setdefault(name, Absence(name, reason, message, mend))


def absences_of(
    history: History, part: Part, daily: Vector, numbers: Mapping[str, float], benchmark: str, roots: Sequence[float]
) -> tuple[Absence, ...]:
    """Return why the numbers that are NaN are; `roots` are the rates that fit the money-weighted return."""
    said = _Said([name for name, number in numbers.items() if np.isnan(number)], {})
    if part.is_empty:
        has_sessions = part.closing > part.opening
        message = "nothing was in the portfolio" if has_sessions else "the range has no session whose close is known"
        said.say((*_RETURNS, *_COMPARED), AbsenceReason.INSUFFICIENT_HISTORY, message)
    for cause in history.unpriced(part.opening, part.closing):
        said.say((*_MONEY, *_RETURNS), cause.reason, cause.message, cause.mend)
    if len(roots) > 1:
        text = ", ".join(f"{root:.6g}" for root in roots[:5])
        message = f"money came and went in such an order that {len(roots)} rates fit, and none is the true one: {text}"
        said.say(("money_weighted_return",), AbsenceReason.UNDEFINED, message)
    said.say(("money_weighted_return",), AbsenceReason.UNDEFINED, "no rate makes what came out worth what was paid in")
    if not np.isnan(numbers["time_weighted_return"]):
        message = f"the range has {part.days} days, and nothing under 365 is annualized"
        said.say(("annualized_return",), AbsenceReason.INSUFFICIENT_HISTORY, message)
    said.say(("time_weighted_return", "annualized_return"), AbsenceReason.UNDEFINED, _no_capital(history, part, daily))
    said.say(("simple_return", "modified_dietz"), AbsenceReason.UNDEFINED, "the money put in is not positive")
    message = f"no close of {benchmark} in {history.currency} is known at the start of the range"
    mend = f"load bars of {benchmark}, and of rates, that reach back to it"
    said.say(("benchmark_return",), AbsenceReason.NOT_COVERED, message, mend)
    for name in ("time_weighted_return", "benchmark_return"):
        if name in said.found:
            its = said.found[name]
            said.say(("active_return",), its.reason, its.message, its.mend)
    said.say(said.missing, AbsenceReason.UNDEFINED, "expected numbers that a float can hold, got larger ones")
    return tuple(said.found[name] for name in said.missing)


def _no_capital(history: History, part: Part, daily: Vector) -> str:
    bad = np.flatnonzero(np.isnan(daily))
    if not bad.size:
        return "a day left less than nothing, which cannot be invested"
    place = int(bad[0])
    day = date.fromordinal(int(history.sessions[part.opening + place + 1]))
    capital = float(capital_at_work(part.values[place : place + 1], part.flows[place + 1 : place + 2])[0])
    return f"expected capital on each day, got {capital:.2f} on {day}, with what came in that day"
