"""Whoever follows the changes of companies has what is there, however often they change between."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.companies.board import BoardCompany
from domain.companies.board_columns import BoardColumns
from domain.companies.changes import ChangePlace, changed_after, changed_since
from domain.companies.types import ChangePosition
from tests.factories.boards import board_of

EPOCH = UUID(int=1)


def columns_at(sequence: int, companies: dict[str, tuple[int, bool]]) -> BoardColumns:
    """A board of companies by ticker: the sequence of the last change of each, and whether it is active."""
    board = board_of([{"ticker": ticker, "is_active": active} for ticker, (_, active) in companies.items()])
    rows = [replace(each, sequence=companies[each.ticker][0]) for each in board.companies]
    return BoardColumns(replace(board, companies=rows, at=ChangePosition(EPOCH, sequence)))


STEPS = st.lists(st.dictionaries(st.sampled_from("ABCDEF"), st.booleans(), min_size=1), min_size=1, max_size=8)


@given(STEPS, st.integers(1, 3), st.integers(0, 2))
def test_a_follower_has_what_is_there(steps, limit, pages_between):
    companies: dict[str, tuple[int, bool]] = {}
    columns = columns_at(0, {})
    place: ChangePlace | None = None
    mine: dict[str, BoardCompany] = {}
    for sequence, step in enumerate(steps, 1):
        companies |= {ticker: (sequence, active) for ticker, active in step.items()}
        columns = columns_at(sequence, companies)
        for number in range(100):
            found = changed_since(columns, place, limit)
            assert not found.begins_anew
            assert len(found.rows) <= limit
            mine |= {columns.board.companies[row].ticker: columns.board.companies[row] for row in found.rows}
            place = found.next
            # Not always to the end before the next change.
            if not found.has_more or (number == pages_between and sequence < len(steps)):
                break

    active = {ticker: company.sequence for ticker, company in mine.items() if company.is_active}
    assert active == {ticker: at for ticker, (at, is_active) in companies.items() if is_active}
    assert changed_since(columns, place, 10).rows == []


TWO = {"A": (1, True), "B": (2, False), "C": (2, True)}


def test_a_place_of_another_epoch_begins_anew_without_those_that_left():
    columns = columns_at(2, TWO)

    found = changed_since(columns, ChangePlace(ChangePosition(UUID(int=2), 2)), 10)

    assert found.begins_anew
    assert [columns.board.companies[row].ticker for row in found.rows] == ["A", "C"]
    assert changed_since(columns, ChangePlace(ChangePosition(EPOCH, 9)), 10).begins_anew, "it is still to come"


def test_a_change_of_which_a_board_has_only_some_companies_is_passed_over_for_none():
    # Given a board that was at 2 when its reading began: change 3 came when A was read, and B and C were not.
    torn = columns_at(2, {"A": (2, True), "B": (3, True), "C": (3, True)})
    whole = columns_at(3, {"A": (3, True), "B": (3, True), "C": (3, True)})

    first = changed_since(torn, ChangePlace(ChangePosition(EPOCH, 2), "A"), 1)
    rest = changed_since(whole, first.next, 10)

    assert [whole.board.companies[row].ticker for row in rest.rows] == ["A", "B", "C"]


def test_who_left_since_is_told():
    columns = columns_at(2, TWO)

    found = changed_since(columns, ChangePlace(ChangePosition(EPOCH, 2)), 10)

    assert [columns.board.companies[row].ticker for row in found.rows] == ["B", "C"]
    assert found.next == ChangePlace(ChangePosition(EPOCH, 3))
    assert [columns.board.companies[row].ticker for row in changed_after(columns, 1)] == ["B", "C"]
    assert changed_after(columns, 2) == []


def test_of_nothing_nothing_has_changed():
    columns = BoardColumns(replace(board_of([]), at=None))

    assert changed_since(columns, None, 10).next is None
