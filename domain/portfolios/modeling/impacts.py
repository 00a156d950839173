"""Compares two valuations: before and after what was tried.  Pure, exact."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.money import EXACT, ZERO
from domain.portfolios.exposures import exposures_of
from domain.portfolios.modeling.types import Figures, Impacts, PositionImpact, SectorImpact
from domain.portfolios.positions import sum_of
from domain.portfolios.records import Disposal
from domain.portfolios.types import Position, Term, Valuation
from domain.portfolios.valuation import position_key

# By the names that absences have for them.
_AMOUNTS = {
    "totalValue": "total_value",
    "investedValue": "invested_value",
    "cashBalance": "cash_balance",
    "costBasis": "cost_basis",
    "unrealizedGain": "unrealized_gain",
}
_EXPOSURES = {
    "longExposure": "long_exposure",
    "shortExposure": "short_exposure",
    "grossExposure": "gross_exposure",
    "netExposure": "net_exposure",
}
_REALIZED = {
    "realizedGain": "realized_gain",
    "realizedShortTerm": "realized_short_term",
    "realizedLongTerm": "realized_long_term",
}
_SIDES = ("long", "short", "gross", "net")
_NO_RATE = "the rate of exchange of a trade date is not known"
_ALL = {**_AMOUNTS, **_EXPOSURES, **_REALIZED}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: a valuation, and what had been realized in the year until then."""

    valuation: Valuation
    realized: Sequence[Disposal]


def realized_in_year(disposals: Sequence[Disposal], day: date) -> list[Disposal]:
    """Return what was closed in the calendar year of a day, up to it.  `disposals` are in the order of trade dates."""
    first = bisect_left(disposals, date(day.year, 1, 1), key=lambda each: each.movement.trade_date)
    last = bisect_right(disposals, day, key=lambda each: each.movement.trade_date)
    return list(disposals[first:last])


def impacts_of(session_id: UUID, before: Side, after: Side) -> Impacts:
    """Return what changes from one side to the other at the same prices."""
    first, second = _figures(before), _figures(after)
    return Impacts(
        session_id=session_id,
        as_of=after.valuation.as_of,
        base_version=before.valuation.version,
        version=after.valuation.version,
        currency=after.valuation.currency,
        before=first,
        after=second,
        difference=_difference(first, second),
        positions=_positions(before.valuation.positions, after.valuation.positions),
        sectors=_sectors(before.valuation, after.valuation),
    )


def _figures(side: Side) -> Figures:
    valuation, exposures = side.valuation, exposures_of(side.valuation)
    sided, realized = exposures.sided, _realized(side.realized)
    told = {
        **{name: getattr(valuation, name) for name in _AMOUNTS.values()},
        **{name: getattr(sided, name.removesuffix("_exposure")) for name in _EXPOSURES.values()},
        **realized,
    }
    absences = [
        *_of(valuation.absences, _AMOUNTS),
        *(replace(each, field=f"{each.field}Exposure") for each in _of(exposures.absences, _SIDES)),
        *(Absence(field, AbsenceReason.NO_PRICE, _NO_RATE) for field, name in _REALIZED.items() if told[name] is None),
    ]
    return Figures(**told, absences=tuple(absences))


def _realized(disposals: Sequence[Disposal]) -> dict[str, Decimal | None]:
    short = [each.economic_gain for each in disposals if each.term is Term.SHORT]
    long = [each.economic_gain for each in disposals if each.term is Term.LONG]
    return {
        "realized_gain": sum_of((*short, *long)),
        "realized_short_term": sum_of(short),
        "realized_long_term": sum_of(long),
    }


def _sectors(before: Valuation, after: Valuation) -> tuple[SectorImpact, ...]:
    first, second = (
        {each.sector: each.sided.net for each in exposures_of(valuation).sectors} for valuation in (before, after)
    )
    names = sorted({*first, *second}, key=lambda name: (name is None, name or ""))
    return tuple(
        SectorImpact(sector=name, before=first.get(name, ZERO), after=second.get(name, ZERO)) for name in names
    )


def _difference(before: Figures, after: Figures) -> Figures:
    amounts = {}
    for name in _ALL.values():
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
