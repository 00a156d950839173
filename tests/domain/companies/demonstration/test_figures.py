"""Every figure of the demonstration's companies is what its source says, and may be believed."""

import csv
import gzip
import lzma
import statistics
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from domain.companies.catalogue import FIELDS, METRICS
from domain.companies.demonstration import compile as compilation
from domain.companies.demonstration import figures as shipped
from domain.companies.demonstration.figures import read_companies, read_figures
from domain.companies.demonstration.performance import FILE
from domain.companies.demonstration.tracing import Cell, CompanyFigures, Figure, Origin
from domain.companies.quality.checking import check_table
from domain.companies.quality.examination import prior_of
from domain.companies.tables import Table, read_table
from domain.kernel.absence import AbsenceReason
from domain.market.demonstration import prices
from tests.support.source import ROOT

TRIAL = ROOT.parent / "shared" / "data" / "fundamentals"
with_sources = pytest.mark.skipif(
    not TRIAL.is_dir(), reason="the files that the companies' figures are compiled from lie outside of the project"
)
BY_CODE = {field.code: field for field in FIELDS}
PAST = date(2022, 11, 29)

Key = tuple[str, ...]


def every_figure() -> Iterator[tuple[CompanyFigures, Figure]]:
    for company in read_figures():
        for figure in (*company.figures.values(), *company.companions.values()):
            yield company, figure


@cache
def source_rows(file: str, keys: Key) -> dict[Key, dict[str, str]]:
    """Return the rows of a source by the columns that name one; more than one row of a name is an error."""
    if file == FILE:
        packed = (ROOT / "domain/market/demonstration" / file).read_bytes()
        text = lzma.decompress(packed).decode()
    else:
        text = gzip.decompress((TRIAL / file).read_bytes()).decode()
    rows = list(csv.DictReader(text.splitlines()))
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows), (file, keys)
    return found


def as_written(cell: Cell) -> str:
    row = source_rows(cell.file, tuple(cell.row))[tuple(cell.row.values())]
    return row[cell.column]


def test_what_was_computed_of_prices_is_made_of_closes():
    of_prices = [figure for _, figure in every_figure() if figure.origin is Origin.PRICES]

    assert len(of_prices) == 20 * 7
    for figure in of_prices:
        assert [cell.raw for cell in figure.cells] == [as_written(cell) for cell in figure.cells], figure


@with_sources
def test_every_other_figure_is_in_its_source():
    traced = 0
    for company, figure in every_figure():
        if figure.origin is not Origin.PRICES:
            assert figure.cells
            assert [cell.raw for cell in figure.cells] == [as_written(cell) for cell in figure.cells], figure
            assert {cell.row["symbol"] for cell in figure.cells} == {company.ticker}
            traced += 1

    assert traced == 3_814 + 437 + 320


@with_sources
def test_all_is_shipped_that_the_sources_say_of_these_days_and_companies():
    rows: dict[Key, dict[str, str]] = {(row["date"], row["symbol"]): row for row in shipped._rows(shipped.SNAPSHOTS)}
    tickers = {company.ticker for company in read_companies()}
    days = {day for day, _ in rows}

    for file in shipped.SNAPSHOT_FILES:
        for key, row in source_rows(file, ("date", "symbol")).items():
            if key[0] in days and key[1] in tickers:
                assert {name: rows[key][name] for name in row} == row, "left out as not believed: say so in README.md"
                del rows[key]
    assert rows == {}


@with_sources
def test_compiling_again_makes_the_same_bytes():
    snapshots = compilation.compile_snapshots(TRIAL)

    assert snapshots == shipped.SNAPSHOTS.read_bytes()
    assert compilation.compile_filings(TRIAL, compilation.shipped_days(snapshots)) == shipped.FILINGS.read_bytes()


@with_sources
def test_industries_are_those_of_the_index_s_list():
    with (TRIAL / "companies.csv").open(newline="", encoding="utf-8") as lines:
        known = {row["symbol"]: row["industry"] for row in csv.DictReader(lines) if row["in_2026_08"] == "True"}

    for company in read_companies():
        assert company.industry == known.get(company.ticker)


