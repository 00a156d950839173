"""What every function of `domain/quant` promises: it says what it takes, writes to none of it, and hides no NaN.

A new public function is found by being there, and fails until an example is written for it.
"""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import domain.quant
from domain.quant.measures import MEASURES
from tests.support.source import ROOT, python_files

OPTION = ([100.0, 110.0], [105.0, 100.0], [0.5, 1.0], [0.05, 0.01], [0.02, 0.0], [0.2, 0.3], [1.0, 0.0])

PAYING = (*OPTION[:4], *OPTION[5:], [[0.25, 1.0], [0.4, 1.0]])

CURVE = [0.01, 0.12, -0.6, 0.05, 0.15]

WALK = [100.0 + day % 7 for day in range(40)]

DAYS = np.arange(40, dtype=np.int32)

RETURNS = np.random.default_rng(11).normal(0, 0.01, (20, 3))

MARKET = np.random.default_rng(12).normal(0, 0.01, (300, 2))

SERIES = MARKET @ [[1.0, 0.5, 0.8], [0.2, 0.7, -0.3]] + np.random.default_rng(13).normal(0, 0.01, (300, 3))

COVARIANCE = [[0.04, 0.01, 0.0], [0.01, 0.09, -0.02], [0.0, -0.02, 0.16]]

WEIGHTS = [0.5, 0.3, 0.2]

BETAS = [[1.0, 0.8, 1.2], [0.2, -0.1, 0.5]]

EXAMPLES: dict[str, tuple[Any, ...]] = {
    "adjustment.adjustment_factors": (DAYS, WALK, [(10, 2.0)], [(20, 1.0)]),
    "adjustment.split_factors": (DAYS, [(10, 2.0)]),
    "american.exercise_boundary": ([105.0, 100.0], [0.5, 1.0], [0.05, 0.03], [0.02, 0.01], [0.2, 0.3], [1.0, 0.0]),
    "american.price": OPTION,
    "american.value": OPTION,
    "barone_adesi_whaley.price": OPTION,
    "binomial.crr_price": OPTION,
    "binomial.leisen_reimer_price": OPTION,
    "black_scholes.price": OPTION,
    "black_scholes.probability_in_the_money": OPTION,
    "black_scholes.second_order": OPTION,
    "black_scholes.value": OPTION,
    "concentration.days_to_liquidate": ([100.0, -50.0], [1_000.0, 400.0], 0.2),
    "concentration.diversification_ratio": (WEIGHTS, COVARIANCE),
    "concentration.effective_bets": (WEIGHTS, COVARIANCE),
    "concentration.effective_names": (WEIGHTS,),
    "concentration.herfindahl": (WEIGHTS,),
    "covariance.correlation": (COVARIANCE,),
    "covariance.denoised_covariance": (RETURNS,),
    "covariance.ewma_covariance": (RETURNS,),
    "covariance.is_positive_semidefinite": (COVARIANCE,),
    "covariance.ledoit_wolf": (RETURNS,),
    "covariance.sample_covariance": (RETURNS,),
    "factors.check_factors": (MARKET,),
    "factors.portfolio_exposures": (MARKET, SERIES, [100.0, 50.0, 50.0]),
    "factors.spread_factors": (MARKET[:, 0], SERIES),
    "factors.variance_contributions": (MARKET, SERIES[:, 0]),
    "discrete_dividends.american_price": PAYING,
    "discrete_dividends.bos_vandermark_price": PAYING,
    "discrete_dividends.escrowed_price": PAYING,
    "implied_volatility.implied_volatility": ([8.0, 9.0], *OPTION[:5], OPTION[6]),
    "american_implied.implied_volatility": ([12.0, 14.0], *OPTION[:5], OPTION[6]),
    "indicators.average_true_range": (WALK, [each - 1 for each in WALK], [each - 0.5 for each in WALK]),
    "indicators.bollinger": (WALK,),
    "indicators.ema": (WALK,),
    "indicators.macd": (WALK,),
    "indicators.rate_of_change": (WALK,),
    "indicators.rsi": (WALK,),
    "indicators.sma": (WALK,),
    "indicators.volume_ratio": (WALK,),
    "indicators.wilder": (WALK,),
    "internal_rate.xirr": ([0.0, 100.0, 400.0], [-100.0, -50.0, 170.0]),
    "pairwise.nearest_correlation": ([[1.0, 0.5], [0.5, 1.0]],),
    "pairwise.pairwise_covariance": (RETURNS,),
    "regression.condition_number": (MARKET,),
    "regression.ols": (MARKET, SERIES[:, 0]),
    "regression.variance_inflation": (MARKET,),
    "repair.column_factors": (WALK, WALK, [1.0] * 40),
    "repair.dividend_shares": (DAYS, WALK, WALK, [(10, 2.0)], [(20, 1.0)]),
    "repair.repair_factors": (DAYS, WALK, [(10, 2.0)], [100.0]),
    "returns.annualize": (0.21, 730.0),
    "returns.contributions": ([[0.01, 0.02], [0.03, -0.01]], [0.03, 0.02]),
    "returns.link": ([0.1, -0.1],),
    "returns.modified_dietz": (100.0, 120.0, [10.0], [0.5]),
    "returns.simple_return": (100.0, 120.0, 10.0),
    "returns.capital_at_work": ([100.0, 110.0], [0.0, 5.0]),
    "returns.time_weighted_returns": ([100.0, 110.0, 121.0], [0.0, 5.0]),
    "returns.wealth": ([0.1, -0.1],),
    "risk_contributions.historical_tail": (WEIGHTS, RETURNS),
    "risk_contributions.normal_tail": (WEIGHTS, COVARIANCE, [0.01, 0.02, 0.0]),
    "risk_contributions.volatility_contributions": (WEIGHTS, COVARIANCE),
    "rolling_regression.rolling_ols": (MARKET, SERIES[:, 0]),
    "standing.percentile_rank": ([1.0, 2.0, 4.0, 3.0, 5.0, 2.0], [0.0] * 6),
    "standing.robust_score": ([1.0, 2.0, 4.0, 3.0, 5.0, 2.0], [0.0] * 6),
    "stress.factor_stress": (BETAS, [-0.2, 0.1], [100.0, 50.0, -20.0], [0.0, -0.1, 0.0]),
    "stress.option_gains": (OPTION, [100.0, -100.0], [-0.2, -0.2], [0.1, 0.1]),
    "stress.reverse_shocks": (BETAS, [100.0, 50.0, 50.0], 0.1),
    "stress.reverse_stress": (BETAS, [-0.2, 0.1], [100.0, 50.0, 50.0], 0.1),
    "smile.calendar_differences": ([-0.1, 0.0, 0.1], [0.25, 0.5], [CURVE, [0.02, *CURVE[1:]]]),
    "smile.fit_svi": ([-0.2, -0.1, 0.0, 0.1, 0.2, 0.3], [0.07, 0.05, 0.04, 0.042, 0.05, 0.06]),
    "smile.model_smile": ([-0.1, 0.2], [0.25, 1.0], [0.2, 0.3], [0.18, 0.2]),
    "smile.surface_variance": ([-0.1, 0.1], [0.3, 0.4], [0.25, 0.5], [CURVE, [0.02, *CURVE[1:]]]),
    "smile.svi_butterfly": ([-0.1, 0.2], *CURVE),
    "smile.svi_variance": ([-0.1, 0.2], *CURVE),
    "volatility.annualized_volatility": ([100.0 + day % 3 for day in range(30)],),
}
"""Arguments that have an answer, each a number or an array."""

