"""Several options on one underlying, and units of it, held together: what they cost and may bring.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import OptionRight, Vector
from domain.options.pricing import known, objection_to
from domain.quant import black_scholes
from domain.quant.option_strategies import Conditions, Strategy

MOST_LEGS: Final = 20
MOST_POINTS: Final = 500
_PLACES: Final = 201
# What a leg's quantity, the units beside it and the multiplier may be.
_MOST_UNITS: Final = 1_000_000
GREEKS: Final = ("delta", "gamma", "theta", "vega", "rho")
NUMBERS: Final = ("net_premium", "max_profit", "max_loss", "probability_of_profit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One option; a negative quantity is sold.  Without a premium it is what Black and Scholes say."""

    right: OptionRight
    strike: float
    years: float
    quantity: float
    premium: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is held and in which market; `units` of the underlying are bought at the spot, or sold short when negative.

    Premiums and units are of one unit of the legs, and money in the answer is `multiplier` times that.
    """

    spot: float
    legs: Sequence[Leg]
    rate: float = 0.0
    dividend_yield: float = 0.0
    volatility: float = 0.2
    multiplier: int = 1
    units: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """Profit at a price of the underlying."""

    underlying: float
    at_expiry: float
    now: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What a plan comes to, up to its first expiry; a number that is None has its reason in `absences`."""

    net_premium: float | None
    max_profit: float | None
    max_loss: float | None
    """Not a profit: negative, or 0 where nothing can be lost."""
    probability_of_profit: float | None
    break_evens: tuple[float, ...]
    payoff: tuple[Point, ...]
    greeks: dict[str, float | None]
    absences: tuple[Absence, ...]


@np.errstate(all="ignore")
def analyze(plan: Plan) -> Analysis:
    """Return what a plan comes to; nothing but reasons where what was given is out of its range."""
    objection = _objection(plan)
    if objection is not None:
        return _nothing(AbsenceReason.INVALID_INPUT, objection)
    conditions = Conditions(rate=plan.rate, dividend_yield=plan.dividend_yield, volatility=plan.volatility)
    options = _strategy(plan, plan.legs)
    held = _strategy(plan, [*plan.legs, *_as_options(plan)])
    places = _thinned(_strategy(plan, plan.legs).places(plan.spot, conditions, _PLACES))
    places = np.unique(np.append(places, _within(held.break_evens(conditions), places)))
    at_expiry = held.profit(places, conditions)
    now = options.profit(places, conditions, passed=0.0) + plan.units * (places - plan.spot)
    if not (np.isfinite(plan.multiplier * at_expiry).all() and len(places) > 1):
        return _nothing(AbsenceReason.UNDEFINED, "expected terms whose profit is finite, got larger ones")
    return _analysis(plan, options, held, conditions, (places, at_expiry, now))


def _analysis(
    plan: Plan, options: Strategy, held: Strategy, conditions: Conditions, curves: tuple[Vector, Vector, Vector]
) -> Analysis:
    extremes = held.extremes(conditions)
    scale = plan.multiplier
    numbers = {
        "net_premium": known(scale * (options.net_premium() + plan.units * plan.spot)),
        "max_profit": known(scale * extremes.highest),
        "max_loss": known(scale * min(extremes.lowest, 0.0)),
        "probability_of_profit": known(held.probability_of_profit(plan.spot, conditions)),
    }
    unbounded = {"max_profit": extremes.is_profit_unbounded, "max_loss": extremes.is_loss_unbounded}
    found = options.greeks(plan.spot, conditions)
    values = (found.delta + plan.units, found.gamma, found.theta_per_day, found.vega_per_point, found.rho_per_point)
    greeks = {name: known(scale * value) for name, value in zip(GREEKS, values, strict=True)}
    absences = [_why(name, unbounded.get(name, False)) for name in NUMBERS if numbers[name] is None]
    message = "expected time and volatility left where the spot is a strike, got none"
    absences += [Absence(name, AbsenceReason.UNDEFINED, message) for name in GREEKS if greeks[name] is None]
    rows = zip(*(each.tolist() for each in curves), strict=True)
    payoff = tuple(Point(at, scale * later, known(scale * present)) for at, later, present in rows)
    evens = tuple(each for each in held.break_evens(conditions).tolist() if np.isfinite(each))
    return Analysis(break_evens=evens[:MOST_POINTS], payoff=payoff, greeks=greeks, absences=tuple(absences), **numbers)


