"""Contests of regression against statsmodels: what both do, how far apart they may be, how much faster ours must be.

statsmodels is no package of the project: `peer` needs it where the contest is held, `ours` does not.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from domain.quant.regression import ols
from domain.quant.rolling_regression import rolling_ols

DAYS, FACTORS, POSITIONS, WINDOW = 2_520, 7, 60, 252

Answers = list[np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One piece of work done in two ways."""

    name: str
    ours: Callable[[], Answers]
    peer: Callable[[], Answers]
    at_least: float
    """How many times as fast ours is to be."""
    within: float
    """How far the answers may lie apart: of the size of the peer's largest, each array for itself."""


def data(days: int, positions: int) -> tuple[np.ndarray, np.ndarray]:
    """Return daily returns of a market with six spreads, and of positions that depend on them."""
    chance = np.random.default_rng(7)
    factors = chance.normal(0.0003, 0.01, (days, FACTORS))
    factors[:, 1:] = 0.4 * factors[:, 1:] + 0.1 * factors[:, :1]
    betas = chance.normal(0, 0.5, (FACTORS, positions))
    return factors, factors @ betas + chance.normal(0, 0.015, (days, positions))


def contests(days: int = DAYS, positions: int = POSITIONS, window: int = WINDOW) -> Sequence[Contest]:
    """Return the contests."""
    factors, returns = data(days, positions)
    return [
        Contest(
            name=f"{FACTORS}-factor OLS × {positions} positions, {days:,} days, with all statistics",
            ours=lambda: _ours(factors, returns),
            peer=lambda: _peer(factors, returns),
            at_least=20,
            within=1e-9,
        ),
        Contest(
            name=f"rolling {window} days, {FACTORS} factors × {positions} positions, {days:,} days, betas",
            ours=lambda: [rolling_ols(factors, returns, window)],
            peer=lambda: _rolling_peer(factors, returns, window),
            at_least=50,
            within=1e-9,
        ),
    ]


def apart(ours: Answers, peer: Answers) -> float:
    """Return the largest difference of the answers, of the size of the peer's largest."""
    return max(float(np.abs(one - other).max() / np.abs(other).max()) for one, other in zip(ours, peer, strict=True))


def _ours(factors: np.ndarray, returns: np.ndarray) -> Answers:
    found = ols(factors, returns)
    by_beta = [found.betas, found.standard_errors, found.t_statistics, found.p_values, found.low, found.high]
    return [*by_beta, found.r_squared, found.adjusted_r_squared]


def _peer(factors: np.ndarray, returns: np.ndarray) -> Answers:
    models = importlib.import_module("statsmodels.api")
    explaining = models.add_constant(factors)
    rows = []
    for series in returns.T:
        fit = models.OLS(series, explaining).fit()
        low, high = fit.conf_int().T
        rows.append([fit.params, fit.bse, fit.tvalues, fit.pvalues, low, high, fit.rsquared, fit.rsquared_adj])
    return [np.stack(column, axis=-1) for column in zip(*rows, strict=True)]


def _rolling_peer(factors: np.ndarray, returns: np.ndarray, window: int) -> Answers:
    explaining = importlib.import_module("statsmodels.api").add_constant(factors)
    rolling = importlib.import_module("statsmodels.regression.rolling").RollingOLS
    fits = [rolling(series, explaining, window=window).fit(params_only=True).params for series in returns.T]
    return [np.stack(fits, axis=-1)[window - 1 :]]
