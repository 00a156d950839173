"""Executes prepared operations on graphql-core, with our executor, and formats what comes out."""

from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, Final, Protocol, TypeVar, cast

import strawberry
from graphql import ExecutionResult, GraphQLError
from graphql.execution import create_source_event_stream
from strawberry.execution import optimized_is_awaitable

from api.documents import DocumentRefused, Prepared
from api.errors import ERRORS, ErrorFormat
from schema.shared.execution_context import PlainFieldExecutor, graphql_schema

MAXIMUM_COERCION_ERRORS: Final = 20

Response = dict[str, Any]
Outcome = TypeVar("Outcome")


class RequestContext(Protocol):
    """What execution needs to know of the context that resolvers get."""

    @property
    def request_id(self) -> str:
        """The id that the request's errors carry."""
        ...


async def execute(
    prepared: Prepared,
    variables: Mapping[str, Any] | None,
    context: RequestContext,
    schema: strawberry.Schema,
    errors: ErrorFormat = ERRORS,
) -> Response:
    """Execute a query or mutation and return the response, ready to be encoded.

    Without a `data` entry, nothing was executed: the variables are not what the operation declares.
    """
    return await _Execution(prepared, variables, context, schema, errors).response()


async def execute_event(
    prepared: Prepared,
    variables: Mapping[str, Any] | None,
    context: RequestContext,
    schema: strawberry.Schema,
    root_value: object,
    errors: ErrorFormat = ERRORS,
) -> Response:
    """Execute a subscription's selection on one event of its source stream."""
    return await _Execution(prepared, variables, context, schema, errors, root_value).response()


async def source_stream(
    prepared: Prepared,
    variables: Mapping[str, Any] | None,
    context: RequestContext,
    schema: strawberry.Schema,
    errors: ErrorFormat = ERRORS,
) -> AsyncIterable[Any] | Response:
    """Ask a subscription's resolver for its stream: what it returned, or a response that holds only errors."""
    return await _Execution(prepared, variables, context, schema, errors).stream()


def refusal(refused: DocumentRefused, request_id: str, errors: ErrorFormat = ERRORS) -> Response:
    """Return the response to a document that is not executed."""
    return {"errors": [errors.graphql(error, request_id, None, executing=False) for error in refused.errors]}


@dataclass(frozen=True, slots=True)
class _Execution:
    prepared: Prepared
    variables: Mapping[str, Any] | None
    context: RequestContext
    schema: strawberry.Schema
    errors: ErrorFormat
    root_value: object = None

    async def response(self) -> Response:
        result = await self._run(lambda executor: executor.execute_operation())
        if not isinstance(result, ExecutionResult):
            return cast(Response, result)
        if result.errors:
            return {"errors": self._formatted(result.errors), "data": result.data}
        return {"data": result.data}

    async def stream(self) -> AsyncIterable[Any] | Response:
        result = await self._run(create_source_event_stream)
        if isinstance(result, ExecutionResult):
            return {"errors": self._formatted(result.errors or [])}
        return cast(AsyncIterable[Any] | Response, result)

    async def _run(self, run: Callable[[PlainFieldExecutor], Awaitable[Outcome] | Outcome]) -> Outcome | Response:
        """Build the executor and run it; whatever goes wrong becomes a response."""
        try:
            executor = self._executor()
            if isinstance(executor, list):
                return {"errors": self._formatted(executor, executing=False)}
            outcome = run(executor)
            return await outcome if isawaitable(outcome) else outcome
        except Exception as error:  # noqa: BLE001 - the last place where an exception can become an error of the protocol
            return {
                "errors": [self.errors.any(error, self.context.request_id, self.prepared.fingerprint)],
                "data": None,
            }

    def _executor(self) -> PlainFieldExecutor | list[GraphQLError]:
        """Return the executor, or what is wrong with the variables."""
        name = self.prepared.operation.name
        built = PlainFieldExecutor.build(
            graphql_schema(self.schema),
            self.prepared.document,
            self.root_value,
            self.context,
            dict(self.variables or {}),
            name.value if name else None,
            max_coercion_errors=MAXIMUM_COERCION_ERRORS,
            is_awaitable=cast(Any, optimized_is_awaitable),
            hide_suggestions=not self.prepared.shows_suggestions,
            selections=self.prepared.selections,
        )
        return cast(PlainFieldExecutor | list[GraphQLError], built)

    def _formatted(self, found: list[GraphQLError], *, executing: bool = True) -> list[dict[str, Any]]:
        return [
            self.errors.graphql(error, self.context.request_id, self.prepared.fingerprint, executing=executing)
            for error in found
        ]
