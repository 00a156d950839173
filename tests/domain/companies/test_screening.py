"""Screens find what a naive evaluation finds, whatever is asked of whichever companies."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.companies.board_columns import BoardColumns
from domain.companies.catalogue import RATINGS
from domain.companies.filters import (
    BY_TICKER,
    EVERYTHING,
    Filter,
    Measure,
    Measured,
    Order,
    OrderField,
    Peers,
    Range,
    check_screen,
)
from domain.companies.paging import Places, key_parsers, page
from domain.companies.screening import Missing, screen
from domain.kernel.errors import BadUserInput
from domain.kernel.paging import PageRequest
from tests.domain.companies.naive_screening import Naive
from tests.factories.boards import board_of

THEN = date(2026, 1, 5)
CODES = ("per", "roe", "eps")
NUMBERS = st.one_of(st.integers(-3, 3).map(float), st.floats(-100, 100))
INDUSTRIES = ("Chips", "chips", "Banks", "Shops")


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def made(told: dict[str, Any]) -> Filter:
    return Filter(**told)


COMPANIES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Alpha", "alpha", "Beta", "Gamma"]),
        "industry": some(st.sampled_from(INDUSTRIES)),
        "sector": some(st.sampled_from(["Technology", "Finance"])),
        "exchange": some(st.sampled_from(["XNAS", "XNYS"])),
        "rating": some(st.sampled_from(RATINGS)),
        "as_of": some(st.dates(date(2026, 1, 1), date(2026, 1, 9))),
        "quality": some(st.integers(0, 100).map(float)),
        "is_active": st.booleans() | st.just(True),
        **{code: some(NUMBERS) for code in CODES},
    }
).map(known)
BOARDS = st.lists(COMPANIES, max_size=25).map(
    lambda companies: board_of([{"ticker": f"T{number:02}", **each} for number, each in enumerate(companies)])
)
STANDING = st.builds(
    Measured,
    code=st.sampled_from(CODES),
    measure=st.sampled_from([Measure.PERCENTILE, Measure.Z_SCORE]),
    within=some(st.sampled_from(Peers)),
)
CHANGE = st.builds(
    Measured,
    code=st.sampled_from(CODES),
    measure=st.sampled_from([Measure.CHANGE, Measure.CHANGE_PERCENT]),
    since=st.just(THEN),
)
MEASURED = st.one_of(st.builds(Measured, code=st.sampled_from(CODES)), STANDING, CHANGE)
RANGES = st.tuples(MEASURED, some(NUMBERS), some(NUMBERS)).map(
    lambda told: Range(of=told[0], at_least=told[1], at_most=told[2])
)
PLAIN: st.SearchStrategy[Filter] = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from(["CHIPS", "Banks", "Nothing"]),
        "sector": st.just("technology"),
        "exchange": st.just("XNAS"),
        "ratings": st.lists(st.sampled_from(RATINGS), min_size=1, max_size=2).map(tuple),
        "tickers": st.lists(st.sampled_from(["T00", "T01", "T07", "NO"]), min_size=1, max_size=3).map(tuple),
        "quality_at_least": st.integers(0, 100).map(float),
        "metrics": st.lists(RANGES, max_size=3).map(tuple),
    },
).map(made)
FILTERS = st.recursive(
    PLAIN,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "all_of": st.lists(inner, max_size=2).map(tuple),
            "any_of": st.lists(inner, min_size=1, max_size=3).map(tuple),
            "negated": inner,
            "metrics": st.lists(RANGES, max_size=1).map(tuple),
        },
    ).map(made),
    max_leaves=6,
)
ORDERS = st.builds(Order, st.sampled_from(OrderField) | MEASURED, st.booleans())


def place_of(found: Any, row: int) -> tuple[Any, ...]:
    """Where a row stands, as a cursor has kept it."""
    spelled = Places(found).spelled(row)
    return tuple(parse(text) for parse, text in zip(key_parsers(found.order), spelled, strict=True))


def columns_of(board: Any, then: Any) -> BoardColumns:
    matrix = then.matrix[: len(board.companies)]
    return BoardColumns(board).with_days({THEN: matrix})


def past_of(board: Any, then: Any) -> Any:
    """The board with the numbers of another, as many as it has companies."""
    if len(then.companies) < len(board.companies):
        return board
    return replace(board, matrix=then.matrix[: len(board.companies)])


@settings(max_examples=200, deadline=None)
@given(BOARDS, BOARDS, FILTERS, ORDERS)
def test_a_screen_finds_what_a_naive_evaluation_finds(board, other, asked, order):
    past = past_of(board, other)
    naive = Naive(board, {THEN: past})

    found = screen(columns_of(board, past), asked, order)

    expected = naive.tickers(asked, order)
    assert {board.companies[row].ticker for row in found.rows} == set(expected)
    keys = [naive.key(row, order.by) for row in found.rows.tolist()]
    if not isinstance(order.by, Measured) or order.by.measure is not Measure.Z_SCORE:
        assert [board.companies[row].ticker for row in found.rows] == expected
    assert all(key is None for key in keys[sum(key is not None for key in keys) :]), "nothing comes last"
    unknown = sum(company.is_active and naive.judge(row, asked) is None for row, company in enumerate(board.companies))
    assert found.left_out().companies == unknown


@settings(max_examples=100, deadline=None)
@given(BOARDS, BOARDS, ORDERS, st.integers(1, 7), st.booleans())
def test_pages_are_the_list_either_way(board, other, order, size, backwards):
    found = screen(columns_of(board, past_of(board, other)), EVERYTHING, order)
    seen: list[int] = []
    place = None
    while True:
        asked = (None, place) if backwards else (place, None)
        part = page(found, PageRequest(size, asked[0], asked[1], backwards))
        seen = [*part.rows, *seen] if backwards else [*seen, *part.rows]
        assert part.total == len(found.rows)
        if not (part.has_previous if backwards else part.has_next):
            break
        place = place_of(found, part.rows[0] if backwards else part.rows[-1])

    assert seen == found.rows.tolist()


def tickers(board, asked, order=BY_TICKER):
    found = screen(BoardColumns(board), asked, order)
    return [board.companies[row].ticker for row in found.rows]


def per(at_least=None, at_most=None):
    return Filter(metrics=(Range(of=Measured(code="per"), at_least=at_least, at_most=at_most),))


FOUR = board_of(
    [{"ticker": "A", "per": 10.0}, {"ticker": "B", "per": 20.0}, {"ticker": "C"}, {"ticker": "D", "per": 20.0}]
)


def test_bounds_are_included():
    assert tickers(FOUR, per(10.0, 20.0)) == ["A", "B", "D"]
    assert tickers(FOUR, per(at_least=10.5)) == ["B", "D"]


def test_what_is_not_known_is_in_no_answer():
    assert tickers(FOUR, Filter(negated=per(at_least=15.0))) == ["A"]
    assert tickers(FOUR, Filter(negated=Filter(negated=per(at_least=15.0)))) == ["B", "D"]
    assert tickers(FOUR, per()) == ["A", "B", "D"]
    # What decides without it decides.
    assert tickers(FOUR, Filter(any_of=(per(15.0), Filter(tickers=("C",))))) == ["B", "C", "D"]
    assert tickers(FOUR, Filter(negated=Filter(all_of=(per(15.0), Filter(tickers=("A",)))))) == ["A", "B", "C", "D"]


def test_who_is_left_out_for_what_is_told():
    found = screen(BoardColumns(FOUR), Filter(all_of=(per(15.0), Filter(industry="Chips"))), BY_TICKER).left_out()

    assert found.companies == 3, "A fails whatever its industry is"
    assert found.missing == (Missing("industry", 3), Missing(Measured(code="per"), 1))


def test_nothing_comes_last_either_way_and_equals_by_their_tickers():
    by = Measured(code="per")

    assert tickers(FOUR, EVERYTHING, Order(by)) == ["A", "B", "D", "C"]
    assert tickers(FOUR, EVERYTHING, Order(by, descending=True)) == ["B", "D", "A", "C"]


def test_a_place_stays_right_when_companies_come_and_go():
    before = screen(BoardColumns(FOUR), EVERYTHING, Order(Measured(code="per"), descending=True))
    place = place_of(before, before.rows[0])
    changed = board_of(
        [{"ticker": "A", "per": 30.0}, {"ticker": "B", "per": 5.0}, {"ticker": "C"}, {"ticker": "D", "per": 20.0}]
    )
    after = screen(BoardColumns(changed), EVERYTHING, before.order)

    found = page(after, PageRequest(10, place))

    assert [changed.companies[row].ticker for row in found.rows] == ["D", "B", "C"], "after (20, B)"


def test_who_is_not_active_is_in_no_list_and_nobody_s_peer():
    five = [{"ticker": f"T{number}", "per": float(number)} for number in range(5)]
    retired = {"ticker": "Z", "per": 1e6, "is_active": False}
    top = Filter(metrics=(Range(of=Measured(code="per", measure=Measure.PERCENTILE), at_least=100.0),))

    assert tickers(board_of([*five, retired]), top) == ["T4"]
    assert tickers(board_of([*five[:4], retired]), top) == [], "of four nobody has a standing"


def test_texts_are_compared_in_any_case_and_exchanges_by_any_name():
    board = board_of(
        [{"ticker": "A", "industry": "Oil &  Gas", "exchange": "XNYS"}, {"ticker": "B", "exchange": "XNAS"}]
    )

    assert tickers(board, Filter(industry="oil & GAS")) == ["A"]
    assert tickers(board, Filter(exchange="nyse")) == tickers(board, Filter(exchange="XNYS")) == ["A"]
    assert tickers(board, Filter(negated=Filter(industry="oil & gas"))) == [], "that of B is not known"


def deep(levels):
    return per(1.0) if levels == 1 else Filter(negated=deep(levels - 1))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (deep(7), "at most 6 deep"),
        (Filter(all_of=(per(1.0),) * 51), "at most 50 conditions, got 52"),
        (Filter(all_of=(Filter(),) * 60), "at most 50 conditions"),
        (Filter(any_of=()), "at least one filter in or"),
        (per(2.0, 1.0), "expected atLeast up to atMost, got 2 and 1"),
        (per(at_least=math.inf), "a finite number for atLeast"),
        (Filter(quality_at_least=math.nan), "a finite number for qualityAtLeast"),
        (Filter(industry=""), "1 to 200 characters, got 0"),
        (Filter(tickers=()), "1 to 500 tickers, got 0"),
        (Filter(tickers=("A",) * 501), "1 to 500 tickers, got 501"),
        (Filter(ratings=("Great",)), "ratings among"),
        (Filter(metrics=(Range(of=Measured(code="per", within=Peers.ALL)),)), "within for a percentile"),
        (Filter(metrics=(Range(of=Measured(code="per", measure=Measure.CHANGE)),)), "since for a change"),
        (Filter(metrics=(Range(of=Measured(code="per", since=THEN)),)), "since for a change"),
    ],
)
def test_what_cannot_be_answered_is_refused(asked, words):
    with pytest.raises(BadUserInput, match=words):
        check_screen(asked)


def test_what_is_at_the_bound_passes():
    check_screen(deep(6))
    check_screen(Filter(all_of=(per(1.0),) * 49))


def test_changes_since_more_than_three_days_are_refused():
    days = [date(2026, 1, day) for day in range(1, 5)]
    ranges = [Range(of=Measured(code="per", measure=Measure.CHANGE, since=day)) for day in days]
    check_screen(Filter(metrics=tuple(ranges[:3])))

    with pytest.raises(BadUserInput, match="at most 3 different days, got 4"):
        check_screen(Filter(metrics=tuple(ranges[:3])), Order(ranges[3].of))
