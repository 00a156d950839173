"""Numbers far from those of their industry, and from what they were before: rare, and as such told."""

from collections.abc import Iterator

import numpy as np

from domain.companies.quality.evidence import Rows
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.companies.quality.relations import before
from domain.quant.arrays import Flags, Numbers

_PEERS = 8
# Deviations of the median deviation beyond which a number is told, and of the change since the last snapshot.
_FAR, _FAR_CHANGE = 12.0, 15.0


def check_outliers(examination: Examination) -> Iterator[Finding]:
    """Find numbers that are far from those of the industry, or of the sector where the industry is small."""
    codes = list(examination.fields)
    values = np.array([examination.weighing.values[code] for code in codes]).reshape(len(codes), examination.table.rows)
    for rows in _groups(examination):
        middles, far = _far(values[:, rows], _FAR)
        for number, place in np.argwhere(far):
            row, code = int(rows[place]), codes[number]
            if (row, code) not in examination.suspected:
                yield Finding(
                    FindingKind.OUTLIER,
                    code,
                    row,
                    f"{values[number, row]:.6g}",
                    f"nearer to {middles[number]:.4g}, as its peers",
                    Severity.NOTICE,
                    0.2,
                )


def check_changes(examination: Examination) -> Iterator[Finding]:
    """Find numbers that changed since the last snapshot as no other company's did, and that no error explains."""
    values = examination.weighing.values
    codes = [code for code in examination.before if code in examination.fields]
    if not codes:
        return
    with np.errstate(all="ignore"):
        changes = np.array([np.log(np.abs(values[code] / values[before(code)])) for code in codes])
    _, far = _far(np.where(np.isfinite(changes), changes, np.nan), _FAR_CHANGE)
    for number, place in np.argwhere(far):
        code, row = codes[number], int(place)
        if (row, code) not in examination.suspected:
            yield Finding(
                FindingKind.CHANGE,
                code,
                row,
                f"{values[code][row]:.6g}",
                f"nearer to {values[before(code)][row]:.6g}, as before",
                Severity.NOTICE,
                0.3,
            )


def _groups(examination: Examination) -> list[Rows]:
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


def _far(numbers: Numbers, widths: float) -> tuple[Numbers, Flags]:
    """Return the median of each row, and which of its numbers are far from it; of few numbers none is."""
    middles = _medians(numbers)
    spreads = 1.4826 * _medians(np.abs(numbers - middles[:, None]))
    least = np.maximum(1e-3 * np.abs(middles), 1e-9)
    with np.errstate(invalid="ignore"):
        return middles, np.abs(numbers - middles[:, None]) > (widths * np.maximum(spreads, least))[:, None]


def _medians(numbers: Numbers) -> Numbers:
    # NaN are sorted to the end, and numpy's own median that leaves them out is thirty times slower.
    ordered = np.sort(numbers, axis=1)
    known = np.count_nonzero(~np.isnan(numbers), axis=1)
    found = ordered[np.arange(len(numbers)), np.maximum(known - 1, 0) // 2]
    return np.where(known >= _PEERS, found, np.nan)
