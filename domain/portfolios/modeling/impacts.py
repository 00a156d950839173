"""Compares two valuations: before and after what was tried.  Pure, exact."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence
from domain.kernel.money import EXACT, ZERO
from domain.portfolios.modeling.types import Figures, Impacts, PositionImpact
from domain.portfolios.types import Position, Valuation
from domain.portfolios.valuation import position_key

# By the names that absences have for them.
_AMOUNTS = {
    "totalValue": "total_value",
    "investedValue": "invested_value",
    "cashBalance": "cash_balance",
    "costBasis": "cost_basis",
    "unrealizedGain": "unrealized_gain",
}


def impacts_of(session_id: UUID, before: Valuation, after: Valuation) -> Impacts:
    """Return what changes from one valuation to another at the same prices."""
    first, second = _figures(before), _figures(after)
    return Impacts(
        session_id=session_id,
        as_of=after.as_of,
        base_version=before.version,
        version=after.version,
        currency=after.currency,
        before=first,
        after=second,
        difference=_difference(first, second),
        positions=_positions(before.positions, after.positions),
    )


def _figures(valuation: Valuation) -> Figures:
    return Figures(
        **{name: getattr(valuation, name) for name in _AMOUNTS.values()}, absences=_of(valuation.absences, _AMOUNTS)
    )


def _difference(before: Figures, after: Figures) -> Figures:
    amounts = {}
    for name in _AMOUNTS.values():
        first, second = getattr(before, name), getattr(after, name)
        amounts[name] = None if first is None or second is None else EXACT.subtract(second, first)
    missing = {absence.field: absence for absence in (*before.absences, *after.absences)}
    return Figures(**amounts, absences=tuple(missing[field] for field in sorted(missing)))


def _positions(before: Iterable[Position], after: Iterable[Position]) -> tuple[PositionImpact, ...]:
    first = {position_key(each): each for each in before}
    second = {position_key(each): each for each in after}
    return tuple(_position(first.get(key), second.get(key)) for key in sorted(first.keys() | second.keys()))


def _position(before: Position | None, after: Position | None) -> PositionImpact:
    known = after or before
    assert known is not None
    first, second = _weight(before), _weight(after)
    difference = None if first is None or second is None else second - first
    absences = [*_renamed(before, "weight_before"), *_renamed(after, "weight_after")]
    if absences:
        absences.append(replace(absences[0], field="weight_difference"))
    return PositionImpact(
        account_id=known.account_id,
        instrument_id=known.instrument.id,
        symbol=known.instrument.symbol,
        is_short=known.is_short,
        quantity_before=_quantity(before),
        quantity_after=_quantity(after),
        weight_before=first,
        weight_after=second,
        weight_difference=difference,
        absences=tuple(absences),
    )


def _quantity(position: Position | None) -> Decimal:
    if position is None:
        return ZERO
    assert position.quantity is not None, "nothing is hidden from who made a session"
    return position.quantity


def _weight(position: Position | None) -> float | None:
    return 0.0 if position is None else position.weight


def _renamed(position: Position | None, field: str) -> list[Absence]:
    return [replace(each, field=field) for each in _of(position.absences, ("weight",))] if position else []


def _of(absences: Iterable[Absence], fields: Collection[str]) -> tuple[Absence, ...]:
    return tuple(absence for absence in absences if absence.field in fields)
