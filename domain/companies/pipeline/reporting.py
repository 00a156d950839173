"""What an examined table comes to: its measures, its issues, and the corrections that are proposed.  Pure."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.companies.catalogue import FIELDS
from domain.companies.pipeline.applicability import declared
from domain.companies.pipeline.examining import Examined
from domain.companies.pipeline.gate import gate_of
from domain.companies.pipeline.types import (
    MOST_FINDINGS,
    FieldReport,
    Gate,
    Issue,
    IssueCount,
    Proposal,
    Report,
)
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.quant.arrays import Flags, Numbers

# Right numbers that are written wrong: in another unit, with signs and words.
FORMAT_KINDS: Final = frozenset(
    {
        FindingKind.WORD_FOR_NOTHING,
        FindingKind.TYPE,
        FindingKind.FORMAT,
        FindingKind.PATTERN,
        FindingKind.ENUMERATION,
        FindingKind.SCALE,
        FindingKind.COLUMN_UNIT,
    }
)
# Numbers that cannot be, or that others contradict.
ANOMALY_KINDS: Final = frozenset(
    {
        FindingKind.RANGE,
        FindingKind.SIGN,
        FindingKind.SWAPPED,
        FindingKind.CONSISTENCY,
        FindingKind.CHANGE,
        FindingKind.OUTLIER,
        FindingKind.CONFLICT,
        FindingKind.STALE,
    }
)
_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with its gate, the gravest issues and how many there are beside them, and all proposals."""

    report: Report
    gate: Gate
    issues: tuple[Issue, ...]
    issues_left_out: int
    proposals: tuple[Proposal, ...]


def reported(examined: Examined) -> Reported:
    """Return what an examined table comes to."""
    report = report_of(examined)
    issues = sorted(_issues(examined), key=lambda each: (_RANK[each.severity], each.row or 0, each.field, each.kind))
    proposals = sorted(_proposals(examined), key=lambda each: (-each.confidence, each.row or 0, each.field))
    return Reported(
        report,
        gate_of(report),
        tuple(issues[:MOST_FINDINGS]),
        max(0, len(issues) - MOST_FINDINGS),
        tuple(proposals),
    )


def report_of(examined: Examined) -> Report:
    """Return the measures of an examined table."""
    published = examined.published
    fields = declared(examined.table)
    companies = int(published.sum())
    applicable = sum(int((examined.applies[code] & published).sum()) for code in fields)
    present = sum(int((examined.has[code] & published).sum()) for code in fields)
    rated = qualities(examined)[published]
    return Report(
        companies=companies,
        valid_companies=int((published & ~_in_any(examined.errors, examined)).sum()),
        left_out=examined.staged.rows - companies + sum(each.column is None for each in examined.staged.refused),
        schema_coverage=len(fields) / len(FIELDS),
        data_completeness=present / applicable if applicable else 0.0,
        quality_score=float(rated.mean()) if companies else 0.0,
        required_present=_required_present(examined),
        validation_success=_validation_success(examined),
        format_issue_share=_share(examined, FORMAT_KINDS),
        anomaly_share=_share(examined, ANOMALY_KINDS),
        unknown_columns=tuple(name[:_LONGEST] for name in examined.staged.unknown[:100]),
        issues=tuple(
            IssueCount(kind, severity, count)
            for (severity, kind), count in sorted(
                Counter((finding.severity, finding.kind) for finding in examined.findings).items(),
                key=lambda counted: (_RANK[counted[0][0]], -counted[1], counted[0][1]),
            )
        ),
        fields=tuple(_field(examined, code, published) for code in examined.table.columns),
    )


def qualities(examined: Examined) -> Numbers:
    """Return, for each row, the percent of the fields that apply which have a value that nothing accuses."""
    good = np.zeros(examined.table.rows)
    of = np.zeros(examined.table.rows)
    for code in declared(examined.table):
        accused = examined.errors[code] | examined.warnings[code]
        good += examined.has[code] & ~accused
        of += examined.applies[code]
    return np.where(of > 0, 100 * good / np.maximum(of, 1), 0.0)


