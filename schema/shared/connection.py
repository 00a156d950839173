"""Lists that can grow: Relay connections over keyset pages.

async def instruments(
    self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
) -> Connection[Instrument]:
    request = requested(first, after, last, before, key=(str,))
    page = await queries.instrument_page(request, with_total=selects(info, "totalCount"))
    return connection(page, node=instrument_of, key=lambda row: (row.symbol,))
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, Generic, TypeVar

import orjson
import strawberry
from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from domain.kernel.errors import BadUserInput
from domain.kernel.paging import Page, PageRequest, page_request
from domain.kernel.text import forbidden_character

Item = TypeVar("Item")
Row = TypeVar("Row")

First = Annotated[
    int | None,
    strawberry.argument(
        description="At most so many from the start, 0 to 100; 50 when neither it nor `last` is given."
    ),
]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor.")]
Last = Annotated[
    int | None, strawberry.argument(description="At most so many from the end, 0 to 100. Not together with `first`.")
]
Before = Annotated[str | None, strawberry.argument(description="Only what comes before this cursor.")]

# No cursor of ours is longer.
_LONGEST_CURSOR = 1_000


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """What a client needs to go on."""

    has_next_page: bool = strawberry.field(description="Whether something comes after this page.")
    has_previous_page: bool = strawberry.field(description="Whether something comes before this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first item; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last item; null on an empty page.")


@strawberry.type(description="An item of a list, and its place there.")
class Edge(Generic[Item]):
    """One item."""

    cursor: str = strawberry.field(description="Opaque: names the item's place, whatever comes or goes around it.")
    node: Item = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Item]):
    """One page."""

    edges: list[Edge[Item]] = strawberry.field(description="The items, in the order of the list: at most 100.")
    page_info: PageInfo = strawberry.field(description="Where this page lies.")
    total_count: int | None = strawberry.field(description="How many items the whole list has.")


def requested(
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
    *,
    key: Sequence[Callable[[str], Any]] = (str,),
) -> PageRequest:
    """Return what the arguments of a connection ask.  Raises `BadUserInput`.

    `key` has a function for each ordering column, which raises ValueError for a text that is no value of it.
    """
    return page_request(first, _decoded("after", after, key), last, _decoded("before", before, key))


def connection(
    page: Page[Row], *, node: Callable[[Row], Item], key: Callable[[Row], Sequence[object]]
) -> Connection[Item]:
    """Return a page as the API shows it; `key` gives the values of a row's ordering columns."""
    edges = [Edge(cursor=cursor_of(key(row)), node=node(row)) for row in page.rows]
    return Connection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        total_count=page.total,
    )


def selects(info: Any, *path: str) -> bool:
    """Whether this path of fields, as the API names them, is selected below the field that is being resolved.

    Directives are not looked at: what may be skipped counts as selected.  The gate has bounded the document before.
    """
    raw = info._raw_info  # noqa: SLF001 - Strawberry's own view of the selection costs a copy of all of it
    return _reaches([node.selection_set for node in raw.field_nodes], path, raw.fragments)


def _reaches(sets: Iterable[SelectionSetNode | None], path: tuple[str, ...], fragments: Any) -> bool:
    if not path:
        return True
    below = [field.selection_set for field in _fields(sets, fragments) if field.name.value == path[0]]
    return bool(below) and _reaches(below, path[1:], fragments)


def _fields(sets: Iterable[SelectionSetNode | None], fragments: Any) -> Iterator[FieldNode]:
    spread: set[str] = set()
    waiting = [selection for chosen in sets if chosen is not None for selection in chosen.selections]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            waiting.extend(node.selection_set.selections)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
            spread.add(node.name.value)
            fragment = fragments[node.name.value]
            # graphql-core keeps fragments of a running operation together with the variables that they use.
            waiting.extend(getattr(fragment, "definition", fragment).selection_set.selections)


def cursor_of(key: Sequence[object]) -> str:
    """Return the opaque name of a place in a list."""
    return base64.urlsafe_b64encode(orjson.dumps([str(part) for part in key])).decode().rstrip("=")


def parts_of(name: str, cursor: str, key: Sequence[Callable[[str], Any]]) -> tuple[Any, ...]:
    """Return the parts of a cursor that an argument of this name has.  Raises `BadUserInput`."""
    if len(cursor) > _LONGEST_CURSOR:
        raise BadUserInput(f"expected a cursor of this list for {name}, got {len(cursor)} characters")
    try:
        plain = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        parts = plain if isinstance(plain, list) else []
        return tuple(parse(_text(part)) for parse, part in zip(key, parts, strict=True))
    except (binascii.Error, ValueError, TypeError, ArithmeticError):
        raise BadUserInput(f"expected a cursor of this list for {name}, got {cursor[:100]!r}") from None


def _decoded(name: str, cursor: str | None, key: Sequence[Callable[[str], Any]]) -> tuple[Any, ...] | None:
    return None if cursor is None else parts_of(name, cursor, key)


def _text(part: object) -> str:
    if not isinstance(part, str) or forbidden_character(part) is not None:
        raise ValueError("no text of ours")
    return part
