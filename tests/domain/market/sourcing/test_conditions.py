"""How providers do, as all processes together tell it."""

from dataclasses import replace
from decimal import Decimal
from typing import NoReturn

import pytest

from domain.kernel.actor import Actor
from domain.kernel.ports import Resources
from domain.kernel.web import Access, Answer, Request
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.provider import Capability, Endpoint, Provider, ProviderFault, Tier
from domain.market.sourcing.conditions import Condition
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import BreakerState, ConnectionState
from tests.domain.market.sourcing.scripted import ScriptedWeb, answer_of, build, empty
from tests.support.resources import ManualClock
from tests.support.statements import counted_statements

PROVIDER = Provider(
    name="first",
    title="First",
    base_url="https://provider.example",
    tier=Tier.FREE,
    priority=1,
    reliability=0.5,
    calls_per_day=10,
    cost_per_call=Decimal("0.25"),
    quotes=Endpoint(build, empty),
)


@pytest.fixture
def configured(resources: Resources, clock: ManualClock) -> Resources:
    """Resources with one provider, which answers that it knows nothing."""

    async def serve(_request: Request) -> Answer:
        return answer_of(clock)

    return replace(resources, web=ScriptedWeb(serve), market_access=(Access(name="first"),), _shared={})


def _broken(_actor: Actor) -> NoReturn:
    raise OSError("not now")


async def _use(sourcing: Sourcing, times: int) -> None:
    (line,) = sourcing.lines
    for number in range(times):
        await line.ask(Capability.QUOTES, QuotesAsked((f"S{number}",)), 5.0)


async def _condition(resources: Resources) -> Condition:
    (found,) = await Sourcing(resources, [PROVIDER]).conditions()
    return found


async def test_what_was_never_asked_has_all_of_its_allowance(configured: Resources):
    found = await _condition(configured)

    assert (found.calls, found.remaining, found.cost_today, found.p95) == (0, 10, Decimal(0), None)
    assert (found.breaker, found.connection) == (BreakerState.CLOSED, ConnectionState.DISCONNECTED)


async def test_what_was_used_today_outlives_the_process_that_used_it(configured: Resources):
    before = Sourcing(configured, [PROVIDER])
    await _use(before, 3)
    await before.write()
    after = Sourcing(configured, [PROVIDER])
    await _use(after, 1)
    await after.write()

    found = await _condition(configured)

    assert (found.calls, found.remaining, found.cost_today) == (4, 6, Decimal("1.00"))
    assert after.lines[0].allowance.remaining == 6


async def test_what_one_process_uses_the_others_have_no_more(configured: Resources):
    one, other = Sourcing(configured, [PROVIDER]), Sourcing(configured, [PROVIDER])
    await _use(one, 6)
    await one.write()
    await _use(other, 3)
    await other.write()
    await _use(one, 1)
    await one.write()

    found = await _condition(configured)

    assert (found.calls, found.remaining, found.cost_today) == (10, 0, Decimal("2.50"))
    assert one.lines[0].allowance.remaining == 0
    with pytest.raises(ProviderFault, match="allowance"):
        await _use(one, 1)


async def test_each_day_begins_with_all_of_it(configured: Resources, clock: ManualClock):
    sourcing = Sourcing(configured, [PROVIDER])
    await _use(sourcing, 4)
    await sourcing.write()
    clock.advance(days=1)

    found = await _condition(configured)
    await _use(sourcing, 1)
    await sourcing.write()
    later = await _condition(configured)

    assert (found.calls, found.remaining, found.cost_today) == (4, 10, Decimal(0))
    assert (later.calls, later.remaining, later.cost_today) == (5, 9, Decimal("0.25"))


async def test_what_could_not_be_written_is_written_with_the_next(configured: Resources):
    sourcing = Sourcing(configured, [PROVIDER])
    await _use(sourcing, 2)
    sourcing._resources = replace(configured, unit_of_work=_broken)
    with pytest.raises(OSError, match="not now"):
        await sourcing.write()
    sourcing._resources = configured
    await sourcing.write()
    await sourcing.write()

    found = await _condition(configured)

    assert (found.calls, found.remaining, found.cost_today) == (2, 8, Decimal("0.50"))


async def test_it_takes_two_statements_to_tell_and_one_to_ask(configured: Resources):
    sourcing = Sourcing(configured, [PROVIDER])
    await _use(sourcing, 2)

    with counted_statements() as told:
        await sourcing.write()
    with counted_statements() as nothing:
        await sourcing.write()
    with counted_statements() as asked:
        await sourcing.conditions()

    assert (len(told), len(nothing), len(asked)) == (2, 0, 1)


async def test_calls_write_nothing_by_themselves_until_a_second_has_passed(configured: Resources):
    sourcing = Sourcing(configured, [PROVIDER])

    with counted_statements() as sent:
        await _use(sourcing, 5)

    assert sent == []
    assert sourcing._writing is not None
    assert not sourcing._writing.done()
    sourcing._writing.cancel()
