"""Compiling takes the days and companies that are shipped, and leaves out what is not believed."""

import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pytest

from domain.companies.demonstration import compile as compilation
from domain.companies.demonstration import figures

SNAPSHOT = ("date", "symbol", *compilation.COLUMNS)
FACT = ("symbol", "cik", "concept", "unit", "start", "end", "value", "form", "filed", "accession", "version")


def _write(path: Path, columns: tuple[str, ...], rows: list[str]) -> None:
    path.write_bytes(gzip.compress("\n".join((",".join(columns), *rows)).encode() + b"\n"))


def _snapshots(folder: Path, every_day: list[str], every_week: list[str]) -> list[dict[str, str]]:
    _write(folder / compilation.EVERY_DAY, SNAPSHOT, every_day)
    _write(folder / compilation.EVERY_WEEK, SNAPSHOT, every_week)
    found = compilation.compile_snapshots(folder)
    assert found == compilation.compile_snapshots(folder)
    return list(csv.DictReader(io.StringIO(found.decode())))


ROW = "10,5,0.02,2,8,12,1000000000,100000000,3,4"


def test_takes_all_days_of_one_source_and_the_last_of_each_week_of_the_other(tmp_path):
    found = _snapshots(
        tmp_path,
        [f"2024-10-12,AAPL,{ROW}", f"2024-10-11,XOM,{ROW}", f"2024-10-11,AAPL,{ROW}", f"2024-10-11,TSLA,{ROW}"],
        [f"2026-06-{day},AAPL,{ROW}" for day in ("15", "17", "18", "22", "26", "29")],
    )

    assert [(row["file"], row["date"], row["symbol"]) for row in found] == [
        (compilation.EVERY_DAY, "2024-10-11", "AAPL"),
        (compilation.EVERY_DAY, "2024-10-11", "XOM"),
        (compilation.EVERY_DAY, "2024-10-12", "AAPL"),
        (compilation.EVERY_WEEK, "2026-06-18", "AAPL"),
        (compilation.EVERY_WEEK, "2026-06-26", "AAPL"),
        (compilation.EVERY_WEEK, "2026-06-29", "AAPL"),
    ]
    assert ",".join(found[0][name] for name in compilation.COLUMNS) == ROW


def test_leaves_out_what_is_accused_or_out_of_bounds(tmp_path):
    rows = {
        "AAPL": "10,5,0.4988,2,8,12,1000000000,100000000,3,4",  # a yield of 50 %
        "BAC": "10,5,0.02,2,12,8,1000000000,100000000,3,4",  # a low above the high
        "KO": "10,5,0.02,2,8,12,1000000000,100000000,3,-4",  # less than nothing
        "PEP": ",,,,,,,,,",
    }

    found = _snapshots(tmp_path, [f"2024-10-11,{symbol},{row}" for symbol, row in rows.items()], [])

    assert {row["symbol"]: [name for name in compilation.COLUMNS if not row[name]] for row in found} == {
        "AAPL": ["dividend_yield"],
        "BAC": ["low_52w", "high_52w"],
        "KO": ["pbr"],
    }


def test_refuses_a_column_in_another_unit(tmp_path):
    symbols = [f"A{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    before = [f"2024-10-11,{symbol},{ROW}" for symbol in symbols]
    after = [f"2024-10-12,{symbol},{ROW.replace('0.02', '2')}" for symbol in symbols]

    with pytest.raises(ValueError, match=r"expected numbers 0\.01 times as large in column dividend_yield"):
        _snapshots(tmp_path, [*before, *after], [])


def test_takes_facts_of_the_last_reports_as_they_were_told_first(tmp_path):
    def fact(concept: str, end: str, filed: str, version: str = "first_reported", form: str = "10-K") -> str:
        return f"AAPL,320193,{concept},USD,,{end},1.0,{form},{filed},{filed[:4]},{version}"

    _write(
        tmp_path / figures.FILING_FILE,
        FACT,
        [
            fact("Assets", "2021-09-25", "2021-10-29"),
            fact("StockholdersEquity", "2022-09-24", "2022-10-28"),
            fact("Assets", "2022-09-24", "2022-10-28"),
            fact("Goodwill", "2022-09-24", "2022-10-28"),
            fact("NetIncomeLoss", "2021-09-25", "2022-10-28"),
            fact("InventoryNet", "2022-09-24", "2022-10-28", version="restated"),
            fact("AssetsCurrent", "2022-09-24", "2022-10-28", form="10-K/A"),
            fact("Assets", "2023-09-30", "2023-11-03"),
            fact("Assets", "2024-09-28", "2024-11-01"),
        ],
    )

    found = compilation.compile_filings(tmp_path, [date(2022, 10, 28), date(2024, 10, 31)]).decode()

    assert [(row["concept"], row["filed"]) for row in csv.DictReader(io.StringIO(found))] == [
        ("Assets", "2022-10-28"),
        ("StockholdersEquity", "2022-10-28"),
        ("Assets", "2023-11-03"),
    ]
