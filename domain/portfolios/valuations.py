"""The latest valuation of a ledger, kept: most of what is asked is asked again before a price has moved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from domain.kernel.dates import trade_day
from domain.portfolios import valuation
from domain.portfolios.ledger import Ledger
from domain.portfolios.types import Valuation
from domain.portfolios.valuation import Priced, Question

_NAME: Final = "valuation"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A valuation, and all that it was made of but the ledger that it is kept with."""

    question: Question
    day: date
    prices: Mapping[UUID, Priced]
    valuation: Valuation


def value(question: Question, ledger: Ledger, prices: Mapping[UUID, Priced]) -> Valuation:
    """Value the portfolio as `valuation.value` does; the same answer again where nothing has changed since.

    Only what is asked for now is kept, and nothing whose reasons tell the time.
    """
    if question.as_of is not None or question.known_at is not None:
        return valuation.value(question, ledger, prices)
    day = trade_day(question.instant)
    kept: _Kept | None = ledger.remembered.get(_NAME)
    if kept is not None and kept.day == day and kept.prices == prices and _still_holds(kept, question):
        return kept.valuation
    found = valuation.value(question, ledger, prices)
    if not found.absences and not any(each.absences for each in found.positions):
        ledger.remembered[_NAME] = _Kept(question, day, prices, found)
    return found


def _still_holds(kept: _Kept, question: Question) -> bool:
    """Whether on one day, of the same ledger at the same prices, this question has the answer that is kept."""
    then = kept.question.instant
    # What is newer than its own instant is said to be of that instant: there another one makes a difference.
    is_timeless = kept.valuation.at < then <= question.instant
    return (is_timeless or question.instant == then) and kept.question == replace(question, instant=then)
