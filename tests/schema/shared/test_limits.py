import gc
import time
from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_introspection_query, parse

from domain.kernel.errors import BadRequest
from schema.shared.cost import sized
from schema.shared.execution_context import graphql_schema
from schema.shared.limits import Limits, Measured, measure
from tests.api.example import schema

CORE = graphql_schema(schema)
LIMITS = Limits()


def gauge(text: str, limits: Limits = LIMITS) -> Measured:
    document = parse(text)
    operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return measure(CORE, document, operation, limits)


def cost(text: str, **variables: Any) -> int:
    return gauge(text).evaluate(variables)


def bomb(doublings: int, leaf: str = "symbol") -> str:
    fragments = [f"fragment F{n} on Quote {{ ...F{n + 1} ...F{n + 1} }}" for n in range(doublings)]
    return "{ quote { ...F0 } } " + " ".join(fragments) + f" fragment F{doublings} on Quote {{ {leaf} }}"


@pytest.mark.parametrize("doublings", [10, 20, 50, 100, 200])
def test_a_fragment_bomb_is_refused_in_no_time(doublings: int):
    document = parse(bomb(doublings))
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))

    gc.collect()
    started = time.process_time()
    with pytest.raises(BadRequest, match="at most"):
        measure(CORE, document, operation, LIMITS)

    assert time.process_time() - started < 0.02


@pytest.mark.parametrize("doublings", [10, 100])
def test_a_bomb_of_fields_and_variables_is_refused(doublings: int):
    inner = "related { ...F%d ...F%d }"
    fragments = [f"fragment F{n} on Quote {{ {inner % (n + 1, n + 1)} }}" for n in range(doublings)]
    text = "query($n: Int) { someQuotes(first: $n) { ...F0 } } " + " ".join(fragments)

    with pytest.raises(BadRequest):
        gauge(text + f" fragment F{doublings} on Quote {{ symbol }}")


def test_a_bomb_nobody_spreads_is_refused_too():
    with pytest.raises(BadRequest, match="spread"):
        gauge("{ quote { symbol } } " + bomb(12).partition("} } ")[2])


def test_a_bomb_without_fields_is_refused():
    fragments = " ".join(f"fragment F{n} on Quote {{ ...F{n + 1} ...F{n + 1} }}" for n in range(30))

    with pytest.raises(BadRequest, match="fragment spreads"):
        gauge("{ quote { ...F0 } } " + fragments)


@pytest.mark.parametrize(
    "text",
    [
        "{ quote { ...A } } fragment A on Quote { related { ...B } } fragment B on Quote { related { ...A } }",
        "{ quote { ...A } } fragment A on Quote { ...A }",
        "query X { nan } query Y { quote { ...A } } fragment A on Quote { ...B } fragment B on Quote { ...A }",
    ],
)
def test_circular_fragments_are_refused(text: str):
    started = time.process_time()
    with pytest.raises(BadRequest, match="cycles"):
        gauge(text)
    assert time.process_time() - started < 0.01


def nested(levels: int) -> str:
    return "{ quote { " + "related { " * (levels - 2) + "symbol" + " }" * levels


def test_depth_is_at_most_15():
    assert gauge(nested(15))
    with pytest.raises(BadRequest, match="at most 15 levels, got 16"):
        gauge(nested(16))


def test_a_fragment_is_as_deep_as_where_it_is_spread():
    text = "{ quote { related { related { related { ...A } } } } } fragment A on Quote { %s symbol %s }"

    assert gauge(text % ("related { " * 10, " }" * 10))
    with pytest.raises(BadRequest, match="16"):
        gauge(text % ("related { " * 11, " }" * 11))


def test_nesting_that_would_exhaust_the_stack_is_refused():
    with pytest.raises(BadRequest, match="levels"):
        gauge("{ quote { " + "related { " * 150 + "symbol" + " }" * 152)
    with pytest.raises(BadRequest, match=r"levels|spreads"):
        gauge("{ quote { " + "... { " * 150 + "symbol" + " }" * 152)


def test_fields_are_at_most_500():
    aliases = Limits(aliases=1000, cost=10_000)
    assert gauge("{" + " ".join(f"a{n}: quote {{ symbol }}" for n in range(20)) + "}", aliases)
    with pytest.raises(BadRequest, match="at most 500 fields"):
        gauge("{ quote {" + " ".join(f"a{n}: symbol" for n in range(500)) + "} }", aliases)


