"""The SDL: printed afresh, described in every part, and holding what the front ends' documents rest on."""

from pathlib import Path

import pytest
from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    OperationDefinitionNode,
    ScalarTypeDefinitionNode,
    build_schema,
    is_list_type,
    is_non_null_type,
    parse,
    print_ast,
    validate,
)
from graphql.utilities import ast_from_value, separate_operations

from schema.root import build_schema as build
from schema.root import printed
from tests.support.source import ROOT

OPERATIONS = ROOT / "tests" / "operations"
SHARED_OPERATIONS = ROOT.parent / "shared" / "operations"
DOCUMENTS = sorted(path for path in OPERATIONS.glob("*.graphql") if path.stem != "contract")

# Operations whose slice is not built yet.  This list only shrinks.
LATER_OPERATIONS: dict[str, set[str]] = {}

# Parts of the contract whose slice is not built yet.  This list only shrinks.
LATER_CONTRACT: set[str] = set()

# Scalars whose meaning is GraphQL's own.
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build()._schema


def own_types(schema: GraphQLSchema) -> list[GraphQLNamedType]:
    return [kind for name, kind in schema.type_map.items() if not name.startswith("__") and name not in BUILT_IN]


def test_the_printed_schema_is_fresh() -> None:
    assert (ROOT / "schema.graphql").read_text() == printed(), "run make sdl and look at the difference"


def test_the_printed_schema_is_a_schema() -> None:
    assert build_schema((ROOT / "schema.graphql").read_text()).query_type is not None


def undescribed(schema: GraphQLSchema) -> list[str]:
    """Every type, field, argument, input field and enum value without a description."""
    found = []
    for kind in own_types(schema):
        if not kind.description and kind not in (schema.query_type, schema.mutation_type, schema.subscription_type):
            found.append(kind.name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found += [f"{kind.name}.{name}" for name, field in kind.fields.items() if not field.description]
        elif isinstance(kind, GraphQLInputObjectType):
            found += [f"{kind.name}.{name}" for name, entry in kind.fields.items() if not entry.description]
    return found


def test_every_part_is_described(schema: GraphQLSchema) -> None:
    assert undescribed(schema) == []


def test_what_is_not_described_is_found() -> None:
    bare = build_schema('"It asks." type Query { a: Int "b" b: C } "c" input I { x: Int } type C { y: Int }')

    assert set(undescribed(bare)) == {"Query.a", "I.x", "C", "C.y"}


def unbounded_lists(schema: GraphQLSchema) -> list[str]:
    """Every list of a computed object whose description does not say by what it is bounded."""
    found = []
    for kind in own_types(schema):
        if not isinstance(kind, GraphQLObjectType) or kind.name.endswith("Payload"):
            continue
        for name, field in kind.fields.items():
            inner = field.type.of_type if is_non_null_type(field.type) else field.type
            said = f"{kind.description} {field.description}"
            if is_list_type(inner) and not any(words in said for words in BOUNDED):
                found.append(f"{kind.name}.{name}")
    return found


BOUNDED = ("at most", "one entry of each list a session")


def test_every_list_is_paged_or_says_its_bound(schema: GraphQLSchema) -> None:
    assert unbounded_lists(schema) == []


def test_an_unbounded_list_is_found() -> None:
    open_ended = build_schema('type Query { "all of them" a: [Int!]! "at most 5" b: [Int!]! }')

    assert unbounded_lists(open_ended) == ["Query.a"]


def test_the_documents_are_those_that_the_front_ends_send() -> None:
    if not SHARED_OPERATIONS.is_dir():
        pytest.skip("the front ends' documents are not beside this checkout: its own copy could not be compared")

    assert {path.name for path in OPERATIONS.iterdir()} == {path.name for path in SHARED_OPERATIONS.iterdir()}
    for path in OPERATIONS.iterdir():
        assert path.read_text() == (SHARED_OPERATIONS / path.name).read_text(), path.name


def operations_of(path: Path) -> dict[str, DocumentNode]:
    return separate_operations(parse(path.read_text()))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_operation_is_valid_but_for_those_of_later_slices(path: Path, schema: GraphQLSchema) -> None:
    refused = {name for name, document in operations_of(path).items() if validate(schema, document)}

    assert refused == LATER_OPERATIONS.get(path.stem, set())


def missing_of_contract(schema: GraphQLSchema, contract: DocumentNode) -> set[str]:
    """What the contract names and the schema lacks, or has with another type, nullability or default."""
    found: set[str] = set()
    for node in contract.definitions:
        assert not isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
        name = node.name.value  # type: ignore[attr-defined]
        kind = schema.type_map.get(name)
        if kind is None:
            found.add(name)
        elif isinstance(node, EnumTypeDefinitionNode):
            assert isinstance(kind, GraphQLEnumType)
            found |= {f"{name}.{value.name.value}" for value in node.values or ()} - {
                f"{name}.{value}" for value in kind.values
            }
        elif isinstance(node, InputObjectTypeDefinitionNode):
            assert isinstance(kind, GraphQLInputObjectType)
            found |= _missing_inputs(node, kind)
        elif isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
            assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
            for field in node.fields or ():
                there = kind.fields.get(field.name.value)
                if there is None or str(there.type) != print_ast(field.type):
                    found.add(f"{name}.{field.name.value}")
        else:
            assert isinstance(node, ScalarTypeDefinitionNode)
    return found


def _missing_inputs(node: InputObjectTypeDefinitionNode, kind: GraphQLInputObjectType) -> set[str]:
    found = set()
    if bool(node.directives) != kind.is_one_of:
        found.add(f"{kind.name} @oneOf")
    for entry in node.fields or ():
        there = kind.fields.get(entry.name.value)
        if there is None or str(there.type) != print_ast(entry.type):
            found.add(f"{kind.name}.{entry.name.value}")
            continue
        default = ast_from_value(there.default_value, there.type) if entry.default_value else None
        if entry.default_value and (default is None or print_ast(default) != print_ast(entry.default_value)):
            found.add(f"{kind.name}.{entry.name.value} default")
    return found


def test_the_schema_holds_the_contract_but_for_later_slices(schema: GraphQLSchema) -> None:
    contract = parse((OPERATIONS / "contract.graphql").read_text())

    assert missing_of_contract(schema, contract) == LATER_CONTRACT


def test_a_broken_contract_is_found() -> None:
    contract = parse("input A { x: Int! = 3 y: String } type B { c: ID! d: Int } enum E { P Q }")
    schema = build_schema(
        "input A { x: Int! = 4 y: String! } type B { c: ID } enum E { P } type Query { b(a: A): B e: E }"
    )

    assert missing_of_contract(schema, contract) == {"A.x default", "A.y", "B.c", "B.d", "E.Q"}
