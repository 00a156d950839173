"""Where the exercise of an American put begins, at all times before its expiry: the root of an integral equation."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import ndtr

from domain.quant.arrays import Flags, Numbers
from domain.quant.barone_adesi_whaley import Critical

DENSITY_AT_ZERO = 1 / np.sqrt(2 * np.pi)
_FIRST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Put:
    """Puts with a strike of one, each field (n,); a call is one with spot and strike, rate and yield exchanged."""

    spot: Numbers
    years: Numbers
    rate: Numbers
    dividend_yield: Numbers
    volatility: Numbers

    def those(self, chosen: Flags) -> "Put":
        """Return the chosen ones."""
        return Put(
            self.spot[chosen],
            self.years[chosen],
            self.rate[chosen],
            self.dividend_yield[chosen],
            self.volatility[chosen],
        )

    def start(self) -> Numbers:
        """Return the boundary in the last moment before expiry."""
        rate, dividend_yield = self.rate, self.dividend_yield
        return np.where(dividend_yield > rate, rate / np.where(dividend_yield == 0, 1.0, dividend_yield), 1.0)

    def log_boundaries(self, roots: Numbers) -> Numbers:
        """Return (n, roots): logarithms of the boundary when (root**2) of the time to expiry is left.

        It means something where the rate is above zero, or is zero and the yield below.
        """
        # With little noise beside its drift a put's equation of the slope diverges, and that of the value converges.
        stiff = np.abs(self.rate - self.dividend_yield) * np.sqrt(self.years) > self.volatility
        found = np.empty((len(self.years), len(roots)))
        for chosen, scheme in ((~stiff, _SMOOTH), (stiff, _STIFF)):
            if chosen.any():
                part = self.those(chosen)
                start = np.log(part.start())[:, None]
                gaps = np.square(_logs_at_nodes(part, scheme) - start)
                found[chosen] = start - np.sqrt(np.maximum(gaps @ _interpolation(scheme.roots, roots), 0.0))
        return found


@dataclass(frozen=True, slots=True)
class Quadrature:
    """Points for integrals over time that begin and end like a square root: time is the square of a sine."""

    sines: Numbers
    cosines: Numbers
    weights: Numbers
    """Of a whole of one, by which a sum over points is the integral over the part of time that has passed."""

    @classmethod
    def of(cls, points: int) -> "Quadrature":
        """Return it with so many Gauss-Legendre points."""
        places, weights = leggauss(points)
        angles = 0.25 * np.pi * (places + 1)
        sines, cosines = np.sin(angles), np.cos(angles)
        return cls(sines, cosines, 0.5 * np.pi * weights * sines * cosines)


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Nodes in the root of time, where the boundary is sought, and how its integrals are taken."""

    roots: Numbers
    """(nodes + 1,): Chebyshev's, from 1 down to 0, where the boundary is known."""
    inner: Quadrature
    between: Numbers
    """(nodes, nodes * points): from the nodes to the points of each node's integral."""
    rounds: int
    by_slope: bool
    """Whether the equation is that of the slope at the boundary (A), or else that of the value (B)."""

    @classmethod
    def of(cls, nodes: int, points: int, rounds: int, by_slope: bool) -> "_Scheme":
        roots = 0.5 * (1 + np.cos(np.pi * np.arange(nodes + 1) / nodes))
        inner = Quadrature.of(points)
        between = _interpolation(roots, np.outer(roots[:-1], inner.cosines).ravel())
        return cls(roots, inner, between, rounds, by_slope)


def _interpolation(roots: Numbers, wanted: Numbers) -> Numbers:
    """Return (nodes, wanted): a polynomial's values there from those at the nodes, it being zero at the last one."""
    weights = (-1.0) ** np.arange(len(roots))
    weights[[0, -1]] *= 0.5
    distance = wanted[:, None] - roots
    is_node = np.abs(distance) < 1e-14
    shares = weights / np.where(is_node, 1.0, distance)
    shares = shares / shares.sum(axis=1, keepdims=True)
    met = is_node.any(axis=1)
    shares[met] = is_node[met]
    return np.ascontiguousarray(shares[:, :-1].T)


_SMOOTH = _Scheme.of(7, 9, 3, by_slope=True)
_STIFF = _Scheme.of(8, 15, 6, by_slope=False)


def _logs_at_nodes(put: Put, scheme: _Scheme) -> Numbers:
    """Return (n, nodes): the fixed point, from the approximation of Barone-Adesi and Whaley.

    Each round is a step of Newton's method in which the integral stands still.
    """
    years = put.years[:, None] * np.square(scheme.roots[:-1])
    start = np.log(put.start())[:, None]
    first = Critical.of(
        -1.0, years, put.rate[:, None], put.dividend_yield[:, None], put.volatility[:, None], _FIRST_STEPS
    )
    logs = np.minimum(np.log(first.spot), start)
    equation = _Equation.of(put, years, scheme)
    for _ in range(scheme.rounds):
        after = equation.stepped(logs, start)
        logs = np.minimum(np.where(np.isfinite(after), after, logs), start)
    return np.asarray(logs)


