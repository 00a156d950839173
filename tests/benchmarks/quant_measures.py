"""Ten measures of 33 years of days, here and by empyrical."""

import importlib
from typing import Final

import numpy as np

from domain.quant.measures import measure_all

DAYS: Final = 8_312

# Ours, and what empyrical calls them.
NAMES: Final = {
    "annualized_return": "annual_return",
    "cumulative_return": "cum_returns_final",
    "volatility": "annual_volatility",
    "sharpe_ratio": "sharpe_ratio",
    "sortino_ratio": "sortino_ratio",
    "calmar_ratio": "calmar_ratio",
    "omega_ratio": "omega_ratio",
    "max_drawdown": "max_drawdown",
    "stability": "stability_of_timeseries",
    "tail_ratio": "tail_ratio",
}
# Losses are positive here, and negative there.
_SIGNS: Final = {"max_drawdown": -1.0}


def data(days: int = DAYS) -> np.ndarray:
    """Return daily returns."""
    return np.random.default_rng(7).normal(0.0004, 0.012, days)


def ours(returns: np.ndarray) -> list[float]:
    """Return the ten measures."""
    return list(measure_all(returns, names=NAMES).values())


def peer(returns: np.ndarray) -> list[float]:
    """Return the same by empyrical."""
    empyrical = importlib.import_module("empyrical")
    return [_SIGNS.get(name, 1.0) * float(getattr(empyrical, theirs)(returns)) for name, theirs in NAMES.items()]
