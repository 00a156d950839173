"""Global ids: opaque, one for each object, and nothing else is one."""

import base64
from typing import Any
from uuid import UUID, uuid4

import pytest
from graphql import GraphQLInterfaceType
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import BadUserInput
from schema.root import build_schema
from schema.shared import node
from schema.shared.node import find_nodes, global_id, loads_nodes, node_kinds, parse_global_id, stored_key


def encoded(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.text(max_size=40))
def test_an_id_gives_back_what_it_was_made_of(kind, key):
    assert parse_global_id(global_id(kind, key)) == (kind, key)


@given(st.uuids())
def test_a_stored_key_is_found_under_its_own_kind(key):
    value = global_id("Portfolio", key)

    assert stored_key("Portfolio", value) == key
    assert stored_key("Job", value) is None


@given(st.text())
def test_any_text_is_an_id_or_none(text):
    parsed = parse_global_id(text)

    assert parsed is None or global_id(*parsed) == text
    assert stored_key("Portfolio", text) is None


# The loaders of these tests ask nothing of it.
NOWHERE: Any = None

KEY = UUID("01890a5d-ac96-7b1b-8c3e-0123456789ab")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "=",
        "a",
        "é",
        "\0",
        "x" * 10_000,
        encoded("Portfolio"),
        encoded("Portfolio:"),
        encoded("Portfolio:nonsense"),
        # The same UUID in other spellings: one object has one id.
        encoded(f"Portfolio:{str(KEY).upper()}"),
        encoded(f"Portfolio:{KEY.hex}"),
        encoded(f"Portfolio:{{{KEY}}}"),
        encoded(f"Portfolio:urn:uuid:{KEY}"),
        encoded(f"Portfolio: {KEY}"),
        f"{global_id('Portfolio', KEY)}=",
        f" {global_id('Portfolio', KEY)}",
        f"{global_id('Portfolio', KEY)}\n",
        encoded(f"portfolio:{KEY}"),
        encoded(f"Portfolio:{KEY}:"),
        str(KEY),
    ],
)
def test_what_is_no_id_of_ours(value):
    assert stored_key("Portfolio", value) is None


@pytest.fixture
def loaded(monkeypatch):
    """Two kinds whose loaders answer everything but zeros, and what they were asked."""
    monkeypatch.setattr(node, "_LOADERS", {})
    asked = []

    for kind in ("Apple", "Pear"):

        @loads_nodes(kind)
        async def load(context, keys, kind=kind):
            asked.append((kind, list(keys)))
            return [f"{kind} {key}" if key.int else None for key in keys]

    return asked


async def test_nodes_come_in_the_order_asked_one_batch_for_each_kind(loaded):
    first, second, third = uuid4(), uuid4(), uuid4()
    ids = [
        global_id("Pear", first),
        global_id("Apple", second),
        "nonsense",
        global_id("Apple", third),
        global_id("Plum", first),
        global_id("Apple", UUID(int=0)),
        global_id("Pear", first),
    ]

    found = await find_nodes(NOWHERE, ids)

    assert found == [
        f"Pear {first}",
        f"Apple {second}",
        None,
        f"Apple {third}",
        None,
        None,
        f"Pear {first}",
    ]
    assert loaded == [("Pear", [first]), ("Apple", [second, third, UUID(int=0)])]


async def test_more_than_a_hundred_are_refused_before_anything_is_read(loaded):
    with pytest.raises(BadUserInput, match="expected at most 100 ids, got 101"):
        await find_nodes(NOWHERE, [global_id("Apple", uuid4())] * 101)

    assert loaded == []
    assert len(await find_nodes(NOWHERE, [global_id("Apple", uuid4()) for _ in range(100)])) == 100


def test_everything_that_is_a_node_can_be_found():
    core = build_schema()._schema
    interface = core.type_map["Node"]
    assert isinstance(interface, GraphQLInterfaceType)
    implementing = {kind.name for kind in core.get_possible_types(interface)}

    assert implementing == node_kinds()
