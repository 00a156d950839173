"""Numbers outside the range of their field, which follows the currency where it is a price.

A range alone accuses only of what cannot be. What is merely beyond the usual is a notice: the relations have weighed it
already, and found no error that explains it.
"""

from collections.abc import Iterator

import numpy as np

from domain.companies.catalogue import Unit
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Finding, FindingKind, Severity

_WHOLES = frozenset({"grossMargin", "floatShort"})


def check_ranges(examination: Examination) -> Iterator[Finding]:
    """Find numbers outside the range of their field that nothing else explains."""
    currencies = [text.strip().upper() for text in examination.table.texts("currency")]
    for code, field in examination.fields.items():
        numbers = examination.weighing.values[code]
        low, high = field.bounds()
        with np.errstate(invalid="ignore"):
            outside = np.flatnonzero((numbers < low) | (numbers > high))
        for row in map(int, outside):
            number = float(numbers[row])
            least, most = field.bounds(currencies[row] or "USD") if field.unit is Unit.PRICE else (low, high)
            if least <= number <= most or (row, code) in examination.suspected:
                continue
            estimate = float(examination.estimate(code)[row])
            # Banks with more cash than they are worth have a negative enterprise value, and all its ratios.
            confirmed = abs(estimate - number) <= 0.05 * abs(number)
            impossible = not confirmed and ((number < least and least == 0) or (code in _WHOLES and number > most))
            yield Finding(
                FindingKind.RANGE,
                code,
                row,
                examination.table.columns[code].texts[row],
                f"{least:g} to {most:g}",
                Severity.ERROR if impossible else Severity.NOTICE,
                0.95 if impossible else 0.2,
            )
