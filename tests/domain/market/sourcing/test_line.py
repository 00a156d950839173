"""One provider as it is asked: pages, waiting where it asks for it, and what its messages must not tell."""

import asyncio
import gc
from urllib.parse import quote

import pytest

from domain.kernel.web import Access, Answer, Request, Unreachable
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.observed import ObservedQuote
from domain.market.providers.provider import Capability, Endpoint, FaultKind, Parsed, ProviderFault
from domain.market.providers.reading import check_status, json_of
from domain.market.sourcing.line import Line
from domain.market.sourcing.types import BreakerState
from tests.domain.market.sourcing.scripted import (
    CountingCompute,
    ScriptedWeb,
    answer_of,
    build,
    empty,
    line_of,
    quote_of,
)
from tests.support.resources import ManualClock

SECRET = "k3y/with+signs&more"
ASKED = QuotesAsked(("AAA",))


async def _ask(line: Line, asked: QuotesAsked = ASKED) -> tuple[ObservedQuote, ...]:
    return await line.ask(Capability.QUOTES, asked, 5.0)


def _asked_of(line: Line) -> list[Request]:
    assert isinstance(line.web, ScriptedWeb)
    return line.web.asked


def _pages(clock: ManualClock, count: int, following: str = "/next") -> Line:
    left = iter(range(count - 1))

    def parse(_asked: QuotesAsked, _answer: Answer) -> Parsed[ObservedQuote]:
        more = next(left, None)
        return Parsed((quote_of("AAA", clock),), None if more is None else Request(url=following))

    async def serve(_request: Request) -> Answer:
        return answer_of(clock)

    return line_of(clock, serve, Endpoint(build, parse), access=Access(name="first", key=SECRET))


async def test_all_pages_are_read_with_what_lets_us_in(clock: ManualClock):
    line = _pages(clock, 3)

    assert len(await _ask(line)) == 3
    assert [each.url for each in _asked_of(line)] == [
        "https://provider.example/AAA",
        *["https://provider.example/next"] * 2,
    ]
    assert {each.secret_parameters["key"] for each in _asked_of(line)} == {SECRET}


@pytest.mark.parametrize(
    "following",
    [
        "https://elsewhere.example/",
        "http://provider.example/",
        "https://provider.example:8443/",
        "https://provider.example@elsewhere.example/",
    ],
)
async def test_what_lets_us_in_is_told_to_nobody_else(clock: ManualClock, following: str):
    line = _pages(clock, 2, following)

    with pytest.raises(ProviderFault) as refused:
        await _ask(line)

    assert refused.value.kind is FaultKind.GARBLED
    assert len(_asked_of(line)) == 1


