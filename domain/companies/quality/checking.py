"""All checks of a table of companies, in one call."""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from domain.companies.quality.cells import check_cells, check_words
from domain.companies.quality.columns_unit import check_column_units
from domain.companies.quality.consistency import check_consistency, check_orders
from domain.companies.quality.duplicates import check_duplicates
from domain.companies.quality.enumeration import check_enumerations
from domain.companies.quality.examination import Examination, Prior
from domain.companies.quality.findings import Finding
from domain.companies.quality.missing import check_missing, check_required
from domain.companies.quality.outliers import check_changes, check_outliers
from domain.companies.quality.ranges import check_ranges
from domain.companies.quality.staleness import check_staleness
from domain.companies.quality.suspects import check_scales, check_signs, check_swaps
from domain.companies.quality.tickers import check_tickers, plain_ticker
from domain.companies.tables import Table

Check = Callable[[Examination], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_required,
    check_tickers,
    check_words,
    check_cells,
    check_enumerations,
    check_duplicates,
    check_scales,
    check_signs,
    check_swaps,
    check_missing,
    check_consistency,
    check_orders,
    check_ranges,
    check_outliers,
    check_changes,
)


def examine(table: Table, prior: Prior | None = None, in_units: Collection[str] = ()) -> Examination:
    """Return a table ready for its checks, with the snapshot before it where there is one."""
    return Examination(table, [plain_ticker(text) for text in table.tickers], prior, in_units)


def check_table(
    table: Table,
    prior: Prior | None = None,
    observed_on: date | None = None,
    today: date | None = None,
    *,
    in_units: Collection[str] = (),
) -> list[Finding]:
    """Return what is wrong with a table, and what is rare in it; `accuses` tells these apart.

    `in_units` are columns that somebody has said to be in the unit of their field, whatever it seems.
    """
    examination = examine(table, prior, in_units)
    found = list(check_column_units(examination.column_units))
    for check in CHECKS:
        found += check(examination)
    found += check_staleness(examination, observed_on, today)
    return _without_dropped(found)


def _without_dropped(found: list[Finding]) -> list[Finding]:
    # What is wrong in a row that is to be left out need not be mended, and would be told twice.
    dropped = {finding.row for finding in found if finding.correction is not None and finding.correction.drops_row}
    return [
        finding
        for finding in found
        if finding.row not in dropped or (finding.correction is not None and finding.correction.drops_row)
    ]
