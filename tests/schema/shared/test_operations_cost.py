"""What the front ends' documents cost on the real schema."""

from pathlib import Path

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, get_introspection_query, parse

from schema.root import build_schema
from schema.shared.execution_context import graphql_schema
from schema.shared.limits import Limits, measure

OPERATIONS = Path(__file__).parents[2] / "operations"
AFFORDABLE = 500


def _operations() -> list[tuple[str, str]]:
    found = []
    for file in sorted(OPERATIONS.glob("*.graphql")):
        if file.stem != "contract":
            text = file.read_text()
            found += [
                (definition.name.value, text)
                for definition in parse(text).definitions
                if isinstance(definition, OperationDefinitionNode) and definition.name
            ]
    return found


@pytest.fixture(scope="module")
def core() -> GraphQLSchema:
    return graphql_schema(build_schema())


@pytest.mark.parametrize(("name", "text"), [pytest.param(*operation, id=operation[0]) for operation in _operations()])
def test_an_operation_of_the_front_ends_is_affordable(core: GraphQLSchema, name: str, text: str):
    document = parse(text)
    (operation,) = (
        d for d in document.definitions if isinstance(d, OperationDefinitionNode) and d.name and d.name.value == name
    )

    cost = measure(core, document, operation, Limits()).evaluate({})
    assert cost <= AFFORDABLE


def test_introspection_passes(core: GraphQLSchema):
    document = parse(get_introspection_query(input_value_deprecation=True, specified_by_url=True))
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))

    assert measure(core, document, operation, Limits()).evaluate({}) == 0
