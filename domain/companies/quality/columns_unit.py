"""Whole columns in another unit: all of them fractions where percent was meant, or dollars where it was millions.

A range finds few of these, for a return on equity of 15 % written as 0.15 is in range. It shows in the median of the
exact relations that a column is in, in its median beside that of the snapshot before, and, where neither is there, in
how many of its numbers are such as fields of percent have: beyond their range hardly any, and below one a few.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from domain.companies.catalogue import Field, Group, Unit
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.companies.quality.relations import EXACT, Product, Values
from domain.quant.arrays import Numbers

_FACTORS = {Unit.PERCENT: (100.0, 0.01), Unit.USD_MN: (1e-6, 1e-3, 1e3, 1e6), Unit.COUNT: (1e3, 1e-3, 1e6)}
# Half of the companies must agree on the factor to within a third.
_CLOSE = 0.3
_ENOUGH = 20
# Of percentages written a hundred times too large more than so many are beyond their range, and hardly any then is.
_BEYOND, _STILL_BEYOND = 0.6, 0.05
# Fewer percentages than this are below one in a column that is right, and more in one of fractions: a quarter of the
# dividend yields of large companies.  Not so of returns over years, which are often above one as fractions, too.
_BELOW_ONE = 0.85


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
        by_relations = [each for each in _by_relations(mended, fields) if each.code not in known]
        judged = {*known, *(each.code for each in by_relations), *_confirmed(numbers)}
        by_sizes = [
            found
            for code, field in fields.items()
            if code not in judged and (found := _by_sizes(code, field, numbers, before))
        ]
        return by_prior + by_relations + by_sizes


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


def _confirmed(numbers: Values) -> set[str]:
    """Return the columns whose unit a definition confirms."""
    holding = [each for each in _definitions(numbers) if abs(_median(each.misses(numbers))) < _CLOSE]
    return {code for each in holding for code in each.codes}


def _definitions(numbers: Values) -> list[Product]:
    return [each for each in EXACT if isinstance(each, Product) and all(code in numbers for code in each.codes)]


def _by_sizes(code: str, field: Field, numbers: Values, before: Values) -> ColumnUnit | None:
    known = numbers[code][np.isfinite(numbers[code]) & (numbers[code] != 0)]
    if field.unit is not Unit.PERCENT or field.group is Group.COMPANION or len(known) < _ENOUGH:
        return None
    low, high = field.bounds()
    if _share_beyond(known, low, high) > _BEYOND and _share_beyond(known / 100, low, high) < _STILL_BEYOND:
        return ColumnUnit(code, 0.01, "most of its numbers are beyond their range, and hardly any then", 0.9)
    # What was as small before, and published, is taken for what it says.
    if code not in before and np.mean(np.abs(known) < 1) > _BELOW_ONE:
        return ColumnUnit(code, 100.0, "nearly all of its numbers are below one, as fractions are", 0.8)
    return None


def _share_beyond(numbers: Numbers, low: float, high: float) -> float:
    return float(np.mean((numbers < low) | (numbers > high)))


def _by_relations(numbers: Values, fields: Mapping[str, Field]) -> list[ColumnUnit]:
    missed = {relation: _median(relation.misses(numbers)) for relation in _definitions(numbers)}
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
