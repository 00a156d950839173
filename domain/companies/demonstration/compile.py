"""Compiles the figures of the demonstration's companies from public-domain files.

    python -m domain.companies.demonstration.compile FOLDER

FOLDER holds the snapshots and the facts of annual reports as gzipped CSV files.  The results, the same to the byte for
the same input, are `snapshots.csv` and `filings.csv`: cells as their source writes them, an empty one where there is
none or where it is not believed.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from domain.companies.demonstration import figures
from domain.companies.demonstration.figures import Row
from domain.companies.demonstration.formulas import CONCEPTS
from domain.companies.quality.checking import check_table
from domain.companies.quality.examination import prior_of
from domain.companies.tables import Table, read_table
from domain.market.demonstration import prices

COLUMNS = ("price", "per", "dividend_yield", "eps_ttm", "low_52w", "high_52w", "market_cap", "ebitda_ttm", "psr", "pbr")
FACTS = ("symbol", "concept", "unit", "start", "end", "value", "form", "filed", "accession")
EVERY_DAY, EVERY_WEEK = figures.SNAPSHOT_FILES


def compile_snapshots(folder: Path) -> bytes:
    """Return all days of the one source and the last day of each week of the other, of our companies.

    Raises ValueError where a whole column is in another unit than it should be.
    """
    days = [(EVERY_DAY, rows) for rows in _days(folder / EVERY_DAY)]
    days += [(EVERY_WEEK, rows) for rows in _last_of_weeks(_days(folder / EVERY_WEEK))]
    tickers = [company.ticker for company in figures.read_companies()]
    result: list[Row] = []
    before: Table | None = None
    for file, rows in sorted(days, key=lambda day: day[1][0]["date"]):
        table = _table(rows)
        doubted = _doubted(table, before)
        believed = [_believed(row, file, doubted) for row in rows if row["symbol"] in tickers]
        result += sorted((row for row in believed if row["price"]), key=lambda row: row["symbol"])
        before = table
    return _written(("file", "date", "symbol", *COLUMNS), result)


def compile_filings(folder: Path, days: Sequence[date]) -> bytes:
    """Return the facts of the annual reports that were the last ones on any of these days, as first reported."""
    tickers = [company.ticker for company in figures.read_companies()]
    known = [
        row
        for row in _read(folder / figures.FILING_FILE)
        if row["symbol"] in tickers and row["form"] == "10-K" and row["version"] == figures.FIRST_REPORTED
    ]
    result = []
    for ticker in tickers:
        own = [row for row in known if row["symbol"] == ticker]
        filed = {max((row["filed"] for row in own if row["filed"] <= day.isoformat()), default="") for day in days}
        for when in sorted(filed):
            result += _of_year([row for row in own if row["filed"] == when])
    return _written(FACTS, result)


def _of_year(report: list[Row]) -> list[Row]:
    """Return the facts of a report's own fiscal year that any formula needs: it tells of earlier ones, too."""
    end = max((row["end"] for row in report), default="")
    needed = [row for row in report if row["end"] == end and row["concept"] in CONCEPTS]
    return sorted(needed, key=lambda row: row["concept"])


def _read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", newline="") as lines:
        return list(csv.DictReader(lines))


def _days(path: Path) -> Iterator[list[Row]]:
    rows = sorted(_read(path), key=lambda row: (row["date"], row["symbol"]))
    for _, day in groupby(rows, key=lambda row: row["date"]):
        yield list(day)


def _last_of_weeks(days: Iterator[list[Row]]) -> list[list[Row]]:
    weeks = {date.fromisoformat(rows[0]["date"]).isocalendar()[:2]: rows for rows in days}
    return list(weeks.values())


def _table(rows: list[Row]) -> Table:
    return read_table(["symbol", *COLUMNS], [[row[name] for row in rows] for name in ("symbol", *COLUMNS)])


def _doubted(table: Table, before: Table | None) -> set[tuple[str, str]]:
    """Return the ticker and column of each cell that a check accuses beside all companies, or that is out of bounds."""
    names = {matched.field.code: ("symbol", *COLUMNS)[matched.position] for matched in table.matching.matched}
    found = set()
    for finding in check_table(table, None if before is None else prior_of(before)):
        if not finding.accuses or finding.field not in names:
            continue
        if finding.row is None:
            raise ValueError(f"expected {finding.expected} in column {names[finding.field]}, got {finding.seen}")
        fields = [finding.field] if finding.other is None else [finding.field, finding.other]
        found |= {(table.tickers[finding.row], names[code]) for code in fields}
    for code, numbers in table.numbers.items():
        low, high = table.columns[code].field.bounds()
        found |= {
            (ticker, names[code])
            for ticker, number in zip(table.tickers, numbers.tolist(), strict=True)
            if number < low or number > high
        }
    return found


def _believed(row: Row, file: str, doubted: set[tuple[str, str]]) -> Row:
    cells = {name: "" if (row["symbol"], name) in doubted else row[name] for name in COLUMNS}
    return {"file": file, "date": row["date"], "symbol": row["symbol"], **cells}


def _written(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("ascii")


def shipped_days(snapshots: bytes) -> list[date]:
    """Return the days of which anything ships: that of the prices, and those of compiled snapshots."""
    quoted = {row["date"] for row in csv.DictReader(io.StringIO(snapshots.decode("ascii")))}
    return [figures.last_past_session(prices.read_prices()), *map(date.fromisoformat, sorted(quoted))]


def main(folder: Path) -> None:
    """Write both files."""
    snapshots = compile_snapshots(folder)
    figures.SNAPSHOTS.write_bytes(snapshots)
    figures.FILINGS.write_bytes(compile_filings(folder, shipped_days(snapshots)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
