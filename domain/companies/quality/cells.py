"""Cells that are no plain numbers: words for nothing, percent signs, suffixes, grouped digits, the unreadable."""

from collections.abc import Iterator

import numpy as np

from domain.companies.catalogue import Unit
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.companies.tables import Column
from domain.companies.values import Cell, Written, is_token

_SAID = {
    Written.PERCENT: "written with a percent sign",
    Written.SUFFIX: "written with a suffix for thousands, millions or billions",
    Written.GROUPED: "written in groups of digits",
    Written.PARENTHESES: "negative by parentheses",
    Written.COMMA: "written with a decimal comma",
    Written.CURRENCY: "written with a currency",
    Written.TIMES: "written with a sign for times",
    Written.PLAIN: "written with other signs than digits",
}


def check_cells(examination: Examination) -> Iterator[Finding]:
    """Find numbers that are written in another way than as plain numbers, and words for nothing."""
    for code, column in examination.table.columns.items():
        if not column.field.is_number:
            continue
        usual = _usual(column)
        for row, cell in column.others.items():
            if cell.written is not Written.EMPTY and cell.written is not usual:
                yield _finding(examination, code, row, cell)


def _usual(column: Column) -> Written | None:
    # When half of a column writes percent signs, that is how the feed writes, and no defect of single cells.
    if len(column.others) < len(column.texts) / 2:
        return None
    counts = np.bincount([cell.written for cell in column.others.values()], minlength=len(Written))
    most = int(counts.argmax())
    return Written(most) if counts[most] > len(column.texts) / 2 else None


def _finding(examination: Examination, code: str, row: int, cell: Cell) -> Finding:
    column = examination.table.columns[code]
    seen = column.texts[row]
    estimate = float(examination.estimate(code)[row])
    known = not np.isnan(estimate)
    parts = Correction(estimate, "as the numbers say that it is made of", 0.97) if known else None
    if cell.written is Written.TOKEN:
        return Finding(
            FindingKind.WORD_FOR_NOTHING, code, row, seen, "a number, or an empty cell", Severity.WARNING, 0.99, parts
        )
    if cell.written is Written.UNREADABLE:
        return Finding(FindingKind.TYPE, code, row, seen, "a number", Severity.ERROR, 0.99, parts)
    number = float(examination.weighing.values[code][row])
    agrees = known and abs(estimate - number) <= 0.02 * abs(number)
    # A word rounds; the parts of the number do not.
    after = estimate if agrees and cell.written in {Written.PERCENT, Written.SUFFIX} else number
    reason = f"{_SAID[cell.written]}{', and agrees with the numbers it is made of' if agrees else ''}"
    confidence = 0.99 if agrees else 0.97 if cell.certain else 0.7
    expected = "a number in percent" if column.field.unit is Unit.PERCENT else "a plain number"
    return Finding(
        FindingKind.FORMAT, code, row, seen, expected, Severity.WARNING, 0.99, Correction(after, reason, confidence)
    )


def check_words(examination: Examination) -> Iterator[Finding]:
    """Find words for nothing where a text belongs."""
    for code, column in examination.table.columns.items():
        if column.field.is_number:
            continue
        # Some texts are rightly short: a ticker may well be "NA".
        words = {text for text in set(column.texts) if text and is_token(text)} if code != "ticker" else set()
        for row in [row for row, text in enumerate(column.texts) if text in words] if words else ():
            yield Finding(
                FindingKind.WORD_FOR_NOTHING,
                code,
                row,
                column.texts[row],
                "a text, or an empty cell",
                Severity.WARNING,
                0.99,
                text_correction(examination, code, row),
            )


def text_correction(examination: Examination, code: str, row: int) -> Correction | None:
    """Return what a missing text must be: what it was, or what all companies of the same industry have."""
    former = examination.text_before(code, row)
    if former is not None:
        return Correction(former, "as in the last snapshot", 0.97)
    if code != "sector":
        return None
    industry = examination.table.texts("industry")[row]
    found = examination.sectors.get(industry)
    return None if found is None else Correction(found, f"the sector of {industry}", 0.97)
