"""Who is asked first by the adaptive strategy: exact scores, what moves them at each level, and the order of lines."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.web import Answer, Request, Unreachable
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.provider import Capability, Endpoint, Provider, ProviderFault, Tier
from domain.market.sourcing.breaker import Breaker
from domain.market.sourcing.choice import ranked, resolved
from domain.market.sourcing.line import Line
from domain.market.sourcing.scoring import WEIGHTS, Record, score, success
from domain.market.sourcing.types import ServiceLevel, Strategy
from tests.domain.market.sourcing.scripted import answer_of, build, empty, line_of
from tests.support.resources import ManualClock

LEVELS = list(ServiceLevel)


def _provider(
    tier: Tier = Tier.PROFESSIONAL, *, priority: int = 1, reliability: float = 0.9, cost: str = "0"
) -> Provider:
    return Provider(
        name="any",
        title="Any",
        base_url="https://provider.example",
        tier=tier,
        priority=priority,
        reliability=reliability,
        cost_per_call=Decimal(cost),
    )


@pytest.mark.parametrize("level", LEVELS)
def test_weights_are_parts_of_one(level: ServiceLevel):
    parts = WEIGHTS[level]

    assert parts.success + parts.speed + parts.cost + parts.standing == pytest.approx(1.0, abs=1e-15)
    assert score(_provider(Tier.INSTITUTIONAL, priority=0, reliability=1.0), Record(100, 0.0, 0.0), level) == (
        pytest.approx(1.0, abs=1e-15)
    )


def test_a_score_by_hand():
    record = Record(calls=30, failure_rate=0.1, p95=1.5)

    # (27 + 9) / 40 answered; 0.5 / 2.0 of speed; 0.001 / 0.004 of cost; a tier and three places below the best.
    assert success(_provider(), record) == pytest.approx(0.9)
    expected = 0.3 * 0.9 + 0.2 * 0.25 + 0.2 * 0.25 + 0.3 * (1 - 1 / 3 - 0.1)
    assert score(_provider(priority=3, cost="0.003"), record, ServiceLevel.MEDIUM) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("level", LEVELS)
def test_failing_more_or_being_slower_never_helps(level: ServiceLevel):
    provider = _provider()
    rates = [score(provider, Record(100, rate / 10, 0.2), level) for rate in range(11)]
    times = [score(provider, Record(100, 0.1, seconds), level) for seconds in (0.0, 0.1, 0.5, 1.0, 5.0)]

    assert rates == sorted(rates, reverse=True)
    assert len(set(rates)) == 11
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 5


@pytest.mark.parametrize(
    ("level", "first"),
    [
        (ServiceLevel.CRITICAL, "steady"),
        (ServiceLevel.HIGH, "good"),
        (ServiceLevel.MEDIUM, "good"),
        (ServiceLevel.LOW, "cheap"),
    ],
)
def test_the_level_decides_what_counts(level: ServiceLevel, first: str):
    choices = {
        "good": (_provider(Tier.INSTITUTIONAL, cost="0.001"), Record(100, 0.2, 0.5)),
        "steady": (_provider(Tier.FREE, cost="0.01"), Record(100, 0.0, 0.2)),
        "cheap": (_provider(Tier.FREE), Record(100, 0.3, 1.0)),
    }

    assert max(choices, key=lambda name: score(*choices[name], level)) == first


def _line(clock: ManualClock, name: str, *, fails: bool = False) -> Line:
    async def serve(_request: Request) -> Answer:
        if fails:
            raise Unreachable("expected an answer, got none")
        return answer_of(clock)

    return line_of(clock, serve, Endpoint(build, empty, most=50), name=name)


async def test_who_fails_is_asked_after_who_answers_and_comes_back_when_it_answers(clock: ManualClock):
    lines = [_line(clock, "first", fails=True), _line(clock, "second"), _line(clock, "third")]

    def order(strategy: Strategy) -> list[str]:
        return [line.name for line in ranked(lines, Capability.QUOTES, ServiceLevel.HIGH, strategy)]

    assert order(Strategy.ADAPTIVE) == ["first", "second", "third"], "alike: the order of the configuration"
    for line in lines[:2]:
        for number in range(3):
            try:
                await line.ask(Capability.QUOTES, QuotesAsked((f"S{number}",)), 1.0)
            except ProviderFault:
                assert line.name == "first"

    assert order(Strategy.ADAPTIVE) == ["second", "third", "first"]
    assert order(Strategy.PROGRESSIVE) == ["first", "second", "third"], "three calls do not move it down a tier"
    assert order(Strategy.ADAPTIVE) == ["second", "third", "first"], "asking twice gives the same"
    best = ranked(lines, Capability.QUOTES, ServiceLevel.HIGH, Strategy.ADAPTIVE)
    assert resolved(Strategy.ADAPTIVE, best) is Strategy.PROGRESSIVE
    assert resolved(Strategy.ADAPTIVE, lines) is Strategy.IMMEDIATE


async def test_what_one_cannot_be_asked_for_it_is_not_scored_for(clock: ManualClock):
    line, other = _line(clock, "first"), _line(clock, "second")
    line.provider = replace(line.provider, tier=Tier.INSTITUTIONAL, quotes=None)

    assert ranked([line, other], Capability.QUOTES, strategy=Strategy.ADAPTIVE) == [other]


def test_every_level_has_its_own_weights():
    assert set(WEIGHTS) == set(ServiceLevel)
    assert len({(each.success, each.cost) for each in WEIGHTS.values()}) == len(WEIGHTS)


def test_who_failed_is_tried_again_after_some_minutes():
    bad = Record(calls=10, failure_rate=1.0, p95=3.0)

    scores = [score(_provider(), bad.faded(0.5**minutes), ServiceLevel.HIGH) for minutes in range(10)]

    assert scores == sorted(scores)
    assert scores[0] < score(_provider(priority=5), Record(), ServiceLevel.HIGH) < scores[-1]
    assert bad.faded(1.0) == bad


def test_a_breaker_forgets_while_nobody_asks():
    seconds = [0.0]
    breaker = Breaker(lambda: seconds[0], lambda: 0.0)
    breaker.failed()

    memories = []
    for _ in range(3):
        memories.append(breaker.memory)
        seconds[0] += 60

    assert memories == [1.0, 0.5, 0.25]
    breaker.succeeded(0.1)
    assert breaker.memory == 1.0
