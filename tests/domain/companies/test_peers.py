"""Who is like whom: groups, distances by hand, what is missing, and an order that rests on nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.companies.board_columns import BoardColumns
from domain.companies.filters import Peers
from domain.companies.peers import COMPARED, SIZE, scored
from domain.kernel.errors import BadUserInput
from tests.factories.boards import board_of


def scores_of(companies):
    return scored(BoardColumns(board_of(companies)))


def peers_of(scores, ticker, first=50):
    board = scores.columns.board
    group = scores.peers(board.tickers[ticker], first)
    return group.within, [(board.companies[each.row].ticker, each.distance, each.shared) for each in group.peers]


def seven(**more):
    """Companies A to G with ROE 1 to 7: the median is 4, a deviation 2 times 1.4826."""
    return [{"ticker": ticker, "roe": 1.0 + number, **more} for number, ticker in enumerate("ABCDEFG")]


def test_the_nearest_come_first_with_their_distance():
    within, found = peers_of(scores_of(seven(industry="Chips")), "A", 2)

    assert within is Peers.INDUSTRY
    assert found == [
        ("B", pytest.approx(1 / (2 * 1.482602218505602)), 1),
        ("C", pytest.approx(2 / (2 * 1.482602218505602)), 1),
    ]


def test_what_only_one_has_counts_as_between_strangers():
    companies = seven(industry="Chips")
    for number, each in enumerate(companies):
        if each["ticker"] != "B":
            each["per"] = 10.0 + number

    _, found = peers_of(scores_of(companies), "A")

    distances = {ticker: (distance, shared) for ticker, distance, shared in found}
    roe = (1 / (2 * 1.482602218505602)) ** 2
    assert distances["B"] == (pytest.approx(math.sqrt((roe + 2) / 2)), 1)
    assert distances["C"][1] == 2
    assert found[0][0] == "C"


def test_size_counts_five_times_and_by_its_logarithm():
    companies = seven(industry="Chips")
    for number, each in enumerate(companies):
        each[SIZE] = 10.0**number

    _, found = peers_of(scores_of(companies), "D", 1)

    # Logarithms and ROE both are in steps that are half a deviation of 1.4826.
    step = 1 / (2 * 1.482602218505602)
    assert found == [("C", pytest.approx(math.sqrt((5 * step**2 + step**2) / 6)), 2)]
    alone = scores_of([{**each, "roe": 1.0} for each in companies])
    assert peers_of(alone, "D", 1)[1] == [("C", pytest.approx(step), 1)], "of those alike in all, nobody has a score"


def test_a_group_that_is_too_small_gives_way_to_the_next_larger():
    companies = seven(industry="Chips", sector="Technology")
    companies[0] |= {"industry": "Banks"}
    companies[1] |= {"industry": None, "sector": None}

    scores = scores_of(companies)

    assert peers_of(scores, "A")[0] is Peers.SECTOR
    assert {ticker for ticker, _, _ in peers_of(scores, "A")[1]} == set("CDEFG")
    assert peers_of(scores, "B")[0] is Peers.ALL


def test_those_who_have_left_and_those_of_whom_nothing_is_known_are_nobodys_peers():
    companies = [*seven(industry="Chips"), {"ticker": "H", "industry": "Chips"}]
    companies[2]["is_active"] = False

    scores = scores_of(companies)

    assert {ticker for ticker, _, _ in peers_of(scores, "A")[1]} == set("BDEFG")
    assert peers_of(scores, "H")[1] == []


@pytest.mark.parametrize("first", [0, 51, -1])
def test_only_so_many_are_told(first):
    with pytest.raises(BadUserInput, match="from 1 to 50"):
        peers_of(scores_of(seven()), "A", first)


def test_prices_and_volumes_say_nothing_of_a_company():
    assert not {"high52W", "low52W", "eps", "avgVolume3M", "revenue", "ebitda"} & set(COMPARED)
    assert {SIZE, "roe", "per", "beta5Y"} <= set(COMPARED)


NUMBERS = st.none() | st.floats(-50, 50, width=16)


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=7, max_size=12))
def test_a_distance_is_the_same_both_ways_and_no_more_than_the_farthest(numbers):
    codes = ("roe", "per", "beta5Y")
    companies = [
        {"ticker": f"T{number:02}", **{code: n for code, n in zip(codes, each, strict=True) if n is not None}}
        for number, each in enumerate(numbers)
    ]

    scores = scores_of(companies)

    found = {each["ticker"]: {t: d for t, d, _ in peers_of(scores, each["ticker"])[1]} for each in companies}
    for one, others in found.items():
        for other, distance in others.items():
            assert distance == pytest.approx(found[other][one])
            assert 0 <= distance <= 6
    assert np.isnan(scores.scores).any()
