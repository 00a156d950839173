"""The gate: how large a document may be, measured in one pass before it is validated.

Fragments are measured once and counted wherever they are spread, so that the time is linear in the text however much
the document would grow.  What is counted is what would be executed: a fragment spread twice counts twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final, NamedTuple, cast

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    TypeNameMetaFieldDef,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
)

from domain.kernel.errors import BadRequest
from domain.kernel.text import forbidden_character
from schema.shared.cost import (
    LARGEST_SIZE,
    NOTHING,
    ONE,
    Cost,
    is_connection,
    is_list,
    list_size,
    page_size,
    size_defaults,
)

# Mutations that try a secret: one document may make one attempt.
SOLITARY_MUTATIONS: Final = frozenset({"login", "refreshSession", "register"})
# No number of ours is longer; int() of a long one takes quadratic time.
NUMBER_LENGTH: Final = 40

_PAGED: Final = frozenset({"edges", "nodes"})
_INTROSPECTION: Final = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large one document may be.  `length` is in bytes of UTF-8; `cost` in objects; the rest are counts.

    `comparisons` counts the pairs of fields that answer to one name at one place, which validation compares.

    `introspection` and `suggestions` say whether anybody may see the schema, and whether messages say what a misspelled
    name may have meant; who is privileged always may.
    """

    length: int = 15 * 1024
    tokens: int = 1_000
    depth: int = 15
    introspection_depth: int = 20
    fields: int = 500
    spreads: int = 50
    directives: int = 20
    aliases: int = 30
    root_fields: int = 20
    comparisons: int = 1_000
    cost: int = 1_000
    introspection: bool = True
    suggestions: bool = True


class Shape(NamedTuple):
    """What a selection set amounts to.  `row` is what each row of the enclosing connection adds to the cost."""

    fields: int = 0
    depth: int = 0
    spreads: int = 0
    directives: int = 0
    aliases: int = 0
    cost: Cost = NOTHING
    row: Cost = NOTHING

    def plus(self, other: "Shape") -> "Shape":
        """Return what both together amount to."""
        return Shape(
            self.fields + other.fields,
            max(self.depth, other.depth),
            self.spreads + other.spreads,
            self.directives + other.directives,
            self.aliases + other.aliases,
            self.cost + other.cost,
            self.row + other.row,
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """One operation that passed the gate.

    `cost` is None for introspection, which has limits of its own. `switches` names the variables that directives depend
    on.
    """

    cost: Cost | None
    defaults: Mapping[str, object]
    is_introspection: bool
    asks_schema: bool
    switches: frozenset[str]

    def evaluate(self, variables: Mapping[str, object] | None) -> int:
        """Return the cost under these variables, as they came in the request."""
        if self.cost is None:
            return 0
        return self.cost.evaluate({**self.defaults, **(variables or {})})


def measure(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, limits: Limits
) -> Measured:
    """Measure every definition of a document against the limits and return what the one to execute amounts to.

    Raises `BadRequest`.
    """
    gauge = _Gauge(
        schema,
        limits,
        fragments={d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)},
    )
    shapes = {id(d): gauge.operation(d) for d in document.definitions if isinstance(d, OperationDefinitionNode)}
    gauge.check_all_are_spread()
    roots = gauge.root_names(operation)
    asks_schema = not _INTROSPECTION.isdisjoint(roots)
    is_introspection = asks_schema and all(name.startswith("__") for name in roots)
    return Measured(
        cost=None if is_introspection else shapes[id(operation)].cost,
        defaults=size_defaults(operation),
        is_introspection=is_introspection,
        asks_schema=asks_schema,
        switches=frozenset(gauge.switches),
    )


