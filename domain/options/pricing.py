"""Options by their terms: what they are worth after which model, and what volatility a price implies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import OptionRight, OptionStyle, Vector
from domain.quant import american, american_implied, barone_adesi_whaley, binomial, black_scholes
from domain.quant.arrays import Numbers
from domain.quant.implied_volatility import implied_volatility

_DAY: Final = 1 / black_scholes.DAYS_PER_YEAR
# Of the spot, to either side: a tree's price has a bend at each of its nodes, which smaller steps would see.
_SPOT_STEP: Final = 0.01
_HALF_POINT: Final = 0.5 * black_scholes.POINT


class PricingModel(StrEnum):
    """How an option is valued."""

    BLACK_SCHOLES = "BLACK_SCHOLES"
    BOUNDARY = "BOUNDARY"
    BINOMIAL = "BINOMIAL"
    BARONE_ADESI_WHALEY = "BARONE_ADESI_WHALEY"


FIRST_ORDER: Final = ("price", "delta", "gamma", "theta", "vega", "rho", "phi")
SECOND_ORDER: Final = (
    "vanna", "charm", "vomma", "veta", "speed", "zomma", "color", "ultima", "dual_delta", "dual_gamma",
)  # fmt: skip
NUMBERS: Final = (*FIRST_ORDER, *SECOND_ORDER, "probability_in_the_money")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is to be valued.  Rate, yield and volatility a year, as fractions; the first two continuously compounded."""

    style: OptionStyle
    right: OptionRight
    spot: float
    strike: float
    years: float
    rate: float
    dividend_yield: float
    volatility: float
    model: PricingModel | None = None
    """None: Black and Scholes for a European option, the exercise boundary for an American one."""

    @property
    def chosen(self) -> PricingModel:
        """The model that was asked for, or the style's own."""
        own = PricingModel.BLACK_SCHOLES if self.style is OptionStyle.EUROPEAN else PricingModel.BOUNDARY
        return self.model or own


@dataclass(frozen=True, slots=True)
class Priced:
    """The numbers of `NUMBERS` of one option on one unit, None with a reason where there is none.

    Theta, charm, veta and color are for a calendar day; vega, rho, phi, vanna, vomma, veta, zomma and ultima for 0.01.
    """

    model: PricingModel
    numbers: Mapping[str, float | None]
    absences: tuple[Absence, ...]


def price_options(asked: Sequence[Terms]) -> list[Priced]:
    """Return what options are worth, in the order asked: those of one model are computed together."""
    found: dict[int, Priced] = {}
    groups: dict[PricingModel, list[int]] = {}
    for place, terms in enumerate(asked):
        refused = _refused(terms)
        if refused is None:
            groups.setdefault(terms.chosen, []).append(place)
        else:
            found[place] = _absent(terms, *refused)
    for model, places in groups.items():
        columns = _MODELS[model](*_arrays([asked[place] for place in places]))
        for row, place in enumerate(places):
            found[place] = _priced(model, {name: float(column[row]) for name, column in columns.items()})
    return [found[place] for place in range(len(asked))]


def _refused(terms: Terms) -> tuple[AbsenceReason, str] | None:
    objection = objection_to(
        spot=terms.spot, strike=terms.strike, years=terms.years, volatility=terms.volatility, may_be_now=True
    )
    if objection is not None:
        return AbsenceReason.INVALID_INPUT, objection
    if (terms.chosen is PricingModel.BLACK_SCHOLES) != (terms.style is OptionStyle.EUROPEAN):
        models = "BLACK_SCHOLES" if terms.style is OptionStyle.EUROPEAN else "BOUNDARY, BINOMIAL or BARONE_ADESI_WHALEY"
        return AbsenceReason.NOT_APPLICABLE, f"expected {models} for {terms.style}, got {terms.chosen}"
    return None


def objection_to(
    *, spot: float, strike: float, years: float, volatility: float = 0.0, may_be_now: bool = False
) -> str | None:
    """Return what is wrong with the terms of an option, None where nothing is."""
    if not spot > 0:
        return f"expected a spot above 0, got {spot:g}"
    if not strike > 0:
        return f"expected a strike above 0, got {strike:g}"
    if years < 0 or (years == 0 and not may_be_now):
        return f"expected years {'of 0 or more' if may_be_now else 'above 0'}, got {years:g}"
    if volatility < 0:
        return f"expected a volatility of 0 or more, got {volatility:g}"
    return None


