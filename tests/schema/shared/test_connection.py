"""Connections: their arguments, their cursors, and what is selected below them."""

import base64
import contextlib
from datetime import date

import pytest
import strawberry
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import BadUserInput
from domain.kernel.paging import Page, PageRequest
from schema.shared.connection import connection, requested, selects


def _cursor(*key: object) -> str:
    page = Page([key], has_next=False, has_previous=False)
    found = connection(page, node=str, key=lambda row: row).page_info.end_cursor
    assert found is not None
    return found


def test_a_cursor_is_read_as_what_it_was_made_of():
    request = requested(3, _cursor(date(2024, 2, 29), 17), None, None, key=(date.fromisoformat, int))

    assert request == PageRequest(limit=3, after=(date(2024, 2, 29), 17))


def test_fifty_from_the_start_unless_asked_otherwise():
    assert requested(None, None, None, None) == PageRequest(limit=50)
    assert requested(None, None, 7, _cursor("x")) == PageRequest(limit=7, before=("x",), backwards=True)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "nonsense",
        "é",
        "\U0001f600",
        "A" * 100_000,
        _cursor("a", "b"),
        _cursor("a\x00"),
        base64.urlsafe_b64encode(b'["2024"]').decode() + "====",
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        base64.urlsafe_b64encode(b"[1]").decode(),
        base64.urlsafe_b64encode(b"null").decode(),
        base64.urlsafe_b64encode(b"[" * 500).decode(),
        base64.urlsafe_b64encode(b'["\\ud800"]').decode(),
    ],
)
def test_refuses_what_is_no_cursor_of_the_list(cursor: str):
    with pytest.raises(BadUserInput, match="expected a cursor of this list for after, got"):
        requested(None, cursor, None, None)


def test_refuses_a_cursor_of_another_list():
    with pytest.raises(BadUserInput, match="expected a cursor of this list for before"):
        requested(None, None, None, _cursor("AAPL"), key=(date.fromisoformat,))


@given(st.text())
def test_any_text_is_a_cursor_or_refused(cursor: str):
    with contextlib.suppress(BadUserInput):
        assert requested(None, cursor, None, None).after is not None


def test_a_page_says_where_it_lies():
    page = Page(["a", "b"], has_next=True, has_previous=False, total=9)

    found = connection(page, node=str.upper, key=lambda row: (row,))

    assert [edge.node for edge in found.edges] == ["A", "B"]
    assert (found.page_info.start_cursor, found.page_info.end_cursor) == (_cursor("a"), _cursor("b"))
    assert (found.page_info.has_next_page, found.page_info.has_previous_page, found.total_count) == (True, False, 9)


@strawberry.type
class _Leaf:
    name: str = "leaf"


@strawberry.type
class _Query:
    @strawberry.field
    def tree(self, info: strawberry.Info) -> "_Tree":
        """Say what is selected below it."""
        paths = (("leaf",), ("leaf", "name"), ("other",), ("leaf", "other"))
        return _Tree(seen=[".".join(path) for path in paths if selects(info, *path)])


@strawberry.type
class _Tree:
    seen: list[str]
    leaf: _Leaf = strawberry.field(default_factory=_Leaf)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ tree { seen } }", []),
        ("{ tree { seen leaf { name } } }", ["leaf", "leaf.name"]),
        ("{ tree { seen leaf { __typename } } }", ["leaf"]),
        ("{ tree { seen other: leaf { called: name } } }", ["leaf", "leaf.name"]),
        ("{ tree { seen } tree { leaf { name } } }", ["leaf", "leaf.name"]),
        ("{ tree { seen ... { leaf { ... on Leaf { name } } } } }", ["leaf", "leaf.name"]),
        (
            """{ tree { seen ...a } } fragment a on Tree { ...b } fragment b on Tree { leaf { ...c } }
               fragment c on Leaf { name }""",
            ["leaf", "leaf.name"],
        ),
    ],
)
def test_selects_sees_through_aliases_and_fragments(document: str, expected: list[str]):
    result = strawberry.Schema(_Query).execute_sync(document)

    assert result.errors is None
    assert result.data is not None
    assert result.data["tree"]["seen"] == expected
