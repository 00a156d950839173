"""Implied volatilities of one expiry and of all: Gatheral's curve, its fit, surfaces, and what would be arbitrage.

A strike is told by its log-moneyness, ln(strike / forward); a volatility by its total variance, which is the square of
the volatility times the years.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import Numbers, elementwise, series

_FEWEST = 5
# Of the steepest wing without arbitrage, in total variance for 1 of log-moneyness.
_STEEPEST = 2.0
_NARROWEST, _WIDEST = 1e-3, 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Svi:
    """One expiry's curve: level + slope * (rotation * (k - center) + sqrt((k - center)**2 + width**2))."""

    level: float
    slope: float
    """Mean of the wings' slopes, not negative."""
    rotation: float
    """From -1 to 1; below zero the left wing is the steeper."""
    center: float
    width: float
    """Above zero: how round the bottom is."""
    error: float
    """Root of the weighted mean square of what the curve's total variances lack."""

    def parameters(self) -> tuple[float, float, float, float, float]:
        """Return the five as `svi_variance` and `svi_butterfly` take them."""
        return self.level, self.slope, self.rotation, self.center, self.width


def svi_variance(
    log_moneyness: ArrayLike,
    level: ArrayLike,
    slope: ArrayLike,
    rotation: ArrayLike,
    center: ArrayLike,
    width: ArrayLike,
) -> Numbers:
    """Total variances of Gatheral's curve in its raw form.

    Parameters
    ----------
    All broadcast against one another.
    log_moneyness : ln(strike / forward).
    level, slope, rotation, center, width : those of `Svi`.

    Returns the broadcast shape: volatility**2 * years. NaN where slope is negative, rotation beyond -1 or 1, width not
    above zero, or the curve below zero; NaN for each element of which a number is not finite.

    Source: Gatheral, "A parsimonious arbitrage-free implied volatility parameterization", Global Derivatives, 2004.
    """
    given = (log_moneyness, level, slope, rotation, center, width)
    return np.asarray(elementwise(lambda *each: (_curve(*each)[0],), 1, *given)[0])


def svi_butterfly(
    log_moneyness: ArrayLike,
    level: ArrayLike,
    slope: ArrayLike,
    rotation: ArrayLike,
    center: ArrayLike,
    width: ArrayLike,
) -> Numbers:
    """Durrleman's g: where it is negative, a butterfly of options with strikes near there would cost less than nothing.

    The density of the spot at expiry is this, times a positive number.

    Parameters
    ----------
    log_moneyness, level, slope, rotation, center, width : those of `svi_variance`.

    Returns the broadcast shape. NaN by the rule of `svi_variance`, and where the total variance is zero.

    Source: Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14(1),
    2014, lemma 2.2.
    """
    given = (log_moneyness, level, slope, rotation, center, width)
    return np.asarray(elementwise(_butterflies, 1, *given)[0])


def fit_svi(log_moneyness: ArrayLike, total_variance: ArrayLike, weights: ArrayLike | None = None) -> Svi:
    """Gatheral's curve nearest to the total variances of one expiry, by least squares.

    For a center and a width the other three solve a linear problem with bounds, so that only two are searched for,
    from the best of a grid of them. Wings are not steeper than 2, which no curve without arbitrage is, and the curve
    is not below zero; whether a butterfly is left is for `svi_butterfly` to say.

    Parameters
    ----------
    log_moneyness : (n,), ln(strike / forward), n of 5 or more.
    total_variance : (n,), volatility**2 * years, not negative.
    weights : (n,), not negative and not all zero: of each strike's square of what is lacking; the same for all when
        not given.

    Returns the parameters and the error. All are NaN when a number is not finite or out of its range, and when fewer
    than five strikes are apart. Raises `ValueError` on shapes that differ or are not one-dimensional.

    Source: De Marco and Martini, "Quasi-Explicit Calibration of Gatheral's SVI model", Zeliade Systems, 2009.
    """
    points = _Points.of(log_moneyness, total_variance, weights)
    if points is None:
        nan = float("nan")
        return Svi(level=nan, slope=nan, rotation=nan, center=nan, width=nan, error=nan)
    places = points.places
    span = float(np.ptp(places))
    centers = np.linspace(places.min() - 0.25 * span, places.max() + 0.25 * span, 7)
    widths = np.log(span * np.geomspace(0.02, 1.0, 5))
    starts = [(float(center), float(width)) for center in centers for width in widths]
    start = min(starts, key=lambda each: points.best(*each)[0])
    from scipy.optimize import minimize

    found = minimize(
        lambda each: points.best(*each)[0],
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-14, "maxiter": 400},
    )
    error, level, right, left = points.best(*found.x)
    width = float(np.exp(found.x[1]))
    # Without a slope it has no rotation, and zero is as good as any.
    return Svi(
        level=level,
        slope=(right + left) / (2 * width),
        rotation=(right - left) / (right + left) if right + left > 0 else 0.0,
        center=float(found.x[0]),
        width=width,
        error=error,
    )


