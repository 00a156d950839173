"""How providers do, on their table: each process adds what it used, and learns what all have used together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.kernel.money import ZERO
from domain.kernel.work import Work
from domain.market.providers.provider import Provider
from domain.market.sourcing.line import Line
from domain.market.sourcing.models import ProviderState
from domain.market.sourcing.types import BreakerState, ConnectionState
from domain.storage import statements
from domain.storage.statements import statement

_PUT = statement("""
    INSERT INTO provider_states (name, breaker, connection, failure_rate, p95, calls, remaining, cost, cost_day,
    opened_at, last_fault, last_fault_message, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (name) DO UPDATE SET breaker = excluded.breaker, failure_rate = excluded.failure_rate, p95 =
    excluded.p95, calls = excluded.calls, remaining = excluded.remaining, cost = excluded.cost, cost_day =
    excluded.cost_day, opened_at = excluded.opened_at, last_fault = excluded.last_fault, last_fault_message =
    excluded.last_fault_message, updated_at = excluded.updated_at
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A configured provider, and how it does: as the process that asked it last has told.

    What was used of it is that of all processes together.
    """

    provider: Provider
    breaker: BreakerState = BreakerState.CLOSED
    connection: ConnectionState = ConnectionState.DISCONNECTED
    failure_rate: float | None = None
    p95: float | None = None
    calls: int = 0
    remaining: int | None = None
    cost_today: Decimal = ZERO
    opened_at: datetime | None = None
    last_fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a line told of its use, and what all processes have used of its allowance today."""

    line: Line
    calls: int
    cost: Decimal
    taken: int
    used: int

    def settle(self) -> None:
        """Let the line know, once it is certain that it was told."""
        self.line.untold_calls -= self.calls
        self.line.untold_cost -= self.cost
        self.line.allowance.settle(self.taken, self.used)


async def read(lines: Sequence[Line], today: date) -> list[Condition]:
    """Return how providers do, in the order of their lines.  One statement."""
    names = [line.name for line in lines]
    rows = {row.name: row for row in await ProviderState.filter(name__in=names)} if names else {}
    return [
        _condition(line.provider, rows[line.name], today)
        if line.name in rows
        else Condition(provider=line.provider, remaining=line.provider.calls_per_day)
        for line in lines
    ]


async def put(work: Work, lines: Sequence[Line]) -> list[Usage]:
    """Tell how lines do, and what they used since they told last; return what is to be settled after the commit.

    Two statements.  Lines are in the order of their names, as in every process: none waits for one that waits for it.
    """
    found = ProviderState.filter(name__in=[line.name for line in lines]).order_by("name").select_for_update()
    rows = {row.name: row for row in await found}
    today = work.now.date()
    told, written = [], []
    for line in lines:
        row = rows.get(line.name)
        of_today = row if row is not None and row.cost_day == today else None
        usage = _usage(line, of_today)
        told.append(usage)
        calls = usage.calls + (0 if row is None else row.calls)
        cost = usage.cost + (ZERO if of_today is None else of_today.cost)
        written.append(_row(line, calls, _left(line.provider, usage.used), cost, work.now))
    await statements.execute_many(_PUT, written)
    return told


def _usage(line: Line, of_today: ProviderState | None) -> Usage:
    untold, per_day = line.allowance.untold, line.provider.calls_per_day
    before = 0
    if of_today is not None and of_today.remaining is not None and per_day is not None:
        before = max(0, per_day - of_today.remaining)
    return Usage(line=line, calls=line.untold_calls, cost=line.untold_cost, taken=untold, used=before + untold)


def _left(provider: Provider, used: int) -> int | None:
    return None if provider.calls_per_day is None else max(0, provider.calls_per_day - used)


def _row(line: Line, calls: int, remaining: int | None, cost: Decimal, now: datetime) -> tuple[Any, ...]:
    fault = line.last_fault
    return (
        line.name,
        line.breaker.state.value,
        ConnectionState.DISCONNECTED.value,
        line.breaker.failure_rate,
        line.p95,
        calls,
        remaining,
        cost,
        now.date(),
        line.opened_at,
        None if fault is None else fault.kind.value,
        None if fault is None else fault.message,
        now,
    )


def _condition(provider: Provider, row: ProviderState, today: date) -> Condition:
    is_of_today = row.cost_day == today
    return Condition(
        provider=provider,
        breaker=row.breaker,
        connection=row.connection,
        failure_rate=row.failure_rate,
        p95=row.p95,
        calls=row.calls,
        remaining=row.remaining if is_of_today and row.remaining is not None else provider.calls_per_day,
        cost_today=row.cost if is_of_today else ZERO,
        opened_at=row.opened_at,
        last_fault=None if row.last_fault is None else f"{row.last_fault}: {row.last_fault_message}",
    )
