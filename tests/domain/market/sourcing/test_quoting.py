"""Quotes that are asked of several: what is told of each symbol, and of those that nobody told, why."""

import asyncio
import gc
from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.kernel.absence import AbsenceReason
from domain.kernel.web import Answer, Request
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.observed import ObservedQuote
from domain.market.providers.provider import Endpoint, FaultKind, Parsed, ProviderFault
from domain.market.sourcing.line import Line
from domain.market.sourcing.quoting import Manner, Told, Untold, ask_quotes
from domain.market.sourcing.racing import all_of, first_of
from domain.market.sourcing.types import Strategy
from tests.domain.market.sourcing.scripted import answer_of, build, line_of, quote_of
from tests.support.resources import ManualClock

STRATEGIES = list(Strategy)


def _line(clock: ManualClock, name: str, knows: Collection[str], *, most: int = 50, price: str = "12") -> Line:
    """Return a provider that knows some symbols: of OLD and NEW the price of another day, of WAIT nothing now."""

    async def serve(_request: Request) -> Answer:
        return answer_of(clock)

    def parse(asked: QuotesAsked, _answer: Answer) -> Parsed[ObservedQuote]:
        if "WAIT" in asked.symbols and "WAIT" not in knows:
            raise ProviderFault(FaultKind.RATE_LIMITED, "slower, please")
        days = {"OLD": -30, "NEW": 3}
        return Parsed(
            tuple(
                quote_of(
                    symbol,
                    clock,
                    price=Decimal(price),
                    at=clock.now() + timedelta(days=days.get(symbol, 0) if name == "first" else 0),
                )
                for symbol in asked.symbols
                if symbol in knows
            )
        )

    return line_of(clock, serve, Endpoint(build, parse, most=most), name=name)


async def _asked(
    clock: ManualClock, lines: list[Line], symbols: list[str], strategy: Strategy
) -> dict[str, str | AbsenceReason]:
    manner = Manner(strategy=strategy, deadline=1.0, patience=0.2, together=0.5)
    found = await ask_quotes(lines, symbols, clock.now(), manner)
    return {
        symbol: each.reason if isinstance(each, Untold) else each.consensus.sources[0].observation.provider
        for symbol, each in found.items()
    }


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_a_price_of_another_day_is_none_also_among_others(clock: ManualClock, strategy: Strategy):
    line = _line(clock, "first", {"AAA", "OLD", "NEW"})

    found = await _asked(clock, [line], ["AAA", "OLD", "NEW"], strategy)

    assert found == {"AAA": "first", "OLD": AbsenceReason.STALE, "NEW": AbsenceReason.STALE}
    assert line.breaker.failure_rate == 0.0, "one that is halted says nothing against who tells it"


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_what_one_tells_too_late_the_next_is_asked_for(clock: ManualClock, strategy: Strategy):
    lines = [_line(clock, "first", {"AAA", "OLD"}), _line(clock, "second", {"AAA", "OLD"})]

    found = await _asked(clock, lines, ["AAA", "OLD"], strategy)

    assert found == {"AAA": "first", "OLD": "second"}


@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_the_reason_is_that_of_the_symbol(clock: ManualClock, strategy: Strategy):
    found = await _asked(
        clock, [_line(clock, "first", {"AAA", "OLD"}, most=1)], ["AAA", "OLD", "VVV", "WAIT"], strategy
    )

    assert found == {
        "AAA": "first",
        "OLD": AbsenceReason.STALE,
        "VVV": AbsenceReason.NOT_COVERED,
        "WAIT": AbsenceReason.RATE_LIMITED,
    }


async def test_what_is_left_out_of_an_answer_has_no_price(clock: ManualClock):
    found = await _asked(clock, [_line(clock, "first", {"AAA"})], ["AAA", "XXX"], Strategy.IMMEDIATE)

    assert found == {"AAA": "first", "XXX": AbsenceReason.NO_PRICE}


async def test_what_the_best_three_do_not_know_the_others_are_asked_for(clock: ManualClock):
    lines = [_line(clock, name, {"AAA"}) for name in ("first", "second", "third")]
    lines.append(_line(clock, "fourth", {"AAA", "BBB"}))

    found = await _asked(clock, lines, ["AAA", "BBB", "CCC"], Strategy.CONSENSUS)

    assert found == {"AAA": "first", "BBB": "fourth", "CCC": AbsenceReason.NO_PRICE}
    assert lines[3].calls == 1


async def test_where_none_may_be_asked_it_is_said_why(clock: ManualClock):
    line = _line(clock, "first", {"AAA"})

    assert await _asked(clock, [], ["AAA"], Strategy.IMMEDIATE) == {"AAA": AbsenceReason.NOT_COVERED}
    line.allowance.block(60)
    assert await _asked(clock, [line], ["AAA"], Strategy.IMMEDIATE) == {"AAA": AbsenceReason.RATE_LIMITED}
    for _ in range(5):
        line.breaker.failed()
    assert await _asked(clock, [line], ["AAA"], Strategy.IMMEDIATE) == {"AAA": AbsenceReason.PROVIDER_DOWN}


async def test_the_fullest_quote_is_kept_with_what_all_agree_on(clock: ManualClock):
    lines = [_line(clock, "first", {"AAA"}), _line(clock, "second", {"AAA"}, price="12.002")]

    found = await ask_quotes(lines, ["AAA"], clock.now(), Manner(strategy=Strategy.CONSENSUS))

    told = found["AAA"]
    assert isinstance(told, Told)
    assert (told.consensus.price, len(told.consensus.sources)) == (Decimal("12.001"), 2)


async def test_races_leave_nothing_behind(clock: ManualClock):
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

    async def fails() -> int:
        await asyncio.sleep(0.01)
        raise ProviderFault(FaultKind.DOWN, "no")

    async def several() -> int:
        await all_of([fails, fails], within=1.0)
        return 1

    async def answers() -> int:
        return 2

    async def hangs() -> int:
        await asyncio.sleep(0.005)
        return await several()

    assert await first_of([hangs, answers], patience=0.007, gives_up=False, within=1.0) == 2
    assert await first_of([fails, answers], patience=0.0, gives_up=False, within=1.0) == 2
    assert [type(each) for each in await all_of([fails, answers], within=1.0)] == [ProviderFault, int]
    waiting = asyncio.create_task(all_of([fails, fails], within=1.0))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0.02)
    gc.collect()

    assert complaints == []
    assert len(asyncio.all_tasks()) == 1, "only the test itself goes on"
