"""Which providers are asked, and in which order: pure."""

from collections.abc import Sequence
from decimal import Decimal

from domain.market.providers.provider import Capability, FaultKind, ProviderFault
from domain.market.sourcing.line import Line
from domain.market.sourcing.scoring import Record, score
from domain.market.sourcing.types import ServiceLevel, Strategy

# The first one does well as long as less than this part of its calls fails, and its answers take less, in seconds.
_GOOD_RATE = 0.1
_GOOD_P95 = 1.0
# Of so many calls and more, one that fails in this part of them is asked after all that are as good on paper.
_POOR_RATE = 0.25
_ENOUGH = 10


def ranked(
    lines: Sequence[Line],
    capability: Capability,
    level: ServiceLevel = ServiceLevel.HIGH,
    strategy: Strategy = Strategy.PROGRESSIVE,
) -> list[Line]:
    """Return those that may be asked for this now, who is to be asked first in front: by their scores for ADAPTIVE.

    Between two that are alike, the order of the configuration counts.
    """
    ready = [line for line in lines if line.is_ready(capability)]
    if strategy is Strategy.ADAPTIVE:
        return sorted(ready, key=lambda line: -score(line.provider, record_of(line), level))
    return sorted(ready, key=lambda line: _rank(line, level))


def record_of(line: Line) -> Record:
    """Return what came of a line's last calls, as far as it still counts."""
    told = Record(line.breaker.heard, line.breaker.failure_rate or 0.0, line.p95)
    return told.faded(line.breaker.memory)


def nobody(lines: Sequence[Line], capability: Capability) -> ProviderFault:
    """Return why none of the lines may be asked for this now."""
    offering = [line for line in lines if line.offers(capability)]
    what = capability.value.replace("_", " ")
    if not offering:
        return ProviderFault(FaultKind.NOT_FOUND, f"no provider of {what} is configured")
    if any(line.breaker.may_admit for line in offering):
        return ProviderFault(FaultKind.RATE_LIMITED, f"the allowance of every provider of {what} is used up for now")
    return ProviderFault(FaultKind.DOWN, f"every provider of {what} has failed too often and is left alone for now")


def resolved(strategy: Strategy, chosen: Sequence[Line]) -> Strategy:
    """Return what an adaptive strategy comes to now; any other is itself."""
    if strategy is not Strategy.ADAPTIVE:
        return strategy
    if not chosen:
        return Strategy.PROGRESSIVE
    first = chosen[0]
    does_well = (first.breaker.failure_rate or 0.0) < _GOOD_RATE and (first.p95 or 0.0) < _GOOD_P95
    return Strategy.PROGRESSIVE if does_well else Strategy.IMMEDIATE


def _rank(line: Line, level: ServiceLevel) -> tuple[float | Decimal, ...]:
    provider = line.provider
    fails = line.breaker.failure_rate or 0.0
    # What fails much is worse than what is a tier below it.
    quality = (provider.tier + (2 if fails >= _POOR_RATE and line.calls >= _ENOUGH else 0), provider.priority)
    if level is ServiceLevel.CRITICAL:
        return (-provider.reliability * (1.0 - fails), *quality, line.p95 or 0.0)
    if level is ServiceLevel.LOW:
        return (provider.cost_per_call, *quality)
    if level is ServiceLevel.MEDIUM:
        return (quality[0], provider.cost_per_call, quality[1])
    return (*quality, provider.cost_per_call)