def implied_of(
    right: OptionRight,
    *,
    spot: float,
    strike: float,
    years: float,
    rate: float,
    dividend_yield: float,
    price: float,
    style: OptionStyle = OptionStyle.EUROPEAN,
) -> tuple[float | None, list[Absence]]:
    """Return the volatility a year at which an option is worth this price, or why there is none.

    A European one by Black and Scholes, an American one by its exercise boundary.
    """
    objection = objection_to(spot=spot, strike=strike, years=years)
    if objection is None and price < 0:
        objection = f"expected a price of 0 or more, got {price:g}"
    if objection is not None:
        return None, [Absence("volatility", AbsenceReason.INVALID_INPUT, objection)]
    given = (spot, strike, years, rate, dividend_yield, right is OptionRight.CALL)
    is_american = style is OptionStyle.AMERICAN
    found = float((american_implied.implied_volatility if is_american else implied_volatility)(price, *given))
    if np.isfinite(found):
        return found, []
    if is_american:
        lowest = max(0.0, (1 if right is OptionRight.CALL else -1) * (spot - strike))
        side = f"above {lowest:.10g}, what exercise brings now" if price <= lowest else "below its upper bound"
    else:
        lowest = float(black_scholes.price(*given[:5], 0.0, given[5]))
        side = (
            f"of at least {lowest:.10g}, the discounted intrinsic value" if price < lowest else "below its upper bound"
        )
    return None, [Absence("volatility", AbsenceReason.UNDEFINED, f"expected a price {side}, got {price:g}")]


def _arrays(terms: Sequence[Terms]) -> tuple[Vector, ...]:
    rows = [
        (t.spot, t.strike, t.years, t.rate, t.dividend_yield, t.volatility, t.right is OptionRight.CALL) for t in terms
    ]
    return tuple(np.array(rows, dtype=np.float64).T)


def _first_order(found: black_scholes.OptionValues) -> dict[str, Numbers]:
    values = (found.price, found.delta, found.gamma, found.theta_per_day, found.vega_per_point, found.rho_per_point,
              found.phi_per_point)  # fmt: skip
    return dict(zip(FIRST_ORDER, values, strict=True))


def _black_scholes(*given: Vector) -> dict[str, Numbers]:
    second = black_scholes.second_order(*given)
    values = (
        second.vanna_per_point, second.charm_per_day, second.vomma_per_point, second.veta_per_day, second.speed,
        second.zomma_per_point, second.color_per_day, second.ultima_per_point, second.dual_delta, second.dual_gamma,
    )  # fmt: skip
    return {
        **_first_order(black_scholes.value(*given)),
        **dict(zip(SECOND_ORDER, values, strict=True)),
        "probability_in_the_money": black_scholes.probability_in_the_money(*given),
    }


def _boundary(*given: Vector) -> dict[str, Numbers]:
    return _first_order(american.value(*given))


def _by_differences(price: Callable[..., Numbers]) -> Callable[..., dict[str, Numbers]]:
    """Return a function that has the Greeks of a model of prices alone, by central differences; theta by a day less."""

    def values(*given: Vector) -> dict[str, Numbers]:
        spot, strike, years, rate, dividend_yield, volatility, is_call = given
        step = _SPOT_STEP * spot
        moves = np.zeros((10, 5, len(spot)))
        moves[1, 0], moves[2, 0] = step, -step
        moves[3, 1] = -_DAY
        for row, column in ((4, 4), (6, 2), (8, 3)):
            moves[row, column], moves[row + 1, column] = _HALF_POINT, -_HALF_POINT
        moved = np.stack([spot, years, rate, dividend_yield, volatility]) + moves
        at = (moved[:, place] for place in range(5))
        spots, times, rates, yields, volatilities = at
        found = price(spots, strike, times, rates, yields, volatilities, is_call)
        here, up, down, later = found[:4]
        with np.errstate(over="ignore", invalid="ignore"):
            return {
                "price": here,
                "delta": (up - down) / (2 * step),
                # Divided twice: the square of a step may be past all numbers.
                "gamma": (up - 2 * here + down) / step / step,
                "theta": later - here,
                "vega": found[4] - found[5],
                "rho": found[6] - found[7],
                "phi": found[8] - found[9],
            }

    return values


_MODELS: Final[Mapping[PricingModel, Callable[..., dict[str, Numbers]]]] = {
    PricingModel.BLACK_SCHOLES: _black_scholes,
    PricingModel.BOUNDARY: _boundary,
    PricingModel.BINOMIAL: _by_differences(binomial.leisen_reimer_price),
    PricingModel.BARONE_ADESI_WHALEY: _by_differences(barone_adesi_whaley.price),
}


def _priced(model: PricingModel, computed: Mapping[str, float]) -> Priced:
    numbers = {name: known(computed[name]) if name in computed else None for name in NUMBERS}
    return Priced(
        model, numbers, tuple(_why(model, name, name in computed) for name in NUMBERS if numbers[name] is None)
    )


def _why(model: PricingModel, name: str, is_computed: bool) -> Absence:
    if is_computed:
        message = "expected terms at which it has a finite value, got a limit, or more than numbers hold"
        return Absence(name, AbsenceReason.UNDEFINED, message)
    message = f"expected BLACK_SCHOLES, which alone has it, got {model}"
    return Absence(name, AbsenceReason.NOT_APPLICABLE, message)


def _absent(terms: Terms, reason: AbsenceReason, message: str) -> Priced:
    absences = tuple(Absence(name, reason, message) for name in NUMBERS)
    return Priced(terms.chosen, dict.fromkeys(NUMBERS), absences)


def known(number: object) -> float | None:
    """Return a number as the API shows it: None for what is not finite."""
    value = float(np.asarray(number, dtype=np.float64))
    return value if np.isfinite(value) else None
