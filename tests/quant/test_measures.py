"""Measures of returns: properties, published cases, and what they are by a plain loop."""

import itertools

import numpy as np
import pytest

from domain.quant.measures import MEASURES, measure_all
from domain.quant.measures_of_deviation import deflated_sharpe_ratio, probabilistic_sharpe_ratio, sharpe_ratio
from domain.quant.measures_of_drawdown import average_drawdown, drawdowns, longest_drawdown, max_drawdown
from domain.quant.registry import Unit, measure
from domain.quant.returns import time_weighted_returns
from domain.quant.sharing import shared, sharing
from tests.references.cases import BACON_BENCHMARK, BACON_MEASURES, BACON_PORTFOLIO

DAYS = 600


def draw(seed, mean=0.0004, spread=0.012, count=DAYS):
    return np.random.default_rng(seed).normal(mean, spread, count)


@pytest.mark.parametrize(("name", "printed"), BACON_MEASURES.items())
def test_a_published_case(name, printed):
    value, within = printed

    found = MEASURES[name].of(BACON_PORTFOLIO, BACON_BENCHMARK, 0.0, 12)

    assert found == pytest.approx(value, abs=within)


def test_there_are_many_and_each_says_what_it_is():
    assert len(MEASURES) >= 25
    for each in MEASURES.values():
        assert each.summary.endswith(".")
        assert each.source
        assert isinstance(each.unit, Unit)


def test_all_are_those_of_each():
    returns, benchmark = draw(1), draw(2)

    found = measure_all(returns, benchmark, 0.02)

    assert set(found) == set(MEASURES)
    assert found["sharpe_ratio"] == sharpe_ratio(returns, 0.02, 252)
    assert measure_all(returns, names=["volatility"]) == {"volatility": found["volatility"]}


def test_what_is_shared_is_forgotten():
    returns = draw(1)

    before = measure_all(returns)["max_drawdown"]
    returns[:] = -returns

    assert measure_all(returns)["max_drawdown"] == max_drawdown(returns) != before


def test_an_array_that_is_gone_is_not_taken_for_the_next():
    @shared
    def first(numbers):
        return float(numbers[0])

    with sharing():
        assert [first(np.full(3, float(each))) for each in range(100)] == list(range(100))


def test_what_is_told_within_is_told_alone():
    returns, benchmark = draw(14), draw(15)

    found = measure_all(returns, benchmark, 0.02)

    for name, each in MEASURES.items():
        np.testing.assert_array_equal(found[name], each.of(returns.copy(), benchmark.copy(), 0.02, 252), name)


@pytest.mark.parametrize("growth", [2.0, 0.0, -2.0])
def test_the_line_of_wealth_beyond_all_numbers(growth):
    """Where float64 has no wealth of that size, or fewer digits, its logarithm is there all the same."""
    returns = np.expm1(np.random.default_rng(16).normal(growth, 0.5, DAYS))
    logarithms = np.concatenate(([0.0], np.cumsum(np.log1p(returns))))

    found = MEASURES["stability"].of(returns, None, 0, 252)

    assert found == pytest.approx(np.corrcoef(np.arange(DAYS + 1), logarithms)[0, 1] ** 2, rel=1e-9)


@pytest.mark.parametrize("count", [20, 21, 39, 40, 41, DAYS])
def test_the_tail_ratio_by_sorting(count):
    returns = draw(count, count=count)
    place = int(np.ceil(round(0.05 * count, 9)))

    found = MEASURES["tail_ratio"].of(returns, None, 0, 252)

    assert found == pytest.approx(sorted(returns)[-place] / -sorted(returns)[place - 1], rel=1e-15)


def test_without_a_benchmark_what_needs_one_is_not_known():
    found = measure_all(draw(1))

    for name, each in MEASURES.items():
        assert np.isnan(found[name]) == each.needs_benchmark


