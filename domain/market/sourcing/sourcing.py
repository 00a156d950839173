"""All configured providers as this process asks them, and how they do, for other processes to read."""

import asyncio
import logging
import random
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market.providers.file import FILE
from domain.market.providers.provider import Capability, FaultKind, Provider, ProviderFault
from domain.market.providers.registry import PROVIDERS
from domain.market.sourcing.allowance import Allowance
from domain.market.sourcing.breaker import Breaker
from domain.market.sourcing.choice import ranked
from domain.market.sourcing.line import Line
from domain.market.sourcing.models import ProviderState
from domain.market.sourcing.quoting import DEFAULT, Manner, Told, Untold, ask_quotes
from domain.market.sourcing.racing import first_of
from domain.market.sourcing.types import BreakerState, ConnectionState, ServiceLevel
from domain.storage import statements
from domain.storage.statements import statement

# Seconds between two writings of how providers do, and for an answer that nobody waits for at a screen.
_WRITING: Final = 1.0
_UNHURRIED: Final = 20.0
_NOT_AGAIN: Final = 10.0

_PUT = statement("""
    INSERT INTO provider_states (name, breaker, connection, failure_rate, p95, calls, remaining, cost, cost_day,
    opened_at, last_fault, last_fault_message, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (name) DO UPDATE SET breaker = excluded.breaker, failure_rate = excluded.failure_rate, p95 =
    excluded.p95, calls = excluded.calls, remaining = excluded.remaining, cost = excluded.cost, cost_day =
    excluded.cost_day, opened_at = excluded.opened_at, last_fault = excluded.last_fault, last_fault_message =
    excluded.last_fault_message, updated_at = excluded.updated_at
""")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A configured provider, and how it does: as the process that asked it last has told."""

    provider: Provider
    breaker: BreakerState = BreakerState.CLOSED
    connection: ConnectionState = ConnectionState.DISCONNECTED
    failure_rate: float | None = None
    p95: float | None = None
    calls: int = 0
    remaining: int | None = None
    cost_today: Decimal = Decimal(0)
    opened_at: datetime | None = None
    last_fault: str | None = None


class Sourcing:
    """The lines of one process.  `resources.shared(Sourcing)` is the process's own."""

    def __init__(
        self, resources: Resources, providers: Sequence[Provider] = PROVIDERS, manner: Manner = DEFAULT
    ) -> None:
        self.manner = manner
        self._resources = resources
        self._changed: set[Line] = set()
        self._writing: asyncio.Task[None] | None = None
        # What could not be had a moment ago is not asked for again at once: by symbol, until when.
        self._untold: dict[str, tuple[float, Untold]] = {}
        known = {provider.name: provider for provider in providers}
        self.lines = tuple(
            Line(
                provider=known[access.name],
                access=access,
                web=resources.market_files if access.name == FILE.name and resources.market_files else resources.web,
                clock=resources.clock,
                compute=resources.compute,
                breaker=Breaker(time.monotonic, random.random),
                allowance=Allowance(
                    resources.clock,
                    time.monotonic,
                    known[access.name].calls_per_minute,
                    known[access.name].calls_per_day,
                ),
                on_change=self._note,
            )
            for access in resources.market_access
            if access.name in known
        )

    def offers(self, capability: Capability) -> bool:
        """Whether any provider can be asked for this."""
        return any(line.offers(capability) for line in self.lines)

    async def quotes(self, symbols: Collection[str], manner: Manner | None = None) -> dict[str, Told | Untold]:
        """Return what providers tell of each symbol now, or why nothing: of what they did not know, a moment ago."""
        now = time.monotonic()
        self._untold = {symbol: each for symbol, each in self._untold.items() if each[0] > now}
        found: dict[str, Told | Untold] = {
            symbol: self._untold[symbol][1] for symbol in symbols if symbol in self._untold
        }
        asked = set(symbols) - found.keys()
        if asked:
            told = await ask_quotes(self.lines, asked, self._resources.clock.now(), manner or self.manner)
            for symbol, each in told.items():
                if isinstance(each, Untold):
                    self._untold[symbol] = (now + _NOT_AGAIN, each)
            found |= told
        return found

    async def ask(
        self, capability: Capability, asked: Any, level: ServiceLevel = ServiceLevel.LOW
    ) -> tuple[Line, tuple[Any, ...]]:
        """Return who answered, and what, asking one after another; for what nobody waits for at a screen.

        Raises the fault of the one that was asked last, `ProviderFault`.
        """
        chosen = ranked(self.lines, capability, level)
        if not chosen:
            what = capability.value.replace("_", " ")
            raise ProviderFault(FaultKind.DOWN, f"no provider of {what} can be asked now")

        async def attempt(line: Line) -> tuple[Line, tuple[Any, ...]]:
            return line, await line.ask(capability, asked, _UNHURRIED)

        attempts = [lambda line=line: attempt(line) for line in chosen]
        return await first_of(attempts, patience=_UNHURRIED, gives_up=True, within=_UNHURRIED * len(chosen))

    async def conditions(self) -> list[Condition]:
        """Return how the configured providers do, in the order in which they are configured.  One statement."""
        names = [line.name for line in self.lines]
        rows = {row.name: row for row in await ProviderState.filter(name__in=names)} if names else {}
        today = self._resources.clock.now().date()
        return [
            _condition(line.provider, rows[line.name], today)
            if line.name in rows
            else Condition(provider=line.provider)
            for line in self.lines
        ]

    def _note(self, line: Line) -> None:
        self._changed.add(line)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(_WRITING)
        try:
            await self.write()
        except Exception:  # noqa: BLE001 - logged; what is known is written with the next change
            _log.exception("how providers do could not be written")

    async def write(self) -> None:
        """Tell other processes how the lines do that were asked since."""
        lines, self._changed = self._changed, set()
        if not lines:
            return
        async with self._resources.unit_of_work(SYSTEM) as work:
            rows = [(*_row(line), work.now) for line in sorted(lines, key=lambda line: line.name)]
            await statements.execute_many(_PUT, rows)


def _row(line: Line) -> tuple[Any, ...]:
    fault = line.last_fault
    return (
        line.name,
        line.breaker.state.value,
        ConnectionState.DISCONNECTED.value,
        line.breaker.failure_rate,
        line.p95,
        line.calls,
        line.allowance.remaining,
        line.cost_today,
        line.clock.now().date(),
        line.opened_at,
        None if fault is None else fault.kind.value,
        None if fault is None else fault.message,
    )


def _condition(provider: Provider, row: ProviderState, today: date) -> Condition:
    told = None if row.last_fault is None else f"{row.last_fault}: {row.last_fault_message}"
    return Condition(
        provider=provider,
        breaker=row.breaker,
        connection=row.connection,
        failure_rate=row.failure_rate,
        p95=row.p95,
        calls=row.calls,
        remaining=row.remaining,
        cost_today=row.cost if row.cost_day == today else Decimal(0),
        opened_at=row.opened_at,
        last_fault=told,
    )