@dataclass
class _Gauge:
    schema: GraphQLSchema
    limits: Limits
    fragments: Mapping[str, FragmentDefinitionNode]
    switches: set[str] = field(default_factory=set)
    _shapes: dict[str, Shape | None] = field(default_factory=dict)

    def operation(self, operation: OperationDefinitionNode) -> Shape:
        """Measure one operation.  Raises `BadRequest` when it is too large."""
        for variable in operation.variable_definitions or ():
            _check_values([variable.default_value] if variable.default_value else [])
        directives = self._directives(operation)
        parent = self.schema.get_root_type(operation.operation)
        shape = self._selection_set(operation.selection_set, parent, 1)
        shape = self._within(shape._replace(directives=shape.directives + directives), "operation")
        _expect(
            self._comparisons(operation.selection_set), self.limits.comparisons, "pairs of fields to merge", "operation"
        )
        roots = self.root_names(operation)
        is_introspection = bool(roots) and all(name.startswith("__") for name in roots)
        _expect(
            shape.depth,
            self.limits.introspection_depth if is_introspection else self.limits.depth,
            "levels",
            "operation",
        )
        _expect(len(roots), self.limits.root_fields, "root fields", "operation")
        if len(roots) > 1 and not SOLITARY_MUTATIONS.isdisjoint(roots):
            alone = next(name for name in roots if name in SOLITARY_MUTATIONS)
            raise BadRequest(
                f"expected {alone} to be the only root field of its operation, got {len(roots)} root fields"
            )
        return shape

    def root_names(self, operation: OperationDefinitionNode) -> list[str]:
        """Return the names of the fields at the root, as often as they occur; the spreads were counted before."""
        return [found.name.value for found in self._fields([operation.selection_set])]

    def check_all_are_spread(self) -> None:
        """Refuse fragments that no operation spreads: they were not measured.  Raises `BadRequest`."""
        for name in self.fragments.keys() - self._shapes.keys():
            raise BadRequest(f"expected every fragment to be spread in an operation, got {name!r}, which is not")

    def fragment(self, name: str) -> Shape:
        """Measure a fragment, the first time that it is met.  Raises `BadRequest`, also when it spreads itself."""
        if name in self._shapes:
            shape = self._shapes[name]
            if shape is None:
                raise BadRequest(f"expected fragments without cycles, got {name!r} within itself")
            return shape
        definition = self.fragments.get(name)
        if definition is None:
            return Shape()
        self._shapes[name] = None
        parent = self.schema.get_type(definition.type_condition.name.value)
        shape = self._selection_set(definition.selection_set, parent, 1)
        shape = self._within(
            shape._replace(directives=shape.directives + self._directives(definition)), f"fragment {name}"
        )
        self._shapes[name] = shape
        return shape

    def _comparisons(self, node: SelectionSetNode) -> int:
        """Count the pairs; every field is met once for each time that it is executed, and those were counted before."""
        pairs = 0
        places: list[list[SelectionSetNode]] = [[node]]
        while places and pairs <= self.limits.comparisons:
            merged: dict[str, list[SelectionSetNode | None]] = {}
            for found in self._fields(places.pop()):
                merged.setdefault((found.alias or found.name).value, []).append(found.selection_set)
            for sets in merged.values():
                pairs += len(sets) * (len(sets) - 1) // 2
                places.append([inner for inner in sets if inner is not None])
        return pairs

    def _fields(self, sets: list[SelectionSetNode]) -> Iterator[FieldNode]:
        waiting: list[SelectionNode] = [selection for inner in sets for selection in inner.selections]
        while waiting:
            node = waiting.pop()
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                waiting.extend(node.selection_set.selections)
            elif isinstance(node, FragmentSpreadNode) and node.name.value in self.fragments:
                waiting.extend(self.fragments[node.name.value].selection_set.selections)

    def _within(self, shape: Shape, what: str) -> Shape:
        limits = self.limits
        _expect(shape.fields, limits.fields, "fields", what)
        _expect(shape.spreads, limits.spreads, "fragment spreads", what)
        _expect(shape.directives, limits.directives, "directives", what)
        _expect(shape.aliases, limits.aliases, "aliases", what)
        return shape

    def _selection_set(self, node: SelectionSetNode, parent: GraphQLNamedType | None, level: int) -> Shape:
        # Levels of the text, inline fragments included: keeps this function from recursing too deeply.
        _expect(level, self.limits.introspection_depth + self.limits.spreads, "levels", "document")
        if not node.selections:
            # graphql-core already takes what a later edition of the specification may allow.
            raise BadRequest("expected at least one field between { and }, got none")
        shape = Shape()
        for selection in node.selections:
            shape = shape.plus(self._selection(selection, parent, level))
        return self._within(shape, "selection")

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None, level: int) -> Shape:
        directives = self._directives(node)
        if isinstance(node, FieldNode):
            shape = self._field(node, parent, level)
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            inner = self.schema.get_type(condition.name.value) if condition else parent
            shape = self._selection_set(node.selection_set, inner, level + 1)
            shape = shape._replace(spreads=shape.spreads + 1)
        else:
            shape = self.fragment(cast(FragmentSpreadNode, node).name.value)
            shape = shape._replace(spreads=shape.spreads + 1)
        return shape._replace(directives=shape.directives + directives) if directives else shape

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, level: int) -> Shape:
        _check_values([argument.value for argument in node.arguments or ()])
        definition = self._definition(node, parent)
        named = get_named_type(definition.type) if definition else None
        inner = self._selection_set(node.selection_set, named, level + 1) if node.selection_set else Shape()
        shape = Shape(
            fields=inner.fields + 1,
            depth=inner.depth + 1,
            spreads=inner.spreads,
            directives=inner.directives,
            aliases=inner.aliases + (node.alias is not None),
        )
        if definition is None or is_leaf_type(named):
            return shape
        if is_connection(named):
            return shape._replace(cost=ONE + inner.cost + inner.row.times(page_size(node, definition)))
        if is_connection(parent) and node.name.value in _PAGED:
            return shape._replace(row=ONE + inner.cost)
        if is_list(definition):
            return shape._replace(cost=(ONE + inner.cost).times(list_size(node, definition)))
        return shape._replace(cost=ONE + inner.cost)

    def _definition(self, node: FieldNode, parent: GraphQLNamedType | None) -> GraphQLField | None:
        if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return self.schema.get_field(parent, node.name.value)
        return TypeNameMetaFieldDef if node.name.value == "__typename" else None

    def _directives(self, node: Node) -> int:
        directives: Sequence[DirectiveNode] = getattr(node, "directives", None) or ()
        for directive in directives:
            values = [argument.value for argument in directive.arguments or ()]
            _check_values(values)
            self.switches.update(value.name.value for value in values if isinstance(value, VariableNode))
        return len(directives)


def _expect(got: int, limit: int, of_what: str, where: str) -> None:
    if got > limit:
        raise BadRequest(
            f"expected at most {limit} {of_what}, got {got if got < LARGEST_SIZE else 'many more'} ({where})"
        )


def _check_values(values: Sequence[ValueNode]) -> None:
    """Refuse literals that no scalar of ours takes, before one tries."""
    waiting: list[Any] = list(values)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ListValueNode):
            waiting.extend(node.values)
        elif isinstance(node, ObjectValueNode):
            waiting.extend(node.fields)
        elif isinstance(node, ObjectFieldNode):
            waiting.append(node.value)
        elif isinstance(node, IntValueNode | FloatValueNode):
            _expect(len(node.value), NUMBER_LENGTH, "digits of a number", "literal")
            if not isfinite(float(node.value)):
                raise BadRequest(f"expected a finite number, got {node.value}")
        elif isinstance(node, StringValueNode) and (found := forbidden_character(node.value)):
            raise BadRequest(f"expected text without control characters, got {found} in a string literal")
