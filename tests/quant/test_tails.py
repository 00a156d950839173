"""What may be lost: properties, theory, and what it is by a plain loop."""

import numpy as np
import pytest
from scipy.special import ndtri, stdtrit

from domain.quant import tails
from domain.quant.risk_contributions import historical_tail
from domain.quant.tails import TailRisk

METHODS = [tails.historical, tails.normal, tails.cornish_fisher, tails.student_t, tails.filtered_historical]
LEVELS = (0.9, 0.95, 0.99)


def draw(seed, count=1_000):
    return np.random.default_rng(seed).standard_t(5, count) * 0.01


def quantiles(inverse, count=20_000):
    """A series that is the distribution itself: its quantiles at even distances."""
    return inverse((np.arange(count) + 0.5) / count) * 0.01


@pytest.mark.parametrize("confidence", LEVELS)
@pytest.mark.parametrize("method", [tails.historical, tails.normal, tails.cornish_fisher, tails.student_t])
def test_a_normal_series_has_the_tail_of_theory(method, confidence):
    z = ndtri(confidence)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)

    found = method(quantiles(ndtri), confidence)

    assert found.value_at_risk == pytest.approx(0.01 * z, rel=0.005)
    assert found.expected_shortfall == pytest.approx(0.01 * density / (1 - confidence), rel=0.005)


@pytest.mark.parametrize("confidence", LEVELS)
@pytest.mark.parametrize("method", [tails.historical, tails.student_t])
def test_a_series_of_student_s_t_has_the_tail_of_theory(method, confidence):
    found = method(quantiles(lambda at: stdtrit(5, at)), confidence)

    assert found.value_at_risk == pytest.approx(0.01 * stdtrit(5, confidence), rel=0.005)


def test_the_tail_of_an_exact_pareto_is_found():
    # Losses beyond 0.02 fall with the power 4: a shape of a quarter.
    ranks = (np.arange(40_000) + 0.5) / 40_000
    losses = 0.02 * ranks**-0.25

    found = tails.extreme_value(-losses, 0.99)

    assert found.value_at_risk == pytest.approx(0.02 * 0.01**-0.25, rel=0.01)
    assert found.expected_shortfall == pytest.approx(0.02 * 0.01**-0.25 / 0.75, rel=0.01)
    assert found.is_valid
    assert tails.hill_index(-losses) == pytest.approx(4.0, rel=0.01)


@pytest.mark.parametrize("method", METHODS)
def test_it_scales_with_the_returns(method):
    returns = draw(1)

    one, three = method(returns), method(3 * returns)

    assert three.value_at_risk == pytest.approx(3 * one.value_at_risk, rel=1e-6)
    assert three.expected_shortfall == pytest.approx(3 * one.expected_shortfall, rel=1e-6)


@pytest.mark.parametrize("method", [tails.historical, tails.normal, tails.cornish_fisher, tails.student_t])
def test_a_sure_gain_takes_from_it(method):
    returns = draw(2)

    plain, better = method(returns), method(returns + 0.003)

    assert better.value_at_risk == pytest.approx(plain.value_at_risk - 0.003, abs=1e-7)
    assert better.expected_shortfall == pytest.approx(plain.expected_shortfall - 0.003, abs=1e-7)


@pytest.mark.parametrize("method", METHODS)
def test_more_confidence_loses_more_and_the_shortfall_is_beyond(method):
    found = [method(draw(3), confidence) for confidence in LEVELS]

    assert [each.value_at_risk for each in found] == sorted(each.value_at_risk for each in found)
    assert all(each.expected_shortfall >= each.value_at_risk for each in found)


@pytest.mark.parametrize("seed", range(30))
def test_together_the_shortfall_is_no_more_than_of_each(seed):
    one, other = draw(seed, 400), draw(seed + 1_000, 400)

    together = tails.historical(one + other, 0.975).expected_shortfall

    each = sum(tails.historical(series, 0.975).expected_shortfall for series in (one, other))
    assert together <= each + 1e-12


@pytest.mark.parametrize("count", [20, 33, 100, 251])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.975])
def test_the_historical_rule_by_hand(count, confidence):
    returns = draw(count, count)
    losses = sorted(-returns, reverse=True)
    weight = (1 - confidence) * count
    place = int(np.ceil(round(weight, 9)))
    beyond = (sum(losses[: place - 1]) + (weight - place + 1) * losses[place - 1]) / weight

    found = tails.historical(returns, confidence)

    assert found.value_at_risk == losses[place - 1]
    assert found.expected_shortfall == pytest.approx(beyond)


