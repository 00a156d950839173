"""Implied volatilities of an underlying over strikes and expiries, as Gatheral's curves through them."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Final

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import Vector
from domain.options.quoted import Forward, QuotedChain, values_of
from domain.quant.smile import Svi, calendar_differences, fit_svi, surface_variance, svi_butterfly, svi_variance

# Expiries of one surface, at most.
MOST_EXPIRIES: Final = 24
# The grid: log-moneyness, and so many times between the first expiry and the last.
MONEYNESS: Final = tuple(round(-0.3 + 0.05 * place, 2) for place in range(13))
_TIMES: Final = 12
# What differences of total variance rounding makes, and what a curve may miss.
_TOLERANCE: Final = 1e-10
# Options further out of the money than so many deviations are worth a tick, whatever their volatility.
_FARTHEST: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Slice:
    """One expiry: what its options out of the money imply, and the curve through that."""

    expiry: date
    years: float
    forward: Forward
    moneyness: Vector
    """ln(strike / forward) of the options that count, rising."""
    volatility: Vector
    """What they imply."""
    svi: Svi
    error: float
    """Root mean square of what the curve's volatilities differ by, as a fraction: 0.01 is one point."""
    worst: float
    """The largest of those."""
    has_butterfly_arbitrage: bool | None
    """Between the lowest and the highest strike; None without a curve."""
    absences: tuple[Absence, ...]

    def curve(self, moneyness: Vector) -> Vector:
        """Return the curve's volatilities, NaN where it has none."""
        found: Vector = np.sqrt(svi_variance(moneyness, *self.svi.parameters()) / self.years)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """The slices by expiry, and total variances between them by time and log-moneyness, NaN where there is none."""

    slices: tuple[Slice, ...]
    years: tuple[float, ...]
    variance: Vector
    """(times, log-moneyness)."""
    has_calendar_arbitrage: bool | None
    """At a log-moneyness that two expiries in a row both have options at, by more than the curves' errors; None with
    fewer than two curves.
    """


# Curves that are kept, by all that they come from: a hundred kilobytes or so.
_KEPT: Final = 256
_kept: OrderedDict[bytes, Slice] = OrderedDict()


def surface_of(chains: Sequence[QuotedChain]) -> Surface:
    """Return the surface of chains on one underlying, nearest expiry first; a curve is fitted once to the same quotes.

    To be called from one thread.
    """
    slices = tuple(_kept_slice(chain) for chain in chains if chain.years > 0)
    fitted = [each for each in slices if np.isfinite(each.svi.parameters()).all()]
    if not fitted:
        return Surface(slices, (), np.zeros((0, len(MONEYNESS))), None)
    times = np.array([each.years for each in fitted])
    rows = np.array([each.svi.parameters() for each in fitted])
    grid = np.linspace(times[0], times[-1], _TIMES) if len(times) > 1 else times
    variance = surface_variance(np.array(MONEYNESS), grid[:, None], times, rows)
    return Surface(slices, tuple(grid.tolist()), variance, _calendar(fitted, times, rows))


def _calendar(fitted: Sequence[Slice], times: Vector, rows: Vector) -> bool | None:
    if len(fitted) < 2:
        return None
    pairs = zip(fitted[:-1], fitted[1:], range(len(fitted) - 1), strict=True)
    return any(_is_free(early, late, times[at : at + 2], rows[at : at + 2]) for early, late, at in pairs)


def _is_free(early: Slice, late: Slice, times: Vector, rows: Vector) -> bool:
    """Whether the later curve lies below the earlier one by more than the worse of the two misses its own quotes."""
    low, high = max(early.moneyness[0], late.moneyness[0]), min(early.moneyness[-1], late.moneyness[-1])
    if low >= high:
        return False
    places = np.linspace(low, high, 101)
    missing = 2 * late.curve(places) * late.years * max(early.error, late.error)
    return bool((calendar_differences(places, times, rows)[0] < -missing - _TOLERANCE).any())


def _kept_slice(chain: QuotedChain) -> Slice:
    told = (chain.is_call, chain.strikes, chain.bid, chain.ask, chain.is_stale, chain.is_adjusted, chain.volatility)
    digest = blake2b(repr((chain.source, chain.expiry, chain.at, chain.spot)).encode())
    for column in told:
        digest.update(b"" if column is None else column.tobytes())
    key = digest.digest()
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _slice(chain)
    _kept.move_to_end(key)
    if len(_kept) > _KEPT:
        _kept.popitem(last=False)
    return found


def _slice(chain: QuotedChain) -> Slice:
    found, years = values_of(chain), chain.years
    forward = found.forward.price
    moneyness = np.log(chain.strikes / forward)
    out = chain.is_call == (moneyness >= 0)
    with np.errstate(invalid="ignore"):
        counts = out & (found.volatility > 0) & (np.abs(moneyness) <= _FARTHEST * found.volatility * np.sqrt(years))
    places, volatility = moneyness[counts], found.volatility[counts]
    # Total variance differs by 2 * volatility * years times what the volatility does: so those count, all the same.
    svi = fit_svi(places, np.square(volatility) * years, 1 / np.square(volatility))
    return _described(chain, found.forward, places, volatility, svi)


def _described(chain: QuotedChain, forward: Forward, places: Vector, volatility: Vector, svi: Svi) -> Slice:
    years, parameters = chain.years, svi.parameters()
    error = worst = float("nan")
    is_free: bool | None = None
    absences: tuple[Absence, ...] = ()
    if np.isfinite(parameters).all():
        missed = np.sqrt(svi_variance(places, *parameters) / years) - volatility
        error, worst = float(np.sqrt(np.mean(np.square(missed)))), float(np.abs(missed).max())
        between = np.linspace(places[0], places[-1], 201)
        is_free = not bool((svi_butterfly(between, *parameters) < -_TOLERANCE).any())
    else:
        message = f"expected options out of the money at 5 strikes or more with a volatility, got {len(places)}"
        names = (*PARAMETERS, "volatility_error", "worst_volatility_error", "has_butterfly_arbitrage")
        absences = tuple(Absence(name, AbsenceReason.UNDEFINED, message) for name in names)
    return Slice(
        expiry=chain.expiry,
        years=years,
        forward=forward,
        moneyness=places,
        volatility=volatility,
        svi=svi,
        error=error,
        worst=worst,
        has_butterfly_arbitrage=None if is_free is None else not is_free,
        absences=absences,
    )


PARAMETERS: Final = ("level", "slope", "rotation", "center", "width")
