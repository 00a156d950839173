"""The paths of a session."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.market.replay import SECONDS, moving, resample, trailing_volatility, write_script
from domain.market.types import QuoteSource

SESSION = date(2022, 11, 30)


def _script(previous: float = 100.0, close: float = 103.125, volatility: float = 0.02, session: date = SESSION):
    return write_script(
        session, QuoteSource.REPLAY, [7], np.array([previous]), np.array([close]), np.array([volatility])
    )


@settings(max_examples=20, deadline=None)
@given(
    previous=st.floats(0.01, 10_000.0),
    change=st.floats(-0.9, 3.0),
    volatility=st.floats(0.0, 0.2),
)
def test_starts_and_ends_at_the_closes_exactly(previous, change, volatility):
    close = previous * (1.0 + change)

    path = _script(previous, close, volatility).paths[0]

    assert (path[0], path[-1]) == (previous, close)
    assert (path > 0).all()
    assert (np.round(path[1:-1], 4) == path[1:-1]).all()


def test_is_the_same_each_time_and_another_on_another_day():
    assert (_script().paths == _script().paths).all()
    assert (_script(session=date(2022, 12, 1)).paths[0, 1:-1] != _script().paths[0, 1:-1]).mean() > 0.99


def test_an_instrument_moves_the_same_whoever_else_is_there():
    both = write_script(
        SESSION, QuoteSource.REPLAY, [3, 7], np.array([5.0, 100.0]), np.array([6.0, 103.125]), np.array([0.1, 0.02])
    )

    assert (both.paths[1] == _script().paths[0]).all()


def test_is_as_volatile_as_was_asked():
    returns = np.diff(np.log(_script(close=100.0).paths[0]))

    assert np.sqrt((returns**2).sum()) == pytest.approx(0.02, rel=0.02)


def test_extremes_are_those_of_the_path_so_far():
    script = _script()

    highs, lows = script.extremes(1_000)

    assert (highs[0], lows[0]) == (script.paths[0, :1_001].max(), script.paths[0, :1_001].min())
    assert script.extremes(0)[0][0] == 100.0


def test_about_half_of_the_instruments_move_and_all_at_the_open_and_the_close():
    assert moving(SESSION, 0, 26).all()
    assert moving(SESSION, SECONDS, 26).all()
    shares = [moving(SESSION, second, 26).mean() for second in range(1, 600)]
    assert np.mean(shares) == pytest.approx(0.5, abs=0.02)
    assert (moving(SESSION, 39, 26) == moving(SESSION, 39, 26)).all()


def test_resampling_draws_one_whole_day():
    returns = np.array([[0.01, 0.02], [-0.03, -0.04], [0.05, 0.06]])
    previous = np.array([100.0, 200.0])

    drawn = [resample(date(2023, 1, day), previous, returns) for day in range(3, 31)]

    days = {tuple(closes) for closes in drawn}
    assert days == {(101.0, 204.0), (97.0, 192.0), (105.0, 212.0)}
    assert (resample(date(2023, 1, 3), previous, returns) == drawn[0]).all()


def test_trailing_volatility_needs_two_returns():
    assert trailing_volatility(np.array([100.0, 101.0])) == 0.0
    assert trailing_volatility(np.array([100.0, 110.0, 100.0])) == pytest.approx(np.log(1.1) * np.sqrt(2))