def test_a_benchmark_beside_itself():
    benchmark = draw(3)

    found = measure_all(benchmark, benchmark, 0.01)

    assert found["beta"] == pytest.approx(1.0)
    assert found["alpha"] == pytest.approx(0.0, abs=1e-12)
    assert found["r_squared"] == pytest.approx(1.0)
    assert found["tracking_error"] == 0.0
    assert np.isnan(found["information_ratio"])
    assert found["up_capture"] == pytest.approx(1.0)
    assert found["down_capture"] == pytest.approx(1.0)
    assert found["modigliani_return"] == pytest.approx(found["mean_return"])
    assert found["batting_average"] == 0.0


@pytest.mark.parametrize("scale", [0.5, 2.0, 3.0])
def test_leverage_changes_no_ratio(scale):
    returns, benchmark = draw(4), draw(5)

    plain, levered = measure_all(returns, benchmark), measure_all(scale * returns, benchmark)

    for name in ("sharpe_ratio", "sortino_ratio", "omega_ratio", "gain_to_pain_ratio", "skewness", "excess_kurtosis"):
        assert levered[name] == pytest.approx(plain[name])
    for name in ("volatility", "downside_deviation", "beta", "mean_return"):
        assert levered[name] == pytest.approx(scale * plain[name])


def test_a_line_through_a_benchmark():
    benchmark = draw(6)

    found = measure_all(0.0002 + 1.3 * benchmark, benchmark)

    assert found["beta"] == pytest.approx(1.3)
    assert found["alpha"] == pytest.approx(0.0002 * 252)
    assert found["correlation_with_benchmark"] == pytest.approx(1.0)
    assert found["treynor_ratio"] == pytest.approx(found["mean_return"] / 1.3)


def test_a_year_is_annualized_and_nothing_less():
    returns = draw(7, count=252)

    assert MEASURES["annualized_return"].of(returns, None, 0, 252) == pytest.approx(np.prod(1 + returns) - 1)
    assert np.isnan(MEASURES["annualized_return"].of(returns[1:], None, 0, 252))
    assert np.isnan(MEASURES["calmar_ratio"].of(returns[1:], None, 0, 252))


@pytest.mark.parametrize("seed", range(20))
def test_drawdowns_are_those_of_a_loop(seed):
    returns = draw(seed, count=60)

    peak, wealth, below = 1.0, 1.0, []
    for each in returns:
        wealth *= 1 + each
        peak = max(peak, wealth)
        below.append(1 - wealth / peak)
    runs = [list(group) for is_below, group in itertools.groupby(below, lambda each: each > 0) if is_below]

    assert np.allclose(drawdowns(returns), below)
    assert max_drawdown(returns) == pytest.approx(max(below))
    assert longest_drawdown(returns) == max(map(len, runs), default=0)
    assert average_drawdown(returns) == pytest.approx(np.mean([max(run) for run in runs]) if runs else 0.0)


def test_a_loss_in_the_first_period_is_a_drawdown():
    assert max_drawdown([-0.1, 0.05]) == pytest.approx(0.1)
    assert max_drawdown([0.1, 0.2]) == 0.0
    assert longest_drawdown([0.1, 0.2]) == 0.0
    assert max_drawdown([-1.0, 0.5]) == 1.0


def test_what_does_not_vary_has_no_ratio():
    found = measure_all([0.001] * 300, [0.001] * 300)

    assert found["volatility"] == 0.0
    for name in (
        *("sharpe_ratio", "skewness", "beta", "information_ratio", "calmar_ratio"),
        *("correlation_with_benchmark", "r_squared"),
    ):
        assert np.isnan(found[name])


def test_what_does_not_vary_is_correlated_with_nothing():
    found = measure_all([0.001] * DAYS, draw(11))

    assert np.isnan(found["correlation_with_benchmark"])
    assert np.isnan(found["r_squared"])
    assert found["beta"] == 0.0
    assert np.isnan(found["treynor_ratio"])


