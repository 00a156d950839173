"""What of a live feed may be believed: each tick is let through, or counted with the reason why not."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.market.streaming.types import BidAsk, Cancelled, Minute, Tick, Trade

# A trade so far from the last good one, as a part of it, waits for another that agrees within the second bound.
_JUMP = 0.10
_AGREEMENT = 0.02
# A spread wider than this part of the middle says nothing of the price.
_WIDEST_SPREAD = 0.50
# Microseconds that a feed's clock may be ahead of ours.
_AHEAD = 5_000_000


class Rejection(StrEnum):
    """Why a tick was not believed.

    UNKNOWN_SYMBOL: nobody follows it.  BAD_PRICE: not a finite positive number, or a minute whose prices contradict
    each other.  BAD_SIZE: less than nothing.  AHEAD: from the future.  OUTDATED: older than the last, or the same
    again.  NOT_LAST: its conditions keep it from being the last price.  JUMP: too far from the last good price, and
    not confirmed yet.  CROSSED: more is bid than asked.  WIDE: the spread is too wide.
    """

    UNKNOWN_SYMBOL = "UNKNOWN_SYMBOL"
    BAD_PRICE = "BAD_PRICE"
    BAD_SIZE = "BAD_SIZE"
    AHEAD = "AHEAD"
    OUTDATED = "OUTDATED"
    NOT_LAST = "NOT_LAST"
    JUMP = "JUMP"
    CROSSED = "CROSSED"
    WIDE = "WIDE"


@dataclass(slots=True)
class _Standing:
    """What is known of a symbol: its last good price, the one that waits, and where its ticks have come to."""

    price: float | None
    held: Trade | None = None
    trade_place: tuple[int, int] = (0, 0)
    trade_key: str = ""
    quote_place: tuple[int, int] = (0, 0)
    minute_at: int = 0


class Screen:
    """Judges the ticks of one feed.  `prices` are the symbols that are followed, with the last good price or None."""

    def __init__(self, prices: Mapping[str, float | None]) -> None:
        self._standings = {symbol: _Standing(price) for symbol, price in prices.items()}
        self.rejections: Counter[Rejection] = Counter()

    def admits(self, tick: Tick, now: int) -> bool:
        """Whether a tick may be published; `now` in microseconds since 1970 in UTC."""
        rejection = self._judge(tick, now)
        if rejection is not None:
            self.rejections[rejection] += 1
        return rejection is None

    def _judge(self, tick: Tick, now: int) -> Rejection | None:
        standing = self._standings.get(tick.symbol)
        if standing is None:
            return Rejection.UNKNOWN_SYMBOL
        if isinstance(tick, Trade):
            return _judge_trade(standing, tick, now)
        if isinstance(tick, BidAsk):
            return _judge_quote(standing, tick, now)
        if isinstance(tick, Minute):
            return _judge_minute(standing, tick, now)
        if isinstance(tick, Cancelled) and standing.held is not None and standing.held.key == tick.key:
            standing.held = None
        return None


def _judge_trade(standing: _Standing, trade: Trade, now: int) -> Rejection | None:
    if (impossible := _judge_figures((trade.price,), (trade.size,), trade.at, now)) is not None:
        return impossible
    place = (trade.at, trade.sequence)
    # Several trades of one moment differ by their keys where the feed does not number them.
    is_again = place == standing.trade_place and (trade.sequence > 0 or trade.key == standing.trade_key)
    if place < standing.trade_place or is_again:
        return Rejection.OUTDATED
    if not trade.counts:
        return Rejection.NOT_LAST
    standing.trade_place, standing.trade_key = place, trade.key
    held, standing.held = standing.held, None
    if standing.price is not None and _distance(trade.price, standing.price) > _JUMP:
        is_confirmed = held is not None and _distance(trade.price, held.price) <= _AGREEMENT
        if not is_confirmed:
            standing.held = trade
            return Rejection.JUMP
    standing.price = trade.price
    return None


def _judge_quote(standing: _Standing, quote: BidAsk, now: int) -> Rejection | None:
    sides = [side for side in (quote.bid, quote.ask) if side is not None]
    if (impossible := _judge_figures(sides, (quote.bid_size or 0, quote.ask_size or 0), quote.at, now)) is not None:
        return impossible
    place = (quote.at, quote.sequence)
    if place < standing.quote_place or (quote.sequence > 0 and place == standing.quote_place):
        return Rejection.OUTDATED
    if quote.bid is not None and quote.ask is not None:
        if quote.bid > quote.ask:
            return Rejection.CROSSED
        if quote.ask - quote.bid > _WIDEST_SPREAD * (quote.ask + quote.bid) / 2:
            return Rejection.WIDE
    standing.quote_place = place
    return None


def _judge_minute(standing: _Standing, minute: Minute, now: int) -> Rejection | None:
    prices = (minute.open, minute.high, minute.low, minute.close)
    if (impossible := _judge_figures(prices, (minute.volume, minute.day_volume or 0), minute.at, now)) is not None:
        return impossible
    if minute.high != max(prices) or minute.low != min(prices):
        return Rejection.BAD_PRICE
    # A minute that comes again is a correction of it.
    if minute.at < standing.minute_at:
        return Rejection.OUTDATED
    standing.minute_at = minute.at
    return None


def _judge_figures(prices: Sequence[float], sizes: Sequence[int], at: int, now: int) -> Rejection | None:
    if not all(0.0 < price < math.inf for price in prices):
        return Rejection.BAD_PRICE
    if min(sizes) < 0:
        return Rejection.BAD_SIZE
    return Rejection.AHEAD if at > now + _AHEAD else None


def _distance(price: float, reference: float) -> float:
    return abs(price - reference) / reference