@dataclass(frozen=True, slots=True)
class _Points:
    """What a curve is fitted to."""

    places: Numbers
    variances: Numbers
    roots: Numbers
    """Roots of the weights, whose sum is one."""

    @classmethod
    def of(cls, places: ArrayLike, variances: ArrayLike, weights: ArrayLike | None) -> "_Points | None":
        """Return them, or none when one is bad or they are too few."""
        at, heights = series("log_moneyness", places), series("total_variance", variances)
        shares = np.ones_like(at) if weights is None else series("weights", weights)
        if not at.shape == heights.shape == shares.shape:
            raise ValueError(f"expected series of one shape, got {at.shape}, {heights.shape} and {shares.shape}")
        finite = np.isfinite(at).all() and np.isfinite(heights).all() and np.isfinite(shares).all()
        usable = finite and (heights >= 0).all() and (shares >= 0).all()
        if not usable or len(np.unique(at[shares > 0])) < _FEWEST:
            return None
        return cls(at, heights, np.sqrt(shares / shares.sum()))

    def best(self, center: float, log_width: float) -> tuple[float, float, float, float]:
        """Return error and level, and width * slope * (1 + rotation) and (1 - rotation), of the best for these two."""
        width = float(np.exp(np.clip(log_width, -20, 20)))
        if not _NARROWEST <= width <= _WIDEST:
            return float("inf"), 0.0, 0.0, 0.0
        offset = (self.places - center) / width
        arch = np.sqrt(np.square(offset) + 1)
        columns = np.column_stack([np.ones_like(offset), 0.5 * (arch + offset), 0.5 * (arch - offset)])
        found = self._bounded(columns, width, -1.0)
        # The bottom of the curve.
        if found[1] + np.sqrt(found[2] * found[3]) < 0:
            found = self._bounded(columns, width, 0.0)
        return found

    def _bounded(self, columns: Numbers, width: float, least: float) -> tuple[float, float, float, float]:
        """Return what `best` does, with a level of so many times the highest variance or more."""
        most = max(float(self.variances.max()), 1e-12)
        bounds = ((least * most, 0, 0), (most, _STEEPEST * width, _STEEPEST * width))
        from scipy.optimize import lsq_linear

        found = lsq_linear(columns * self.roots[:, None], self.variances * self.roots, bounds=bounds, method="bvls").x
        missing = (columns @ found - self.variances) * self.roots
        # Rounding alone takes them out of their bounds.
        right, left = max(float(found[1]), 0.0), max(float(found[2]), 0.0)
        return float(np.sqrt(np.sum(np.square(missing)))), float(found[0]), right, left


def surface_variance(log_moneyness: ArrayLike, years: ArrayLike, slice_years: ArrayLike, slices: ArrayLike) -> Numbers:
    """Total variances at any strike and time, between the curves of some expiries.

    Linear in time at one log-moneyness between two expiries, so that curves without calendar arbitrage leave none in
    between. Before the first and after the last the volatility is that of the nearest.

    Parameters
    ----------
    log_moneyness, years : broadcast against each other; ln(strike / forward of that time), and time, not negative.
    slice_years : (n,), of the curves, rising and above zero.
    slices : (n, 5), a row of `Svi.parameters` for each.

    Returns the broadcast shape. NaN for each element of which a number is not finite, or years negative, and where a
    curve that it needs is NaN. All are NaN when slice_years do not rise from above zero. Raises `ValueError` on other
    shapes of the slices.
    """
    times, rows = _slices(slice_years, slices)
    places, asked = np.broadcast_arrays(np.asarray(log_moneyness, float), np.asarray(years, float))
    if not (np.isfinite(times).all() and np.isfinite(rows).all() and times[0] > 0 and (np.diff(times) > 0).all()):
        return np.full(places.shape, np.nan)
    heights = svi_variance(places[..., None], *rows.T)
    last = len(times) - 1
    after = np.clip(np.searchsorted(times, asked), 0, last)
    before = np.maximum(after - 1, 0)
    with np.errstate(all="ignore"):
        high, low = (np.take_along_axis(heights, each[..., None], -1)[..., 0] for each in (after, before))
        gap = np.where(after > before, times[after] - times[before], 1.0)
        between = low + (high - low) * (asked - times[before]) / gap
        outside = np.where(asked <= times[0], heights[..., 0] / times[0], heights[..., last] / times[last]) * asked
        found = np.where((asked <= times[0]) | (asked >= times[last]), outside, between)
        return np.where((asked >= 0) & np.isfinite(found), found, np.nan)