def test_rounding_is_no_loss():
    """Cash into which money is paid each day: its returns are zero, but for the last digits."""
    flows = np.round(np.random.default_rng(0).uniform(0, 1_000, DAYS), 2)
    values = np.round(np.cumsum([1_234.56, *flows]), 2)
    returns = time_weighted_returns(values, flows)
    assert 0 < np.abs(returns).max() < 1e-15

    found = measure_all(returns, draw(12))

    for name in (
        *("sortino_ratio", "kappa_three", "upside_potential_ratio", "omega_ratio", "gain_to_pain_ratio", "tail_ratio"),
        *("calmar_ratio", "martin_ratio", "pain_ratio", "sterling_ratio", "recovery_factor", "treynor_ratio"),
    ):
        assert np.isnan(found[name]), name
    for name in ("max_drawdown", "average_drawdown", "longest_drawdown", "time_under_water", "win_rate"):
        assert found[name] == 0.0, name
    assert measure_all(returns, np.zeros(DAYS))["batting_average"] == 0.0


def test_what_earns_the_risk_free_rate_has_no_downside():
    worth = 1_000 * 1.03 ** (np.arange(DAYS + 1) / 252)

    found = measure_all(np.diff(worth) / worth[:-1], risk_free_rate=0.03)

    assert found["downside_deviation"] == 0.0
    for name in ("sortino_ratio", "kappa_three", "upside_potential_ratio"):
        assert np.isnan(found[name])


def test_a_price_that_is_back_at_its_peak_is_below_it_no_more():
    draws = np.round(np.random.default_rng(1).uniform(20, 400, (200, 2)), 2)

    for low, high in np.sort(draws):
        prices = np.array([low, high, low, *[high] * 30])
        found = measure_all(np.diff(prices) / prices[:-1])
        assert (found["longest_drawdown"], found["current_drawdown"]) == (1, 0)


def test_a_last_digit_is_no_drawdown_beside_others():
    assert average_drawdown([0.1, -2.3e-16, 0.1, -0.2]) == pytest.approx(0.2)


@pytest.mark.parametrize("periods", [0.0, -252.0, np.nan, np.inf])
def test_a_year_of_no_periods_has_no_return(periods):
    assert np.isnan(MEASURES["annualized_return"].of(draw(13), None, 0, periods))


def test_the_sharpe_ratio_is_likelier_with_more_returns():
    few, many = draw(8, 0.001, 0.01, 100), np.tile(draw(8, 0.001, 0.01, 100), 9)

    probability = [probabilistic_sharpe_ratio(each, 0.0, 252) for each in (few, many)]

    assert 0.5 < probability[0] < probability[1] < 1


def test_the_probability_of_a_sharpe_ratio_by_its_formula():
    returns = draw(9, 0.0008, 0.01)
    own = sharpe_ratio(returns, 0.0, 1)
    about = returns - returns.mean()
    square = np.mean(about**2)
    skew, kurtosis = np.mean(about**3) / square**1.5, np.mean(about**4) / square**2

    z = own * np.sqrt(DAYS - 1) / np.sqrt(1 - skew * own + (kurtosis - 1) / 4 * own**2)

    # The normal distribution by its series, to ten digits.
    steps = np.linspace(-12, z, 2_000_001)
    density = np.exp(-(steps**2) / 2) / np.sqrt(2 * np.pi)
    area = float(np.sum((density[1:] + density[:-1]) / 2 * np.diff(steps)))
    assert probabilistic_sharpe_ratio(returns, 0.0, 252) == pytest.approx(area, abs=1e-8)


def test_more_trials_deflate_it():
    returns = draw(10, 0.001, 0.01)

    found = [deflated_sharpe_ratio(returns, trials, 0.001) for trials in (1, 2, 10, 1_000)]

    assert found == sorted(found, reverse=True)
    assert found[0] == pytest.approx(probabilistic_sharpe_ratio(returns, 0.0, 252))
    assert np.isnan(deflated_sharpe_ratio(returns, 0, 0.001))


def test_what_is_no_measure_is_refused():
    def of_prices(prices):
        return float(prices[0])

    def unsaid(returns):
        return float(returns[0])

    for function, message in ((of_prices, "parameters"), (unsaid, "docstring")):
        with pytest.raises(ValueError, match=message):
            measure(unit=Unit.RATIO, higher_is_better=True)(function)
