"""Our executor against graphql-core's own: the same data and errors, whatever is asked and whatever is found."""

import asyncio
import functools
import gc
import time
import warnings
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
import strawberry
from graphql import ExecutionResult, GraphQLObjectType, parse, validate
from graphql.execution import Executor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.shared.execution_context import PlainFieldExecutor, Selections, graphql_schema
from tests.api import example
from tests.api.example import Color, Unavailability, quote

CORE = graphql_schema(example.schema)


BUILDS: list[Any] = [
    Executor.build,
    lambda core, document: PlainFieldExecutor.build(core, document, selections=Selections()),
]


async def run(executor: Any) -> ExecutionResult:
    assert isinstance(executor, Executor), executor
    result = executor.execute_operation()
    return cast(ExecutionResult, await result if asyncio.iscoroutine(result) else result)


def comparable(result: ExecutionResult) -> Any:
    errors = [(e.message, e.path, e.locations, type(e.original_error)) for e in result.errors or []]
    return result.data, errors


async def compare(
    text: str, variables: dict[str, Any] | None = None, selections: Selections | None = None
) -> ExecutionResult:
    """Execute twice with each executor, the second time with what ours remembers, and compare."""
    document = parse(text)
    assert validate(CORE, document) == []
    expected = await run(Executor.build(CORE, document, raw_variable_values=variables))
    selections = selections or Selections(frozenset(variables or ()))
    for _ in range(2):
        ours = await run(PlainFieldExecutor.build(CORE, document, raw_variable_values=variables, selections=selections))
        assert comparable(ours) == comparable(expected)
        assert list(map(str, ours.data or ())) == list(map(str, expected.data or ()))
        assert str(ours.data) == str(expected.data)  # the order of fields too
    return expected


DOCUMENTS = [
    "{ quote { id symbol price volume at day change rank stale color tags __typename } }",
    "{ quote { unavailable { field reason } related { symbol related { symbol } } shout } }",
    '{ quote { slow symbol greeting(name: "me") price shout } }',
    "{ quote { symbol slow broken price } }",
    "{ quote { symbol brokenAndNeeded } }",
    '{ quotes(symbols: ["a", "b", "c"]) { symbol brokenAndNeeded } }',
    '{ quotes(symbols: ["a", "b", "c", "d"]) { rank related { rank slow } tags } }',
    "{ someQuotes(first: 4) { a: symbol symbol related { ...R } related { rank } } } fragment R on Quote { tags }",
    "{ page(first: 3) { totalCount pageInfo { hasNextPage } edges { cursor node { symbol related { price } } } } }",
    "{ page(first: 3) { edges { node { symbol slow } } } }",
    "{ nodes { id __typename ... on Quote { symbol related { id } } ... on Other { word } } }",
    '{ a: node(id: "o") { id } b: node(id: "q") { id ... on Quote { price } } }',
    "{ nan }",
    "{ quote { symbol } nan }",
    '{ fail(how: "bug") quote { symbol } }',
    "mutation { a: touch b: touch }",
    "{ __typename __schema { queryType { name } } quote { __typename } }",
    "{ oddQuotes { symbol rank } }",
    "{ page(first: 0) { edges { cursor } } }",
]


@pytest.mark.parametrize("text", DOCUMENTS)
async def test_executes_as_graphql_core_does(text: str):
    await compare(text)


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.parametrize("hides", [True, False])
async def test_directives_are_obeyed_each_time_anew(shows: bool, hides: bool):
    text = """query($shows: Boolean!, $hides: Boolean!) {
      quote { symbol @include(if: $shows) price ... @skip(if: $hides) { rank related { rank } }
              ...F @include(if: $shows) } }
      fragment F on Quote { color tags @skip(if: $hides) }"""

    await compare(text, {"shows": shows, "hides": hides})


async def test_what_is_remembered_is_remembered_for_each_choice():
    text = "query($s: Boolean!) { quote { symbol @skip(if: $s) rank } }"
    selections = Selections(frozenset({"s"}))

    assert (await compare(text, {"s": True}, selections)).data == {"quote": {"rank": 1}}
    assert (await compare(text, {"s": False}, selections)).data == {"quote": {"symbol": "S1", "rank": 1}}
    assert (await compare(text, {"s": True}, selections)).data == {"quote": {"rank": 1}}


class Text(str):
    """A string that is not exactly one."""

    __slots__ = ()


class Awaited:
    def __await__(self) -> Any:
        yield from asyncio.sleep(0).__await__()
        return "awaited"


class Raising:
    @property
    def symbol(self) -> str:
        raise LookupError("no symbol")