@dataclass(frozen=True, slots=True)
class _Equation:
    """What stays the same in all rounds, (n, nodes) and (n, nodes, points)."""

    scheme: _Scheme
    rate: Numbers
    dividend_yield: Numbers
    deviation: Numbers
    drift: Numbers
    discounts: tuple[Numbers, Numbers]
    inner_deviation: Numbers
    scale: Numbers
    shift: Numbers
    """d1 of each point is scale * ln(boundary now / boundary then) + shift."""
    yielding: Numbers
    """Weights of time, discounted at the yield."""
    rated: Numbers
    """The same at the rate; of the equation of the slope, which does without them, empty."""
    dense: Numbers
    """The latter for the density of d1."""

    @classmethod
    def of(cls, put: Put, years: Numbers, scheme: _Scheme) -> "_Equation":
        rate, dividend_yield = put.rate[:, None], put.dividend_yield[:, None]
        passed = years[:, :, None] * np.square(scheme.inner.sines)
        weights = years[:, :, None] * scheme.inner.weights
        deviation = put.volatility[:, None] * np.sqrt(years)
        inner_deviation = deviation[:, :, None] * scheme.inner.sines
        scale = 1 / inner_deviation
        yielding = weights * np.exp(-dividend_yield[:, :, None] * passed)
        return cls(
            scheme=scheme,
            rate=rate,
            dividend_yield=dividend_yield,
            deviation=deviation,
            drift=(rate - dividend_yield) * years,
            discounts=(np.exp(-rate * years), np.exp(-dividend_yield * years)),
            inner_deviation=inner_deviation,
            scale=scale,
            shift=(rate - dividend_yield)[:, :, None] * passed * scale + 0.5 * inner_deviation,
            yielding=yielding,
            rated=np.empty(0) if scheme.by_slope else weights * np.exp(-rate[:, :, None] * passed),
            dense=yielding * scale * DENSITY_AT_ZERO,
        )

    def stepped(self, logs: Numbers, start: Numbers) -> Numbers:
        """Return logarithms one round nearer to the fixed point."""
        gaps = np.square(logs - start) @ self.scheme.between
        roots = np.sqrt(np.maximum(gaps, 0.0, out=gaps), out=gaps).reshape(self.scale.shape)
        ratio = np.add(roots, (logs - start)[:, :, None], out=roots)
        d1 = ratio * self.scale
        d1 += self.shift
        outer = (logs + self.drift) / self.deviation + 0.5 * self.deviation
        parts = self._by_slope(d1, ratio, outer) if self.scheme.by_slope else self._by_value(d1, outer)
        above, below, above_slope, below_slope = parts
        slope = above_slope / above - below_slope / below
        return np.asarray(logs + (np.log(above / below) - logs) / (1 - slope))

    def _by_slope(self, d1: Numbers, ratio: Numbers, outer: Numbers) -> tuple[Numbers, ...]:
        """Return numerator and denominator of the boundary, and their slopes for its logarithm."""
        power = np.square(d1)
        power *= -0.5
        # Discounted at the rate, the density of d2 is that of d1 at the yield, times spot / strike.
        money = _sums(self.dense, np.exp(ratio + power))
        shares = _sums(self.dense, np.exp(power, out=power)) + _sums(self.yielding, ndtr(d1))
        d2 = outer - self.deviation
        at_rate, at_yield = self.discounts
        money_density = at_rate * np.exp(-0.5 * np.square(d2)) * (DENSITY_AT_ZERO / self.deviation)
        shares_density = at_yield * np.exp(-0.5 * np.square(outer)) * (DENSITY_AT_ZERO / self.deviation)
        above = money_density + self.rate * money
        below = shares_density + at_yield * ndtr(outer) + self.dividend_yield * shares
        return above, below, -money_density * d2 / self.deviation, shares_density * (1 - outer / self.deviation)

    def _by_value(self, d1: Numbers, outer: Numbers) -> tuple[Numbers, ...]:
        """Return what `_by_slope` does."""
        d2 = outer - self.deviation
        at_rate, at_yield = self.discounts
        above = at_rate * ndtr(d2) + self.rate * _sums(self.rated, ndtr(d1 - self.inner_deviation))
        below = at_yield * ndtr(outer) + self.dividend_yield * _sums(self.yielding, ndtr(d1))
        density = DENSITY_AT_ZERO / self.deviation
        return (
            above,
            below,
            at_rate * np.exp(-0.5 * np.square(d2)) * density,
            at_yield * np.exp(-0.5 * np.square(outer)) * density,
        )


def _sums(weights: Numbers, numbers: Numbers) -> Numbers:
    return np.asarray(np.einsum("ijk,ijk->ij", weights, numbers))
