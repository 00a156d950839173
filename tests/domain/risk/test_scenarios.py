"""The library of scenarios: every figure of the past is computed again, and no portfolio loses more than it can."""

import csv
import gzip
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.market.demonstration.prices import read_listings, read_prices
from domain.market.types import InstrumentRow
from domain.onboarding.demonstration import HABITS
from domain.quant.regression import ols
from domain.risk import stress_tests
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


def shared_out(weights, sectors, history):
    """Return a portfolio of 100,000 in these weights, which moves with its own real returns of the year before."""
    worths = np.array([100_000 * weight for weight in weights.values()])
    held = tuple(
        Held(symbol=symbol, currency="USD", worth=float(worth), instrument=share(sectors[symbol]))
        for symbol, worth in zip(weights, worths, strict=True)
    )
    moves = history(list(weights))
    market = history(["SP500"])
    holdings = Holdings(
        currency="USD",
        equity=100_000.0,
        sessions=np.arange(len(moves) + 1, dtype=np.int32),
        held=held,
        moves=moves,
        gains=moves * worths,
        unqualified=(),
    )
    return HoldingsData(holdings=holdings, symbols=("SP500",), compared=market, digest="0" * 64, is_lasting=True)


def test_betas_are_estimated_once_for_each_choice_of_factors(monkeypatch):
    fitted = []

    def counted(factors, returns):
        fitted.append(factors.shape[1])
        return ols(factors, returns)

    monkeypatch.setattr(stress_tests, "ols", counted)
    data = made(np.random.default_rng(5), 12)

    together = [stress_test(data, moved_factors(each, ACTIVE), each) for each in SCENARIOS.values()]
    choices = {tuple(row.code for row in moved_factors(each, ACTIVE)) for each in SCENARIOS.values() if each.shocks}
    assert sorted(fitted) == sorted(map(len, choices))
    # The same numbers as of data that nothing was asked of before.
    alone = [stress_test(replace(data), moved_factors(each, ACTIVE), each) for each in SCENARIOS.values()]
    assert alone == together


@pytest.mark.parametrize("code", ["FINANCIAL_CRISIS_2008", "PANDEMIC_2020"])
def test_companies_lose_what_they_really_did(code, returns, companies):
    scenario = SCENARIOS[code]
    sectors = {symbol: sector for sector, symbols in companies.items() for symbol in symbols}
    table = read_prices()
    end = table.sessions.index(scenario.first) + 1

    def history(symbols):
        columns = [table.symbols.index(symbol) for symbol in symbols]
        closes = table.closes[end - 253 : end, columns]
        return closes[1:] / closes[:-1] - 1

    def real(symbols):
        return {symbol: returns(symbol, scenario.first, scenario.last) for symbol in symbols}

    # All together: the means of sectors are made of these very companies.
    equal = dict.fromkeys(sorted(sectors), 1 / len(sectors))
    whole = stress_test(shared_out(equal, sectors, history), ACTIVE[:1], scenario)
    assert whole.fraction == pytest.approx(np.mean(list(real(equal).values())), abs=1e-3)
    # Any part of them: no more than the worst company of their sectors, no less than the best.
    random = np.random.default_rng(1)
    for _ in range(50):
        chosen = sorted(random.choice(sorted(sectors), 6, replace=False))
        weights = dict(zip(chosen, random.dirichlet(np.ones(6)), strict=True))
        found = stress_test(shared_out(weights, sectors, history), ACTIVE[:1], scenario)
        among = real({symbol for chosen_one in chosen for symbol in companies[sectors[chosen_one]]})
        assert found.fraction is not None
        assert min(among.values()) <= found.fraction <= max(among.values())


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_the_demonstration_s_portfolios_lose_what_they_really_did(habit):
    scenario = SCENARIOS["PANDEMIC_2020"]
    table, listed = read_prices(), {row.symbol: row for row in read_listings()}
    first, last = (table.sessions.index(day) for day in (scenario.first, scenario.last))
    rows = moved_factors(scenario, ACTIVE)

    def history(symbols):
        closes = table.closes[first - 252 : first + 1, [table.symbols.index(symbol) for symbol in symbols]]
        return closes[1:] / closes[:-1] - 1

    weights = dict.fromkeys(habit.symbols, 1 / len(habit.symbols))
    own = shared_out(weights, {symbol: listed[symbol].sector for symbol in weights}, history)
    data = replace(own, symbols=tuple(row.proxy for row in rows), compared=history([row.proxy for row in rows]))
    columns = [table.symbols.index(symbol) for symbol in weights]
    real = table.closes[last, columns] / table.closes[first, columns] - 1

    found = stress_test(data, rows, scenario)

    assert found.fraction is not None
    assert min(real) <= found.fraction <= max(real)
    # Companies as their sectors, funds by their betas: together within a point of what came.
    assert found.fraction == pytest.approx(real.mean(), abs=0.011)
