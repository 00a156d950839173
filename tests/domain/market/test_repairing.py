"""Bars that were told wrong, put right, with all their prices."""

import csv
import gzip
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.market.ingestion import DailyBar
from domain.market.repairing import repaired, unadjusted
from domain.market.types import QuoteSource, RepairKind
from domain.quant.adjustment import split_factors
from tests.support.source import ROOT

DIRTY = ROOT.parent / "shared" / "data" / "dirty" / "price_repair_pairs.csv.gz"
FIRST = date(2024, 5, 1)
_PRICES = ("open", "high", "low", "close")


def _bar(place: int, open_: float, high: float, low: float, close: float) -> DailyBar:
    return DailyBar(
        1, FIRST + timedelta(place), open_, high, low, close, close, 100, None, None, QuoteSource.PROVIDER
    )  # fmt: skip


def _bars(*closes: float) -> list[DailyBar]:
    return [_bar(place, close, close + 1, close - 1, close) for place, close in enumerate(closes)]


def test_a_special_dividend_is_no_fault():
    # 55 of 100 are paid on the day of a split of 1 for 2, which alone would double the price.
    told = _bars(99, 101, 100, 90, 91)
    ex_date = (FIRST + timedelta(3)).toordinal()

    right, repairs = repaired(told, [(ex_date, 0.5)], None, [(ex_date, 110.0)])

    assert (right, repairs) == (told, [])


def test_a_split_applied_to_one_day_beside_a_special_dividend():
    right = _bars(99, 101, 100, 90, 91)
    told = list(right)
    told[1] = _bar(1, 50.5, 51, 50, 50.5)
    ex_date = (FIRST + timedelta(3)).toordinal()

    found, (repair,) = repaired(told, [(ex_date, 0.5)], None, [(ex_date, 110.0)])

    assert [bar.close for bar in found] == [99, 101, 100, 90, 91]
    assert (found[1].open, found[1].high, found[1].low, found[1].source) == (101, 102, 100, QuoteSource.REPAIRED)
    assert (repair.kind, repair.observed) == (RepairKind.SPLIT_APPLIED_WRONGLY, told[1])


def test_what_was_rounded_in_another_unit_stays_within_its_bar():
    told = [
        *_bars(60, 60),
        _bar(2, 58.5, 61.5, 0.6, 0.6),
        *(replace(bar, session=FIRST + timedelta(3)) for bar in _bars(60)),
    ]

    found, (repair,) = repaired(told, [], None)

    assert (found[2].open, found[2].high, found[2].low, found[2].close) == (58.5, 61.5, 58.5, 60)
    assert repair.kind is RepairKind.HUNDREDFOLD


def test_a_dividend_that_a_source_leaves_out():
    # As recorded of Traton in June 2023: 0.7 of 18.79 are paid, and the adjusted closes do not know of it.
    bars = _bars(19.35, 18.79, 18.9, 19.0)
    ex_date = (FIRST + timedelta(2)).toordinal()
    theirs = [bar.close for bar in bars]
    ours = [18.629141, 18.09, 18.9, 19.0]

    (repair,) = unadjusted(bars, theirs, [], [(ex_date, 0.7)])

    assert (repair.kind, repair.observed.session) == (RepairKind.DIVIDEND_NOT_ADJUSTED, FIRST + timedelta(1))
    assert repair.observed.adjusted_close == 18.79
    assert repair.repaired.adjusted_close == pytest.approx(18.09)
    assert repair.reason == "a dividend of 0.7 on 2024-05-03 is left out of the adjusted close"
    assert unadjusted(bars, ours, [], [(ex_date, 0.7)]) == []
    assert unadjusted(bars, [None] * 4, [], [(ex_date, 0.7)]) == [], "who does not adjust leaves nothing out"
    assert unadjusted(bars, theirs, [], [(ex_date, 0.01), (FIRST.toordinal(), 0.7)]) == [], "nothing can be seen of it"


def test_a_dividend_on_the_day_of_a_split():
    # 2 for 1, and 1 for each new unit.
    bars = _bars(100, 100, 49, 49)
    ex_date = (FIRST + timedelta(2)).toordinal()

    assert unadjusted(bars, [49, 49, 49, 49], [(ex_date, 2.0)], [(ex_date, 1.0)]) == []
    (repair,) = unadjusted(bars, [50, 50, 49, 49], [(ex_date, 2.0)], [(ex_date, 1.0)])
    assert repair.repaired.adjusted_close == pytest.approx(49)


def _told(rows: list[dict[str, str]], splits: list[tuple[int, float]]) -> list[DailyBar]:
    # Hours are told too: only the order of sessions counts.
    days = [FIRST + timedelta(place) for place in range(len(rows))]
    to_traded = (1 / split_factors([day.toordinal() for day in days], splits)).tolist()
    return [
        _bar(place, *(float(row[name]) * factor for name in _PRICES))
        for place, (row, factor) in enumerate(zip(rows, to_traded, strict=True))
    ]


@pytest.mark.skipif(not DIRTY.is_file(), reason="recorded faults of prices lie outside of the project")
def test_all_prices_of_recorded_faults():
    cases: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(DIRTY, "rt") as rows:
        for row in csv.DictReader(rows):
            cases[row["case"]][row["version"]].append(row)
    wrong = mended = spoiled = 0
    for name, versions in cases.items():
        observed, right = (
            sorted(versions[version], key=lambda row: row["date"]) for version in ("observed", "repaired")
        )
        splits, dividends = (
            [
                (FIRST.toordinal() + place, float(row[column]))
                for place, row in enumerate(observed)
                if float(row[column])
            ]
            for column in ("stock_splits", "dividends")
        )
        told, truth = _told(observed, splits), _told(right, splits)
        # In one case most prices are of the wrong unit: there it takes the latest quote to know.
        found, _ = repaired(told, splits, truth[-1].close if name.startswith("AET-L") else None, dividends)
        for before, after, true in zip(told, found, truth, strict=True):
            for price in _PRICES:
                was_wrong, is_wrong = (
                    abs(getattr(bar, price) / getattr(true, price) - 1) > 0.005 for bar in (before, after)
                )
                wrong += was_wrong
                mended += was_wrong and not is_wrong
                spoiled += is_wrong and not was_wrong
    print(f"recorded faults: {mended} of {wrong} prices mended, {spoiled} spoiled")

    assert (wrong, mended, spoiled) == (254, 254, 0)
