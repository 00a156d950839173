"""Documents made ready once: parsed, measured and validated, and kept for whoever sends the same text again."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Generic, NamedTuple, TypeVar

import strawberry
from graphql import (
    DocumentNode,
    FieldsOnCorrectTypeRule,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.suggestions import FieldsOnCorrectType
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import BadRequest, CostLimit, Failure
from schema.shared.execution_context import Selections, graphql_schema
from schema.shared.limits import Limits, Measured, measure

MAXIMUM_ERRORS: Final = 20
ACCEPTED_BYTES: Final = 64 * 1024 * 1024
REFUSED_BYTES: Final = 4 * 1024 * 1024
PERSISTED_BYTES: Final = 16 * 1024 * 1024
# Measured: a syntax tree takes some 100 bytes for each byte of text, and as much is kept of its plans.
TREE_WEIGHT: Final = 200

_RULES: Final = (
    *(FieldsOnCorrectType if rule is FieldsOnCorrectTypeRule else rule for rule in specified_rules),
    MaybeNullValidationRule,
    OneOfInputValidationRule,
)

Key = TypeVar("Key")
Value = TypeVar("Value")


class DocumentRefused(Exception):
    """The document is not executed: it is not GraphQL, not of this schema, or too large."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One operation of a document that may be executed.  The same object is handed out again for the same text.

    `fingerprint` is the SHA-256 of the text, in hexadecimal. `shows_suggestions` says whether errors of its variables
    may name what was probably meant.
    """

    document: DocumentNode
    operation: OperationDefinitionNode
    kind: OperationType
    fingerprint: str
    measured: Measured
    shows_suggestions: bool
    selections: Selections = field(repr=False)


class BoundedStore(Generic[Key, Value]):
    """A mapping that forgets what was used least recently when it grows past a number of bytes."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._items: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many items are kept."""
        return len(self._items)

    @property
    def size(self) -> int:
        """The weight of what is kept, in bytes."""
        return self._size

    def get(self, key: Key) -> Value | None:
        """Return what is kept under a key, or None."""
        found = self._items.get(key)
        if found is None:
            return None
        self._items.move_to_end(key)
        return found[0]

    def keep(self, key: Key, value: Value, weight: int) -> None:
        """Keep a value that takes `weight` bytes, unless it alone would fill the store."""
        if weight > self._capacity:
            return
        _, before = self._items.pop(key, (None, 0))
        self._items[key] = (value, weight)
        self._size += weight - before
        while self._size > self._capacity:
            _, (_, freed) = self._items.popitem(last=False)
            self._size -= freed


class PersistedDocuments:
    """Texts that clients name by their SHA-256 once they have sent them (automatic persisted queries)."""

    def __init__(self, capacity: int = PERSISTED_BYTES) -> None:
        self._texts: BoundedStore[str, str] = BoundedStore(capacity)

    def find(self, fingerprint: str) -> str | None:
        """Return the text of a document, or None when it was never stored or has been forgotten."""
        return self._texts.get(fingerprint.lower())

    def store(self, text: str, fingerprint: str) -> None:
        """Keep a text under its hash.  Raises `BadRequest` when it is not its hash."""
        if sha256(text.encode(errors="surrogatepass")).hexdigest() != fingerprint.lower():
            raise BadRequest("expected sha256Hash to be the SHA-256 of the query in hexadecimal, got another")
        self._texts.keep(fingerprint.lower(), text, len(text) * 4)


def may_see_schema(actor: Actor) -> bool:
    """Whether this actor may introspect where others may not."""
    return actor.has(Role.DEVELOPER) or actor.has(Role.ADMIN)


class _Sent(NamedTuple):
    text: str
    operation_name: str | None
    privileged: bool


class Documents:
    """Prepares documents for one schema.

    What does not depend on variables is done once for each text and operation name; refusals are kept too, in a store
    of their own, so that nonsense does not push out what is in use.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        limits: Limits,
        *,
        accepted_bytes: int = ACCEPTED_BYTES,
        refused_bytes: int = REFUSED_BYTES,
    ) -> None:
        self._schema = graphql_schema(schema)
        self._limits = limits
        self._accepted: BoundedStore[_Sent, Prepared] = BoundedStore(accepted_bytes)
        self._refused: BoundedStore[_Sent, list[GraphQLError]] = BoundedStore(refused_bytes)

    def prepare(
        self,
        text: str,
        operation_name: str | None,
        variables: Mapping[str, Any] | None,
        *,
        privileged: bool = False,
    ) -> Prepared:
        """Return the operation, ready to be executed with these variables.  Raises `DocumentRefused`.

        Who is `privileged` may introspect and see suggestions even where the limits say that nobody may.
        """
        sent = _Sent(text, operation_name, privileged)
        prepared = self._accepted.get(sent) or self._prepare_new(sent)
        cost = prepared.measured.evaluate(variables)
        if cost > self._limits.cost:
            raise DocumentRefused([_as_error(CostLimit(f"expected a cost of at most {self._limits.cost}, got {cost}"))])
        return prepared

    def _prepare_new(self, sent: _Sent) -> Prepared:
        known = self._refused.get(sent)
        if known is not None:
            raise DocumentRefused(known)
        if len(sent.text) > self._limits.length or len(sent.text.encode(errors="surrogatepass")) > self._limits.length:
            # Not kept: the text alone would be the weight of it.
            raise DocumentRefused(
                [_as_error(BadRequest(f"expected a document of at most {self._limits.length} bytes"))]
            )
        weight = len(sent.text) * TREE_WEIGHT
        try:
            prepared = self._read(sent)
        except DocumentRefused as refused:
            self._refused.keep(sent, refused.errors, weight)
            raise
        self._accepted.keep(sent, prepared, weight)
        return prepared

    def _read(self, sent: _Sent) -> Prepared:
        shows_suggestions = self._limits.suggestions or sent.privileged
        try:
            document = parse(sent.text, max_lexical_tokens=self._limits.tokens)
            operation = _choose(document, sent.operation_name)
            measured = measure(self._schema, document, operation, self._limits)
            self._check_introspection(measured, sent)
        except GraphQLError as error:
            raise DocumentRefused([error]) from None
        except BadRequest as failure:
            raise DocumentRefused([_as_error(failure)]) from None
        errors = validate(
            self._schema, document, _RULES, max_errors=MAXIMUM_ERRORS, hide_suggestions=not shows_suggestions
        )
        if errors:
            raise DocumentRefused(errors)
        return Prepared(
            document=document,
            operation=operation,
            kind=operation.operation,
            fingerprint=sha256(sent.text.encode(errors="surrogatepass")).hexdigest(),
            measured=measured,
            shows_suggestions=shows_suggestions,
            selections=Selections(measured.switches),
        )

    def _check_introspection(self, measured: Measured, sent: _Sent) -> None:
        if measured.asks_schema and not (self._limits.introspection or sent.privileged):
            raise BadRequest("expected no introspection, got __schema or __type: it is off here")


def _choose(document: DocumentNode, operation_name: str | None) -> OperationDefinitionNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if operation_name is None:
        if len(operations) != 1:
            raise BadRequest(f"expected one operation, or operationName to choose one, got {len(operations)}")
        return operations[0]
    for operation in operations:
        if operation.name is not None and operation.name.value == operation_name:
            return operation
    raise BadRequest("expected operationName to name an operation of the document, got another name")


def _as_error(failure: Failure) -> GraphQLError:
    return GraphQLError(failure.message, original_error=failure)
