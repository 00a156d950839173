"""Histories: the same from nothing and from what an earlier version left."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.portfolios.ledger import ledger_of
from domain.portfolios.timeline_columns import columns_of
from domain.portfolios.types import TransactionKind
from tests.factories.performance import entry, history

MOVES = [
    entry(TransactionKind.CONTRIBUTION, 0, 1, "1000"),
    entry(TransactionKind.BUY, 1, 2, "-10", 0, "1"),
    entry(TransactionKind.BUY, 2, 3, "-20", 1, "2"),
    entry(TransactionKind.SELL, 3, 4, "10", 0, "1"),
    entry(TransactionKind.BUY, 3, 5, "-30", 1, "3"),
]


def told(columns):
    return {
        key: (line.days.tolist(), line.amounts.tolist()) for key, line in {**columns.sides, **columns.purses}.items()
    }


@given(st.integers(0, len(MOVES)))
def test_what_an_earlier_version_left_changes_nothing(count):
    early = ledger_of(count, MOVES[:count])
    grown = early.grown(len(MOVES), MOVES[count:])

    columns = columns_of(grown, columns_of(early))

    assert told(columns) == told(columns_of(ledger_of(len(MOVES), MOVES)))


def test_what_has_not_moved_is_not_made_again():
    early = ledger_of(3, MOVES[:3])
    before = columns_of(early)
    after = columns_of(early.grown(4, [MOVES[3]]), before)

    same = [key.instrument_id for key, line in after.sides.items() if line is before.sides[key]]

    assert same == [MOVES[2].instrument_id]


def test_quantities_worth_and_cash_by_session():
    found, _ = history(MOVES, {0: [10.0, 11.0, 12.0, 13.0], 1: [5.0] * 4}, 4)

    assert found.quantities.tolist() == [[0, 1, 1, 0], [0, 0, 2, 5]]
    assert found.worths.tolist() == [[0, 11, 12, 0], [0, 0, 10, 25]]
    assert found.positions.shape == (4, 2)
    assert found.cash.tolist() == [[1000, 990, 970, 950]]
    assert found.values.tolist() == [1000, 1001, 992, 975]
    assert found.flows.tolist() == [0, 0, 0, 0]
    assert np.array_equal(found.values, found.worths.sum(axis=0) + found.cash.sum(axis=0))