_CHANCE = np.random.default_rng(1)
_COMPARED = _CHANCE.normal(0.0005, 0.01, 400)
# What measures take, by the names of their parameters.
MEASURABLE: dict[str, Any] = {
    "returns": 0.0003 + 0.8 * _COMPARED + _CHANCE.normal(0.0, 0.004, 400),
    "benchmark": _COMPARED,
    "risk_free_rate": 0.01,
    "periods_per_year": 252.0,
}
EXAMPLES |= {
    f"{each.function.__module__.rpartition('.')[2]}.{name}": tuple(
        MEASURABLE[parameter] for parameter in inspect.signature(each.function).parameters
    )
    for name, each in MEASURES.items()
}
EXAMPLES |= {
    "measures_of_deviation.deflated_sharpe_ratio": (MEASURABLE["returns"], 10.0, 0.001),
    "measures_of_drawdown.drawdowns": (MEASURABLE["returns"],),
    "tails.cornish_fisher": (MEASURABLE["returns"],),
    "tails.extreme_value": (MEASURABLE["returns"],),
    "tails.filtered_historical": (MEASURABLE["returns"],),
    "tails.hill_index": (MEASURABLE["returns"],),
    "tails.historical": (MEASURABLE["returns"],),
    "tails.normal": (MEASURABLE["returns"],),
    "tails.over_horizon": (0.02, MEASURABLE["returns"], 10.0),
    "tails.student_t": (MEASURABLE["returns"],),
    "tails.tail_moments": (MEASURABLE["returns"],),
    "var_backtests.backtest": (MEASURABLE["returns"], 0.012),
}

