"""What a batch of ticks says of each instrument, in one change: pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from domain.kernel.dates import session_open, trade_day
from domain.market.quote_changes import Figures, QuoteChange, Sides
from domain.market.streaming.types import BidAsk, Minute, Tick, Trade
from domain.market.types import InstrumentRow, QuoteSource
from domain.storage.readings import price_of

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _Summary:
    """The ticks of one instrument."""

    __slots__ = ("day_volume", "first", "high", "latest", "low", "quoted", "volume")

    def __init__(self) -> None:
        self.first: float | None = None
        self.high = self.low = 0.0
        self.volume = 0
        self.day_volume: int | None = None
        self.latest: Trade | None = None
        self.quoted: BidAsk | None = None

    def add(self, tick: Tick) -> None:
        if isinstance(tick, Trade):
            self._trade(tick)
        elif isinstance(tick, BidAsk):
            self.quoted = tick
        elif isinstance(tick, Minute) and tick.day_volume is not None:
            # It counts all trades until now: those that came before it are in it.
            self.day_volume, self.volume = tick.day_volume, 0

    def _trade(self, trade: Trade) -> None:
        if self.first is None:
            self.first = self.high = self.low = trade.price
        elif trade.price > self.high:
            self.high = trade.price
        elif trade.price < self.low:
            self.low = trade.price
        self.volume += trade.size
        self.latest = trade

    def change(self, row: InstrumentRow, followed_since: datetime) -> QuoteChange | None:
        sides = None if self.quoted is None else _sides(self.quoted)
        if self.latest is None or self.first is None:
            if sides is None or self.quoted is None:
                return None
            return QuoteChange(instrument=row, at=_instant(self.quoted.at), source=QuoteSource.FEED, sides=sides)
        at = _instant(self.latest.at)
        return QuoteChange(
            instrument=row,
            at=at,
            source=QuoteSource.FEED,
            price=price_of(self.latest.price),
            whole=None if self.day_volume is None else Figures(volume=self.day_volume),
            part=Figures(
                open=price_of(self.first), high=price_of(self.high), low=price_of(self.low), volume=self.volume
            ),
            follows_session=followed_since <= session_open(trade_day(at)),
            sides=sides,
        )


def summarised(
    ticks: Iterable[Tick], instruments: Mapping[str, InstrumentRow], followed_since: datetime
) -> list[QuoteChange]:
    """Return one change for each instrument that these ticks, in the order in which they came, say something new of.

    `followed_since` is since when every tick has come.  Ticks of other symbols are passed over.
    """
    found: dict[str, _Summary] = {}
    for tick in ticks:
        summary = found.get(tick.symbol)
        if summary is None:
            summary = found[tick.symbol] = _Summary()
        summary.add(tick)
    changes = (
        summary.change(instruments[symbol], followed_since)
        for symbol, summary in found.items()
        if symbol in instruments
    )
    return [change for change in changes if change is not None]


def _sides(quoted: BidAsk) -> Sides:
    return Sides(bid=_price(quoted.bid), ask=_price(quoted.ask), bid_size=quoted.bid_size, ask_size=quoted.ask_size)


def _price(number: float | None) -> Decimal | None:
    return None if number is None else price_of(number)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
