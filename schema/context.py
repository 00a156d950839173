"""What every resolver is given: who asks, the ports, and the loaders of this one operation."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar, cast

from strawberry.types import Info as StrawberryInfo

from domain.kernel.actor import Actor
from domain.kernel.errors import CostLimit
from domain.kernel.ports import Resources
from domain.kernel.work import Work

Loaders = TypeVar("Loaders")

# Sessions of series that one operation may read, of all its fields together: about a second of CPU.
MAXIMUM_SESSIONS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Where a request came from."""

    address: str = ""
    user_agent: str = ""


@dataclass(eq=False, slots=True, kw_only=True)
class Context:
    """Made anew for each operation, and for each event of a subscription: what its loaders have read is never stale."""

    actor: Actor
    resources: Resources
    request_id: str
    client: Client = field(default_factory=Client)
    _loaders: dict[type[Any], Any] = field(default_factory=dict)
    _sessions: int = 0

    def loaders(self, kind: Callable[["Context"], Loaders]) -> Loaders:
        """Return this operation's loaders of one slice, made at the first call."""
        found = self._loaders.get(cast(Any, kind))
        if found is None:
            found = self._loaders[cast(Any, kind)] = kind(self)
        return cast(Loaders, found)

    def spend_sessions(self, sessions: int) -> None:
        """Count sessions of series that are about to be read.  Raises `CostLimit` when they are too many together.

        Scalars cost nothing at the gate, and packed series are long lists of them.
        """
        if self._sessions + sessions > MAXIMUM_SESSIONS:
            raise CostLimit(
                f"expected at most {MAXIMUM_SESSIONS} sessions of series in one operation, got more: ask for fewer "
                "instruments, days or aliases"
            )
        self._sessions += sessions

    def spend_computing(self, seconds: float) -> None:
        """Count seconds of CPU that are about to be used, of the same budget.  Raises `CostLimit` after one in all."""
        sessions = round(seconds * MAXIMUM_SESSIONS)
        if self._sessions + sessions > MAXIMUM_SESSIONS:
            raise CostLimit("expected about a second of computing in one operation, got more: ask for less at once")
        self._sessions += sessions

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Work]:
        """Open a unit of work for who asks.  What loaders have read before is read anew after it."""
        try:
            async with self.resources.unit_of_work(self.actor) as work:
                yield work
        finally:
            # A document may have several mutations: each answers with what it has left.
            self._loaders.clear()

    def fresh(self, actor: Actor | None = None) -> "Context":
        """Return a context of the same request with loaders that have read nothing."""
        return Context(
            actor=actor or self.actor, resources=self.resources, request_id=self.request_id, client=self.client
        )


Info: TypeAlias = StrawberryInfo[Context, None]
