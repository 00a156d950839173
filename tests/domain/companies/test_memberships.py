"""Who has entered a screen and who has left it, and why; and filters as text."""

from hypothesis import given

from domain.companies.board_columns import BoardColumns
from domain.companies.filter_text import filter_text, order_text, read_filter, read_order
from domain.companies.filters import BY_TICKER, Filter, Measured, Order, Range
from domain.companies.memberships import Move, Reason, moves
from domain.companies.screening import screen
from tests.domain.companies.test_screening import FILTERS, ORDERS
from tests.factories.boards import board_of

PER = Measured(code="per")
CHEAP = Filter(industry="Chips", metrics=(Range(of=PER, at_most=20.0),))


def screened(*companies, asked=CHEAP):
    """The screen of a board of companies, whose ids are those of their names here."""
    return screen(BoardColumns(board_of(companies)), asked, BY_TICKER)


def chips(ticker, per, **more):
    return {"ticker": ticker, "per": per, "industry": "Chips", **more}


def test_who_moved_and_why():
    before = screened(chips("A", 10.0), chips("B", 30.0), chips("C", 15.0), chips("D", 5.0), chips("E", 6.0))
    banks = {**chips("D", 5.0), "industry": "Banks"}
    gone = {"ticker": "E", "per": None, "industry": "Chips", "is_active": False}
    gone.pop("per")
    after = screened(chips("A", 25.0), chips("B", 20.0), chips("C", 16.0), banks, gone, chips("F", 1.0))

    found = moves(before, after)

    assert found.entered == [Move(1, (Reason(PER, 30.0, 20.0),)), Move(5, (Reason("isActive"),))]
    assert found.left == [
        Move(0, (Reason(PER, 10.0, 25.0),)),
        Move(3, (Reason("industry"),)),
        Move(4, (Reason("isActive"),)),
    ]


def test_who_is_not_known_any_more_has_left():
    before = screened(chips("A", 10.0))
    after = screened({"ticker": "A", "industry": "Chips"})

    assert moves(before, after).left == [Move(0, (Reason(PER, 10.0, None),))]


def test_of_the_same_nobody_has_moved():
    board = screened(chips("A", 10.0), chips("B", 30.0))

    found = moves(board, board)

    assert (found.entered, found.left) == ([], [])


@given(FILTERS, ORDERS)
def test_a_filter_is_read_again_as_it_was(asked: Filter, order: Order):
    assert read_filter(filter_text(asked)) == asked
    assert read_order(order_text(order)) == order


def test_a_filter_is_spelled_as_the_api_does():
    assert filter_text(CHEAP) == '{"industry":"Chips","metrics":[{"atMost":20.0,"metric":"PER"}]}'