# How many numbers come before the first answer of a window; of each part, where the parts differ.
WARM_UP: dict[str, int | tuple[int, ...]] = {
    "indicators.average_true_range": 13,
    "indicators.bollinger": 19,
    "indicators.ema": 19,
    "indicators.macd": (25, 33, 33),
    "indicators.rate_of_change": 12,
    "indicators.rsi": 14,
    "indicators.sma": 19,
    "indicators.volume_ratio": 20,
    "indicators.wilder": 13,
}

# What every function is made of, and no measure of anything.
_MATERIAL = {"arrays", "design", "measured", "normal", "recursion", "registry", "sharing"}
# What goes through all measures at once: it is not one of numbers alone.
_ALL_OF_THEM = {"measures.measure_all"}


def public_functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for module in pkgutil.iter_modules(domain.quant.__path__):
        if module.name not in _MATERIAL:
            members = vars(importlib.import_module(f"domain.quant.{module.name}"))
            for name, member in members.items():
                is_own = inspect.isfunction(member) and member.__module__ == f"domain.quant.{module.name}"
                if is_own and not name.startswith("_") and f"{module.name}.{name}" not in _ALL_OF_THEM:
                    found[f"{module.name}.{name}"] = member
    return found


FUNCTIONS = public_functions()


def frozen(argument: Any) -> np.ndarray:
    array = np.array(argument, dtype=float)
    array.flags.writeable = False
    return array


def answers(given: Any, warm_up: int | tuple[int, ...] = 0) -> list[np.ndarray]:
    """Return all numbers of a result after its warm-up, one array for each part of it that is never empty.

    Flags and counts are left out: they have no NaN.
    """
    if warm_up:
        each = given if isinstance(given, tuple) else (given,)
        starts = warm_up if isinstance(warm_up, tuple) else (warm_up,) * len(each)
        return [part[start:] for part, start in zip(each, starts, strict=True)]
    if dataclasses.is_dataclass(given):
        parts = [getattr(given, field.name) for field in dataclasses.fields(given)]
        return [
            np.asarray(part) for part in parts if not isinstance(part, tuple) and np.asarray(part).dtype.kind == "f"
        ]
    return [np.asarray(given)] if np.asarray(given).dtype.kind == "f" else []


def test_every_function_has_an_example() -> None:
    assert set(EXAMPLES) == set(FUNCTIONS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_answer_is_finite_and_nothing_is_written_to(name: str) -> None:
    arguments = [frozen(argument) for argument in EXAMPLES[name]]

    found = answers(FUNCTIONS[name](*arguments), WARM_UP.get(name, 0))

    assert all(np.isfinite(part).all() for part in found)
    for before, after in zip(EXAMPLES[name], arguments, strict=True):
        np.testing.assert_array_equal(before, after)
    # Nor is the answer a window on what was given.
    assert not any(np.shares_memory(part, argument) for part in found for argument in arguments)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_not_a_number_makes_nothing_else(name: str, bad: float) -> None:
    for position, argument in enumerate(EXAMPLES[name]):
        arguments = [frozen(each) for each in EXAMPLES[name]]
        spoiled = np.array(argument, dtype=float)
        spoiled.flat[0] = bad
        arguments[position] = spoiled

        found = answers(FUNCTIONS[name](*arguments), WARM_UP.get(name, 0))

        assert all(np.isnan(part).any() for part in found), position
        assert not any(np.isinf(part).any() for part in found), position


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_docstring_has_shapes_and_the_rule_of_nan(name: str) -> None:
    text = inspect.getdoc(FUNCTIONS[name]) or ""

    if "\nParameters" not in text:
        # What all functions of a module have in common is said once, there.
        text += inspect.getdoc(sys.modules[FUNCTIONS[name].__module__]) or ""
        assert "In all" in text
    if "those of `value`" not in text:
        assert "NaN" in text
        assert all(f"{parameter}" in text for parameter in inspect.signature(FUNCTIONS[name]).parameters)


def foreign_imports(source: str) -> set[str]:
    """Return what a file imports beyond Python, numpy, scipy and the library itself."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or ".")
    allowed = {*sys.stdlib_module_names, "numpy", "scipy"}
    return {name for name in names if name.partition(".")[0] not in allowed and not name.startswith("domain.quant.")}


def test_it_is_numpy_and_scipy_and_nothing_of_ours() -> None:
    files = [path for path in python_files("domain") if Path("domain/quant") in path.parents]

    assert len(files) > 5
    assert {name for path in files for name in foreign_imports((ROOT / path).read_text())} == set()
    assert foreign_imports("import numpy.linalg\nfrom domain.kernel import money\nimport pandas\n") == {
        "domain.kernel",
        "pandas",
    }