def test_formulas_say_how_figures_were_computed():
    for _, figure in every_figure():
        if figure.code != "beta5Y":
            names = {cell.name: Fraction(cell.raw) for cell in figure.cells}
            # A number of a formula is a fraction as well, and nothing else is known to it.
            found = Fraction(eval(figure.formula, {"__builtins__": {}}, names))  # noqa: S307
            assert figure.value == float(found), figure
            assert set(names) <= set(compile(figure.formula, "formula", "eval").co_names)


def test_betas_are_slopes():
    for company in read_figures():
        if company.as_of == PAST:
            figure = company.figures["beta5Y"]
            own, index = figure.cells[:61], figure.cells[61:]
            assert {cell.column for cell in own} == {company.ticker}
            assert {cell.column for cell in index} == {"SP500"}
            assert [cell.row for cell in own] == [cell.row for cell in index]
            assert [cell.row["date"][:7] for cell in own] == [
                f"{month // 12}-{month % 12 + 1:02}" for month in range(2017 * 12 + 10, 2022 * 12 + 11)
            ]
            returns, market = (
                [float(after.raw) / float(before.raw) - 1 for before, after in pairwise(cells)]
                for cells in (own, index)
            )
            assert figure.value == pytest.approx(statistics.linear_regression(market, returns).slope, rel=1e-10)


def test_ranges_are_those_of_all_closes_of_a_year():
    rows = source_rows(FILE, ("date",))
    year = [row for (day,), row in rows.items() if "2021-11-29" <= day <= "2022-11-29"]

    assert len(year) == 253
    for company in read_figures():
        if company.as_of == PAST:
            closes = [float(row[company.ticker]) for row in year]
            found = company.figures
            assert (found["low52W"].value, found["high52W"].value) == (min(closes), max(closes))


def test_returns_of_apple_by_hand():
    (apple,) = [each for each in read_figures() if (each.ticker, each.as_of) == ("AAPL", PAST)]

    first = {code: figure.cells[0].row["date"] for code, figure in apple.figures.items() if code.startswith("return")}
    assert first == {"return1Y": "2021-11-29", "return3Y": "2019-11-29", "return5Y": "2017-11-29"}
    assert apple.figures["return1Y"].value == pytest.approx(100 * (140.76 / 158.853 - 1), rel=1e-12)
    assert apple.companions["price"].value == 140.76


def test_nothing_of_the_replayed_sessions_is_known():
    table = prices.read_prices()

    assert shipped.last_past_session(table) == PAST
    for company, figure in every_figure():
        if figure.origin is Origin.PRICES:
            assert company.as_of == PAST
            assert max(cell.row["date"] for cell in figure.cells) <= "2022-11-29"


def test_reports_are_the_last_ones_that_were_filed():
    filed = {row["accession"]: row["filed"] for row in shipped._rows(shipped.FILINGS)}
    used: dict[date, set[str]] = {}
    for company, figure in every_figure():
        if figure.origin is Origin.FILINGS:
            assert company.ticker == "AAPL"
            used.setdefault(company.as_of, set()).update(cell.row["accession"] for cell in figure.cells)

    assert len(used) == 24
    for day, (accession,) in used.items():
        assert filed[accession] == max(when for when in filed.values() if when <= day.isoformat())
    assert {filed[accession] for (accession,) in used.values()} == set(filed.values())


