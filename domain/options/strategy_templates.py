"""Strategies that have a name, as legs around a price: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.market.types import OptionRight
from domain.options.listing import strike_step
from domain.options.strategies import Leg

CALL, PUT = OptionRight.CALL, OptionRight.PUT
# One place is about so much of the spot, in whole steps of strikes.
_PLACE: Final = 0.05
# A calendar's further leg expires so many times as late.
_LATER: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    """A strategy: right, place of the strike from the money, quantity, and whether it is the later expiry."""

    name: str
    view: str
    legs: tuple[tuple[OptionRight, int, int, bool], ...]
    units: int = 0


@dataclass(frozen=True, slots=True)
class NamedStrategy:
    """A strategy at a price: what `analyze` takes, but for the market."""

    code: str
    name: str
    view: str
    units: int
    legs: tuple[Leg, ...]


def _one(
    right: OptionRight, place: int, quantity: int, *, is_later: bool = False
) -> tuple[OptionRight, int, int, bool]:
    return right, place, quantity, is_later


_TEMPLATES: Final[Mapping[str, _Template]] = {
    "COVERED_CALL": _Template(
        name="Covered call", view="little change: the premium for what lies above the strike",
        legs=(_one(CALL, 1, -1),), units=1,
    ),
    "PROTECTIVE_PUT": _Template(
        name="Protective put", view="a rise, with a floor under the loss", legs=(_one(PUT, -1, 1),), units=1
    ),
    "COLLAR": _Template(
        name="Collar", view="a floor under the loss, paid for by a lid on the profit",
        legs=(_one(PUT, -1, 1), _one(CALL, 1, -1)), units=1,
    ),
    "LONG_STRADDLE": _Template(
        name="Long straddle", view="a large move either way", legs=(_one(CALL, 0, 1), _one(PUT, 0, 1))
    ),
    "LONG_STRANGLE": _Template(
        name="Long strangle", view="a very large move either way", legs=(_one(PUT, -1, 1), _one(CALL, 1, 1))
    ),
    "BULL_CALL_SPREAD": _Template(
        name="Bull call spread", view="a rise, for a premium", legs=(_one(CALL, 0, 1), _one(CALL, 1, -1))
    ),
    "BEAR_CALL_SPREAD": _Template(
        name="Bear call spread", view="no rise, for credit", legs=(_one(CALL, 0, -1), _one(CALL, 1, 1))
    ),
    "BULL_PUT_SPREAD": _Template(
        name="Bull put spread", view="no fall, for credit", legs=(_one(PUT, 0, -1), _one(PUT, -1, 1))
    ),
    "BEAR_PUT_SPREAD": _Template(
        name="Bear put spread", view="a fall, for a premium", legs=(_one(PUT, 0, 1), _one(PUT, -1, -1))
    ),
    "IRON_CONDOR": _Template(
        name="Iron condor", view="little change, with a bound to the loss",
        legs=(_one(PUT, -2, 1), _one(PUT, -1, -1), _one(CALL, 1, -1), _one(CALL, 2, 1)),
    ),
    "BUTTERFLY": _Template(
        name="Call butterfly", view="an end near the middle strike",
        legs=(_one(CALL, -1, 1), _one(CALL, 0, -2), _one(CALL, 1, 1)),
    ),
    "CALENDAR": _Template(
        name="Call calendar", view="little change until the nearer expiry",
        legs=(_one(CALL, 0, -1), _one(CALL, 0, 1, is_later=True)),
    ),
}  # fmt: skip
MOST_TEMPLATES: Final = len(_TEMPLATES)


def strategies_at(spot: float, years: float) -> list[NamedStrategy]:
    """Return the strategies of all templates, their strikes around a price above 0, their expiry in so many years.

    Strikes are steps of listed ones apart; of a price below five steps, halves of them, and so on.
    """
    step = strike_step(spot)
    while 5 * step > spot:
        step /= 2
    apart = step * max(1, round(_PLACE * spot / step))
    middle = step * round(spot / step)
    return [
        NamedStrategy(
            code,
            each.name,
            each.view,
            each.units,
            tuple(
                Leg(
                    right=right,
                    strike=middle + place * apart,
                    years=years * (_LATER if is_later else 1.0),
                    quantity=quantity,
                )
                for right, place, quantity, is_later in each.legs
            ),
        )
        for code, each in _TEMPLATES.items()
    ]
