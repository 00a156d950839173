"""The library of scenarios: every figure of the past is computed again, and no portfolio loses more than it can."""

import csv
import gzip
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.market.demonstration.prices import read_listings, read_prices
from domain.market.types import InstrumentRow
from domain.risk.builtin_factors import BUILT_IN
from domain.risk.holdings import Held, Holdings
from domain.risk.reading_types import HoldingsData
from domain.risk.scenarios import HISTORICAL, SCENARIOS
from domain.risk.stress_tests import moved_factors, stress_test
from tests.support.source import ROOT

SHARED = ROOT.parent / "shared" / "data"
ACTIVE = [row for row in BUILT_IN if row.is_active]
FUNDS = {row.code: row.proxy for row in BUILT_IN}
FROM_PRICES = [each for each in HISTORICAL if each.code != "CRASH_1987"]


def by_code(each):
    return each.code


@pytest.fixture(scope="module")
def returns():
    """Return the return of each symbol from the close of one day to that of another."""
    table = read_prices()
    columns = {symbol: place for place, symbol in enumerate(table.symbols)}
    rows = {day: place for place, day in enumerate(table.sessions)}

    def of(symbol, first, last):
        closes = table.closes[:, columns[symbol]]
        return closes[rows[last]] / closes[rows[first]] - 1

    return of


@pytest.fixture(scope="module")
def companies():
    listed = [row for row in read_listings() if row.sector]
    return {sector: [row.symbol for row in listed if row.sector == sector] for sector in {row.sector for row in listed}}


@pytest.mark.parametrize("scenario", FROM_PRICES, ids=by_code)
def test_the_market_did_what_is_written(scenario, returns):
    shock = next(each.change for each in scenario.shocks if each.factor == "MARKET")

    assert shock == pytest.approx(returns("SP500", scenario.first, scenario.last), abs=1e-4)


@pytest.mark.parametrize("scenario", FROM_PRICES, ids=by_code)
def test_styles_did_what_is_written(scenario, returns):
    days = scenario.first, scenario.last
    for shock in scenario.shocks:
        if shock.factor != "MARKET":
            beyond = returns(FUNDS[shock.factor], *days) - returns("SP500", *days)
            assert shock.change == pytest.approx(beyond, abs=1e-4), shock.factor


@pytest.mark.parametrize("scenario", FROM_PRICES, ids=by_code)
def test_sectors_did_what_is_written(scenario, returns, companies):
    for shock in scenario.sectors:
        mean = np.mean([returns(symbol, scenario.first, scenario.last) for symbol in companies[shock.sector]])
        assert shock.change == pytest.approx(mean, abs=1e-4), shock.sector


def _rows(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the folder of data sets is not beside the project: {name}")
    with gzip.open(path, "rt", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("scenario", FROM_PRICES, ids=by_code)
def test_volatility_did_what_is_written(scenario):
    rows = _rows("macro/vix_daily_2000_2026.csv.gz")
    closes = {date.fromisoformat(row["date"]): float(row["close"]) for row in rows}

    change = (closes[scenario.last] - closes[scenario.first]) / 100

    assert scenario.volatility_change == pytest.approx(change, abs=1e-4)


def test_october_1987_is_french_s():
    (month,) = [row for row in _rows("pypi/arch_frenchdata_monthly.csv.gz") if row["month"] == "1987-10"]

    found = float(month["Mkt-RF"]) + float(month["RF"])

    assert SCENARIOS["CRASH_1987"].shocks[0].change == pytest.approx(found, abs=1e-4)


def made(random, count):
    """Return a portfolio of so many long positions without debt, of any betas and sectors, over 60 sessions."""
    sectors = [shock.sector for each in HISTORICAL for shock in each.sectors] + [None, "Utilities"]
    worths = random.lognormal(8, 2, count)
    factors = random.normal(0, 0.01, (60, len(ACTIVE)))
    moves = factors @ random.normal(0, 4, (count, len(ACTIVE))).T + random.normal(0, 0.01, (60, count))
    held = tuple(
        Held(symbol=f"S{place}", currency="USD", worth=float(worth), instrument=share(random.choice(sectors)))
        for place, worth in enumerate(worths)
    )
    cash = random.lognormal(5, 2)
    holdings = Holdings(
        currency="USD",
        equity=float(worths.sum() + cash),
        sessions=np.arange(61, dtype=np.int32),
        held=held,
        moves=moves,
        gains=moves * worths,
        unqualified=(),
    )
    proxies = factors + factors[:, :1]
    proxies[:, 0] = factors[:, 0]
    symbols = tuple(row.proxy for row in ACTIVE)
    return HoldingsData(holdings=holdings, symbols=symbols, compared=proxies, digest="0" * 64, is_lasting=True)


def share(sector):
    names = InstrumentRow._fields if hasattr(InstrumentRow, "_fields") else InstrumentRow.__slots__
    return InstrumentRow(**(dict.fromkeys(names) | {"sector": sector}))


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_what_is_long_without_debt_never_loses_more_than_it_is_worth(seed, count):
    data = made(np.random.default_rng(seed), count)

    for scenario in SCENARIOS.values():
        found = stress_test(data, moved_factors(scenario, ACTIVE), scenario)
        assert found.fraction is not None
        assert found.fraction >= -1.0 - 1e-12
        for held, stressed in zip(data.holdings.held, found.positions, strict=True):
            assert stressed.profit_and_loss is not None
            assert stressed.profit_and_loss >= -held.worth * (1 + 1e-12)
