"""The latest valuations of a ledger, kept: most of what is asked is asked again before a price has moved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID
from weakref import ReferenceType, ref

from domain.kernel.dates import trade_day
from domain.kernel.recent import Recent
from domain.portfolios import valuation
from domain.portfolios.ledger import Ledger
from domain.portfolios.types import Valuation
from domain.portfolios.valuation import Priced, Question

_NAME: Final = "valuation"
# Positions of the past that are kept in all: some 20 MB.
_MOST_OF_THE_PAST: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Kept:
    """A valuation, and all that it was made of but the ledger that it is kept with."""

    question: Question
    day: date
    prices: Mapping[UUID, Priced]
    valuation: Valuation


@dataclass(frozen=True, slots=True)
class _KeptPast:
    """A valuation at an instant of the past, and all that it was made of; the ledger may go."""

    ledger: ReferenceType[Ledger]
    question: Question
    prices: Mapping[UUID, Priced]
    valuation: Valuation


_past = Recent[tuple[UUID, datetime], _KeptPast](_MOST_OF_THE_PAST)


def value(question: Question, ledger: Ledger, prices: Mapping[UUID, Priced]) -> Valuation:
    """Value the portfolio as `valuation.value` does; the same answer again where nothing has changed since.

    Of what is asked for now nothing is kept whose reasons tell the time; of what was known at some time, nothing.
    """
    if question.known_at is not None:
        return valuation.value(question, ledger, prices)
    if question.as_of is not None:
        return _at(question.as_of, question, ledger, prices)
    day = trade_day(question.instant)
    kept: _Kept | None = ledger.remembered.get(_NAME)
    if kept is not None and kept.day == day and kept.prices == prices and _still_holds(kept, question):
        return kept.valuation
    found = valuation.value(question, ledger, prices)
    if not found.absences and not any(each.absences for each in found.positions):
        ledger.remembered[_NAME] = _Kept(question, day, prices, found)
    return found


def _at(as_of: datetime, question: Question, ledger: Ledger, prices: Mapping[UUID, Priced]) -> Valuation:
    name = (question.portfolio_id, as_of)
    kept = _past.find(name)
    if kept is not None and kept.ledger() is ledger and kept.question == question and kept.prices == prices:
        return kept.valuation
    found = valuation.value(question, ledger, prices)
    _past.keep(name, _KeptPast(ref(ledger), question, prices, found), 1 + len(prices))
    return found


def _still_holds(kept: _Kept, question: Question) -> bool:
    """Whether on one day, of the same ledger at the same prices, this question has the answer that is kept."""
    then = kept.question.instant
    # What is newer than its own instant is said to be of that instant: there another one makes a difference.
    is_timeless = kept.valuation.at < then <= question.instant
    return (is_timeless or question.instant == then) and kept.question == replace(question, instant=then)
