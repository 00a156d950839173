"""Fields with arguments are plain where none is given, and answer as graphql-core does either way."""

from typing import cast

import pytest
from graphql import GraphQLObjectType

from schema.shared.plain_fields import reader
from tests.api.example import quote
from tests.schema.shared.test_execution_context import CORE, compare


@pytest.mark.parametrize(
    "text",
    [
        "{ quote { whisper twice: whisper(times: 2) related { whisper } } }",
        "{ page(first: 3) { edges { node { whisper related { whisper(times: 3) } } } } }",
    ],
)
async def test_executes_as_graphql_core_does(text: str):
    await compare(text)


@pytest.mark.parametrize("times", [None, 3])
async def test_arguments_that_are_given_count(times: int | None):
    variables = {} if times is None else {"times": times}

    found = await compare("query($times: Int = 2) { quote { whisper(times: $times) } }", variables)
    assert found.data == {"quote": {"whisper": "s1" * (times or 2)}}


def test_a_field_is_plain_where_no_argument_is_given():
    definition = cast(GraphQLObjectType, CORE.type_map["Quote"]).fields["whisper"]

    read = reader(definition)

    assert read is not None
    assert read(quote()) == "s1"
    assert reader(definition, has_arguments=True) is None
    assert reader(cast(GraphQLObjectType, CORE.type_map["Quote"]).fields["greeting"]) is None
