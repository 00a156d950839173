"""What nobody waits for at a screen: one provider is asked after another, and when allowance is short, in time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.kernel.ports import Resources
from domain.kernel.web import Access, Answer, Request
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.provider import (
    Capability,
    Credentials,
    Endpoint,
    FaultKind,
    Parsed,
    Provider,
    ProviderFault,
    Tier,
)
from domain.market.sourcing.sourcing import Sourcing
from tests.domain.market.sourcing.scripted import ScriptedWeb, answer_of
from tests.support.resources import ManualClock

ASKED = QuotesAsked(("AAA",))
# A call comes back every 20 ms.
PER_MINUTE = 3_000

Parse = Callable[[Any, Answer], Parsed[Any]]


def _build(_asked: object, base_url: str, _credentials: Credentials) -> Request:
    return Request(url=base_url)


def _tells(*found: str) -> Parse:
    return lambda _asked, _answer: Parsed(found)


def _fails(kind: FaultKind) -> Parse:
    def parse(_asked: object, _answer: Answer) -> Parsed[Any]:
        raise ProviderFault(kind, "no")

    return parse


def _provider(name: str, parse: Parse, **more: Any) -> Provider:
    endpoint: Endpoint[Any, Any] = Endpoint(_build, parse)
    return Provider(
        name=name,
        title=name.title(),
        base_url=f"https://{name}.example",
        tier=Tier.FREE,
        priority=1,
        reliability=0.5,
        profiles=endpoint,
        news=endpoint,
        **more,
    )


@pytest.fixture
def sourcing_of(resources: Resources, clock: ManualClock) -> Callable[[Sequence[Provider]], Sourcing]:
    """What asks these providers, in their order."""

    async def serve(_request: Request) -> Answer:
        return answer_of(clock)

    def of(providers: Sequence[Provider]) -> Sourcing:
        access = tuple(Access(name=provider.name) for provider in providers)
        return Sourcing(replace(resources, web=ScriptedWeb(serve), market_access=access, _shared={}), providers)

    return of


SourcingOf = Callable[[Sequence[Provider]], Sourcing]


@pytest.mark.parametrize("kind", list(FaultKind))
async def test_whoever_fails_the_next_is_asked(sourcing_of: SourcingOf, kind: FaultKind):
    sourcing = sourcing_of([_provider("first", _fails(kind)), _provider("second", _tells("x"))])

    line, found = await sourcing.ask(Capability.NEWS, ASKED)

    assert (line.name, found) == ("second", ("x",))


async def test_no_news_are_an_answer_and_no_profile_is_none(sourcing_of: SourcingOf):
    sourcing = sourcing_of([_provider("first", _tells()), _provider("second", _tells("x"))])

    assert (await sourcing.ask(Capability.NEWS, ASKED))[0].name == "first"
    assert (await sourcing.ask(Capability.PROFILES, ASKED))[0].name == "second"
    with pytest.raises(ProviderFault) as refused:
        await sourcing_of([_provider("first", _tells())]).ask(Capability.PROFILES, ASKED)
    assert refused.value.kind is FaultKind.NOT_FOUND


async def test_the_last_one_s_fault_is_told(sourcing_of: SourcingOf):
    sourcing = sourcing_of([_provider("first", _fails(FaultKind.DOWN)), _provider("second", _fails(FaultKind.REFUSED))])

    with pytest.raises(ProviderFault) as refused:
        await sourcing.ask(Capability.NEWS, ASKED)

    assert refused.value.kind is FaultKind.REFUSED


async def test_what_is_used_up_for_a_moment_is_waited_for(sourcing_of: SourcingOf):
    left = iter(range(3))

    def pages(_asked: object, _answer: Answer) -> Parsed[Any]:
        return Parsed(("x",), None if next(left, None) is None else Request(url="/next"))

    sourcing = sourcing_of([_provider("first", pages, calls_per_minute=PER_MINUTE)])
    (line,) = sourcing.lines
    assert line.allowance.take(PER_MINUTE)
    assert not line.is_ready(Capability.NEWS)
    begun = time.monotonic()

    _, found = await sourcing.ask(Capability.NEWS, ASKED)

    assert len(found) == 4
    assert time.monotonic() - begun > 0.05, "four calls were waited for"


async def test_what_is_used_up_for_long_is_not_waited_for(sourcing_of: SourcingOf):
    sourcing = sourcing_of([_provider("first", _tells("x"), calls_per_day=1)])
    await sourcing.ask(Capability.NEWS, ASKED)
    other = sourcing_of([_provider("first", _tells("x"))])
    other.lines[0].allowance.block(3_600)

    for each in (sourcing, other):
        with pytest.raises(ProviderFault, match="the allowance of every provider of news is used up") as refused:
            await each.ask(Capability.NEWS, ASKED)
        assert refused.value.kind is FaultKind.RATE_LIMITED


async def test_where_nobody_can_be_asked_it_is_said_why(sourcing_of: SourcingOf):
    sourcing = sourcing_of([_provider("first", _tells("x"))])

    with pytest.raises(ProviderFault, match="no provider of daily bars is configured") as none:
        await sourcing.ask(Capability.DAILY_BARS, ASKED)
    for _ in range(5):
        sourcing.lines[0].breaker.failed()
    with pytest.raises(ProviderFault, match="left alone for now") as down:
        await sourcing.ask(Capability.NEWS, ASKED)

    assert (none.value.kind, down.value.kind) == (FaultKind.NOT_FOUND, FaultKind.DOWN)
