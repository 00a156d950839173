"""What a document costs: the number of objects that it asks for.

Every field of a composite type counts once for each time that its enclosing lists repeat it; scalars are free. A
connection repeats its `edges` and `nodes` by `first` or `last` (50 when absent), another list its items by the size
that its field declares::

    indices: list[Quote] = strawberry.field(metadata=sized(5))
    quotes: list[Quote] = strawberry.field(resolver=..., metadata=sized(by="symbols"))
    quotes: list[Quote] = strawberry.field(resolver=..., metadata=sized(20, by="symbols"))

(the last: 20 where no symbols are given), or by its own `first`; and by 10 where nothing is declared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    is_list_type,
    is_non_null_type,
)

from domain.kernel.paging import DEFAULT_PAGE

DEFAULT_LIST: Final = 10
# What a size is taken for when it is larger, so that products stay small.
LARGEST_SIZE: Final = 1_000_000

_SIZE: Final = "list size"
_DEFINITION: Final = "strawberry-definition"


class _Size(NamedTuple):
    """How many items a list has: a number, or as many as an argument has, or else the number."""

    number: int | None = None
    by: str | None = None


_UNDECLARED: Final = _Size()


def sized(size: int | None = None, *, by: str | None = None) -> Mapping[str, object]:
    """Return the metadata of a plain list: how many items it usually has at most, or the list argument that has one for
    each; with both, the size counts where the argument is not given.
    """
    if size is None and by is None:
        raise ValueError("expected a size or the name of an argument, got neither")
    return {_SIZE: _Size(size, by)}


class FromVariable(NamedTuple):
    """A size that is known when the request comes: a number, or the length of a list."""

    name: str
    default: int

    def resolve(self, variables: Mapping[str, object]) -> int:
        """Return the size under these variables; what is not a size is left to coercion, which refuses it."""
        value = variables.get(self.name)
        if isinstance(value, list):
            return len(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.default
        return int(min(max(value, 0), LARGEST_SIZE))


@dataclass(frozen=True, slots=True)
class Cost:
    """A number of objects: `fixed`, and products with sizes that only the request's variables tell."""

    fixed: int = 0
    products: tuple[tuple[FromVariable, "Cost"], ...] = ()

    def __add__(self, other: "Cost") -> "Cost":
        """Return the sum."""
        return Cost(self.fixed + other.fixed, self.products + other.products)

    def times(self, size: int | FromVariable) -> "Cost":
        """Return the cost of repeating this."""
        if isinstance(size, FromVariable):
            return Cost(0, ((size, self),))
        return Cost(self.fixed * size, tuple((variable, cost.times(size)) for variable, cost in self.products))

    def evaluate(self, variables: Mapping[str, object]) -> int:
        """Return the number of objects under these variables."""
        return self.fixed + sum(size.resolve(variables) * cost.evaluate(variables) for size, cost in self.products)


NOTHING: Final = Cost()
ONE: Final = Cost(1)


def is_connection(named: GraphQLNamedType | None) -> bool:
    """Whether this is a connection of Relay's kind."""
    return isinstance(named, GraphQLObjectType) and "edges" in named.fields and "pageInfo" in named.fields


def is_list(definition: GraphQLField) -> bool:
    """Whether a field is a list."""
    kind = definition.type
    return is_list_type(kind.of_type if is_non_null_type(kind) else kind)


def page_size(node: FieldNode, definition: GraphQLField) -> int | FromVariable:
    """Return how many rows a field asks of its connection."""
    given = {argument.name.value for argument in node.arguments or ()}
    name = "last" if "last" in given and "first" not in given else "first"
    return _argument_size(node, definition, name, DEFAULT_PAGE)


def list_size(node: FieldNode, definition: GraphQLField) -> int | FromVariable:
    """Return how many items a plain list is taken to have."""
    declared: _Size = getattr(definition.extensions.get(_DEFINITION), "metadata", {}).get(_SIZE, _UNDECLARED)
    if declared.by is None and declared.number is not None:
        return declared.number
    name, default = declared.by or "first", DEFAULT_LIST if declared.number is None else declared.number
    return _argument_size(node, definition, name, default) if name in definition.args else default


def _argument_size(node: FieldNode, definition: GraphQLField, name: str, default: int) -> int | FromVariable:
    argument = definition.args.get(name)
    if argument is not None and isinstance(argument.default_value, int):
        default = argument.default_value
    for given in node.arguments or ():
        if given.name.value == name:
            if isinstance(given.value, VariableNode):
                return FromVariable(given.value.name.value, default)
            size = _literal_size(given.value)
            return default if size is None else size
    return default


def _literal_size(node: ValueNode) -> int | None:
    if isinstance(node, IntValueNode):
        return min(max(int(node.value), 0), LARGEST_SIZE)
    return len(node.values) if isinstance(node, ListValueNode) else None


def size_defaults(operation: OperationDefinitionNode) -> dict[str, object]:
    """Return the defaults that an operation gives to variables which may be sizes."""
    defaults: dict[str, object] = {}
    for variable in operation.variable_definitions or ():
        size = _literal_size(variable.default_value) if variable.default_value else None
        if size is not None:
            defaults[variable.variable.name.value] = size
    return defaults
