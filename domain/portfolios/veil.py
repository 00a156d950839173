"""Hides amounts: what is left of a valuation for those with whom weights and returns are shared, but no money."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from domain.kernel.absence import Absence, AbsenceReason
from domain.portfolios.types import Position, Valuation

_OF_VALUATION = ("total_value", "invested_value", "cash_balance", "cost_basis", "unrealized_gain", "day_change")
_OF_POSITION = ("quantity", "average_cost", "cost_basis", "market_value", "unrealized_gain", "day_change")


def veiled(valuation: Valuation) -> Valuation:
    """Return a valuation without money and quantities: weights, percents and the market's prices stay.

    What is hidden is None, with its absence; cash is empty.
    """
    hidden: dict[str, Any] = dict.fromkeys(_OF_VALUATION)
    return replace(
        valuation,
        cash=(),
        positions=tuple(_veiled(position) for position in valuation.positions),
        absences=_absences(_OF_VALUATION, valuation.absences),
        is_veiled=True,
        **hidden,
    )


def _veiled(position: Position) -> Position:
    hidden: dict[str, Any] = dict.fromkeys(_OF_POSITION)
    return replace(position, absences=_absences(_OF_POSITION, position.absences), **hidden)


def _absences(hidden: tuple[str, ...], others: Iterable[Absence]) -> tuple[Absence, ...]:
    return (
        *(
            Absence(
                name, AbsenceReason.NOT_APPLICABLE, "hidden by the owner", "the owner can share it with its amounts"
            )
            for name in hidden
        ),
        *(absence for absence in others if absence.field not in hidden),
    )
