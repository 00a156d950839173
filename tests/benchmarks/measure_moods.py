"""`python -m tests.benchmarks.measure_moods [SECONDS]`: quotes, and all other queries, while a provider has moods."""

import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.infra.clock import SystemClock
from domain.infra.http import open_web
from domain.infra.transaction import units_of_work
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.ports import Resources
from domain.kernel.web import Access
from domain.market.sourcing.quoting import Manner
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import Strategy
from migrations import runner
from schema.context import Context
from schema.root import build_schema
from tests.factories.live_market import fill_live_market
from tests.support.provider_stub import KEY, Mood, ProviderStub, open_provider_stub
from tests.support.resources import open_test_resources

LONGEST, SLOWER_MS, CONSENSUS_MS = 3.5, 20.0, 100.0
_NAMES = ("first", "second", "third")
_OTHERS = (
    "query { instruments(first: 4) { edges { node { symbol name quote { price } } } } market { indices { price } } }"
)
_ACTOR = Actor(user_id=new_id(), roles=frozenset({Role.USER}))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen with the first provider in one mood; seconds, and milliseconds of others' queries."""

    mood: Mood
    longest: float
    p95: float
    told: int
    asked: int
    reasons: str
    breaker: str
    others_p95: float


async def _execute(resources: Resources, document: str) -> Any:
    context = Context(actor=_ACTOR, resources=resources, request_id="bench")
    result = await build_schema().execute(document, context_value=context)
    assert result.errors is None, result.errors
    return result.data


def _with_sources(resources: Resources, stubs: list[ProviderStub], manner: Manner) -> tuple[Resources, Sourcing]:
    own = replace(resources, _shared={})
    providers = [stub.provider(name, place) for place, (name, stub) in enumerate(zip(_NAMES, stubs, strict=True))]
    sourcing = own._shared[Sourcing] = Sourcing(own, providers, manner)
    return own, sourcing


async def _mood(resources: Resources, stubs: list[ProviderStub], mood: Mood, seconds: float) -> Seen:
    """Ask for quotes again and again, while others ask what has nothing to do with providers."""
    stubs[0].mood = mood
    # The adaptive one would soon ask the others first: here the first is asked as long as its breaker lets it.
    own, sourcing = _with_sources(resources, stubs, Manner(strategy=Strategy.PROGRESSIVE))
    waits: list[float] = []
    others: list[float] = []
    told = asked = 0
    reasons: dict[str, int] = {}
    ends = time.monotonic() + seconds

    async def ask_others() -> None:
        while time.monotonic() < ends:
            begun = time.perf_counter()
            await _execute(own, _OTHERS)
            others.append((time.perf_counter() - begun) * 1e3)
            await asyncio.sleep(0.005)

    asking = asyncio.create_task(ask_others())
    number = 0
    while time.monotonic() < ends or asked < 8:
        number += 1
        begun = time.perf_counter()
        found = await sourcing.quotes([f"S{number}"])
        waits.append(time.perf_counter() - begun)
        asked += 1
        for each in found.values():
            words = each.consensus.reasons[0] if hasattr(each, "consensus") else f"{each.reason}"
            told += hasattr(each, "consensus")
            reasons[words] = reasons.get(words, 0) + 1
        await asyncio.sleep(0.05)
    await asking
    stubs[0].mood = Mood.HEALTHY
    return Seen(
        mood=mood,
        longest=max(waits),
        p95=_p95(waits),
        told=told,
        asked=asked,
        reasons=", ".join(f"{words} ({count})" for words, count in sorted(reasons.items())),
        breaker=sourcing.lines[0].breaker.state.value,
        others_p95=_p95(others),
    )


async def _consensus(resources: Resources, stubs: list[ProviderStub]) -> float:
    """Return the 95th percentile, in milliseconds, of a quote by consensus of three that take 30 ms each."""
    for stub in stubs:
        stub.delay = 0.03
    _, sourcing = _with_sources(resources, stubs, Manner(strategy=Strategy.CONSENSUS))
    await sourcing.quotes(["WARM"])
    waits = []
    for number in range(100):
        begun = time.perf_counter()
        await sourcing.quotes([f"C{number}"])
        waits.append((time.perf_counter() - begun) * 1e3)
    for stub in stubs:
        stub.delay = 0.0
    return _p95(waits)


def _p95(numbers: list[float]) -> float:
    return sorted(numbers)[min(len(numbers) - 1, int(0.95 * len(numbers)))]


async def measure(seconds: float) -> tuple[list[Seen], float]:
    """Measure every mood for so many seconds, on a database of its own."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:{folder}/moods.sqlite3"
        await runner.upgrade(url)
        await fill_live_market(url)
        async with AsyncExitStack() as opened:
            resources = await opened.enter_async_context(open_test_resources(url, Path(folder), Path(folder)))
            web = await opened.enter_async_context(open_web(clock, allows_private=True))
            opening = [open_provider_stub(price, lambda: datetime.now(UTC)) for price in ("12", "12.001", "12.002")]
            stubs = [await opened.enter_async_context(each) for each in opening]
            real = replace(
                resources,
                clock=clock,
                unit_of_work=units_of_work(clock, resources.bus, resources.job_doorbell),
                web=web,
                market_access=tuple(Access(name=name, key=KEY) for name in _NAMES),
            )
            for stub in stubs:
                stub.slowness = 2.5
            consensus = await _consensus(real, stubs)
            # The first queries parse documents and open connections: what all are compared with would be slow.
            await _mood(real, stubs, Mood.HEALTHY, seconds / 2)
            return [await _mood(real, stubs, mood, seconds) for mood in Mood], consensus


def report(seconds: float = 4.0) -> str:
    """Measure, and return the figures in Markdown."""
    seen, consensus = asyncio.run(measure(seconds))
    healthy = seen[0].others_p95
    lines = [
        "## Quotes while the first of three providers has a mood",
        "",
        f"At most {LONGEST} s for a quote, and others' queries slower by at most {SLOWER_MS:.0f} ms at p95.",
        "",
        "| mood | told | longest | p95 | breaker then | others p95 | what quotes say |",
        "| --- | ---: | ---: | ---: | --- | ---: | --- |",
        *(
            f"| {each.mood.value} | {each.told} of {each.asked} | {each.longest:.2f} s | {each.p95 * 1e3:.0f} ms "
            f"| {each.breaker} | {each.others_p95:.1f} ms ({each.others_p95 - healthy:+.1f}) | {each.reasons} |"
            for each in seen
        ),
        "",
        f"By consensus of three that take 30 ms each: {consensus:.0f} ms at p95, at most {CONSENSUS_MS:.0f} ms.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(float(sys.argv[1]) if len(sys.argv) > 1 else 4.0))