async def test_pages_without_end_are_not_taken_for_an_answer(clock: ManualClock):
    line = _pages(clock, 1_000)

    with pytest.raises(ProviderFault, match="expected at most 200 pages"):
        await _ask(line)

    assert len(_asked_of(line)) == 200


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [(429, {"retry-after": "30"}, 30), (429, {}, 15), (503, {"retry-after": "40"}, 40), (503, {}, 0)],
)
async def test_who_asks_us_to_wait_is_not_asked_for_so_long(
    clock: ManualClock, status: int, headers: dict[str, str], seconds: int
):
    async def serve(_request: Request) -> Answer:
        return answer_of(clock, b"not now", status, **headers)

    def parse(_asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
        check_status(answer)
        return Parsed(())

    line = line_of(clock, serve, Endpoint(build, parse))
    with pytest.raises(ProviderFault):
        await _ask(line)

    if seconds:
        clock.advance(seconds=seconds - 1)
        assert not line.is_ready(Capability.QUOTES)
        with pytest.raises(ProviderFault) as refused:
            await _ask(line)
        assert refused.value.kind is FaultKind.RATE_LIMITED
        clock.advance(seconds=1)
    assert len(_asked_of(line)) == 1
    assert line.is_ready(Capability.QUOTES)


@pytest.mark.parametrize("said", [SECRET, quote(SECRET, safe=""), SECRET.upper()])
@pytest.mark.parametrize("before", [0, 150, 185, 192])
async def test_no_message_tells_a_secret_nor_its_beginning(clock: ManualClock, said: str, before: int):
    async def serve(_request: Request) -> Answer:
        return answer_of(clock, b"." * before + said.encode() + b" is not known", 401)

    def parse(_asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
        return Parsed((json_of(answer),))

    line = line_of(clock, serve, Endpoint(build, parse), access=Access(name="first", key=SECRET))
    with pytest.raises(ProviderFault) as refused:
        await _ask(line)

    assert said[:4] not in refused.value.message or said == SECRET.upper()
    assert line.last_fault is not None
    assert line.last_fault.message == refused.value.message
    assert refused.value.message.startswith("expected status 200, got 401: ")


async def test_what_cannot_be_had_costs_no_allowance(clock: ManualClock):
    async def serve(_request: Request) -> Answer:
        raise Unreachable("expected an answer, got none")

    line = line_of(clock, serve, Endpoint(build, empty), calls_per_minute=8)
    for number in range(5):
        with pytest.raises(ProviderFault):
            await _ask(line, QuotesAsked((f"S{number}",)))
    for number in range(5):
        with pytest.raises(ProviderFault, match="left alone for a while"):
            await _ask(line, QuotesAsked((f"T{number}",)))

    assert line.allowance.may_take(3)
    assert not line.allowance.may_take(4)


async def test_what_is_not_in_our_plan_does_not_shut_out_what_is(clock: ManualClock, monkeypatch: pytest.MonkeyPatch):
    async def serve(request: Request) -> Answer:
        return answer_of(clock, b"pay for it", 200 if request.url.endswith("/AAA") else 402)

    def parse(_asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
        check_status(answer)
        return Parsed(())

    async def refused(line: Line) -> BreakerState:
        for number in range(5):
            with pytest.raises(ProviderFault):
                await _ask(line, QuotesAsked((f"S{number}",)))
        return line.breaker.state

    line, other = (line_of(clock, serve, Endpoint(build, parse)) for _ in range(2))
    await _ask(line)

    assert await refused(line) is BreakerState.CLOSED
    assert await refused(other) is BreakerState.OPEN, "nothing tells that its key is right"
    monkeypatch.setattr("domain.market.sourcing.line._WELCOME", 0.0)
    assert await refused(line) is BreakerState.OPEN, "it was right once, but not lately"


async def test_each_time_it_is_left_alone_is_noted(clock: ManualClock):
    async def serve(_request: Request) -> Answer:
        raise Unreachable("expected an answer, got none")

    line = line_of(clock, serve, Endpoint(build, empty))
    for number in range(5):
        with pytest.raises(ProviderFault):
            await _ask(line, QuotesAsked((f"S{number}",)))
    first = line.opened_at
    clock.advance(seconds=10)
    with pytest.raises(ProviderFault):
        await _ask(line)

    assert first is not None
    assert line.opened_at == clock.now()
    assert line.breaker.state is BreakerState.OPEN
    assert line.opened_at > first


async def test_a_parser_that_breaks_is_a_fault_that_is_logged_without_the_answer(
    clock: ManualClock, caplog: pytest.LogCaptureFixture
):
    async def serve(_request: Request) -> Answer:
        return answer_of(clock, SECRET.encode())

    def parse(_asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
        raise KeyError(answer.body.decode())

    line = line_of(clock, serve, Endpoint(build, parse))
    with pytest.raises(ProviderFault) as refused:
        await _ask(line)

    assert (refused.value.kind, line.breaker.failure_rate) == (FaultKind.GARBLED, 1.0)
    assert refused.value.message == "expected an answer that can be read, got one that ends in KeyError"
    assert "test_line.py" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(("size", "runs"), [(10_000, 0), (100_000, 1)])
async def test_large_answers_are_read_beside_the_event_loop(clock: ManualClock, size: int, runs: int):
    async def serve(_request: Request) -> Answer:
        return answer_of(clock, bytes(size))

    line = line_of(clock, serve, Endpoint(build, empty))
    await _ask(line)

    assert isinstance(line.compute, CountingCompute)
    assert line.compute.runs == runs


async def test_the_last_fault_does_not_hold_on_to_the_answer(clock: ManualClock):
    async def serve(_request: Request) -> Answer:
        return answer_of(clock, b"no", 500)

    def parse(_asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
        return Parsed((json_of(answer),))

    line = line_of(clock, serve, Endpoint(build, parse))
    with pytest.raises(ProviderFault):
        await _ask(line)

    assert line.last_fault is not None
    assert line.last_fault.__traceback__ is None


async def test_who_gives_up_takes_no_answer_from_the_others_and_leaves_no_complaint(clock: ManualClock):
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    is_over = asyncio.Event()

    async def serve(_request: Request) -> Answer:
        await is_over.wait()
        raise Unreachable("expected an answer, got none")

    line = line_of(clock, serve, Endpoint(build, empty))
    first, second = asyncio.create_task(_ask(line)), asyncio.create_task(_ask(line))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    is_over.set()
    with pytest.raises(ProviderFault):
        await second
    is_over.clear()
    alone = asyncio.create_task(_ask(line))
    await asyncio.sleep(0)
    alone.cancel()
    await asyncio.wait([alone])
    is_over.set()
    await asyncio.wait(line._asking.values())
    # What was cancelled still holds on to what it waited for.
    del alone
    gc.collect()

    assert len(_asked_of(line)) == 2
    assert complaints == []
