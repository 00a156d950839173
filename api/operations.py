"""The operations of one WebSocket connection: queries, mutations and subscriptions under their clients' ids."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson
import strawberry
from graphql import OperationType

from api.documents import DocumentRefused, Documents, Prepared, may_see_schema
from api.errors import ErrorFormat
from api.execution import RequestContext, Response, execute, execute_event, refusal, source_stream
from api.fanout import Execute, Fanout
from api.members import Backlog, Member
from api.outlet import Outlet
from api.sharing import Selections
from api.sockets import SocketLimits
from domain.kernel.actor import Actor
from domain.kernel.errors import DeadlineExceeded, RateLimited
from domain.kernel.ids import new_id
from schema.context import Client
from schema.shared.live import Live

OpenContext = Callable[[Actor, str, Client], RequestContext]

_NOWHERE = Client()


class Edge(Protocol):
    """What operations need of the endpoint."""

    schema: strawberry.Schema
    documents: Documents
    limits: SocketLimits
    errors: ErrorFormat
    fanout: Fanout
    selections: Selections

    @property
    def open_context(self) -> OpenContext:
        """Makes the context of one operation, or of one event."""
        ...


@dataclass(eq=False, slots=True)
class Operation:
    """One operation: the task that runs it or, once a subscription shares a group, its membership."""

    id: str
    request_id: str
    task: "asyncio.Task[None] | None" = None
    member: Member | None = None
    fingerprint: str | None = None

    def stop(self) -> None:
        """End it, without a word to the client."""
        if self.task is not None:
            self.task.cancel()
        if self.member is not None:
            self.member.leave()


@dataclass(eq=False)
class Operations:
    """Starts and stops operations, and sends what comes out."""

    edge: Edge
    actor: Actor
    client: Client
    outlet: Outlet
    _running: dict[str, Operation] = field(default_factory=dict)
    # Stopped tasks too, until they have ended.
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    def __post_init__(self) -> None:
        self.outlet.on_pause = self._pause
        self.outlet.on_resume = self._resume

    def __contains__(self, operation_id: str) -> bool:
        """Whether an operation of this id is running."""
        return operation_id in self._running

    def start(
        self, operation_id: str, query: str, operation_name: str | None, variables: dict[str, Any] | None
    ) -> None:
        """Run an operation; too many at once are answered with an error each."""
        operation = Operation(operation_id, str(new_id()))
        if len(self._running) >= self.edge.limits.operations:
            message = (
                f"expected at most {self.edge.limits.operations} operations at once on one connection, got one more"
            )
            self._fail(operation, RateLimited(message, retry_after=1.0))
            return
        self._running[operation_id] = operation
        operation.task = asyncio.create_task(self._run(operation, query, operation_name, variables))
        self._tasks.add(operation.task)
        operation.task.add_done_callback(self._tasks.discard)

    def complete(self, operation_id: str) -> None:
        """Stop an operation that the client wants no more; one that has ended meanwhile is nothing unusual."""
        operation = self._running.pop(operation_id, None)
        if operation is not None:
            operation.stop()

    def stop(self) -> None:
        """Stop every operation: nothing more is sent."""
        for operation in self._running.values():
            operation.stop()
        self._running.clear()

    async def close(self) -> None:
        """Stop every operation and wait until all have let go of what they held."""
        self.stop()
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    def _pause(self) -> None:
        for operation in self._running.values():
            if operation.member is not None:
                operation.member.pause()

    def _resume(self) -> None:
        for operation in self._running.values():
            if operation.member is not None:
                operation.member.resume()

    async def _run(
        self, operation: Operation, query: str, operation_name: str | None, variables: dict[str, Any] | None
    ) -> None:
        try:
            privileged = may_see_schema(self.actor)
            prepared = self.edge.documents.prepare(query, operation_name, variables, privileged=privileged)
            operation.fingerprint = prepared.fingerprint
            if prepared.kind is OperationType.SUBSCRIPTION:
                await self._subscribe(operation, prepared, variables)
            else:
                async with asyncio.timeout(self.edge.limits.operation_timeout):
                    response = await execute(
                        prepared, variables, self._context(operation.request_id), self.edge.schema, self.edge.errors
                    )
                self._answer(operation, response)
        except DocumentRefused as refused:
            self._answer(operation, refusal(refused, operation.request_id, self.edge.errors))
        except TimeoutError:
            seconds = self.edge.limits.operation_timeout
            self._fail(operation, DeadlineExceeded(f"expected an answer within {seconds:g} s, got none"))
        except Exception as error:  # noqa: BLE001 - the last place where an exception can become an error of the protocol
            self._fail(operation, error)

    async def _subscribe(self, operation: Operation, prepared: Prepared, variables: dict[str, Any] | None) -> None:
        edge = self.edge
        async with asyncio.timeout(edge.limits.operation_timeout):
            stream = await source_stream(
                prepared, variables, self._context(operation.request_id), edge.schema, edge.errors
            )
        if isinstance(stream, dict):
            self._answer(operation, stream)
        elif isinstance(stream, Live):
            await self._join(operation, stream, prepared, variables)
        else:
            await self._follow(operation, stream, prepared, variables)

    async def _join(
        self, operation: Operation, live: Live[Any], prepared: Prepared, variables: dict[str, Any] | None
    ) -> None:
        def on_end(error: Exception | None) -> None:
            if error is None:
                self._complete(operation)
            else:
                self._fail(operation, error)

        operation.member = Member(
            live=live,
            actor=self.actor,
            outlet=self.outlet,
            prefix=b'{"id":' + orjson.dumps(operation.id) + b',"type":"next","payload":',
            on_end=on_end,
            backlog=Backlog(live.topic.conflate_by is not None),
        )
        selection = self.edge.selections.name(prepared, variables, live.keys_argument)
        await self.edge.fanout.join(operation.member, selection, self._executor(prepared, variables))

    def _executor(self, prepared: Prepared, variables: dict[str, Any] | None) -> Execute:
        """Return what executes one event for all who share it: it holds nothing of this connection."""
        edge = self.edge

        async def run(actor: Actor, payload: object) -> Mapping[str, Any]:
            context = edge.open_context(actor, str(new_id()), _NOWHERE)
            return await execute_event(prepared, variables, context, edge.schema, payload, edge.errors)

        return run

    async def _follow(
        self, operation: Operation, stream: AsyncIterable[Any], prepared: Prepared, variables: dict[str, Any] | None
    ) -> None:
        edge = self.edge
        events = aiter(stream)
        try:
            async for value in events:
                context = self._context(str(new_id()))
                response = await execute_event(prepared, variables, context, edge.schema, value, edge.errors)
                await self.outlet.wait_writable()
                self._send(operation, "next", response)
        finally:
            await _close_stream(events)
        self._complete(operation)

    def _context(self, request_id: str) -> RequestContext:
        return self.edge.open_context(self.actor, request_id, self.client)

    def _answer(self, operation: Operation, response: Response) -> None:
        """Send the only response to an operation: without `data` nothing was executed."""
        if "data" not in response:
            self._end(operation, {"type": "error", "payload": response["errors"]})
            return
        self._send(operation, "next", response)
        self._complete(operation)

    def _fail(self, operation: Operation, error: Exception) -> None:
        errors = [self.edge.errors.any(error, operation.request_id, operation.fingerprint)]
        self._end(operation, {"type": "error", "payload": errors})

    def _complete(self, operation: Operation) -> None:
        self._end(operation, {"type": "complete"})

    def _end(self, operation: Operation, message: Mapping[str, Any]) -> None:
        if self._running.get(operation.id) is operation:
            del self._running[operation.id]
        self.outlet.put_text(orjson.dumps({"id": operation.id, **message}))

    def _send(self, operation: Operation, kind: str, payload: object) -> None:
        self.outlet.put_text(orjson.dumps({"id": operation.id, "type": kind, "payload": payload}))


async def _close_stream(events: AsyncIterator[Any]) -> None:
    aclose: Callable[[], Awaitable[None]] | None = getattr(events, "aclose", None)
    if aclose is not None:
        await aclose()