def _in_any(flags: object, examined: Examined) -> Flags:
    assert isinstance(flags, dict)
    return np.asarray(np.any(list(flags.values()), axis=0)) if flags else np.zeros(examined.table.rows, dtype=np.bool_)


def _required_present(examined: Examined) -> float:
    """Return the least share of companies that have a required field; who repeats another is none."""
    repeated = {finding.row for finding in examined.findings if finding.kind in _REPEATED}
    counted = np.array([row not in repeated for row in range(examined.table.rows)], dtype=np.bool_)
    if not counted.any():
        return 0.0
    shares = []
    for field in FIELDS:
        if field.required:
            has = examined.published if field.code == "ticker" else examined.has.get(field.code)
            shares.append(0.0 if has is None else float(has[counted].mean()))
    return min(shares)


_REPEATED: Final = frozenset({FindingKind.DUPLICATE, FindingKind.CONFLICT})


def _validation_success(examined: Examined) -> float:
    """Return the share of all cells that no error accuses; a row that was refused is all wrong."""
    staged = examined.staged
    lost = sum(each.column is None for each in staged.refused)
    width = len(examined.table.columns)
    cells = (examined.table.rows + lost) * width
    untold = staged.refused_count - len(staged.refused)
    wrong = sum(int(flags.sum()) for flags in examined.errors.values()) + lost * width + untold
    return max(0.0, 1 - wrong / cells) if cells else 0.0


def _share(examined: Examined, kinds: frozenset[FindingKind]) -> float:
    """Return the share of rows that findings of these kinds accuse."""
    accused: set[int] = set()
    for finding in examined.findings:
        if finding.accuses and finding.kind in kinds:
            if finding.kind is FindingKind.COLUMN_UNIT:
                return 1.0
            if finding.row is not None:
                accused.add(finding.row)
    return len(accused) / examined.table.rows if examined.table.rows else 0.0


def _field(examined: Examined, code: str, published: Flags) -> FieldReport:
    applies = examined.applies.get(code, examined.has[code])
    return FieldReport(
        code,
        int((examined.has[code] & published).sum()),
        int((applies & published).sum()),
        int(examined.errors[code].sum()),
        int(examined.warnings[code].sum()),
        sum(field == code for _, field in examined.corrections),
    )


def _issues(examined: Examined) -> list[Issue]:
    return [
        Issue(
            finding.kind,
            finding.severity,
            _ticker(examined, finding),
            None if finding.row is None else examined.rows[finding.row],
            finding.field,
            finding.seen[:_LONGEST],
            finding.expected[:_LONGEST],
            finding.confidence,
            finding.other,
        )
        for finding in examined.findings
    ]


def _proposals(examined: Examined) -> list[Proposal]:
    found: dict[object, Proposal] = {}
    for finding in examined.findings:
        if finding.correction is not None:
            proposal = _proposal(examined, finding)
            found.setdefault(proposal.place, proposal)
    return list(found.values())


def _proposal(examined: Examined, finding: Finding) -> Proposal:
    correction = finding.correction
    assert correction is not None
    after = correction.after
    return Proposal(
        finding.kind,
        _ticker(examined, finding),
        None if finding.row is None else examined.rows[finding.row],
        finding.field,
        finding.seen[:_LONGEST],
        _before(examined, finding),
        after[:_LONGEST] if isinstance(after, str) else after,
        correction.reason[:_LONGEST],
        correction.confidence,
        correction.drops_row,
        finding.other if finding.kind is FindingKind.SWAPPED else None,
    )


def _before(examined: Examined, finding: Finding) -> str | None:
    """Return what stands in a cell, in the unit of its field; None where nothing does."""
    column = examined.table.columns[finding.field]
    if finding.row is None or (finding.correction is not None and finding.correction.drops_row):
        return None
    if not column.field.is_number:
        return column.texts[finding.row][:_LONGEST] or None
    number = float(column.numbers[finding.row])
    return None if np.isnan(number) else f"{number:.10g}"


def _ticker(examined: Examined, finding: Finding) -> str | None:
    if finding.row is None:
        return None
    return examined.tickers[finding.row] or examined.table.tickers[finding.row].strip()[:40] or None
