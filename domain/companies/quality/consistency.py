"""Numbers that contradict what they are made of, or stand in an order that cannot be."""

from collections.abc import Iterator

import numpy as np

from domain.companies.quality.evidence import Learned
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.quant.arrays import Flags

# A definition is broken from five percent on; roundings and other days stay within two.
_BROKEN, _HOLDS = 0.05, 0.02
# What is defined as a part of the other, in percent or times, with the slack of rounding.
_ORDERS = (("quickRatio", "currentRatio"), ("operatingMargin", "grossMargin"), ("low52W", "high52W"))
_SLACK = 1.005


def check_consistency(examination: Examination) -> Iterator[Finding]:
    """Find numbers that their parts contradict, where the parts are confirmed by others."""
    tight = [each for each in examination.weighing.learned if each.tight]
    with np.errstate(all="ignore"):
        misses = [np.abs(each.relation.misses(examination.weighing.values)) for each in tight]
        broken, holds = [each > _BROKEN for each in misses], [each < _HOLDS for each in misses]
    confirmed: dict[str, Flags] = {}
    for each, held in zip(tight, holds, strict=True):
        for code in each.relation.codes:
            confirmed[code] = confirmed.get(code, np.zeros(examination.table.rows, dtype=np.bool_)) | held
    found: set[tuple[int, str]] = set()
    for each, wrong in zip(tight, broken, strict=True):
        for row in np.flatnonzero(wrong):
            alone = [code for code in each.relation.codes if not confirmed[code][row]]
            if len(alone) == 1 and (int(row), alone[0]) not in found:
                found.add((int(row), alone[0]))
                yield from _contradicted(examination, each, int(row), alone[0])


def _contradicted(examination: Examination, learned: Learned, row: int, code: str) -> Iterator[Finding]:
    estimate = float(
        learned.relation.solve(code, {key: examination.weighing.values[key][[row]] for key in learned.relation.codes})[
            0
        ]
    )
    parts = ", ".join(each for each in learned.relation.codes if each != code)
    if np.isnan(estimate):
        return  # What cannot be computed is no better known than its parts.
    yield Finding(
        FindingKind.CONSISTENCY,
        code,
        row,
        examination.table.columns[code].texts[row],
        f"about {estimate:.6g}",
        Severity.WARNING,
        0.8,
        Correction(estimate, f"as {parts} say, which other numbers confirm", 0.8),
    )


def check_orders(examination: Examination) -> Iterator[Finding]:
    """Find parts that are larger than their whole, and lows above highs, that no swap explains."""
    values = examination.weighing.values
    for part, whole in _ORDERS:
        if part not in values or whole not in values:
            continue
        with np.errstate(invalid="ignore"):
            wrong = values[part] > np.maximum(values[whole] * _SLACK, values[whole] + 1e-9)
        for row in np.flatnonzero(wrong):
            impossible = part == "low52W"
            yield Finding(
                FindingKind.CONSISTENCY,
                part,
                int(row),
                f"{values[part][row]:.6g}",
                f"at most {whole}, {values[whole][row]:.6g}",
                Severity.ERROR if impossible else Severity.NOTICE,
                0.9 if impossible else 0.4,
                other=whole,
            )
