"""Whole columns in another unit: all of them fractions where percent was meant, or dollars where it was millions.

No range finds this, for a return on equity of 15 % written as 0.15 is in range. It shows in the median of the exact
relations that a column is in, and in its median beside that of the snapshot before.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from domain.companies.catalogue import Field, Unit
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.companies.quality.relations import EXACT, Product, Values
from domain.quant.arrays import Numbers

_FACTORS = {Unit.PERCENT: (100.0, 0.01), Unit.USD_MN: (1e-6, 1e-3, 1e3, 1e6), Unit.COUNT: (1e3, 1e-3, 1e6)}
# Half of the companies must agree on the factor to within a third.
_CLOSE = 0.3
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class ColumnUnit:
    """A column whose numbers are to be multiplied by a factor, and what says so."""

    code: str
    factor: float
    reason: str
    confidence: float


def units_of_columns(numbers: Values, fields: Mapping[str, Field], before: Values) -> list[ColumnUnit]:
    """Return the columns that are in another unit than their field."""
    with np.errstate(all="ignore"):
        by_prior = [found for code, field in fields.items() if (found := _by_prior(code, field, numbers, before))]
        known = {found.code for found in by_prior}
        mended = dict(numbers)
        for found in by_prior:
            mended[found.code] = mended[found.code] * found.factor
        return by_prior + [each for each in _by_relations(mended, fields) if each.code not in known]


def _median(values: Numbers) -> float:
    known = values[np.isfinite(values)]
    # Which of the two in the middle is taken does not matter here.
    return float(np.partition(known, len(known) // 2)[len(known) // 2]) if len(known) >= _ENOUGH else math.nan


def _by_prior(code: str, field: Field, numbers: Values, before: Values) -> ColumnUnit | None:
    if code not in before or field.unit not in _FACTORS:
        return None
    middle = _median(np.log(np.abs(numbers[code] / before[code])))
    for factor in _FACTORS[field.unit]:
        if abs(middle + math.log(factor)) < _CLOSE:
            return ColumnUnit(
                code, factor, "half of all companies changed by this factor since the last snapshot", 0.99
            )
    return None


def _by_relations(numbers: Values, fields: Mapping[str, Field]) -> list[ColumnUnit]:
    missed = {
        relation: _median(relation.misses(numbers))
        for relation in EXACT
        if isinstance(relation, Product) and all(code in numbers for code in relation.codes)
    }
    missed = {relation: middle for relation, middle in missed.items() if not math.isnan(middle)}
    found = []
    for code, field in fields.items():
        for factor in _FACTORS.get(field.unit, ()):
            mended, kept = _mends(code, factor, missed)
            # A column is accused when all of its relations are mended, and by more than accuse any other.
            if mended >= 1 and kept == 0:
                found.append((mended, ColumnUnit(code, factor, f"{mended} of its definitions hold then", 0.9)))
    return _without_rivals(found, missed)


def _mends(code: str, factor: float, missed: Mapping[Product, float]) -> tuple[int, int]:
    mended = kept = 0
    for relation, middle in missed.items():
        power = dict(relation.powers).get(code)
        if power is None:
            continue
        if abs(middle + power * math.log(factor)) < _CLOSE:
            mended += 1
        else:
            kept += 1
    return mended, kept


def _without_rivals(found: list[tuple[int, ColumnUnit]], missed: Mapping[Product, float]) -> list[ColumnUnit]:
    """Return those that share no relation with one that mends more, or as much."""
    chosen = []
    for mended, unit in found:
        relations = [relation for relation in missed if unit.code in relation.codes]
        rivals = [
            other
            for count, other in found
            if other.code != unit.code and count >= mended and any(other.code in each.codes for each in relations)
        ]
        if not rivals:
            chosen.append(unit)
    return chosen


def check_column_units(units: list[ColumnUnit]) -> Iterator[Finding]:
    """Find columns whose numbers are all in another unit than their field."""
    for unit in units:
        correction = Correction(unit.factor, f"multiply the column: {unit.reason}", unit.confidence)
        expected = f"numbers {unit.factor:g} times as large"
        yield Finding(
            FindingKind.COLUMN_UNIT,
            unit.code,
            None,
            "the whole column",
            expected,
            Severity.ERROR,
            unit.confidence,
            correction,
        )