@pytest.mark.parametrize(
    "text",
    [
        "{ quote { " + "symbol " * 46 + "} }",
        "{ quote {" + "".join("related {" + "related { symbol } " * 11 + "}" for _ in range(20)) + "} }",
        "{ quote {" + "related { " * 12 + "symbol " * 46 + "}" * 12 + "} }",
        (
            "{ quote { ...A ...A ...A ...A } } fragment A on Quote { ...B ...B ...B ...B } "
            "fragment B on Quote { symbol symbol symbol }"
        ),
    ],
)
def test_fields_to_merge_are_few(text: str):
    with pytest.raises(BadRequest, match="at most 1000 pairs of fields to merge"):
        gauge(text)


def test_some_fields_may_be_merged():
    assert gauge("{ quote { " + "symbol " * 45 + "} }")
    assert gauge("{ quote { ...A ...B } } fragment A on Quote { id symbol } fragment B on Quote { id related { id } }")


def test_every_fragment_is_spread():
    with pytest.raises(BadRequest, match="'B', which is not"):
        gauge("{ quote { ...A } } fragment A on Quote { symbol } fragment B on Quote { symbol }")
    assert gauge(
        "query A { quote { ...A } } query B { quote { ...B } } fragment A on Quote { id } fragment B on Quote { id }"
    )


def test_aliases_root_fields_and_directives_are_counted():
    with pytest.raises(BadRequest, match="at most 30 aliases, got 31"):
        gauge("{ quote { " + " ".join(f"a{n}: symbol" for n in range(31)) + "} }")
    with pytest.raises(BadRequest, match="at most 20 root fields, got 21"):
        gauge("{" + " ".join(f"a{n}: nan" for n in range(21)) + "}")
    with pytest.raises(BadRequest, match="at most 20 directives, got 21"):
        gauge("{ quote { symbol " + "@include(if: true) " * 21 + "} }")
    with pytest.raises(BadRequest, match="at most 20 directives, got 21"):
        gauge("query " + "@a " * 21 + "{ nan }")


def test_spreads_are_at_most_50():
    spreads = "{ quote { " + "...A " * 51 + "} } fragment A on Quote { symbol }"
    with pytest.raises(BadRequest, match="at most 50 fragment spreads, got 51"):
        gauge(spreads)


@pytest.mark.parametrize(
    "text",
    [
        'mutation { a: login(input: {email: "a", password: "b"}) b: login(input: {email: "a", password: "c"}) }',
        'mutation { login(input: {email: "a", password: "b"}) touch }',
        'mutation { touch ...L } fragment L on Mutation { login(input: {email: "a", password: "b"}) }',
        'mutation { ... { login(input: {email: "a", password: "b"}) } ... { x: touch } }',
        'mutation A { touch } mutation B { login(input: {email: "a", password: "b"}) touch }',
    ],
)
def test_a_document_logs_in_once(text: str):
    with pytest.raises(BadRequest, match="login to be the only root field"):
        gauge(text)


def test_two_other_mutations_may_go_together():
    assert gauge("mutation { a: touch b: touch }").evaluate({}) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ nan }", 0),
        ("{ quote { symbol price } }", 1),
        ("{ quote { related { related { symbol } } } }", 3),
        ("{ quote { tags } }", 1),
        ("{ quote { unavailable { field } } }", 2),
        # A plain list by its own first, by its default, by what it declares.
        ("{ someQuotes(first: 7) { symbol } }", 7),
        ("{ someQuotes { symbol } }", 5),
        ("{ someQuotes { unavailable { field } } }", 10),
        ("{ oddQuotes { symbol } }", 50),
        ("{ nodes { id } }", 10),
        ('{ quotes(symbols: ["a", "b", "c"]) { symbol } }', 3),
        # A connection: itself, then edge and node for each row.
        ("{ page { totalCount } }", 1),
        ("{ page { pageInfo { hasNextPage } } }", 2),
        ("{ page { edges { node { symbol } } } }", 101),
        ("{ page(first: 10) { edges { node { symbol } } } }", 21),
        ("{ page(last: 10) { edges { node { symbol related { symbol } } } } }", 31),
        ("{ page(first: 10) { ...P } } fragment P on QuoteConnection { edges { node { symbol } } }", 21),
        (
            (
                "{ page(first: 3) { ...P } other: page(first: 4) { ...P } } "
                "fragment P on QuoteConnection { pageInfo { hasNextPage } edges { node { symbol } } }"
            ),
            1 + 1 + 6 + 1 + 1 + 8,
        ),
        ("{ page(first: 5) { ... { edges { ... { cursor } } } } }", 6),
        ("{ page(first: -5) { edges { cursor } } }", 1),
    ],
)
def test_cost_counts_objects(text: str, expected: int):
    assert cost(text) == expected


