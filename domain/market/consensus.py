"""One price out of what several providers say of it: pure.  Disagreement is kept, and told in the grade's reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from domain.kernel.money import EXACT, ZERO, to_price
from domain.market.types import ConsensusMethod, DataQuality

# Two prices agree that differ by no more than this part of the one: some of the spread between bid and ask.
TOLERANCE: Final = Decimal("0.001")
# Of fewer than four prices the quartiles say nothing: there one that is so far from the median is an outlier.
_FAR: Final = Decimal("0.02")
_FENCE: Final = Decimal("1.5")
# A price that is so much older than the newest is of another market.
_LAG: Final = timedelta(minutes=5)

_NEARLY_ALL, _MOST, _HALF = 0.9, 0.65, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A price that a provider tells, greater than 0, and how much its word weighs: more than 0, at most 1."""

    provider: str
    price: Decimal
    at: datetime
    weight: Decimal
    is_delayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An observation, and what became of it: whether it `counts` for the price, and whether it `agrees` with it."""

    observation: Observation
    counts: bool
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """A price, how it was made, and how far it can be relied on.

    `agreement` is the part of the sources' weight, outliers and late ones too, that agrees with the price: 0 to 1.
    `reasons` say in words why the grade is what it is.  `sources` are in the order of their names.
    """

    method: ConsensusMethod
    price: Decimal
    at: datetime
    agreement: float
    grade: DataQuality
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]


def consensus(
    observations: Sequence[Observation], method: ConsensusMethod = ConsensusMethod.WEIGHTED_AVERAGE
) -> Consensus | None:
    """Return the price that providers agree on, or come to most nearly; None where nobody tells one.

    What is five minutes older than the newest does not count, nor do outliers: of four prices and more those outside of
    Tukey's fences (1.5 times the interquartile range beyond the quartiles, and no closer than the tolerance), of three
    the one that is over 2 % from the median.  Source: Tukey, *Exploratory Data Analysis*, 1977, section 2C.
    """
    if not observations:
        return None
    told = sorted(observations, key=lambda each: each.provider)
    newest = max(each.at for each in told)
    current = [each for each in told if newest - each.at <= _LAG]
    counted = _without_outliers(current)
    price = _METHODS[method](counted)
    sources = tuple(
        Source(observation=each, counts=each in counted, agrees=_agree(each.price, price) and each in current)
        for each in told
    )
    agreement = float(EXACT.divide(_weight([each.observation for each in sources if each.agrees]), _weight(told)))
    grade = _grade(sources, agreement)
    return Consensus(
        method=method,
        price=price,
        at=max(each.at for each in counted),
        agreement=agreement,
        grade=grade,
        reasons=_reasons(sources, price, newest),
        sources=sources,
    )


def _without_outliers(told: Sequence[Observation]) -> list[Observation]:
    prices = sorted(each.price for each in told)
    middle = _quantile(prices, Decimal("0.5"))
    if len(prices) < 3:
        return list(told)
    if len(prices) == 3:
        # Who is far from two that are close to one another; of three that are all far apart, nobody.
        width = EXACT.multiply(middle, _FAR)
        near = [each for each in told if abs(each.price - middle) <= width]
        return near if len(near) == 2 else list(told)
    low, high = _quantile(prices, Decimal("0.25")), _quantile(prices, Decimal("0.75"))
    reach = max(EXACT.multiply(_FENCE, EXACT.subtract(high, low)), EXACT.multiply(middle, TOLERANCE))
    return [each for each in told if low - reach <= each.price <= high + reach]


def _quantile(ordered: Sequence[Decimal], part: Decimal) -> Decimal:
    """Return a quantile by linear interpolation between the order statistics."""
    place = EXACT.multiply(part, Decimal(len(ordered) - 1))
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    step = EXACT.multiply(EXACT.subtract(ordered[above], ordered[below]), place - below)
    return EXACT.add(ordered[below], step)


def _weighted_average(told: Sequence[Observation]) -> Decimal:
    whole = ZERO
    for each in told:
        whole = EXACT.add(whole, EXACT.multiply(each.price, each.weight))
    return to_price(EXACT.divide(whole, _weight(told)))


def _median(told: Sequence[Observation]) -> Decimal:
    return to_price(_quantile(sorted(each.price for each in told), Decimal("0.5")))


def _majority(told: Sequence[Observation]) -> Decimal:
    """Return the price that has the most weight behind it, each one's own tolerance around it."""
    best = max(told, key=lambda each: (_weight([o for o in told if _agree(o.price, each.price)]), *_rank(each)))
    return best.price


def _best_source(told: Sequence[Observation]) -> Decimal:
    return max(told, key=_rank).price


_METHODS: Final = {
    ConsensusMethod.WEIGHTED_AVERAGE: _weighted_average,
    ConsensusMethod.MEDIAN: _median,
    ConsensusMethod.MAJORITY: _majority,
    ConsensusMethod.BEST_SOURCE: _best_source,
}


def _rank(each: Observation) -> tuple[Decimal, datetime, str]:
    return each.weight, each.at, each.provider


def _weight(told: Sequence[Observation]) -> Decimal:
    return sum((each.weight for each in told), ZERO)


def _agree(one: Decimal, other: Decimal) -> bool:
    return abs(EXACT.subtract(one, other)) <= EXACT.multiply(other, TOLERANCE)


def _grade(sources: Sequence[Source], agreement: float) -> DataQuality:
    agreeing = [each.observation for each in sources if each.agrees]
    if agreement < _HALF:
        return DataQuality.POOR
    if agreement < _MOST or all(each.is_delayed for each in agreeing):
        return DataQuality.FAIR
    return DataQuality.EXCELLENT if agreement >= _NEARLY_ALL and len(agreeing) > 1 else DataQuality.GOOD


def _reasons(sources: Sequence[Source], price: Decimal, newest: datetime) -> tuple[str, ...]:
    agreeing = sum(each.agrees for each in sources)
    told = [
        f"{sources[0].observation.provider} alone says so"
        if len(sources) == 1
        else f"{agreeing} of {len(sources)} sources agree within {float(TOLERANCE):.1%}"
    ]
    for each in sources:
        seen = each.observation
        lag = newest - seen.at
        if lag > _LAG:
            told.append(f"{seen.provider} is {int(lag.total_seconds()) // 60} minutes older than the newest")
        elif not each.counts:
            told.append(f"{seen.provider} is an outlier: {seen.price.normalize():f} against {price.normalize():f}")
        elif seen.is_delayed:
            told.append(f"{seen.provider} says that its price is delayed")
    return tuple(told)
