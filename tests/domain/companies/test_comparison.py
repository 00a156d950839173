"""Companies beside one another: ranks, percentiles as screens have them, medians, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.companies.board_columns import BoardColumns
from domain.companies.comparison import compare, compared_rows
from domain.companies.filters import Measure, Measured, Peers
from domain.kernel.errors import BadUserInput
from tests.factories.boards import board_of

COMPANIES = [
    {"ticker": ticker, "industry": "Chips", "roe": roe, "per": per, "beta5Y": 1.0 + roe}
    for ticker, roe, per in zip("ABCDE", (5.0, 20.0, 20.0, 1.0, 7.0), (10.0, 30.0, 12.0, 12.0, 50.0), strict=True)
]
COMPANIES += [{"ticker": "F", "industry": "Banks", "roe": 9.0}, {"ticker": "G"}]


def compared(companies, tickers):
    columns = BoardColumns(board_of(companies))
    found = compare(columns, compared_rows(columns, tickers))
    return {each.metric.code: each for each in found}


def test_numbers_stand_beside_one_another():
    found = compared(COMPANIES, ["B", "A", "F"])

    assert [(each.value, each.rank) for each in found["roe"].values] == [(20.0, 1), (5.0, 3), (9.0, 2)]
    assert [(each.percentile, each.industry_median) for each in found["roe"].values] == [
        (87.5, 7.0),
        (25.0, 7.0),
        (None, None),
    ]
    assert found["roe"].best == [1]


def test_a_ratio_below_zero_has_no_rank_where_the_lower_is_better():
    of = {"A": 8.0, "B": -13.0, "C": 0.0}
    companies = [{"ticker": ticker, "evEbitda": each, "roe": each} for ticker, each in of.items()]

    found = compared(companies, ["A", "B", "C"])

    assert [each.rank for each in found["evEbitda"].values] == [2, None, 1]
    assert [each.rank for each in found["roe"].values] == [1, 3, 2]


def test_the_lower_is_better_where_the_catalogue_says_so_and_equals_are_alike():
    found = compared(COMPANIES, ["B", "C", "D", "G"])

    assert [each.rank for each in found["per"].values] == [3, 1, 1, None]
    assert found["per"].best == [2, 3]
    assert [each.rank for each in found["beta5Y"].values] == [None] * 4
    assert found["beta5Y"].best == []
    assert len(found) == 33


@pytest.mark.parametrize("tickers", [[], ["A", "A"], ["A", "NO"], ["A"] * 21])
def test_what_is_refused(tickers):
    with pytest.raises(BadUserInput, match="expected"):
        compared(COMPANIES, tickers)


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=12))
def test_percentiles_are_those_of_screens(values):
    companies = [
        {"ticker": f"T{number:02}", "industry": "Chips"} | ({} if value is None else {"roe": float(value)})
        for number, value in enumerate(values)
    ]
    columns = BoardColumns(board_of(companies))
    screened = columns.numbers(Measured(code="roe", measure=Measure.PERCENTILE, within=Peers.INDUSTRY))

    found = {each.metric.code: each for each in compare(columns, range(len(values)))}["roe"]

    told = [np.nan if each.percentile is None else each.percentile for each in found.values]
    np.testing.assert_allclose(told, screened)
