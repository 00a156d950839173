"""Ticks that wait."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.market.streaming.buffer import CAPACITY, MARK, TickBuffer
from domain.market.streaming.types import BidAsk, Trade


def _trade(symbol, number):
    return Trade(symbol, 1.0, 1, number, number, str(number), counts=True)


def test_below_the_mark_everything_waits_in_order():
    buffer = TickBuffer()
    ticks = [_trade("ACME", number) for number in range(MARK)]

    buffer.put(ticks)

    assert buffer.take(10) == ticks[:10]
    assert buffer.take(CAPACITY) == ticks[10:]
    assert (len(buffer), buffer.conflated, buffer.dropped) == (0, 0, 0)


def test_past_the_mark_the_latest_of_a_symbol_and_kind_waits():
    buffer = TickBuffer(capacity=10, mark=2)
    quote = BidAsk("ACME", 1.0, 2.0, 1, 1, 3, 3)

    buffer.put([_trade("ACME", 0), _trade("OAK", 1), _trade("ACME", 2), quote, _trade("ACME", 4)])

    assert buffer.take(10) == [_trade("ACME", 0), _trade("OAK", 1), quote, _trade("ACME", 4)]
    assert (buffer.conflated, buffer.dropped) == (1, 0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.integers(0, 3)), max_size=60))
def test_nothing_is_lost_uncounted_and_the_bound_holds(steps):
    buffer = TickBuffer(capacity=6, mark=3)
    taken, latest = [], {}

    for number, (symbol, most) in enumerate(steps):
        buffer.put([_trade(symbol, number)])
        latest[symbol] = number
        assert len(buffer) <= 6
        taken += buffer.take(most)
    taken += buffer.take(6)

    assert len(taken) + buffer.conflated + buffer.dropped == len(steps)
    trades = [tick for tick in taken if isinstance(tick, Trade)]
    assert trades == taken
    assert trades == sorted(trades, key=lambda trade: trade.at)
    if not buffer.dropped:
        assert {trade.symbol: trade.at for trade in trades} == latest
