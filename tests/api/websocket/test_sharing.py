"""Which variables are no part of what makes two subscriptions alike."""

from typing import Any

import pytest

from api.documents import Documents
from api.sharing import Selections
from schema.shared.limits import Limits
from tests.api.websocket.prices_app import PRICES, SCHEMA

DOCUMENTS = Documents(SCHEMA, Limits())


def name(text: str, variables: dict[str, Any] | None, operation_name: str | None = None) -> object:
    return Selections().name(DOCUMENTS.prepare(text, operation_name, variables), variables, "tickers")


def test_keys_and_since_do_not_count():
    assert name(PRICES, {"tickers": ["A"], "since": "1"}) == name(PRICES, {"tickers": ["B", "C"]})


@pytest.mark.parametrize(("one", "other"), [(True, False), (True, 1), (1, 1.0), ({"a": [1]}, {"a": [2]}), (None, 0)])
def test_every_other_variable_counts_with_its_type(one: object, other: object):
    assert name(PRICES, {"tickers": ["A"], "x": one}) != name(PRICES, {"tickers": ["A"], "x": other})


def test_variables_are_alike_in_any_order():
    assert name(PRICES, {"tickers": [], "x": {"a": 1, "b": 2}}) == name(PRICES, {"x": {"b": 2, "a": 1}, "tickers": []})


def test_what_directives_depend_on_counts():
    text = """subscription ($tickers: [String!]!, $on: Boolean!) { priceUpdate(tickers: $tickers) { ticker ...More } }
    fragment More on PriceUpdate { kind @skip(if: $on) }"""

    assert name(text, {"tickers": ["A"], "on": True}) == name(text, {"tickers": ["B"], "on": True})
    assert name(text, {"tickers": ["A"], "on": True}) != name(text, {"tickers": ["A"], "on": False})


def test_keys_inside_a_list_count():
    text = "subscription ($ticker: String!) { priceUpdate(tickers: [$ticker]) { ticker } }"

    assert name(text, {"ticker": "A"}) != name(text, {"ticker": "B"})


def test_one_variable_for_two_arguments_counts():
    text = "subscription ($x: String!) { priceUpdate(tickers: [$x], since: $x) { ticker } }"

    assert name(text, {"x": "A"}) != name(text, {"x": "B"})


def test_operations_of_one_document_are_different():
    text = "subscription One { count(to: 1) } subscription Two { count(to: 2) }"

    assert name(text, None, "One") != name(text, None, "Two")