async def soon(value: Any) -> Any:
    await asyncio.sleep(0)
    return value


async def several(*values: Any) -> AsyncIterator[Any]:
    for value in values:
        yield value


ALL = """{ oddQuotes { id symbol price volume at day change rank stale color tags shout __typename
  unavailable { field reason } related { symbol rank } } }"""

ODD_VALUES: list[tuple[str, Any]] = [
    ("symbol", None),
    ("symbol", 5),
    ("symbol", 5.5),
    ("symbol", True),
    ("symbol", Text("t")),
    ("symbol", b"b"),
    ("symbol", ["a"]),
    ("symbol", ValueError("a value")),
    ("rank", 2**31 - 1),
    ("rank", -(2**31)),
    ("rank", 2**31),
    ("rank", 1.0),
    ("rank", 1.5),
    ("rank", "7"),
    ("rank", "x"),
    ("rank", True),
    ("rank", None),
    ("change", float("nan")),
    ("change", float("inf")),
    ("change", 3),
    ("change", "2.5"),
    ("change", True),
    ("stale", 1),
    ("stale", None),
    ("stale", "yes"),
    ("color", "r"),
    ("color", "RED"),
    ("color", Color.BLUE),
    ("color", 5),
    ("price", 1.5),
    ("price", "1"),
    ("volume", 2**70),
    ("at", "2024"),
    ("day", 5),
    ("tags", None),
    ("tags", ("a", "b")),
    ("tags", ["a", None]),
    ("tags", {"a"}),
    ("tags", "ab"),
    ("tags", 5),
    ("tags", [1, 2]),
    ("id", 5),
    ("id", None),
    ("unavailable", [None]),
    ("unavailable", [Unavailability(field="f", reason="r"), object()]),
    ("related", object()),
    ("related", Raising()),
    ("related", ValueError("no relation")),
]


@pytest.mark.parametrize(("name", "value"), ODD_VALUES)
async def test_odd_values_come_out_alike(name: str, value: Any, monkeypatch: pytest.MonkeyPatch):
    odd = quote(4)
    setattr(odd, name, value)
    monkeypatch.setattr(example, "ODD", [quote(1), odd, quote(3)])

    await compare(ALL)


