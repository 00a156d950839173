"""Numbers that nobody has: every function of risk answers with numbers or NaN, without a warning or infinity."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.contracts.test_quant import EXAMPLES, FUNCTIONS, answers, frozen

MODULES = {
    *("concentration", "covariance", "factors", "pairwise", "regression", "risk_contributions", "rolling_regression"),
    *("stress", "tails", "var_backtests"),
    *("measures_of_return", "measures_of_deviation", "measures_of_drawdown", "measures_of_benchmark"),
}

NAMES = [name for name in EXAMPLES if name.partition(".")[0] in MODULES]

EXTREMES: dict[str, Callable[[np.ndarray], Any]] = {
    "zero": np.zeros_like,
    "one": np.ones_like,
    "the same, and not exactly": lambda given: np.full_like(given, 0.1) * 3,
    "huge": lambda given: given * 1e304,
    "squares overflow": lambda given: given * 1e160,
    "squares vanish": lambda given: given * 1e-160,
    "tiny": lambda given: given * 1e-307,
    "smallest": lambda given: np.full_like(given, 5e-324),
    "largest, of both signs": lambda given: np.where(given > 0, 1.7e308, -1.7e308),
    "one huge among others": lambda given: np.where(given == given.max(), 1e300, given),
    "negative": lambda given: -given,
    "all bad": lambda given: np.full_like(given, np.nan),
    "all infinite": lambda given: np.full_like(given, np.inf),
}


@pytest.mark.parametrize("extreme", EXTREMES)
@pytest.mark.parametrize("name", NAMES)
def test_an_extreme_argument(name: str, extreme: str) -> None:
    for position in range(len(EXAMPLES[name])):
        arguments = [frozen(argument) for argument in EXAMPLES[name]]
        arguments[position] = np.asarray(EXTREMES[extreme](arguments[position]))

        found = answers(FUNCTIONS[name](*arguments))

        assert not any(np.isinf(part).any() for part in found), position


@pytest.mark.parametrize("extreme", EXTREMES)
@pytest.mark.parametrize("name", NAMES)
def test_all_arguments_extreme(name: str, extreme: str) -> None:
    arguments = [np.asarray(EXTREMES[extreme](frozen(argument))) for argument in EXAMPLES[name]]

    found = answers(FUNCTIONS[name](*arguments))

    assert not any(np.isinf(part).any() for part in found)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_too_little_to_say_anything(name: str, count: int) -> None:
    arguments = [frozen(argument) for argument in EXAMPLES[name]]
    longest = max(len(argument) for argument in arguments if argument.ndim)
    cut = [argument[:count] if argument.ndim and len(argument) == longest else argument for argument in arguments]

    try:
        found = answers(FUNCTIONS[name](*cut))
    except ValueError as error:
        assert "expected" in str(error)
    else:
        assert not any(np.isinf(part).any() for part in found)
