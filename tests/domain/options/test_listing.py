"""What exchanges list, by the published rules."""

from datetime import date

import numpy as np
import pytest

from domain.options.listing import MOST_STRIKES, bid_and_ask, listed_strikes, standard_expiries


async def test_three_months_and_three_quarters_are_listed():
    found = await standard_expiries(date(2022, 11, 30), False)

    assert found == tuple(map(date.fromisoformat, ("2022-12-16", "2023-01-20", "2023-02-17", "2023-03-17", "2023-06-16",
                                                    "2023-09-15")))  # fmt: skip


async def test_a_holiday_moves_the_expiry_to_the_day_before():
    # 15 April 2022, the third Friday, was Good Friday.
    assert (await standard_expiries(date(2022, 4, 1), False))[0] == date(2022, 4, 14)


@pytest.mark.parametrize(("is_over", "first"), [(False, date(2022, 11, 18)), (True, date(2022, 12, 16))])
async def test_the_day_of_expiry_counts_until_its_close(is_over, first):
    assert (await standard_expiries(date(2022, 11, 18), is_over))[0] == first


def test_strikes_are_as_far_apart_as_their_price_says():
    # exp(±0.3) of 190 is 140.8 to 256.5, of 24 is 17.8 to 32.4.
    assert listed_strikes(190.0, 0.3).tolist() == [*range(145, 200, 5), *range(200, 251, 10)]
    assert listed_strikes(24.0, 0.3).tolist() == [20.0, 22.5, 25.0, 30.0]


def test_there_are_never_too_many_strikes():
    for spot in (0.5, 4_000.0, 1e6):
        found = listed_strikes(spot, 0.6)
        assert len(found) <= MOST_STRIKES
        assert (np.diff(found) > 0).all()
    assert len(listed_strikes(4_000.0, 0.6)) > MOST_STRIKES / 3


def test_prices_go_in_steps_around_the_model_s():
    bid, ask = bid_and_ask(np.array([0.02, 0.05, 1.23, 2.99, 3.0, 12.34]))

    np.testing.assert_array_equal(bid, [np.nan, 0.05, 1.2, 2.95, 3.0, 12.3])
    np.testing.assert_array_equal(ask, [0.05, 0.1, 1.25, 3.0, 3.1, 12.4])
