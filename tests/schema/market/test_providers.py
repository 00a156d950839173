"""Quotes that are asked of providers: in whatever mood the first one is, they arrive, and say what they are."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.infra.http import open_web
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.kernel.web import Access
from domain.market.sourcing.quoting import Manner, Told
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import BreakerState, Strategy
from schema.context import Context
from schema.root import build_schema
from tests.support.graphql import OPERATIONS
from tests.support.provider_stub import KEY, Mood, ProviderStub, open_provider_stub
from tests.support.resources import ManualClock
from tests.support.statements import counted_statements

DOCUMENT = (OPERATIONS.parent / "operations_own" / "market.graphql").read_text()
MORNING = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)
USER = Actor(user_id=new_id(), roles=frozenset({Role.USER}))
# What is patient in production is not in tests.
HURRIED = Manner(strategy=Strategy.IMMEDIATE, patience=0.1, together=0.3, deadline=0.6)
# For what does not end by the clock: a busy machine is not waited for in vain.
UNHURRIED = Manner(strategy=Strategy.IMMEDIATE, patience=10.0, together=20.0, deadline=30.0)


@dataclass(eq=False)
class Providers:
    """Three providers, in the order in which they are asked."""

    resources: Resources
    stubs: list[ProviderStub]

    def use(self, manner: Manner = HURRIED) -> Sourcing:
        """Ask them anew, as a process does that has just started."""
        names = ("first", "second", "third")
        providers = [
            stub.provider(name, place) for place, (name, stub) in enumerate(zip(names, self.stubs, strict=True))
        ]
        sourcing = Sourcing(self.resources, providers, manner)
        self.resources._shared[Sourcing] = sourcing
        return sourcing

    async def ask(self, operation: str, **variables: Any) -> dict[str, Any]:
        """Ask a document as a user."""
        result = await build_schema().execute(
            DOCUMENT,
            variable_values=variables,
            context_value=Context(actor=USER, resources=self.resources, request_id="test"),
            operation_name=operation,
        )
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    async def quote(self, symbol: str = "AAA") -> dict[str, Any]:
        """Ask for one quote."""
        found: dict[str, Any] = (await self.ask("QuoteSources", symbols=[symbol]))["quotes"][0]
        return found


@pytest.fixture
async def providers(live_market: Resources, clock: ManualClock) -> AsyncIterator[Providers]:
    clock.advance(MORNING - clock.now())
    async with AsyncExitStack() as opened:
        web = await opened.enter_async_context(open_web(clock, allows_private=True))
        stubs = [
            await opened.enter_async_context(open_provider_stub(price, clock.now)) for price in ("12", "12.001", "15")
        ]
        access = tuple(Access(name=name, key=KEY) for name in ("first", "second", "third"))
        resources = replace(live_market, web=web, market_access=access, _shared={})
        found = Providers(resources, stubs)
        found.use()
        yield found


async def test_a_quote_is_asked_for_stored_and_not_asked_again_at_once(providers: Providers, clock: ManualClock):
    first = await providers.quote()
    again = await providers.quote()
    calls = providers.stubs[0].calls
    clock.advance(seconds=16)
    later = await providers.quote()

    assert (first["price"], first["source"], first["quality"]) == ("12", "PROVIDER", "GOOD")
    assert first["qualityReasons"] == ["first alone says so"]
    assert again == first
    assert (calls, providers.stubs[0].calls) == (1, 2)
    assert later["price"] == "12"
    assert providers.stubs[0].keys == {KEY}


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood not in (Mood.HEALTHY, Mood.SLOW)])
async def test_in_any_mood_of_the_first_the_second_is_heard(providers: Providers, mood: Mood):
    providers.stubs[0].mood = mood

    begun = time.monotonic()
    quote = await providers.quote()

    assert time.monotonic() - begun < 3.5
    assert (quote["price"], quote["source"], quote["stale"]) == ("12.001", "PROVIDER", False)
    assert quote["qualityReasons"] == ["second alone says so"]


async def test_who_is_slow_is_overtaken(providers: Providers):
    providers.stubs[0].mood = Mood.SLOW
    providers.stubs[0].slowness = 0.4

    quote = await providers.quote()

    assert quote["price"] == "12.001"


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        (Mood.BUSY, "RATE_LIMITED"),
        (Mood.BROKEN, "PROVIDER_DOWN"),
        (Mood.HANGING, "PROVIDER_DOWN"),
        (Mood.WRONG_TYPES, "PROVIDER_DOWN"),
        (Mood.STALE, "STALE"),
        (Mood.ERROR_IN_200, "NOT_COVERED"),
    ],
)
async def test_where_nobody_tells_a_price_it_is_said_why(
    providers: Providers, clock: ManualClock, mood: Mood, reason: str
):
    for stub in providers.stubs:
        stub.mood = mood

    missing = await providers.quote()

    assert (missing["price"], missing["quality"], missing["consensus"]) == (None, "INVALID", None)
    assert missing["qualityReasons"][0].startswith(f"{reason}: ")
    assert KEY not in str(missing)


async def test_a_price_that_is_known_is_shown_while_nobody_answers(providers: Providers, clock: ManualClock):
    await providers.quote()
    for stub in providers.stubs:
        stub.mood = Mood.BROKEN
    clock.advance(minutes=6)

    quote = await providers.quote()

    assert (quote["price"], quote["source"]) == ("12", "PROVIDER")
    assert quote["qualityReasons"][:2] == ["first alone says so", "it is older than five minutes"]
    assert quote["qualityReasons"][2].startswith("PROVIDER_DOWN: ")


async def test_several_are_heard_together(providers: Providers):
    providers.use(replace(UNHURRIED, strategy=Strategy.CONSENSUS))

    quote = await providers.quote()

    assert (quote["price"], quote["quality"]) == ("12.0005", "GOOD")
    assert [each["provider"] for each in quote["consensus"]["sources"]] == ["first", "second", "third"]
    assert [each["agrees"] for each in quote["consensus"]["sources"]] == [True, True, False]


async def test_who_is_silent_is_waited_for_no_longer_than_all_are(providers: Providers):
    providers.use(replace(UNHURRIED, strategy=Strategy.CONSENSUS, together=1.0))
    for stub in providers.stubs[1:]:
        stub.mood = Mood.HANGING

    quote = await providers.quote("BBB")

    assert (quote["price"], len(quote["consensus"]["sources"])) == ("12", 1)


async def test_three_together_are_asked_before_any_of_them_answers(providers: Providers):
    sourcing = providers.use(replace(UNHURRIED, strategy=Strategy.CONSENSUS))
    barrier = asyncio.Barrier(3)
    for stub in providers.stubs:
        stub.barrier = barrier

    # One after another, the first would wait for the others for ever.
    told = [await sourcing.quotes([f"S{number}"]) for number in range(20)]

    for number, found in enumerate(told):
        each = found[f"S{number}"]
        assert isinstance(each, Told)
        assert [source.observation.provider for source in each.consensus.sources] == ["first", "second", "third"]
    assert [stub.calls for stub in providers.stubs] == [20, 20, 20]


async def test_what_many_ask_at_once_is_asked_once(providers: Providers):
    providers.use(UNHURRIED)
    providers.stubs[0].delay = 0.05

    quotes = await asyncio.gather(*(providers.quote() for _ in range(20)))

    assert {quote["price"] for quote in quotes} == {"12"}
    assert providers.stubs[0].calls == 1


async def test_what_was_told_a_moment_ago_and_is_not_stored_yet_is_not_asked_again(
    providers: Providers, clock: ManualClock
):
    sourcing = providers.use(UNHURRIED)
    told = await sourcing.quotes(["AAA"])

    assert await sourcing.quotes(["AAA"]) == told
    assert providers.stubs[0].calls == 1

    clock.advance(seconds=1)
    await sourcing.quotes(["AAA"])
    assert providers.stubs[0].calls == 2


async def test_after_the_fifth_failure_it_is_left_alone_and_tried_again_later(providers: Providers):
    sourcing = providers.use()
    (line, *_) = sourcing.lines
    providers.stubs[0].mood = Mood.BROKEN
    for number in range(7):
        await sourcing.quotes([f"S{number}"])
    assert not line.breaker.may_admit
    assert providers.stubs[0].calls == 5

    providers.stubs[0].mood = Mood.HEALTHY
    async with asyncio.timeout(5):
        while line.breaker.state is not BreakerState.CLOSED:
            await asyncio.sleep(0.05)
            await sourcing.quotes([f"T{time.monotonic()}"])
    assert (await providers.quote())["price"] == "12"


async def test_how_providers_do_can_be_asked(providers: Providers):
    sourcing = providers.use()
    providers.stubs[0].mood = Mood.ERROR_IN_200
    for number in range(5):
        await sourcing.quotes([f"S{number}"])
    await sourcing.write()

    with counted_statements() as sent:
        found = (await providers.ask("Providers"))["providers"]

    assert len(sent) == 1
    assert [each["name"] for each in found] == ["first", "second", "third"]
    assert found[0]["state"] == "OPEN"
    assert found[0]["failureRate"] == 1.0
    assert found[0]["lastFault"] == "REFUSED: the key … may not do this"
    assert (found[1]["state"], found[1]["failureRate"], found[1]["calls"]) == ("CLOSED", 0.0, "5")
    assert found[1]["p95"] > 0
    assert (found[2]["state"], found[2]["p95"], found[2]["capabilities"]) == ("CLOSED", None, ["QUOTES"])
    assert KEY not in str(found)


async def test_with_the_real_deadline_who_hangs_does_not_keep_anybody_waiting(providers: Providers):
    providers.use(Manner())
    for stub in providers.stubs[:2]:
        stub.mood = Mood.HANGING

    begun = time.monotonic()
    quote = await providers.quote()

    assert time.monotonic() - begun < 3.5
    assert quote["price"] == "15"
