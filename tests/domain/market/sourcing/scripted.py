"""Lines whose servers are functions of a test."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any, TypeVar

from domain.kernel.web import Access, Answer, Request
from domain.market.providers.observed import ObservedQuote
from domain.market.providers.provider import Credentials, Endpoint, Parsed, Provider, Tier
from domain.market.sourcing.allowance import Allowance
from domain.market.sourcing.breaker import Breaker
from domain.market.sourcing.line import Line
from tests.support.resources import ManualClock

Result = TypeVar("Result")
Serve = Callable[[Request], Awaitable[Answer]]


class CountingCompute:
    """Runs everything at once, and counts it."""

    def __init__(self) -> None:
        self.runs = 0

    async def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Run a function."""
        self.runs += 1
        return function(*arguments)


class ScriptedWeb:
    """Answers as a function says."""

    def __init__(self, serve: Serve) -> None:
        self.asked: list[Request] = []
        self._serve = serve

    async def get(self, request: Request, *, within: float) -> Answer:
        """Answer."""
        self.asked.append(request)
        async with asyncio.timeout(within):
            return await self._serve(request)


def line_of(
    clock: ManualClock,
    serve: Serve,
    endpoint: Endpoint[Any, Any],
    *,
    name: str = "first",
    access: Access | None = None,
    calls_per_minute: int | None = None,
) -> Line:
    """Return a line of one provider of quotes, whose clock is the test's."""
    provider = Provider(
        name=name,
        title=name.title(),
        base_url="https://provider.example",
        tier=Tier.PROFESSIONAL,
        priority=1,
        reliability=0.5,
        cost_per_call=Decimal("0.01"),
        quotes=endpoint,
    )
    return Line(
        provider=provider,
        access=access or Access(name=name),
        web=ScriptedWeb(serve),
        clock=clock,
        compute=CountingCompute(),
        breaker=Breaker(clock.seconds, lambda: 1.0),
        allowance=Allowance(clock, clock.seconds, calls_per_minute),
        on_change=lambda _: None,
    )


def quote_of(symbol: str, clock: ManualClock, **changes: Any) -> ObservedQuote:
    """Return a quote of 12 dollars, now."""
    return ObservedQuote(**{"symbol": symbol, "price": Decimal(12), "at": clock.now(), **changes})


def answer_of(clock: ManualClock, body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    """Return an answer."""
    return Answer(status, headers, body, clock.now())


def build(asked: Any, base_url: str, credentials: Credentials) -> Request:
    """Ask for the symbols in the path."""
    return Request(url=f"{base_url}/{','.join(asked.symbols)}", secret_parameters={"key": credentials.key})


def empty(_asked: object, _answer: Answer) -> Parsed[Any]:
    """Find nothing."""
    return Parsed(())
