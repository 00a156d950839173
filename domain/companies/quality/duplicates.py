"""Companies that are in a table twice: the same, or with numbers that contradict each other."""

from collections.abc import Iterator

import numpy as np

from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.quant.arrays import Numbers

_ONE = "one row for each company"


def check_duplicates(examination: Examination) -> Iterator[Finding]:
    """Find rows of one company, and say which of them to leave out: the one whose numbers fit each other less."""
    rows: dict[str, list[int]] = {}
    for row, ticker in enumerate(examination.plain_tickers):
        if ticker:
            rows.setdefault(ticker, []).append(row)
    for ticker, same in rows.items():
        if len(same) > 1:
            kept = _best(examination, same)
            for row in same:
                if row != kept:
                    yield _finding(examination, ticker, row, kept)


def _best(examination: Examination, rows: list[int]) -> int:
    """Return the row whose numbers fit best: what they are made of, the snapshot before, and few other faults."""
    return rows[int(np.argmax(_fit(examination, rows)))]


def _fit(examination: Examination, rows: list[int]) -> Numbers:
    return np.asarray(np.round(examination.fit[rows], 6))


def _finding(examination: Examination, ticker: str, row: int, kept: int) -> Finding:
    differing = [code for code in examination.numbers if _differs(examination, code, row, kept)]
    if not differing:
        return Finding(
            FindingKind.DUPLICATE,
            "ticker",
            row,
            f"{ticker} again",
            _ONE,
            Severity.ERROR,
            0.99,
            Correction(None, f"the same as row {kept + 1}", 0.99, drops_row=True),
        )
    said = ", ".join(differing)
    return Finding(
        FindingKind.CONFLICT,
        "ticker",
        row,
        f"{ticker} again, with another {said}",
        _ONE,
        Severity.ERROR,
        0.99,
        _weaker(examination, row, kept),
    )


def _weaker(examination: Examination, row: int, kept: int) -> Correction:
    if _fit(examination, [kept])[0] > _fit(examination, [row])[0]:
        return Correction(None, f"row {kept + 1} fits itself better", 0.9, drops_row=True)
    return Correction(None, f"row {kept + 1} stands first, and nothing says which is right", 0.5, drops_row=True)


def _differs(examination: Examination, code: str, row: int, kept: int) -> bool:
    others = examination.table.columns[code].others
    if {(row, code), (kept, code)} & examination.suspected or row in others or kept in others:
        return False  # said of that cell already
    one, other = examination.numbers[code][row], examination.numbers[code][kept]
    return bool(one != other)