def calendar_differences(log_moneyness: ArrayLike, slice_years: ArrayLike, slices: ArrayLike) -> Numbers:
    """By how much the total variance of each expiry is more than that of the one before: below zero is arbitrage.

    Parameters
    ----------
    log_moneyness : (m,), where to look.
    slice_years, slices : those of `surface_variance`, two or more.

    Returns (n - 1, m). NaN where one of the two curves has none, and everywhere when slice_years do not rise or one
    is not finite. Raises `ValueError` on other shapes.
    """
    places = series("log_moneyness", log_moneyness)
    times, rows = _slices(slice_years, slices)
    heights = svi_variance(places, *rows.T[:, :, None])
    if not (np.isfinite(times).all() and (np.diff(times) > 0).all()):
        heights = np.full_like(heights, np.nan)
    return np.diff(heights, axis=0)


def model_smile(
    log_moneyness: ArrayLike,
    years: ArrayLike,
    volatility: ArrayLike,
    long_volatility: ArrayLike,
    reversion: ArrayLike = 2.0,
    correlation: ArrayLike = -0.7,
    curvature: ArrayLike = 1.0,
) -> Numbers:
    """Implied volatility of a made-up surface that no arbitrage can be made of: skewed, and calmer with time.

    At the money it has the variance that goes from today's to its long level at an exponential rate; around it the
    surface SSVI of Gatheral and Jacquier, whose skew falls with the root of time.

    Parameters
    ----------
    All broadcast against one another.
    log_moneyness : ln(strike / forward of that time).
    years : time to expiry, above zero.
    volatility, long_volatility : a year, above zero, as fractions: now, and after a long time.
    reversion : a year, above zero: by how much the distance between the two falls.
    correlation : above -1 and below 1: below zero low strikes have the higher volatility.
    curvature : above zero, and curvature * (1 + |correlation|) at most 2, by which no butterfly and no calendar
        spread of it is free.

    Returns the broadcast shape: volatility a year, as a fraction. NaN for each element of which a number is not finite
    or out of its range.

    Source: Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14(1), 2014, section
    4, with the power law of one half.
    """
    given = (log_moneyness, years, volatility, long_volatility, reversion, correlation, curvature)
    return np.asarray(elementwise(_model, 1, *given)[0])


def _model(*given: Numbers) -> tuple[Numbers, ...]:
    places, years, now, late, reversion, correlation, curvature = given
    good = (years > 0) & (now > 0) & (late > 0) & (reversion > 0) & (curvature > 0)
    good = good & (np.abs(correlation) < 1) & (curvature * (1 + np.abs(correlation)) <= 2) & np.isfinite(sum(given))
    settled = -np.expm1(-reversion * years) / reversion
    level = np.square(late) * (years - settled) + np.square(now) * settled
    stretched = places * curvature / np.sqrt(level * (1 + level))
    root = np.sqrt(np.square(stretched + correlation) + 1 - np.square(correlation))
    return (np.where(good, np.sqrt(0.5 * level * (1 + correlation * stretched + root) / years), np.nan),)


def _slices(slice_years: ArrayLike, slices: ArrayLike) -> tuple[Numbers, Numbers]:
    times, rows = series("slice_years", slice_years), np.asarray(slices, dtype=np.float64)
    if len(times) == 0 or rows.shape != (len(times), 5):
        raise ValueError(f"expected slices of shape ({len(times)}, 5), one or more, got {rows.shape}")
    return times, rows


def _curve(*given: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return total variances, and their first and second slope for the log-moneyness."""
    places, level, slope, rotation, center, width = given
    offset = places - center
    root = np.sqrt(np.square(offset) + np.square(width))
    good = (slope >= 0) & (np.abs(rotation) <= 1) & (width > 0) & np.isfinite(level)
    height = level + slope * (rotation * offset + root)
    height = np.where(good & (height >= 0), height, np.nan)
    return height, slope * (rotation + offset / root), slope * np.square(width) / (root * np.square(root))


def _butterflies(*given: Numbers) -> tuple[Numbers, ...]:
    height, first, second = _curve(*given)
    leaning = 1 - given[0] * first / (2 * height)
    return (np.square(leaning) - 0.25 * np.square(first) * (1 / height + 0.25) + 0.5 * second,)
