"""What of a live feed is believed."""

import math
from dataclasses import replace

import pytest

from domain.market.streaming.screening import Rejection, Screen
from domain.market.streaming.types import BidAsk, Cancelled, Minute, Trade

NOW = 1_700_000_000_000_000
TRADE = Trade("ACME", 100.0, 10, NOW, 5, "5", counts=True)
QUOTE = BidAsk("ACME", 99.0, 101.0, 1, 1, NOW, 6)
MINUTE = Minute("ACME", 100.0, 102.0, 99.0, 101.0, 500, None, NOW)


def _screen(price=100.0):
    return Screen({"ACME": price})


@pytest.mark.parametrize("tick", [TRADE, QUOTE, MINUTE, replace(QUOTE, ask=None), replace(TRADE, price=109.9)])
def test_what_is_plausible_is_admitted(tick):
    screen = _screen()

    assert screen.admits(tick, NOW)
    assert not screen.rejections


@pytest.mark.parametrize(
    ("tick", "reason"),
    [
        (replace(TRADE, symbol="OAK"), Rejection.UNKNOWN_SYMBOL),
        *[(replace(TRADE, price=price), Rejection.BAD_PRICE) for price in (0.0, -1.0, math.inf, math.nan)],
        (replace(QUOTE, bid=-1.0), Rejection.BAD_PRICE),
        (replace(MINUTE, low=100.5), Rejection.BAD_PRICE),
        (replace(TRADE, size=-1), Rejection.BAD_SIZE),
        (replace(QUOTE, ask_size=-1), Rejection.BAD_SIZE),
        (replace(MINUTE, volume=-1), Rejection.BAD_SIZE),
        *[(replace(tick, at=NOW + 5_000_001), Rejection.AHEAD) for tick in (TRADE, QUOTE, MINUTE)],
        (replace(TRADE, counts=False), Rejection.NOT_LAST),
        (replace(TRADE, price=110.1), Rejection.JUMP),
        (replace(TRADE, price=1.0), Rejection.JUMP),
        (replace(QUOTE, bid=101.5), Rejection.CROSSED),
        (replace(QUOTE, bid=50.0), Rejection.WIDE),
    ],
)
def test_what_is_not_is_counted_by_its_reason(tick, reason):
    screen = _screen()

    assert not screen.admits(tick, NOW)
    assert screen.rejections == {reason: 1}


def test_nothing_older_than_the_last_is_admitted_nor_the_same_again():
    screen = _screen()
    assert all(screen.admits(tick, NOW) for tick in (TRADE, QUOTE, MINUTE))

    older = [replace(tick, at=NOW - 1) for tick in (TRADE, QUOTE, MINUTE)]
    assert not any(screen.admits(tick, NOW) for tick in [*older, TRADE, QUOTE, replace(TRADE, sequence=4, key="4")])
    assert screen.rejections == {Rejection.OUTDATED: 6}
    # A corrected minute, and another trade of the same moment.
    assert screen.admits(MINUTE, NOW)
    assert screen.admits(replace(TRADE, sequence=7, key="7"), NOW)


def test_trades_of_one_moment_differ_by_their_keys_where_they_have_no_sequence():
    screen = _screen()
    first = replace(TRADE, sequence=0)

    assert [screen.admits(tick, NOW) for tick in (first, first, replace(first, key="6"))] == [True, False, True]


def test_a_jump_is_believed_when_another_trade_confirms_it():
    screen = _screen()
    prices = [150.0, 151.0, 152.0, 100.0]
    trades = [replace(TRADE, price=price, sequence=n, key=str(n)) for n, price in enumerate(prices, 10)]

    assert [screen.admits(trade, NOW) for trade in trades] == [False, True, True, False]


def test_a_lone_jump_and_one_that_was_cancelled_are_forgotten():
    screen = _screen()
    far, near, far_again = (
        replace(TRADE, price=price, sequence=n, key=str(n)) for n, price in enumerate((150.0, 100.5, 150.0), 10)
    )
    assert [screen.admits(trade, NOW) for trade in (far, near, far_again)] == [False, True, False]

    assert screen.admits(Cancelled("ACME", far_again.key), NOW)
    assert not screen.admits(replace(far, sequence=20, key="20"), NOW)


def test_the_same_trade_again_confirms_nothing():
    screen = _screen()
    far = replace(TRADE, price=150.0)

    assert not screen.admits(far, NOW)
    assert not screen.admits(far, NOW)
    assert screen.rejections == {Rejection.JUMP: 1, Rejection.OUTDATED: 1}


def test_the_first_price_of_a_symbol_has_nothing_to_be_compared_with():
    assert _screen(price=None).admits(replace(TRADE, price=0.01), NOW)


def test_a_key_may_come_again_at_another_moment():
    screen = _screen()
    first = replace(TRADE, sequence=0)

    assert screen.admits(first, NOW)
    assert screen.admits(replace(first, at=NOW + 1), NOW)
