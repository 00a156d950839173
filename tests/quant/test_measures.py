"""Measures of returns: properties, published cases, and what they are by a plain loop."""

import itertools

import numpy as np
import pytest

from domain.quant.measures import MEASURES, measure_all
from domain.quant.measures_of_deviation import deflated_sharpe_ratio, probabilistic_sharpe_ratio, sharpe_ratio
from domain.quant.measures_of_drawdown import average_drawdown, drawdowns, longest_drawdown, max_drawdown
from domain.quant.registry import Unit, measure
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
    for name in ("sharpe_ratio", "skewness", "beta", "information_ratio", "calmar_ratio"):
        assert np.isnan(found[name])


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
