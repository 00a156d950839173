"""Values that must be there: required ones, those that all companies have, and those that their parts determine.

An empty cell is mostly right: who earns nothing has no price/earnings ratio, and banks have no current ratio. It is
wrong where the parts of the number are there, where its twin is, or where a company that is covered otherwise lacks
what all listed companies have.
"""

from collections.abc import Iterator

import numpy as np

from domain.companies.catalogue import FIELDS
from domain.companies.quality.cells import text_correction
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.companies.values import Written, is_token
from domain.quant.arrays import Flags

# A source that has a field for fewer companies does not cover it, and a company with fewer values is not covered.
_COVERED_FIELD, _COVERED_COMPANY = 0.75, 0.8
_TWINS = (("currentRatio", "quickRatio"), ("high52W", "low52W"), ("avgVolume3M", "volume"))
# A ratio means nothing where this is negative.
MEANINGLESS_BELOW = {
    "per": "eps",
    "payoutRatio": "eps",
    "pbr": "equity",
    "roe": "equity",
    "debtToEquity": "equity",
    "evEbitda": "ebitda",
    "netDebtToEbitda": "ebitda",
    "priceToCashFlow": "operatingCashFlow",
}
# What a short history explains.
_OF_HISTORY = {"beta5Y": ("return5Y", "return3Y")}


def check_required(examination: Examination) -> Iterator[Finding]:
    """Find companies without what every company must have."""
    for field in FIELDS:
        if not field.required:
            continue
        if field.code not in examination.table.columns:
            expected = f"a column of {field.label.lower()}s"
            yield Finding(FindingKind.REQUIRED, field.code, None, "no such column", expected, Severity.ERROR, 1.0)
            continue
        for row, text in enumerate(examination.table.texts(field.code)):
            if not text.strip():
                yield Finding(
                    FindingKind.REQUIRED,
                    field.code,
                    row,
                    text,
                    "a text",
                    Severity.ERROR,
                    1.0,
                    text_correction(examination, field.code, row) if field.code != "ticker" else None,
                )


def check_missing(examination: Examination) -> Iterator[Finding]:
    """Find empty cells where a value must be, with what their parts say that it is."""
    yield from _texts(examination)
    covered = _covered(examination)
    for code, empty in examination.empties.items():
        if not empty.any():
            continue
        determined = empty & _determined(examination, code)
        expected = empty & covered & ~determined & _expected(examination, code)
        usual = empty & covered & ~determined & ~expected & _usual(examination, code)
        estimate = examination.estimate(code)
        for row in np.flatnonzero(determined):
            correction = Correction(float(estimate[row]), "as the numbers say that it is made of", 0.97)
            yield Finding(
                FindingKind.MISSING,
                code,
                int(row),
                "",
                f"about {estimate[row]:.6g}",
                Severity.WARNING,
                0.97,
                correction,
            )
        knocked_out = _knocked_out(examination, code, int(usual.sum()))
        for row in np.flatnonzero(expected | usual):
            accused = bool(expected[row]) or knocked_out
            yield Finding(
                FindingKind.MISSING,
                code,
                int(row),
                "",
                "a number",
                Severity.WARNING if accused else Severity.NOTICE,
                0.9 if expected[row] else 0.5 if accused else 0.2,
            )


def _determined(examination: Examination, code: str) -> Flags:
    """Return where the parts of a number say what it is, and that it has a meaning."""
    low, high = examination.fields[code].bounds()
    estimate = examination.estimate(code)
    found = (estimate >= low) & (estimate <= high) & (estimate != 0)
    below = examination.weighing.values.get(MEANINGLESS_BELOW.get(code, ""))
    return np.asarray(found if below is None else found & ~(below <= 0))


def _knocked_out(examination: Examination, code: str, empty: int) -> bool:
    """Return whether a column has as many words for nothing as to make it likely that empty cells lost theirs, too."""
    words = sum(cell.written is Written.TOKEN for cell in examination.table.columns[code].others.values())
    return words >= empty


def _texts(examination: Examination) -> Iterator[Finding]:
    for code, column in examination.table.columns.items():
        if column.field.is_number or column.field.required:
            continue
        empty = [row for row, text in enumerate(column.texts) if not text.strip()]
        universal = column.field.universal and len(empty) <= (1 - _COVERED_FIELD) * examination.table.rows
        for row in empty:
            correction = text_correction(examination, code, row)
            if universal or correction is not None:
                yield Finding(FindingKind.MISSING, code, row, "", "a text", Severity.WARNING, 0.95, correction)


def _covered(examination: Examination) -> Flags:
    """Return the companies that have most of what all have."""
    universal = [code for code, field in examination.fields.items() if field.universal]
    if not universal:
        return np.ones(examination.table.rows, dtype=np.bool_)
    present = np.mean([~np.isnan(examination.numbers[code]) for code in universal], axis=0)
    return np.asarray(present >= _COVERED_COMPANY)


def _usual(examination: Examination, code: str) -> Flags:
    """Return who should have what all listed companies have, where the snapshot before does not tell."""
    numbers = examination.numbers
    usual = np.zeros(examination.table.rows, dtype=np.bool_)
    if examination.fields[code].universal and np.mean(~np.isnan(numbers[code])) >= _COVERED_FIELD:
        usual[:] = True
        for other in _OF_HISTORY.get(code, ()):
            if other in numbers:
                usual &= ~np.isnan(numbers[other])
    return usual & (np.array(examination.prior_rows) < 0) if code in examination.before else usual


def _expected(examination: Examination, code: str) -> Flags:
    """Return the companies that have a number's twin, or had the number in the snapshot before."""
    numbers = examination.numbers
    expected = np.zeros(examination.table.rows, dtype=np.bool_)
    for one, other in _TWINS:
        twin = other if code == one else one if code == other else None
        if twin in numbers and np.mean(np.isnan(numbers[code]) == np.isnan(numbers[twin])) >= _COVERED_FIELD:
            expected |= ~np.isnan(numbers[twin])
    if code in examination.before:
        expected |= ~np.isnan(examination.before[code])
    return expected


def is_nothing(text: str) -> bool:
    """Whether a text says nothing."""
    return not text.strip() or is_token(text)