def test_there_is_one_historical_rule():
    returns = draw(4, 300)

    for confidence in (0.5, *LEVELS, 0.999):
        parts = historical_tail([1.0], returns[:, None], confidence)
        found = tails.historical(returns, confidence)

        assert parts.value_at_risk == found.value_at_risk
        assert parts.expected_shortfall == pytest.approx(found.expected_shortfall, rel=1e-14)


def test_a_wild_sample_is_outside_of_the_domain_of_cornish_and_fisher():
    wild = np.concatenate([draw(5, 200) * 0.1, [-0.3]])

    assert not tails.cornish_fisher(wild).is_valid
    assert tails.cornish_fisher(draw(6, 5_000) * 0 + np.random.default_rng(6).normal(0, 0.01, 5_000)).is_valid


def test_a_calm_end_lowers_the_filtered_loss():
    calm = np.random.default_rng(7).normal(0, 0.005, 300)
    wild = np.random.default_rng(8).normal(0, 0.02, 300)

    falling, rising = (np.concatenate(parts) for parts in ((wild, calm), (calm, wild)))

    assert tails.filtered_historical(falling).value_at_risk < tails.historical(falling).value_at_risk
    assert tails.filtered_historical(rising).value_at_risk > tails.historical(rising).value_at_risk


@pytest.mark.parametrize("decay", [0.0, 0.5, 0.94, 0.99])
@pytest.mark.parametrize("count", [20, 31, 32, 33, 1_000, 8_312])
def test_it_is_filtered_as_by_a_loop(count, decay):
    returns = draw(count, count)
    variances = [float(np.mean(returns**2))]
    for each in returns:
        variances.append(decay * variances[-1] + (1 - decay) * each**2)
    filtered = returns * np.sqrt(variances[-1] / np.array(variances[:-1]))

    found, expected = tails.filtered_historical(returns, 0.95, decay), tails.historical(filtered, 0.95)

    assert found.value_at_risk == pytest.approx(expected.value_at_risk, rel=1e-12)
    assert found.expected_shortfall == pytest.approx(expected.expected_shortfall, rel=1e-12)


def test_without_memory_it_is_filtered_by_the_last_day_alone():
    returns = draw(9, 100)

    assert np.isfinite(tails.filtered_historical(returns, decay=0.0).value_at_risk)
    with pytest.raises(ValueError, match="decay"):
        tails.filtered_historical(returns, decay=1.0)


def test_a_horizon_of_one_changes_nothing_and_of_more_grows_with_its_root():
    returns = draw(10)
    loss = tails.normal(returns).value_at_risk
    mean = float(np.mean(returns))

    assert tails.over_horizon(loss, returns, 1) == pytest.approx(loss)
    assert tails.over_horizon(loss, returns, 9) == pytest.approx(3 * (loss + mean) - 9 * mean)
    assert np.isnan(tails.over_horizon(loss, returns, 0))


@pytest.mark.parametrize("method", [*METHODS, tails.extreme_value])
def test_too_little_says_nothing(method):
    for returns in ([], [0.01] * 19, [0.01] * 50, [0.0] * 50):
        found = method(returns)
        assert isinstance(found, TailRisk)
        assert np.isnan(found.value_at_risk)
        assert not found.is_valid


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.1, float("nan")])
@pytest.mark.parametrize("method", METHODS)
def test_a_confidence_that_is_none_is_refused(method, confidence):
    with pytest.raises(ValueError, match="confidence"):
        method(draw(11), confidence)


def test_a_tail_of_equal_losses_has_no_shape():
    assert np.isnan(tails.hill_index([-0.01] * 1_000))
    assert all(np.isnan(tails.tail_moments([0.01, -0.01] * 300)))


@pytest.mark.parametrize("confidence", [0.5, *LEVELS])
@pytest.mark.parametrize("ties", [46, 60])
def test_a_tail_of_equal_losses_raises_nothing(ties, confidence):
    """Of 460 losses 46 are fitted: with 60 equal ones the threshold is one of them, and nothing lies beyond it."""
    returns = np.concatenate([np.abs(draw(12, 460 - ties)), np.full(ties, -0.05)])

    found = tails.extreme_value(returns, confidence)

    assert not np.isinf([found.value_at_risk, found.expected_shortfall]).any()
    if ties == 60:
        assert np.isnan(found.value_at_risk)
        assert not found.is_valid


def test_degrees_of_freedom_below_those_sought_are_told():
    assert not tails.student_t(np.random.default_rng(4).standard_t(1.2, 20_000) * 0.001).is_valid
    assert tails.student_t(np.random.default_rng(4).standard_t(2, 20_000) * 0.001).is_valid
