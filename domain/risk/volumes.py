"""What is held, beside what is traded of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.market.bars import mean_volumes
from domain.portfolios.types import PriceSource, Valuation

# Days of the calendar whose sessions a mean volume is of.
DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Volumes:
    """Units held by symbol, over all accounts, and mean volumes of a session of those whose volumes are known."""

    units: Mapping[str, float]
    means: Mapping[str, float]


async def volumes_of(valuation: Valuation, last: date) -> Volumes:
    """Return what is held and the mean volumes of the 30 days up to one: one statement.

    Cash is none of it, nor is what has expired.
    """
    units: defaultdict[str, float] = defaultdict(float)
    numbers = {}
    for each in valuation.positions:
        if each.price_source is not PriceSource.INTRINSIC:
            units[each.instrument.symbol] += float(each.units)
            numbers[each.instrument.number] = each.instrument.symbol
    found = await mean_volumes(sorted(numbers), last, DAYS)
    return Volumes(dict(units), {numbers[number]: volume for number, volume in found.items()})
