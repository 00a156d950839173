"""Prices in the wrong unit, and splits applied wrongly: found, mended, and nothing else touched."""

import csv
import gzip
from collections import defaultdict
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.market.demonstration.prices import read_prices
from domain.quant.adjustment import adjustment_factors, split_factors
from domain.quant.repair import column_factors, repair_factors
from tests.support.source import ROOT

SHARES = ROOT.parent / "shared" / "data" / "prices" / "us_ohlcv_adjusted_divs_splits_2012_2021.csv.gz"
DIRTY = ROOT.parent / "shared" / "data" / "dirty" / "price_repair_pairs.csv.gz"
DAYS = np.arange(40.0)


def _walk(count: int = 40) -> np.ndarray:
    return 50.0 * np.exp(np.cumsum(np.random.default_rng(7).normal(0.0, 0.02, count)))


def test_a_day_a_stretch_and_a_beginning_in_another_unit():
    right = _walk()
    for wrong in (slice(20, 21), slice(10, 30), slice(0, 15)):
        for factor in (100.0, 0.01):
            told = right.copy()
            told[wrong] *= factor

            found = repair_factors(DAYS, told, [])

            np.testing.assert_allclose(told * found, right, rtol=1e-12)
            assert set(np.round(found, 10).tolist()) == {1.0, round(1 / factor, 10)}


def test_a_split_that_was_not_applied_or_twice():
    right = _walk()
    for wrong, factor in ((slice(0, 20), 5.0), (slice(0, 20), 0.2), (slice(12, 13), 5.0)):
        told = right.copy()
        told[wrong] *= factor

        np.testing.assert_allclose(told * repair_factors(DAYS, told, [(20, 5.0)]), right, rtol=1e-9)


def test_the_latest_price_tells_which_unit_is_right():
    right = _walk()
    told = right.copy()
    told[-1] *= 100
    np.testing.assert_allclose(told * repair_factors(DAYS, told, []), right, rtol=1e-12)
    told = right.copy()
    told[5:] *= 100

    np.testing.assert_allclose(told * repair_factors(DAYS, told, [], [right[-1]]), right, rtol=1e-12)


def test_a_crash_and_a_doubling_are_what_happened():
    crashed = _walk()
    crashed[20:] *= 0.3
    doubled = _walk()
    doubled[20:] *= 2.2

    assert repair_factors(DAYS, crashed, []).tolist() == [1.0] * 40
    assert repair_factors(DAYS, doubled, []).tolist() == [1.0] * 40


@given(st.lists(st.floats(-0.25, 0.25), min_size=2, max_size=60))
def test_ordinary_prices_are_left_alone(steps: list[float]):
    prices = 20.0 * np.exp(np.cumsum(steps))

    assert repair_factors(np.arange(len(prices)), prices, []).tolist() == [1.0] * len(prices)


def test_one_price_of_a_bar_in_another_unit():
    closes = np.array([50.0, 51, 52])
    lows = np.array([49.0, 0.5, 51])

    assert column_factors(lows, closes, np.ones(3)).tolist() == [1, 100, 1]
    assert column_factors(lows / 100, closes, np.full(3, 100.0)).tolist() == [100, 10_000, 100]


def test_nothing_of_the_demonstration_is_touched():
    table = read_prices()
    for column in table.closes.T:
        own = ~np.isnan(column)
        days = np.array([session.toordinal() for session in table.sessions], dtype=float)[own]
        assert (repair_factors(days, column[own], []) == 1.0).all()


@pytest.mark.skipif(not DIRTY.is_file(), reason="recorded faults of prices lie outside of the project")
def test_faults_that_were_recorded():
    cases: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(DIRTY, "rt") as rows:
        for row in csv.DictReader(rows):
            cases[row["case"]][row["version"]].append(row)
    wrong = mended = spoiled = 0
    for name, versions in cases.items():
        observed = sorted(versions["observed"], key=lambda row: row["date"])
        right = {row["date"]: float(row["close"]) for row in versions["repaired"]}
        days = [datetime.fromisoformat(row["date"]).timestamp() / 86_400 for row in observed]
        splits, dividends = (
            [
                (day, float(row[column]))
                for day, row in zip(days, observed, strict=True)
                if float(row[column]) != nothing
            ]
            for column, nothing in (("stock_splits", 0.0), ("dividends", 0.0))
        )
        closes = np.array([float(row["close"]) for row in observed])
        truth = np.array([right[row["date"]] for row in observed])
        # In one case most prices are of the wrong unit: there it takes the latest quote to know.
        known = [truth[-1]] if name.startswith("AET-L") else []
        to_traded = split_factors(days, splits)
        # One of them is as large as half the price, on the day of a split.
        comparable = closes * adjustment_factors(days, closes / to_traded, splits, dividends) / to_traded
        factors = repair_factors(days, comparable, splits, known)
        was_wrong, is_right = np.abs(closes / truth - 1) > 0.005, np.abs(closes * factors / truth - 1) < 0.005
        wrong += int(was_wrong.sum())
        mended += int((was_wrong & is_right).sum())
        spoiled += int((~was_wrong & ~is_right).sum())
    print(f"recorded faults: {mended} of {wrong} closes mended, {spoiled} spoiled")

    assert (wrong, mended, spoiled) == (64, 64, 0)


@pytest.mark.skipif(not SHARES.is_file(), reason="recorded prices of 45 shares lie outside of the project")
def test_nothing_is_found_in_nine_years_of_45_shares_and_ours_are_the_adjusted_prices():
    shares: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(SHARES, "rt") as rows:
        for row in csv.DictReader(rows):
            shares[row["symbol"]].append(row)
    found = 0
    furthest = {}
    for symbol, bars in shares.items():
        days, closes, told, ratios, cash = (
            np.array([of(bar) for bar in bars])
            for of in (
                lambda bar: float(date.fromisoformat(bar["date"]).toordinal()),
                lambda bar: float(bar["close"]),
                lambda bar: float(bar["adjusted_close"]),
                lambda bar: float(bar["split_coefficient"]),
                lambda bar: float(bar["dividend_amount"]),
            )
        )
        splits, dividends = np.column_stack((days, ratios))[ratios != 1], np.column_stack((days, cash))[cash != 0]
        found += int((repair_factors(days, closes * split_factors(days, splits), splits) != 1).sum())
        ours = closes * adjustment_factors(days, closes, splits, dividends)
        furthest[symbol] = float(np.abs(ours / told - 1).max())
    print(f"{len(shares)} shares: {found} false alarms; furthest from the adjusted close: {max(furthest.values()):.2%}")

    assert (len(shares), found) == (45, 0)
    # The provider rounds each factor.
    assert {symbol: off for symbol, off in furthest.items() if off > 0.005} == {}
