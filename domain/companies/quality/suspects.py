"""Numbers of a wrong scale, of a wrong sign, or in the place of another: what the relations of their rows say."""

from collections.abc import Iterator

from domain.companies.quality.evidence import Suspect
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity


def _finding(examination: Examination, suspect: Suspect, kind: FindingKind, said: str) -> Finding:
    hypothesis, confidence = suspect.hypothesis, suspect.confidence
    estimate = float(examination.estimate(hypothesis.code)[suspect.row])
    agrees = abs(estimate - suspect.proposed) <= 0.02 * abs(suspect.proposed)
    reason = f"{said}, and agrees with the numbers it is made of" if agrees else said
    seen = examination.table.columns[hypothesis.code].texts[suspect.row]
    return Finding(
        kind,
        hypothesis.code,
        suspect.row,
        seen,
        f"about {suspect.proposed:.6g}",
        Severity.ERROR if confidence >= 0.9 else Severity.WARNING,
        confidence,
        Correction(suspect.proposed, reason, confidence),
        hypothesis.other,
    )


def check_scales(examination: Examination) -> Iterator[Finding]:
    """Find single numbers that are a hundred, a thousand or a million times too large or too small."""
    for suspect in examination.suspects:
        hypothesis = suspect.hypothesis
        if hypothesis.other is None and hypothesis.factor > 0:
            yield _finding(
                examination, suspect, FindingKind.SCALE, f"fits the company {hypothesis.factor:g} times as large"
            )


def check_signs(examination: Examination) -> Iterator[Finding]:
    """Find numbers whose sign is the other one."""
    for suspect in examination.suspects:
        if suspect.hypothesis.factor < 0:
            yield _finding(examination, suspect, FindingKind.SIGN, "fits the company with the other sign")


def check_swaps(examination: Examination) -> Iterator[Finding]:
    """Find two numbers that stand in each other's place."""
    for suspect in examination.suspects:
        other = suspect.hypothesis.other
        if other is not None:
            yield _finding(examination, suspect, FindingKind.SWAPPED, f"fits the company in the place of {other}")
