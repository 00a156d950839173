"""One provider as this process asks it: what came of the calls, and what may be asked now."""

import asyncio
import logging
import time
import traceback
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from domain.kernel.ports import Clock, Compute
from domain.kernel.web import Access, Answer, Request, Unreachable, Web
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
from domain.market.sourcing.discretion import without_secrets
from domain.market.sourcing.types import BreakerState

# Faults that say nothing against the provider.
_BLAMELESS: Final = frozenset({FaultKind.NOT_FOUND, FaultKind.RATE_LIMITED})
# Who has answered anything within so many seconds knows our key: what it refuses is not in our plan, no more.
_WELCOME: Final = 600.0
# Seconds to wait where we were asked to wait and not told how long.
_UNTOLD_WAIT: Final = 15.0
# Pages of one question: more than that is a loop.
_MOST_PAGES: Final = 200
_LONGEST_MESSAGE: Final = 500
# Bytes from which on an answer is read beside the event loop, which 32 KiB hold up for some 3 ms.
_LARGE: Final = 32 * 2**10

Check = Callable[[tuple[Any, ...]], None]

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Line:
    """A provider that is configured.  What is asked twice at once is asked once."""

    provider: Provider
    access: Access
    web: Web
    clock: Clock
    compute: Compute
    breaker: Breaker
    allowance: Allowance
    on_change: Callable[["Line"], None]
    calls: int = 0
    last_fault: ProviderFault | None = None
    opened_at: datetime | None = None
    # What other processes do not know of yet.
    untold_calls: int = 0
    untold_cost: Decimal = Decimal(0)
    _answered_at: float | None = None
    _seconds: deque[float] = field(default_factory=lambda: deque(maxlen=WINDOW))
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

    def wait(self, capability: Capability) -> float | None:
        """Seconds until its allowance lets it be asked for this; None where that is not today, or not to be known."""
        endpoint = self.endpoint(capability)
        return self.allowance.wait(endpoint.credits) if endpoint is not None and self.breaker.may_admit else None

    async def ask(
        self, capability: Capability, asked: Any, seconds: float, check: Check | None = None, patience: float = 0.0
    ) -> tuple[Any, ...]:
        """Return what it says, all pages of it, within so many seconds, and as many more as `patience` for allowance.

        Raises `ProviderFault`, also what `check` raises for a page that cannot be used.
        """
        key = (capability, asked)
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._ask(capability, asked, seconds, check, patience))
            task.add_done_callback(lambda ended: self._end(key, ended))
        # Who gives up waiting does not take the answer from the others.
        found: tuple[Any, ...] = await asyncio.shield(task)
        return found

    def _end(self, key: Hashable, ended: "asyncio.Task[Any]") -> None:
        del self._asking[key]
        if not ended.cancelled():
            # Looked at, also where nobody waits for it any more.
            ended.exception()

    async def _ask(
        self, capability: Capability, asked: Any, seconds: float, check: Check | None, patience: float
    ) -> tuple[Any, ...]:
        endpoint = self.endpoint(capability)
        assert endpoint is not None, "expected a provider that offers what it is asked for"
        base_url = self.access.url or self.provider.base_url
        request = endpoint.build(asked, base_url, Credentials(self.access.key, self.access.secret))
        found: list[Any] = []
        due = time.monotonic() + seconds
        for _ in range(_MOST_PAGES):
            waited = await self._wait(capability, patience)
            patience, due = patience - waited, due + waited
            parsed = await self._call(endpoint, request, asked, max(0.01, due - time.monotonic()), check)
            found.extend(parsed.found)
            if parsed.following is None:
                return tuple(found)
            request = _with_credentials(parsed.following, request, base_url)
        # Half of what was asked for would be taken for all of it.
        raise ProviderFault(FaultKind.GARBLED, f"expected at most {_MOST_PAGES} pages, got more")

    async def _wait(self, capability: Capability, patience: float) -> float:
        """Wait until it may be asked, if that is so soon; return for how many seconds."""
        waited = 0.0
        while (wait := self.wait(capability)) and waited + wait <= patience:
            await asyncio.sleep(wait)
            waited += wait
        return waited

    async def _call(
        self, endpoint: Endpoint[Any, Any], request: Request, asked: Any, seconds: float, check: Check | None
    ) -> Parsed[Any]:
        if not self.breaker.may_admit:
            raise ProviderFault(FaultKind.DOWN, "it has failed too often and is left alone for a while")
        if not self.allowance.take(endpoint.credits):
            raise ProviderFault(FaultKind.RATE_LIMITED, "the allowance of calls is used up")
        self.breaker.admit()
        begun = time.monotonic()
        try:
            answer = await self.web.get(request, within=seconds)
            parsed = await self._parsed(endpoint, asked, answer)
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

    async def _parsed(self, endpoint: Endpoint[Any, Any], asked: Any, answer: Answer) -> Parsed[Any]:
        try:
            if len(answer.body) < _LARGE:
                return endpoint.parse(asked, answer)
            return await self.compute.run(endpoint.parse, asked, answer)
        except ProviderFault:
            raise
        except Exception as error:  # noqa: BLE001 - a hole in one parser is no reason to say nothing at all
            name = type(error).__name__
            # Without the error's own words, which may repeat the answer, and with it a key.
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("an answer of %s could not be read: %s at\n%s", self.name, name, where)
            raise ProviderFault(
                FaultKind.GARBLED, f"expected an answer that can be read, got one that ends in {name}"
            ) from None

    def _count(self, fault: ProviderFault | None, seconds: float | None = None) -> None:
        was_open = self.breaker.state is BreakerState.OPEN
        self.calls += 1
        self.untold_calls += 1
        self.untold_cost += self.provider.cost_per_call
        if fault is None:
            self._answered_at = time.monotonic()
        if fault is None or self._is_blameless(fault):
            self._seconds.append(seconds or 0.0)
            self.breaker.succeeded(seconds or 0.0)
        else:
            self.breaker.failed()
        if fault is not None:
            # A copy: the one that is raised holds on to the whole answer.
            self.last_fault = ProviderFault(fault.kind, fault.message, retry_after=fault.retry_after)
            # Who is overloaded may ask us to wait, too.
            if fault.kind is FaultKind.RATE_LIMITED or fault.retry_after is not None:
                self.allowance.block(_UNTOLD_WAIT if fault.retry_after is None else fault.retry_after)
        if not was_open and self.breaker.state is BreakerState.OPEN:
            self.opened_at = self.clock.now()
        self.on_change(self)

    def _is_blameless(self, fault: ProviderFault) -> bool:
        is_welcome = self._answered_at is not None and time.monotonic() - self._answered_at < _WELCOME
        return fault.kind in _BLAMELESS or (fault.kind is FaultKind.REFUSED and is_welcome)

    def _told(self, error: Unreachable | ProviderFault) -> ProviderFault:
        if isinstance(error, Unreachable):
            return ProviderFault(FaultKind.DOWN, str(error))
        message = without_secrets(error.message, (self.access.key, self.access.secret))[:_LONGEST_MESSAGE]
        return ProviderFault(error.kind, message, retry_after=error.retry_after)


def _with_credentials(following: Request, first: Request, base_url: str) -> Request:
    """Return the request for the next page, with what let us in to the first.  Raises `ProviderFault`.

    Its address is a path of the provider, or whole, and then one of the same server.
    """
    url = f"{base_url}{following.url}" if following.url.startswith("/") else following.url
    ours, theirs = urlsplit(first.url), urlsplit(url)
    if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
        raise ProviderFault(FaultKind.GARBLED, f"expected a page of {ours.netloc}, got one of {theirs.netloc[:100]}")
    return replace(following, url=url, secret_parameters=first.secret_parameters, secret_headers=first.secret_headers)
