"""One provider as this process asks it: what came of the calls, and what may be asked now."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from domain.kernel.ports import Clock
from domain.kernel.web import Access, Request, Unreachable, Web
from domain.market.providers.provider import (
    Capability,
    Credentials,
    Endpoint,
    FaultKind,
    Parsed,
    Provider,
    ProviderFault,
)
from domain.market.sourcing.allowance import Allowance
from domain.market.sourcing.breaker import WINDOW, Breaker

# Faults that say nothing against the provider.
_BLAMELESS: Final = frozenset({FaultKind.NOT_FOUND, FaultKind.RATE_LIMITED})
# Seconds to wait where we were asked to wait and not told how long.
_UNTOLD_WAIT: Final = 15.0
# Pages of one question: more than that is a loop.
_MOST_PAGES: Final = 50
_LONGEST_MESSAGE: Final = 500

Check = Callable[[tuple[Any, ...]], None]


@dataclass(eq=False)
class Line:
    """A provider that is configured.  What is asked twice at once is asked once."""

    provider: Provider
    access: Access
    web: Web
    clock: Clock
    breaker: Breaker
    allowance: Allowance
    on_change: Callable[["Line"], None]
    calls: int = 0
    last_fault: ProviderFault | None = None
    opened_at: datetime | None = None
    _seconds: deque[float] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _cost: Decimal = Decimal(0)
    _cost_day: date | None = None
    _asking: dict[Hashable, asyncio.Task[Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.provider.name

    @property
    def p95(self) -> float | None:
        """The 95th percentile of the last answers, in seconds; None before the first."""
        ordered = sorted(self._seconds)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] if ordered else None

    @property
    def cost_today(self) -> Decimal:
        """US dollars that today's calls cost, a day of UTC."""
        return self._cost if self._cost_day == self.clock.now().date() else Decimal(0)

    def offers(self, capability: Capability) -> bool:
        """Whether it can be asked for this."""
        return self.endpoint(capability) is not None

    def endpoint(self, capability: Capability) -> Endpoint[Any, Any] | None:
        """Return how it is asked for this, None where it cannot be."""
        found: Endpoint[Any, Any] | None = getattr(self.provider, capability.value)
        return found

    def is_ready(self, capability: Capability) -> bool:
        """Whether it may be asked for this now."""
        endpoint = self.endpoint(capability)
        return endpoint is not None and self.breaker.may_admit and self.allowance.may_take(endpoint.credits)

    async def ask(
        self, capability: Capability, asked: Any, seconds: float, check: Check | None = None
    ) -> tuple[Any, ...]:
        """Return what it says, all pages of it, within so many seconds.

        Raises `ProviderFault`, also what `check` raises for a page that cannot be used.
        """
        key = (capability, asked)
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._ask(capability, asked, seconds, check))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        # Who gives up waiting does not take the answer from the others.
        found: tuple[Any, ...] = await asyncio.shield(task)
        return found

    async def _ask(self, capability: Capability, asked: Any, seconds: float, check: Check | None) -> tuple[Any, ...]:
        endpoint = self.endpoint(capability)
        assert endpoint is not None, "expected a provider that offers what it is asked for"
        base_url = self.access.url or self.provider.base_url
        request = endpoint.build(asked, base_url, Credentials(self.access.key, self.access.secret))
        found: list[Any] = []
        due = time.monotonic() + seconds
        for _ in range(_MOST_PAGES):
            parsed = await self._call(endpoint, request, asked, max(0.01, due - time.monotonic()), check)
            found.extend(parsed.found)
            if parsed.following is None:
                break
            request = _with_credentials(parsed.following, request, base_url)
        return tuple(found)

    async def _call(
        self, endpoint: Endpoint[Any, Any], request: Request, asked: Any, seconds: float, check: Check | None
    ) -> Parsed[Any]:
        if not self.allowance.take(endpoint.credits):
            raise ProviderFault(FaultKind.RATE_LIMITED, "the allowance of calls is used up")
        if not self.breaker.admit():
            raise ProviderFault(FaultKind.DOWN, "it has failed too often and is left alone for a while")
        begun = time.monotonic()
        try:
            answer = await self.web.get(request, within=seconds)
            parsed = endpoint.parse(asked, answer)
            if check is not None:
                check(parsed.found)
        except (Unreachable, ProviderFault) as error:
            told = self._told(error)
            self._count(told, time.monotonic() - begun)
            raise told from None
        except BaseException:
            self.breaker.gave_up()
            raise
        self._count(None, time.monotonic() - begun)
        return parsed

    def _count(self, fault: ProviderFault | None, seconds: float | None = None) -> None:
        was_open = not self.breaker.may_admit
        self.calls += 1
        today = self.clock.now().date()
        self._cost = self.provider.cost_per_call + (self._cost if self._cost_day == today else Decimal(0))
        self._cost_day = today
        if fault is None or fault.kind in _BLAMELESS:
            self._seconds.append(seconds or 0.0)
            self.breaker.succeeded(seconds or 0.0)
        else:
            self.breaker.failed()
        if fault is not None:
            self.last_fault = fault
            if fault.kind is FaultKind.RATE_LIMITED:
                self.allowance.block(_UNTOLD_WAIT if fault.retry_after is None else fault.retry_after)
        if not was_open and not self.breaker.may_admit:
            self.opened_at = self.clock.now()
        self.on_change(self)

    def _told(self, error: Unreachable | ProviderFault) -> ProviderFault:
        if isinstance(error, Unreachable):
            return ProviderFault(FaultKind.DOWN, str(error))
        return ProviderFault(error.kind, self._without_secrets(error.message), retry_after=error.retry_after)

    def _without_secrets(self, message: str) -> str:
        # A provider may repeat what it was sent.
        for secret in (self.access.key, self.access.secret):
            message = message.replace(secret, "…") if len(secret) > 3 else message
        return message[:_LONGEST_MESSAGE]


def _with_credentials(following: Request, first: Request, base_url: str) -> Request:
    """Return the request for the next page, with what let us in to the first.  Raises `ProviderFault`.

    Its address is a path of the provider, or whole, and then one of the same server.
    """
    url = f"{base_url}{following.url}" if following.url.startswith("/") else following.url
    ours, theirs = urlsplit(first.url), urlsplit(url)
    if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
        raise ProviderFault(FaultKind.GARBLED, f"expected a page of {ours.netloc}, got one of {theirs.netloc[:100]}")
    return replace(following, url=url, secret_parameters=first.secret_parameters, secret_headers=first.secret_headers)
