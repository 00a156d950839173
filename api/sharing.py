"""Which subscriptions select the same: their name in `api/fanout.py`."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

from graphql import FieldNode, Node, OperationDefinitionNode, VariableNode, Visitor, visit
from graphql.language import DocumentNode, VariableDefinitionNode

from api.documents import BoundedStore, Prepared

SINCE_ARGUMENT: Final = "since"
_KEPT_BYTES: Final = 1_000_000
_ENTRY_BYTES: Final = 500


class Selections:
    """Names selections; what depends on the document alone is found out once."""

    def __init__(self) -> None:
        self._own: BoundedStore[tuple[str, str | None, str | None], frozenset[str]] = BoundedStore(_KEPT_BYTES)

    def name(self, prepared: Prepared, variables: Mapping[str, Any] | None, keys_argument: str | None) -> Hashable:
        """Return what is equal for two subscriptions that select the same, whichever keys they want and since when.

        `keys_argument` is the argument of the subscription's field that holds the keys.
        """
        operation_name = prepared.operation.name.value if prepared.operation.name else None
        document = (prepared.fingerprint, operation_name, keys_argument)
        own = self._own.get(document)
        if own is None:
            own = frozenset(_own_variables(prepared.document, prepared.operation, keys_argument))
            self._own.keep(document, own, _ENTRY_BYTES)
        shared = {name: value for name, value in (variables or {}).items() if name not in own}
        return (*document, _frozen(shared))


def _own_variables(
    document: DocumentNode, operation: OperationDefinitionNode, keys_argument: str | None
) -> Iterator[str]:
    """Yield the variables that are used once, and there as the whole value of `since` or of the keys' argument."""
    uses = _Uses()
    visit(document, uses)
    field = operation.selection_set.selections[0]
    if not isinstance(field, FieldNode):
        return
    for argument in field.arguments or ():
        if argument.name.value in {SINCE_ARGUMENT, keys_argument} and isinstance(argument.value, VariableNode):
            name = argument.value.name.value
            if uses.counted[name] == 1:
                yield name


class _Uses(Visitor):
    """Counts where variables are used, not where they are declared."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: dict[str, int] = {}

    def enter_variable(
        self, node: VariableNode, _key: object, parent: Node | tuple[Node, ...] | None, *_rest: object
    ) -> None:
        if not isinstance(parent, VariableDefinitionNode):
            self.counted[node.name.value] = self.counted.get(node.name.value, 0) + 1


def _frozen(value: Any) -> Hashable:
    """Return what is equal for equal JSON: 1, 1.0 and true are three values."""
    if isinstance(value, Mapping):
        return (dict, frozenset((key, _frozen(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return (list, tuple(_frozen(inner) for inner in value))
    return (type(value), value)