@pytest.mark.parametrize("odd", [None, object(), ValueError("an item"), quote, {"symbol": "a"}, 5])
async def test_odd_items_come_out_alike(odd: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(example, "ODD", [quote(1), odd, quote(3)])

    await compare(ALL)


@pytest.mark.parametrize(
    "container", [tuple, list, set, iter, lambda items: (i for i in items), lambda _: 5, lambda _: "ab"]
)
async def test_odd_lists_come_out_alike(container: Any, monkeypatch: pytest.MonkeyPatch):
    class Box:
        def __init__(self) -> None:
            self.made = [quote(1)] if container is not set else []

        def __get__(self, *_: Any) -> Any:
            return container(self.made)

    results = []
    for build in BUILDS:
        monkeypatch.setattr(example, "ODD", container([quote(1)]) if container is not set else set())
        results.append(comparable(await run(build(CORE, parse("{ oddQuotes { symbol } }")))))
    assert results[0] == results[1]


@pytest.mark.parametrize("name", ["symbol", "related", "tags", "color"])
async def test_what_has_to_be_awaited_is_awaited_once(name: str, monkeypatch: pytest.MonkeyPatch):
    values = {"symbol": "late", "related": quote(9), "tags": ["late"], "color": Color.RED}
    results = []
    for build in BUILDS:
        odd = quote(4)
        setattr(odd, name, soon(values[name]))
        monkeypatch.setattr(example, "ODD", [quote(1), odd, soon(quote(7))])
        results.append(comparable(await run(build(CORE, parse(ALL.replace("shout", ""))))))
    assert results[0] == results[1]
    assert results[0][1] == []


async def test_a_method_that_returns_a_coroutine_leaves_none_behind():
    @strawberry.type
    class Row:
        @strawberry.field
        def late(self) -> str:
            return soon("late")  # type: ignore[return-value]

    @strawberry.type
    class Query:
        @strawberry.field
        def rows(self) -> list[Row]:
            return [Row(), Row()]

    core = graphql_schema(strawberry.Schema(Query))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = await run(PlainFieldExecutor.build(core, parse("{ rows { late } }"), selections=Selections()))
        gc.collect()
    assert result.data == {"rows": [{"late": "late"}, {"late": "late"}]}


@pytest.mark.parametrize("keeps_name", [True, False])
@pytest.mark.parametrize("method", [True, False])
async def test_what_is_put_before_a_resolver_is_never_passed_by(keeps_name: bool, method: bool):
    @strawberry.type
    class Row:
        word: str = "w"

        @strawberry.field
        def loud(self) -> str:
            return "W"

    @strawberry.type
    class Query:
        @strawberry.field
        def rows(self) -> list[Row]:
            return [Row()]

    core = graphql_schema(strawberry.Schema(Query))
    row = core.type_map["Row"]
    assert isinstance(row, GraphQLObjectType)
    field = row.fields["loud" if method else "word"]
    original = field.resolve
    assert original is not None

    def checked(*_: Any, **__: Any) -> Any:
        raise PermissionError("not you")

    field.resolve = functools.wraps(original)(checked) if keeps_name else checked
    name = "loud" if method else "word"
    result = await run(PlainFieldExecutor.build(core, parse(f"{{ rows {{ {name} }} }}"), selections=Selections()))

    assert [error.message for error in result.errors or []] == ["not you"]
    assert result.data is None


async def test_awaitable_attributes_and_streams_come_out_alike(monkeypatch: pytest.MonkeyPatch):
    odd = quote(4)
    odd.symbol = Awaited()  # type: ignore[assignment]
    monkeypatch.setattr(example, "ODD", [odd])
    assert (await compare("{ oddQuotes { symbol } }")).data == {"oddQuotes": [{"symbol": "awaited"}]}

    results = []
    for build in BUILDS:
        odd.tags = several("a", "b")  # type: ignore[assignment]
        results.append(comparable(await run(build(CORE, parse("{ oddQuotes { tags } }")))))
    assert results[0] == results[1] == ({"oddQuotes": [{"tags": ["a", "b"]}]}, [])


LEAVES = [
    "id",
    "symbol",
    "price",
    "volume",
    "at",
    "day",
    "change",
    "rank",
    "stale",
    "color",
    "tags",
    "shout",
    "__typename",
    "slow",
    "broken",
    'greeting(name: "x")',
    "a: rank",
    "b: symbol",
]


def selection(depth: int) -> st.SearchStrategy[str]:
    parts = st.sampled_from(LEAVES)
    if depth:
        inner = selection(depth - 1)
        parts = parts | st.builds("related {{ {} }}".format, inner)
        parts = parts | st.builds("... on Quote {{ {} }}".format, inner)
        parts = parts | st.builds("... @include(if: $yes) {{ {} }}".format, inner)
        parts = parts | st.just("unavailable { field reason }")
    return st.lists(parts, min_size=1, max_size=6).map(" ".join)


odd_fields = st.sampled_from(["symbol", "price", "change", "rank", "stale", "color", "tags", "related", "unavailable"])
odd_values = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.just(Color.BLUE),
    st.just([None]),
    st.just(["a"]),
    st.just(("a",)),
    st.builds(ValueError),
    st.just(quote(6)),
    st.decimals(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(selection(2), st.booleans(), st.lists(st.tuples(st.integers(0, 2), odd_fields, odd_values), max_size=3))
async def test_any_selection_on_any_values(fields: str, yes: bool, odd: list[tuple[int, str, Any]]):
    rows = [quote(number) for number in (1, 2, 3)]
    for index, name, value in odd:
        setattr(rows[index], name, value)
    kept, example.ODD = example.ODD, rows
    try:
        await compare(
            f"""query($yes: Boolean = true) {{
              oddQuotes {{ {fields} }} quote {{ ... @skip(if: $yes) {{ id }} {fields} }} }}""",
            {"yes": yes},
        )
    finally:
        example.ODD = kept


@pytest.mark.parametrize("fields", [10, 39])
async def test_a_page_is_at_least_three_times_as_fast(fields: int):
    namespace: dict[str, Any] = {"__annotations__": {f"f{n}": [str, float | None, int][n % 3] for n in range(fields)}}
    row_type: Any = strawberry.type(type("Row", (), namespace))
    rows = [row_type(**{f"f{n}": ["text", 1.5, n][n % 3] for n in range(fields)}) for _ in range(50)]

    @strawberry.type
    class Query:
        @strawberry.field
        def rows(self) -> list[row_type]:
            return rows

    core = graphql_schema(strawberry.Schema(Query))
    document = parse("{ rows { " + " ".join(f"f{n}" for n in range(fields)) + " } }")
    selections = Selections()

    async def fastest(kind: Any, **more: Any) -> float:
        times = []
        for _ in range(5):
            started = time.process_time()
            await run(kind.build(core, document, **more))
            times.append(time.process_time() - started)
        return min(times)

    assert await fastest(Executor) > 3 * await fastest(PlainFieldExecutor, selections=selections)
