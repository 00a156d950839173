"""The figures of the demonstration's companies, read from what lies in the project."""

import csv
import functools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from domain.companies.demonstration.formulas import PRICE, QUOTED, REPORTED
from domain.companies.demonstration.performance import figures_of_prices
from domain.companies.demonstration.tracing import Cell, Company, CompanyFigures, Figure, Formula, Origin
from domain.market.demonstration import prices
from domain.market.types import InstrumentKind

# Grows with each change of what is read.
VERSION = 1
SNAPSHOT_FILES = ("sp500_snapshots_2024_2025.csv.gz", "sp500_daily_snapshot_2026.csv.gz")
FILING_FILE = "sec_companyfacts_annual.csv.gz"
# Only these rows of the facts are taken: as they were told first, whatever was restated later.
FIRST_REPORTED = "first_reported"

_FOLDER = Path(__file__).parent
SNAPSHOTS, FILINGS, INDUSTRIES = (_FOLDER / name for name in ("snapshots.csv", "filings.csv", "industries.csv"))

Row = dict[str, str]


@functools.cache
def read_companies() -> tuple[Company, ...]:
    """Read what identifies the companies, by ticker."""
    industries = {row["symbol"]: row["industry"] for row in _rows(INDUSTRIES)}
    return tuple(
        Company(
            ticker=listing.symbol,
            name=listing.name,
            exchange=listing.exchange or "",
            industry=industries.get(listing.symbol),
            sector=listing.sector,
            currency=listing.currency,
        )
        for listing in prices.read_listings()
        if listing.kind is InstrumentKind.STOCK
    )


@functools.cache
def read_figures() -> tuple[CompanyFigures, ...]:
    """Read all snapshots, by day and ticker: about 0.3 s of CPU at the first call, not for the event loop.

    What an annual report says is in every snapshot from the day of its filing on until that of the next one, for all
    fields that nothing nearer to the day covers.
    """
    reports = _rows(FILINGS)
    found = [_quoted(row) for row in _rows(SNAPSHOTS)] + list(_performances())
    joined = [_with_report(each, reports) for each in found]
    return tuple(sorted(joined, key=lambda each: (each.as_of, each.ticker)))


def last_past_session(table: prices.PriceTable) -> date:
    """Return the session after which the demonstration's replay begins."""
    return table.sessions[-prices.REPLAYED - 1]


def _performances() -> Iterator[CompanyFigures]:
    table = prices.read_prices()
    as_of = last_past_session(table)
    for company in read_companies():
        yield figures_of_prices(table, company.ticker, as_of)


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="ascii") as lines:
        return list(csv.DictReader(lines))


def _quoted(row: Row) -> CompanyFigures:
    key = {"date": row["date"], "symbol": row["symbol"]}
    file = row["file"]
    said = f"{Origin.SNAPSHOTS}, as observed on {row['date']}"

    def figure(formula: Formula) -> Figure:
        cells = [Cell(name=name, file=file, row=key, column=name, raw=row[name]) for name in formula.names]
        return _computed(formula, cells, Origin.SNAPSHOTS, said)

    return CompanyFigures(
        ticker=row["symbol"],
        as_of=date.fromisoformat(row["date"]),
        figures={formula.code: figure(formula) for formula in QUOTED if row[formula.names[0]]},
        companions={"price": figure(PRICE)} if row["price"] else {},
    )


def _with_report(company: CompanyFigures, facts: Sequence[Row]) -> CompanyFigures:
    known = [row for row in facts if row["symbol"] == company.ticker and row["filed"] <= company.as_of.isoformat()]
    last = max((row["filed"] for row in known), default="")
    cells = {row["concept"]: _fact(row) for row in known if row["filed"] == last}
    reported = {
        formula.code: _computed(formula, [cells[name] for name in formula.names], Origin.FILINGS, _report(known, last))
        for formula in REPORTED
        if all(name in cells for name in formula.names)
    }
    return CompanyFigures(
        ticker=company.ticker,
        as_of=company.as_of,
        figures={**reported, **company.figures},
        companions=company.companions,
    )


def _fact(row: Row) -> Cell:
    key = {name: row[name] for name in ("symbol", "concept", "end", "accession")} | {"version": FIRST_REPORTED}
    return Cell(name=row["concept"], file=FILING_FILE, row=key, column="value", raw=row["value"])


def _report(known: Sequence[Row], filed: str) -> str:
    row = next(row for row in known if row["filed"] == filed)
    return f"{Origin.FILINGS}, Form 10-K {row['accession']} of {filed}, fiscal year to {row['end']}"


def _computed(formula: Formula, cells: Sequence[Cell], origin: Origin, source: str) -> Figure:
    return Figure(
        code=formula.code,
        value=formula.of(cells),
        origin=origin,
        source=source,
        formula=formula.text,
        cells=tuple(cells),
    )
