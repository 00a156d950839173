"""A staged table with what is decided of it, examined: the table that would be published, and what is said of it.

Pure, and made anew of what was read each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from domain.companies.pipeline.applicability import applicable, filled
from domain.companies.pipeline.correcting import corrected, dropped_rows, part
from domain.companies.pipeline.staging import Staged
from domain.companies.pipeline.types import Applied, Decided
from domain.companies.quality.checking import check_table
from domain.companies.quality.examination import Prior
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.companies.quality.tickers import is_ticker, plain_ticker
from domain.companies.tables import Table
from domain.quant.arrays import Flags

# What no word of an administrator mends: nothing can be read there.
_UNREAD: Final = frozenset({FindingKind.TYPE, FindingKind.REQUIRED})
_MISSING: Final = frozenset({FindingKind.MISSING, FindingKind.WORD_FOR_NOTHING, FindingKind.TYPE})
_REPEATED: Final = frozenset({FindingKind.DUPLICATE, FindingKind.CONFLICT})


@dataclass(frozen=True)
class Examined:
    """What stands in a table once what is decided of it is in force.

    `rows` says which row of the file each row is.  `tickers` has what a row is published under, None for one that is
    left out.  By field, over the rows: where it applies, where it has a value, and where an open finding accuses it.
    `worst` is the gravest open finding of a cell, `corrections` what is in force in it, by row of the table and field.
    """

    staged: Staged
    decided: Decided
    table: Table
    rows: Sequence[int]
    findings: Sequence[Finding]
    tickers: Sequence[str | None]
    applies: Mapping[str, Flags]
    has: Mapping[str, Flags]
    errors: Mapping[str, Flags]
    warnings: Mapping[str, Flags]
    worst: Mapping[tuple[int, str], Finding]
    of_columns: Mapping[str, Finding]
    corrections: Mapping[tuple[int, str], Applied]

    @property
    def published(self) -> Flags:
        """The rows that can be published."""
        return np.array([ticker is not None for ticker in self.tickers], dtype=np.bool_)


def examine(staged: Staged, prior: Prior | None, decided: Decided, as_of: date, today: date) -> Examined:
    """Return a staged table with what is decided of it in force, and checked."""
    whole = staged.table()
    dropped = dropped_rows(decided.applied)
    rows = [row for row in range(whole.rows) if row not in dropped]
    table = part(corrected(whole, decided.applied), rows)
    places = {row: place for place, row in enumerate(rows)}
    in_units = {code for row, code in decided.accepted if row is None}
    said = check_table(table, prior, as_of, today, in_units=in_units)
    tickers = _tickers(table, said)
    said += _unnamed(table, said, tickers)
    said += _refused(staged, table, places, decided)
    findings = [finding for finding in said if not _is_accepted(finding, rows, decided)]
    errors, warnings = (_accused(findings, table, severity) for severity in (Severity.ERROR, Severity.WARNING))
    missing = _where(findings, table, _MISSING)
    return Examined(
        staged,
        decided,
        table,
        rows,
        findings,
        tickers,
        applicable(table, missing),
        {code: filled(column) for code, column in table.columns.items()},
        errors,
        warnings,
        _worst(findings),
        {finding.field: finding for finding in findings if finding.kind is FindingKind.COLUMN_UNIT},
        _in_force(decided, places),
    )


def cells_of(finding: Finding) -> Iterator[tuple[int, str]]:
    """Iterate over the cells that a finding is about; none for one about a whole column."""
    if finding.row is not None:
        yield finding.row, finding.field
        if finding.kind is FindingKind.SWAPPED and finding.other is not None:
            yield finding.row, finding.other


def _tickers(table: Table, said: Sequence[Finding]) -> list[str | None]:
    """Return what each row is published under: once each, and only where nothing is wrong with how it is written."""
    bad = {finding.row for finding in said if finding.field == "ticker" and _spoils(finding)}
    found: list[str | None] = []
    seen: set[str] = set()
    for row, text in enumerate(table.tickers):
        ticker = plain_ticker(text)
        usable = row not in bad and is_ticker(ticker) and ticker not in seen
        found.append(ticker if usable else None)
        if usable:
            seen.add(ticker)
    return found


def _spoils(finding: Finding) -> bool:
    return finding.kind in _REPEATED or finding.kind in (FindingKind.PATTERN, FindingKind.REQUIRED)


def _unnamed(table: Table, said: Sequence[Finding], tickers: Sequence[str | None]) -> list[Finding]:
    """Return a finding for each row that is left out and of which no check has said why, as one called N/A."""
    told = {finding.row for finding in said if finding.field == "ticker" and _spoils(finding)}
    expected = "a ticker of A-Z, 0-9, dots and dashes"
    return [
        Finding(FindingKind.PATTERN, "ticker", row, text, expected, Severity.ERROR, 0.99)
        for row, text in enumerate(table.tickers)
        if tickers[row] is None and row not in told and "ticker" in table.columns
    ]


def _refused(staged: Staged, table: Table, places: Mapping[int, int], decided: Decided) -> Iterator[Finding]:
    """Iterate over what was refused while the file was read: cells left empty, rows left out."""
    codes = dict(zip(staged.names, table.columns, strict=True))
    row_of = {number: row for row, number in enumerate(staged.numbers)}
    corrected_cells = {(each.row, each.field) for each in decided.applied}
    for refused in staged.refused:
        if refused.column is None:
            seen = f"row {refused.row} of the file, which is left out"
            yield Finding(FindingKind.TYPE, "ticker", None, seen, refused.message, Severity.ERROR, 1.0)
            continue
        code, row = codes.get(refused.column), row_of.get(refused.row)
        place = None if row is None else places.get(row)
        if code is not None and place is not None and (row, code) not in corrected_cells:
            yield Finding(FindingKind.TYPE, code, place, "a refused cell", refused.message, Severity.ERROR, 1.0)


def _is_accepted(finding: Finding, rows: Sequence[int], decided: Decided) -> bool:
    if finding.kind in _UNREAD:
        return False
    if finding.row is None:
        return finding.kind is FindingKind.COLUMN_UNIT and (None, finding.field) in decided.accepted
    return any((rows[row], code) in decided.accepted for row, code in cells_of(finding))


def _accused(findings: Sequence[Finding], table: Table, severity: Severity) -> dict[str, Flags]:
    found = {code: np.zeros(table.rows, dtype=np.bool_) for code in table.columns}
    for finding in findings:
        if finding.severity is severity:
            for row, code in cells_of(finding):
                if code in found:
                    found[code][row] = True
            if finding.kind is FindingKind.COLUMN_UNIT:
                found[finding.field][:] = True
    return found


def _where(findings: Sequence[Finding], table: Table, kinds: frozenset[FindingKind]) -> dict[str, Flags]:
    found: dict[str, Flags] = {}
    for finding in findings:
        if finding.kind in kinds and finding.accuses and finding.row is not None and finding.field in table.columns:
            flags = found.setdefault(finding.field, np.zeros(table.rows, dtype=np.bool_))
            flags[finding.row] = True
    return found


def _worst(findings: Sequence[Finding]) -> dict[tuple[int, str], Finding]:
    found: dict[tuple[int, str], Finding] = {}
    for finding in findings:
        if finding.accuses:
            for cell in cells_of(finding):
                if cell not in found or finding.severity is Severity.ERROR:
                    found[cell] = finding
    return found


def _in_force(decided: Decided, places: Mapping[int, int]) -> dict[tuple[int, str], Applied]:
    found: dict[tuple[int, str], Applied] = {}
    for each in decided.applied:
        if each.row is None:
            found |= {(place, each.field): each for place in places.values()}
        elif each.row in places:
            found[places[each.row], each.field] = each
            if each.other is not None:
                found[places[each.row], each.other] = each
    return found
