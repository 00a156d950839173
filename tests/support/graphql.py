"""Executes documents on the real schema, through the gate and the error format of the edge, without HTTP."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from api.documents import DocumentRefused, Documents, Prepared
from api.execution import execute, refusal, source_stream
from domain.kernel.actor import NOBODY, Actor
from domain.kernel.ports import Resources
from schema.context import Client, Context
from schema.root import build_schema
from schema.shared.limits import Limits

OPERATIONS = Path(__file__).parent.parent / "operations"
REQUEST_ID = "request-of-a-test"


@dataclass(frozen=True)
class GraphQLClient:
    """Asks on behalf of one actor, from one address."""

    resources: Resources
    actor: Actor = NOBODY
    address: str = "192.0.2.1"

    def on_behalf_of(self, actor: Actor) -> "GraphQLClient":
        """Return a client that asks on behalf of another."""
        return replace(self, actor=actor)

    async def execute(
        self, document: str, variables: Mapping[str, Any] | None = None, *, operation: str | None = None
    ) -> dict[str, Any]:
        """Return the whole response: `data` and `errors`."""
        try:
            prepared = self._prepared(document, variables, operation)
        except DocumentRefused as refused:
            return refusal(refused, REQUEST_ID)
        return await execute(prepared, variables, self._context(), build_schema())

    async def data(
        self, document: str, variables: Mapping[str, Any] | None = None, *, operation: str | None = None
    ) -> dict[str, Any]:
        """Return the data of a response without errors."""
        response = await self.execute(document, variables, operation=operation)
        assert "errors" not in response, response
        data: dict[str, Any] = response["data"]
        return data

    async def subscribe(self, document: str, variables: Mapping[str, Any] | None = None) -> Any:
        """Return the source stream of a subscription, or a response that holds only errors."""
        try:
            prepared = self._prepared(document, variables, None)
        except DocumentRefused as refused:
            return refusal(refused, REQUEST_ID)
        return await source_stream(prepared, variables, self._context(), build_schema())

    def _prepared(self, document: str, variables: Mapping[str, Any] | None, operation: str | None) -> Prepared:
        return _documents().prepare(document, operation, dict(variables or {}), privileged=False)

    def _context(self) -> Context:
        return Context(
            actor=self.actor,
            resources=self.resources,
            request_id=REQUEST_ID,
            client=Client(address=self.address, user_agent="test"),
        )


@functools.cache
def _documents() -> Documents:
    return Documents(build_schema(), Limits())


def codes(response: Mapping[str, Any]) -> list[str]:
    """Return the codes of a response's errors."""
    return [error["extensions"]["code"] for error in response.get("errors", ())]