def test_cost_by_variables():
    text = "query($n: Int) { page(first: $n) { edges { node { someMore: related { symbol } } } } }"
    with_default = text.replace("$n: Int", "$n: Int = 2")

    assert cost(text, n=10) == 31
    assert cost(text) == 151
    assert cost(text, n=None) == 151
    assert cost(with_default) == 7
    assert cost(with_default, n=3) == 10
    assert cost(text, n="many") == 151
    assert cost(text, n=True) == 151
    assert cost(text, n=-3) == 1
    assert cost(text, n=10**30) == 1 + 3 * 1_000_000
    assert cost("query($s: [String!]!) { quotes(symbols: $s) { related { symbol } } }", s=["a"] * 7) == 14
    assert cost('query($s: [String!]! = ["a", "b"]) { quotes(symbols: $s) { symbol } }') == 2


def test_cost_multiplies_what_is_nested():
    text = (
        "query($a: Int, $b: Int) { page(first: $a) { edges { node { unavailable { field } related { symbol } } } } %s }"
    )

    assert cost(text % "more: someQuotes(first: $b) { related { symbol } }", a=3, b=4) == 1 + 3 * 4 + 4 * 2


def test_githubs_example_is_too_dear():
    # 50 repositories, 20 pull requests of each with 10 comments, 20 issues with 10: there counted as 22,060 nodes.
    requests = "someQuotes(first: 20) { related { related { symbol } } }"
    text = "{ page(first: 50) { edges { node { %s } } } }"

    assert cost(text % "unavailable { field } related { symbol }") == 1 + 50 * 4
    nodes = gauge(f"query($n: Int) {{ page(first: $n) {{ edges {{ node {{ symbol }} }} }} {requests} }}")
    assert nodes.evaluate({"n": 22_060}) == 1 + 2 * 22_060 + 60


def test_introspection_has_limits_of_its_own():
    measured = gauge(get_introspection_query(input_value_deprecation=True, specified_by_url=True))

    assert measured.is_introspection
    assert measured.evaluate({}) == 0
    deep = "{ __schema { types { " + "ofType { " * 16 + "name" + " }" * 16 + " } } }"
    assert gauge(deep)
    with pytest.raises(BadRequest, match="at most 20 levels"):
        gauge(deep.replace("name", "ofType { ofType { name } }"))


def test_introspection_beside_data_is_measured_as_data():
    measured = gauge("{ __schema { types { fields { args { name } } } } nan }")

    assert not measured.is_introspection
    assert measured.asks_schema
    assert measured.evaluate({}) == 1 + 10 + 100 + 1000


def test_typename_alone_is_no_introspection():
    assert not gauge("{ __typename }").asks_schema


def test_switches_are_the_variables_of_directives():
    text = "query($a: Boolean!, $b: Boolean!, $c: Int) { page(first: $c) { id @skip(if: $a) ...P @include(if: $b) } }"

    assert gauge(text + " fragment P on QuoteConnection { totalCount }").switches == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{ echoText(value: "a\\u0000b") }', "U\\+0000"),
        ('{ echoText(value: "\\u202E") }', "U\\+202E"),
        ('{ search(filter: {anyOf: [{text: "\\u0007"}]}) }', "U\\+0007"),
        ('query($t: String = "\\u0000") { echoText(value: $t) }', "U\\+0000"),
        ("{ echoInt(value: %s) }" % ("9" * 5000), "40 digits"),
        ("{ echoId(value: %s) }" % ("9" * 5000), "40 digits"),
        ("{ page(first: %s) { totalCount } }" % ("9" * 4400), "40 digits"),
        ("{ echoFloat(value: 1e999) }", "finite"),
    ],
)
def test_literals_that_no_scalar_takes_are_refused(text: str, message: str):
    with pytest.raises(BadRequest, match=message):
        gauge(text)


def test_unknown_names_are_left_to_validation():
    assert cost("{ nothing { at { all } } ...Missing ... on Nowhere { a } }") == 0


def test_a_size_is_a_number_or_an_argument():
    assert dict(sized(5)) != dict(sized(by="symbols"))
    with pytest.raises(ValueError, match="expected a size or"):
        sized()


def test_a_list_of_all_or_some_costs_what_is_asked():
    assert cost("{ chosenQuotes { id } }") == 20
    assert cost("{ chosenQuotes(symbols: null) { id } }") == 20
    assert cost('{ chosenQuotes(symbols: ["a", "b"]) { id } }') == 2
    text = "query($s: [String!]) { chosenQuotes(symbols: $s) { id } }"
    given: list[object] = [["a"] * 3, ["a"] * 50, None, "a"]
    assert [gauge(text).evaluate({"s": each}) for each in given] == [3, 50, 20, 20]
    assert gauge(text).evaluate({}) == 20