def _why(name: str, is_unbounded: bool) -> Absence:
    if is_unbounded:
        message = "expected a bound, got none: it grows with the price of the underlying"
        return Absence(name, AbsenceReason.UNBOUNDED, message)
    return Absence(name, AbsenceReason.UNDEFINED, "expected a finite number, got none")


def _objection(plan: Plan) -> str | None:
    if not 1 <= len(plan.legs) <= MOST_LEGS:
        return f"expected 1 to {MOST_LEGS} legs, got {len(plan.legs)}"
    if not 1 <= plan.multiplier <= _MOST_UNITS:
        return f"expected a multiplier of 1 to {_MOST_UNITS}, got {plan.multiplier}"
    if abs(plan.units) > _MOST_UNITS:
        return f"expected at most {_MOST_UNITS} units of the underlying, got {plan.units:g}"
    found = (_objection_to_leg(plan, leg) for leg in plan.legs)
    return next((each for each in found if each is not None), None)


def _objection_to_leg(plan: Plan, leg: Leg) -> str | None:
    if not 1 <= abs(leg.quantity) <= _MOST_UNITS:
        return f"expected a quantity of 1 to {_MOST_UNITS}, or as many sold, got {leg.quantity}"
    if leg.premium is not None and leg.premium < 0:
        return f"expected a premium of 0 or more, got {leg.premium:g}"
    return objection_to(spot=plan.spot, strike=leg.strike, years=leg.years, volatility=plan.volatility, may_be_now=True)


def _strategy(plan: Plan, legs: Sequence[Leg]) -> Strategy:
    is_call = [leg.right is OptionRight.CALL for leg in legs]
    strikes, years = [leg.strike for leg in legs], [leg.years for leg in legs]
    worth = black_scholes.price(plan.spot, strikes, years, plan.rate, plan.dividend_yield, plan.volatility, is_call)
    premiums = [value if leg.premium is None else leg.premium for leg, value in zip(legs, worth.tolist(), strict=True)]
    return Strategy.of(is_call, strikes, years, [leg.quantity for leg in legs], premiums)


def _as_options(plan: Plan) -> list[Leg]:
    """Return a call bought and a put sold that bring at the first expiry what the units do: no new strike, no bend."""
    if not plan.units:
        return []
    strike, years = plan.legs[0].strike, min(leg.years for leg in plan.legs)
    call = Leg(right=OptionRight.CALL, strike=strike, years=years, quantity=plan.units, premium=plan.spot - strike)
    put = Leg(right=OptionRight.PUT, strike=strike, years=years, quantity=-plan.units, premium=0.0)
    return [call, put]


def _within(numbers: Vector, places: Vector) -> Vector:
    found: Vector = numbers[(numbers >= places[0]) & (numbers <= places[-1])]
    return found


def _thinned(places: Vector) -> Vector:
    most = MOST_POINTS - 60
    return places if len(places) <= most else places[np.linspace(0, len(places) - 1, most).round().astype(int)]


def _nothing(reason: AbsenceReason, message: str) -> Analysis:
    return Analysis(
        net_premium=None,
        max_profit=None,
        max_loss=None,
        probability_of_profit=None,
        break_evens=(),
        payoff=(),
        greeks=dict.fromkeys(GREEKS),
        absences=tuple(Absence(name, reason, message) for name in (*NUMBERS, *GREEKS)),
    )