def test_facts_of_a_figure_are_of_one_fiscal_year():
    for row in shipped._rows(shipped.FILINGS):
        assert row["form"] == "10-K"
        assert row["end"] < row["filed"]
        assert not row["start"] or 360 <= (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days < 372
    for _, figure in every_figure():
        if figure.origin is Origin.FILINGS:
            assert len({(cell.row["accession"], cell.row["end"]) for cell in figure.cells}) == 1


def test_ratios_of_apple_by_hand():
    (apple,) = [each for each in read_figures() if (each.ticker, each.as_of) == ("AAPL", date(2024, 12, 31))]
    debt = 9_967 + 10_912 + 85_750

    reported = {code: figure.value for code, figure in apple.figures.items() if figure.origin is Origin.FILINGS}
    # In millions, from the statements of fiscal 2024.
    assert reported == {
        "payoutRatio": pytest.approx(100 * 15_234 / 93_736, rel=1e-12),
        "roe": pytest.approx(100 * 93_736 / 56_950, rel=1e-12),
        "roa": pytest.approx(100 * 93_736 / 364_980, rel=1e-12),
        "grossMargin": pytest.approx(100 * 180_683 / 391_035, rel=1e-12),
        "operatingMargin": pytest.approx(100 * 123_216 / 391_035, rel=1e-12),
        "netMargin": pytest.approx(100 * 93_736 / 391_035, rel=1e-12),
        "debtToEquity": pytest.approx(debt / 56_950, rel=1e-12),
        "currentRatio": pytest.approx(152_987 / 176_392, rel=1e-12),
        "quickRatio": pytest.approx((152_987 - 7_286) / 176_392, rel=1e-12),
        "cashToDebt": pytest.approx(29_943 / debt, rel=1e-12),
        "assetTurnover": pytest.approx(391_035 / 364_980, rel=1e-12),
        "inventoryTurnover": pytest.approx(210_352 / 7_286, rel=1e-12),
        "revenue": 391_035,
    }


def test_snapshots_of_apple_by_hand():
    (apple,) = [each for each in read_figures() if (each.ticker, each.as_of) == ("AAPL", date(2026, 8, 21))]

    quoted = {code: figure.value for code, figure in apple.figures.items() if figure.origin is Origin.SNAPSHOTS}
    assert quoted == {
        "per": 35.4759, "dividendYield": 0.35, "eps": 8.72, "low52W": 224.69, "high52W": 344.57,
        "marketCapUsdMn": 4_514_709.504, "ebitda": 167_959.003136, "priceToSales": 9.6711, "pbr": 42.0312,
    }  # fmt: skip
    assert apple.companions["price"].value == 309.35


def test_what_is_nearer_to_the_day_goes_before_the_report():
    apple = {each.as_of: each.figures for each in read_figures() if each.ticker == "AAPL"}

    assert (apple[PAST]["eps"].origin, apple[PAST]["eps"].value) == (Origin.FILINGS, 6.11)
    assert apple[date(2024, 10, 31)]["eps"].origin is Origin.SNAPSHOTS
    assert apple[date(2024, 10, 31)]["revenue"].value == 383_285
    assert apple[date(2024, 11, 30)]["revenue"].value == 391_035
    assert "interestCoverage" in apple[date(2024, 10, 31)]
    assert "interestCoverage" not in apple[date(2024, 11, 30)], "interest was no longer reported"


def test_every_figure_has_a_source_that_the_notice_names():
    notice = " ".join((ROOT / "domain/companies/demonstration/NOTICE").read_text().split())
    names = {*shipped.SNAPSHOT_FILES, shipped.FILING_FILE, FILE}

    assert all(origin in notice for origin in Origin)
    for _, figure in every_figure():
        assert figure.source.startswith(figure.origin)
        assert {cell.file for cell in figure.cells} <= names
        assert {cell.file for cell in figure.cells} <= {name for name in names if name in notice}


def test_every_figure_is_within_the_bounds_of_its_field():
    for company, figure in every_figure():
        if figure.code == "price":
            assert figure.value > 0
            continue
        low, high = BY_CODE[figure.code].bounds()
        assert low <= figure.value <= high, (company.ticker, company.as_of, figure.code)
        assert figure.value != 0 or not BY_CODE[figure.code].zeroless


def _table(as_of: date) -> Table:
    known = {each.ticker: each for each in read_figures() if each.as_of == as_of}
    companies = [company for company in read_companies() if company.ticker in known]
    columns = {
        "Ticker": [company.ticker for company in companies],
        "Name": [company.name for company in companies],
        "Exchange": [company.exchange for company in companies],
        "Industry": [company.industry or "" for company in companies],
        "Sector": [company.sector or "" for company in companies],
        "Currency": [company.currency for company in companies],
    }
    labels = {field.code: field.label for field in METRICS} | {"price": "Price"}
    for code, label in labels.items():
        found = [({**known[each.ticker].figures, **known[each.ticker].companions}).get(code) for each in companies]
        if any(found):
            columns[label] = ["" if figure is None else repr(figure.value) for figure in found]
    return read_table(list(columns), list(columns.values()))


def test_no_check_accuses_a_figure():
    before = None
    days = sorted({company.as_of for company in read_figures()})

    for day in days:
        table = _table(day)
        assert table.matching.unknown == table.matching.repeated == ()
        accused = [finding for finding in check_table(table, before) if finding.accuses]
        assert [each for each in accused if each.row is None or table.texts(each.field)[each.row]] == []
        before = prior_of(table)
    assert len(days) == 24


def test_a_check_would_accuse_a_spoiled_figure():
    table = _table(date(2026, 8, 21))
    texts = {column.field.label: list(column.texts) for column in table.columns.values()}
    low, high = texts["52W Low"], texts["52W High"]
    texts["52W Low"], texts["52W High"] = [high[0], *low[1:]], [low[0], *high[1:]]

    found = check_table(read_table(list(texts), list(texts.values())))

    assert [(each.field, each.row) for each in found if each.accuses and each.row == 0] == [("low52W", 0)]


def test_all_other_numbers_are_not_covered():
    covered = {code for company in read_figures() for code in company.figures}

    assert {field.code for field in METRICS} - covered == {
        "evEbitda", "evSales", "priceToCashFlow", "roic", "avgVolume3M", "floatShort"
    }  # fmt: skip
    for company in read_figures():
        assert company.figures.keys().isdisjoint(company.absences)
        assert company.figures.keys() | company.absences.keys() == {field.code for field in METRICS}
        assert set(company.absences.values()) == {AbsenceReason.NOT_COVERED}
        assert all(figure.code == code for code, figure in company.figures.items())


def test_snapshots_are_some_days_of_all_companies():
    days: dict[date, set[str]] = {}
    for company in read_figures():
        assert company.ticker not in days.setdefault(company.as_of, set())
        days[company.as_of].add(company.ticker)

    everybody = {company.ticker for company in read_companies()}
    assert len(everybody) == 20
    assert days.pop(PAST) == everybody
    # Range Resources was not in the index.
    assert all(tickers == everybody - {"RRC"} for tickers in days.values())
    assert [day.isoformat() for day in days] == [
        "2024-10-10", "2024-10-12", "2024-10-24", "2024-10-25", "2024-10-31", "2024-11-30", "2024-12-31", "2025-01-31",
        "2026-05-15", "2026-05-22", "2026-05-29", "2026-06-05", "2026-06-12", "2026-06-18", "2026-06-26", "2026-07-02",
        "2026-07-10", "2026-07-17", "2026-07-24", "2026-07-31", "2026-08-07", "2026-08-14", "2026-08-21",
    ]  # fmt: skip


def test_companies_are_the_stocks_that_have_prices():
    companies = {company.ticker: company for company in read_companies()}

    apple, range_resources = companies["AAPL"], companies["RRC"]
    assert (apple.name, apple.exchange, apple.sector) == ("Apple Inc.", "XNAS", "Information Technology")
    assert apple.industry == "Technology Hardware, Storage & Peripherals"
    assert set(apple.absences) == {"analyst", "rating"}
    assert range_resources.industry is None
    assert set(range_resources.absences) == {"industry", "analyst", "rating"}
    assert [ticker for ticker, company in companies.items() if company.industry is None] == ["RRC"]
