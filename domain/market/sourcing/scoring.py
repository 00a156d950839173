"""How good a choice a provider is now, as one number from 0 to 1: pure.  Decision 17 tells why it is made so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.market.providers.provider import Provider, Tier
from domain.market.sourcing.types import ServiceLevel

# What is believed of a provider's reliability on paper weighs as much as so many calls.
_PRIOR_CALLS: Final = 10
# Seconds and US dollars that are worth half of nothing; who was never heard is taken to answer in so many seconds.
_HALF_SECONDS: Final = 0.5
_HALF_COST: Final = 0.001
# What a place in the order of a tier is worth, at most so many of them: never as much as a tier.
_PLACE: Final = 1 / 30
_PLACES: Final = 9


@dataclass(frozen=True, slots=True)
class Record:
    """What came of the last calls of a provider: how many, the part that failed, and the p95 of answers in seconds."""

    calls: float = 0
    failure_rate: float = 0.0
    p95: float | None = None

    def faded(self, part: float) -> "Record":
        """Return the same where only a part of it still counts: who once did badly is tried again."""
        p95 = None if self.p95 is None else _HALF_SECONDS + (self.p95 - _HALF_SECONDS) * part
        return Record(self.calls * part, self.failure_rate, p95)


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts, in parts of one: that it answers, is quick, is cheap, and what its data is held to be."""

    success: float
    speed: float
    cost: float
    standing: float


WEIGHTS: Final[Mapping[ServiceLevel, Weights]] = {
    ServiceLevel.CRITICAL: Weights(success=0.7, speed=0.2, cost=0.0, standing=0.1),
    ServiceLevel.HIGH: Weights(success=0.4, speed=0.2, cost=0.0, standing=0.4),
    ServiceLevel.MEDIUM: Weights(success=0.3, speed=0.2, cost=0.2, standing=0.3),
    ServiceLevel.LOW: Weights(success=0.2, speed=0.1, cost=0.6, standing=0.1),
}


def score(provider: Provider, record: Record, level: ServiceLevel) -> float:
    """Return how good a choice a provider is for who asks at a level: higher is better, 0 to 1."""
    weights = WEIGHTS[level]
    return (
        weights.success * success(provider, record)
        + weights.speed * _half_at(_HALF_SECONDS, _HALF_SECONDS if record.p95 is None else record.p95)
        + weights.cost * _half_at(_HALF_COST, float(provider.cost_per_call))
        + weights.standing * _standing(provider)
    )


def success(provider: Provider, record: Record) -> float:
    """Return the part of its calls that is expected to be answered: of few calls, what is believed of it on paper."""
    answered = record.calls * (1.0 - record.failure_rate)
    return (answered + _PRIOR_CALLS * provider.reliability) / (record.calls + _PRIOR_CALLS)


def _half_at(half: float, amount: float) -> float:
    return half / (half + amount)


def _standing(provider: Provider) -> float:
    below = (provider.tier - Tier.INSTITUTIONAL) / len(Tier)
    return 1.0 - below - _PLACE * min(max(provider.priority, 0), _PLACES)
