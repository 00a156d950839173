"""Numbers far from those of their industry, and from what they were before: rare, and as such told."""

from collections.abc import Iterator

import numpy as np

from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.companies.quality.relations import before
from domain.quant.arrays import Numbers

_PEERS = 8
# Deviations of the median deviation beyond which a number is told, and of the change since the last snapshot.
_FAR, _FAR_CHANGE = 12.0, 15.0


def check_outliers(examination: Examination) -> Iterator[Finding]:
    """Find numbers that are far from those of the other companies of the industry, or of the sector where it is small."""
    groups = _groups(examination)
    values = examination.weighing.values
    for code in examination.fields:
        numbers = values[code]
        for rows in groups:
            for place in _far(numbers[rows], _FAR):
                row = int(rows[place])
                if (row, code) not in examination.suspected:
                    middle = float(np.nanmedian(numbers[rows]))
                    yield Finding(FindingKind.OUTLIER, code, row, f"{numbers[row]:.6g}", f"nearer to {middle:.4g}, as its peers",
                                  Severity.NOTICE, 0.2)  # fmt: skip


def check_changes(examination: Examination) -> Iterator[Finding]:
    """Find numbers that changed since the last snapshot as no other company's did, and that no error explains."""
    values = examination.weighing.values
    for code in examination.before:
        if code not in examination.fields:
            continue
        with np.errstate(all="ignore"):
            change = np.log(np.abs(values[code] / values[before(code)]))
        change = np.where(np.isfinite(change), change, np.nan)
        for row in _far(change, _FAR_CHANGE):
            if (int(row), code) not in examination.suspected:
                yield Finding(FindingKind.CHANGE, code, int(row), f"{values[code][row]:.6g}",
                              f"nearer to {values[before(code)][row]:.6g}, as before", Severity.NOTICE, 0.3)  # fmt: skip


def _groups(examination: Examination) -> list[np.ndarray]:
    found: dict[str, list[int]] = {}
    sectors = examination.table.texts("sector")
    industries = examination.table.texts("industry")
    for row, industry in enumerate(industries):
        if industry:
            found.setdefault(industry, []).append(row)
    small = {industry for industry, rows in found.items() if len(rows) < _PEERS}
    for row, sector in enumerate(sectors):
        if sector and industries[row] in small:
            found.setdefault(f"sector {sector}", []).append(row)
    return [np.array(rows) for name, rows in found.items() if name not in small and len(rows) >= _PEERS]


def _far(numbers: Numbers, widths: float) -> np.ndarray:
    known = numbers[~np.isnan(numbers)]
    if len(known) < _PEERS:
        return np.empty(0, dtype=np.intp)
    middle = np.median(known)
    spread = 1.4826 * np.median(np.abs(known - middle))
    with np.errstate(invalid="ignore"):
        return np.flatnonzero(np.abs(numbers - middle) > widths * max(float(spread), 1e-3 * abs(float(middle)), 1e-9))
