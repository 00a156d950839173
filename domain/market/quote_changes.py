"""What a new observation makes of a quote: pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.dates import session_close, session_open, trade_day
from domain.market.consensus import Consensus
from domain.market.types import InstrumentRow, Quote, QuoteSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a session, or of a part of it; None where they are not known.  `volume` is in units."""

    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    volume: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What is bid and asked; a side that nobody offers is None."""

    bid: Decimal | None = None
    ask: Decimal | None = None
    bid_size: int | None = None
    ask_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChange:
    """What is new of an instrument; what was not told is None.

    `price` is the latest, made `at`.  `whole` are the figures of the session so far; `part` those of the prices since
    the change before, which are added up, from nothing only where `follows_session`: all since its open have come.
    `consensus` is how the price was found, of the same `at`.  What `is_by_hand` is an administrator's.  `received_at`,
    in real time, is when it came, where that is not now.
    """

    instrument: InstrumentRow
    at: datetime
    source: QuoteSource
    price: Decimal | None = None
    whole: Figures | None = None
    part: Figures | None = None
    follows_session: bool = False
    sides: Sides | None = None
    previous_close: Decimal | None = None
    consensus: Consensus | None = None
    is_by_hand: bool = False
    received_at: datetime | None = None

    @property
    def session(self) -> date:
        """The date in New York on which it was made."""
        return trade_day(self.at)

    def begins_session(self, stored: Quote | None) -> bool:
        """Whether its price is of a session later than that of the quote that is stored."""
        return self.price is not None and (stored is None or self.session > stored.session)


def changed(
    stored: Quote | None, change: QuoteChange, closes_before: Mapping[UUID, Decimal], now: datetime
) -> Quote | None:
    """Return the quote as it is after a change; None where nothing comes of it.

    What is older than the quote, and what would replace an administrator's price, is passed over; without a price there
    is no quote.  `now` is real time.  `closes_before` has, by instrument, the last close before the session of a change
    that begins one.
    """
    if stored is not None and stored.source is QuoteSource.OVERRIDE and not change.is_by_hand:
        return None
    if change.price is None and change.is_by_hand and change.previous_close is not None:
        return None if stored is None else replace(stored, previous_close=change.previous_close)
    if change.price is None:
        # The price is as old as it was.
        found = None if stored is None or change.sides is None else _with_sides(stored, change.sides)
        return None if found == stored else found
    if stored is not None and change.at < stored.at and not change.is_by_hand:
        return None
    same = None if change.begins_session(stored) else stored
    figures = _figures(same, change)
    quote = Quote(
        instrument_id=change.instrument.id,
        symbol=change.instrument.symbol,
        name=change.instrument.name,
        price=change.price,
        # Our own close, where it is known: what companies did in the night is in it.
        previous_close=same.previous_close
        if same is not None and same.previous_close is not None
        else closes_before.get(change.instrument.id, change.previous_close),
        open=figures.open,
        high=figures.high,
        low=figures.low,
        volume=figures.volume,
        session=change.session,
        at=change.at,
        received_at=change.received_at or now,
        source=change.source,
        sequence=0,
        grade=None if change.consensus is None else change.consensus.grade,
        reasons=() if change.consensus is None else change.consensus.reasons,
    )
    if change.sides is not None:
        return _with_sides(quote, change.sides)
    return quote if same is None else _with_sides(quote, _sides_of(same))


def _with_sides(quote: Quote, sides: Sides) -> Quote:
    return replace(quote, bid=sides.bid, ask=sides.ask, bid_size=sides.bid_size, ask_size=sides.ask_size)


def _sides_of(quote: Quote) -> Sides:
    return Sides(bid=quote.bid, ask=quote.ask, bid_size=quote.bid_size, ask_size=quote.ask_size)


def _figures(same: Quote | None, change: QuoteChange) -> Figures:
    known = Figures() if same is None else Figures(open=same.open, high=same.high, low=same.low, volume=same.volume)
    if change.whole is not None:
        told = change.whole
        known = Figures(
            open=told.open or known.open,
            high=told.high or known.high,
            low=told.low or known.low,
            volume=known.volume if told.volume is None else told.volume,
        )
    # A session's figures are of the hours in which the exchange is open.
    is_regular = session_open(change.session) <= change.at <= session_close(change.session)
    if change.part is None or not is_regular:
        return known
    return _added(known, change.part, from_nothing=change.follows_session)


def _added(known: Figures, part: Figures, *, from_nothing: bool) -> Figures:
    """Return figures with those of a later part, where it is known what came before it."""
    volume = known.volume
    if part.volume is not None and (volume is not None or from_nothing):
        volume = (volume or 0) + part.volume
    return Figures(
        open=known.open or (part.open if from_nothing else None),
        high=_extreme(max, known.high, part.high, from_nothing=from_nothing),
        low=_extreme(min, known.low, part.low, from_nothing=from_nothing),
        volume=volume,
    )


def _extreme(
    pick: Callable[[Decimal, Decimal], Decimal], before: Decimal | None, later: Decimal | None, *, from_nothing: bool
) -> Decimal | None:
    if before is None:
        return later if from_nothing else None
    return before if later is None else pick(before, later)
