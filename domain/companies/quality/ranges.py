"""Numbers outside the range of their field, which follows the currency where it is a price.

A range alone accuses only of what cannot be. What is merely beyond the usual is a notice: the relations have weighed it
already, and found no error that explains it.
"""

from collections.abc import Iterator

import numpy as np

from domain.companies.catalogue import Unit
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.quant.arrays import Numbers

_OF_ENTERPRISE_VALUE = frozenset({"evSales", "evEbitda"})
# More than this share of a column is no error, if the column has so many numbers.
_USUAL, _ENOUGH = 0.03, 50
_WHOLES = frozenset({"grossMargin", "floatShort"})


def _are_usual(numbers: Numbers) -> bool:
    # Who reports so many negatives means them: price/book of companies that owe more than they own, say.
    known = np.count_nonzero(~np.isnan(numbers))
    return bool(known >= _ENOUGH and np.count_nonzero(numbers < 0) > _USUAL * known)


def _of_a_bank(examination: Examination, code: str, row: int) -> bool:
    # Banks with more cash than they are worth have a negative enterprise value, and all its ratios.
    return code in _OF_ENTERPRISE_VALUE and "financ" in examination.table.texts("sector")[row].casefold()


def check_ranges(examination: Examination) -> Iterator[Finding]:
    """Find numbers outside the range of their field that nothing else explains."""
    currencies = [text.strip().upper() for text in examination.table.texts("currency")]
    for code, field in examination.fields.items():
        numbers = examination.weighing.values[code]
        low, high = field.bounds()
        with np.errstate(invalid="ignore"):
            outside = np.flatnonzero((numbers < low) | (numbers > high))
        usual = low == 0 and _are_usual(numbers)
        for row in map(int, outside):
            number = float(numbers[row])
            least, most = field.bounds(currencies[row] or "USD") if field.unit is Unit.PRICE else (low, high)
            if least <= number <= most or (row, code) in examination.suspected:
                continue
            estimate = float(examination.estimate(code)[row])
            confirmed = abs(estimate - number) <= 0.05 * abs(number) or _of_a_bank(examination, code, row)
            impossible = not confirmed and (
                (number < least and least == 0 and not usual) or (code in _WHOLES and number > most)
            )
            yield Finding(
                FindingKind.RANGE,
                code,
                row,
                examination.table.columns[code].texts[row],
                f"{least:g} to {most:g}",
                Severity.ERROR if impossible else Severity.NOTICE,
                0.95 if impossible else 0.2,
            )
