"""The replay on the market's tables: where it stands, what comes next, and how a tick is stored."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from domain.kernel import dates
from domain.kernel.work import Work
from domain.market import bars, calendar, feed, overrides, queries, tables
from domain.market.demonstration.prices import PriceTable, replayed_prices
from domain.market.events import SessionClosed
from domain.market.feed import Lease, Tick
from domain.market.models import Feed
from domain.market.replay import SECONDS, Script, moving, resample, trailing_volatility, write_script
from domain.market.types import FeedPosition, InstrumentKind, InstrumentRow, Quote, QuoteSource, Vector
from domain.storage.readings import price_of

# Volatility is that of the sessions of so many days before.
_TRAILING_DAYS = 90
# The market is never closed for longer.
_LONGEST_PAUSE = timedelta(days=14)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where the replay stands: at this second of a session, with these quotes.

    Instruments and quotes are in one order, that of the instruments' numbers.
    """

    position: FeedPosition
    session: date
    second: int
    instruments: tuple[InstrumentRow, ...]
    quotes: tuple[Quote, ...]

    @property
    def is_open(self) -> bool:
        """Whether the session's first tick has been."""
        return bool(self.quotes) and self.quotes[0].session == self.session


async def read_standing() -> Standing:
    """Read where the last tick that was committed has left the market."""
    table = await asyncio.to_thread(replayed_prices)
    found = await queries.instruments_by_symbol(table.symbols)
    instruments = tuple(sorted(found.values(), key=lambda instrument: instrument.number))
    quotes = await queries.latest_quotes([instrument.id for instrument in instruments])
    stored = await Feed.get(name=queries.REPLAY)
    return Standing(
        position=FeedPosition(stored.epoch, stored.sequence),
        session=stored.session,
        second=stored.second,
        instruments=instruments,
        quotes=tuple(quote for quote in quotes if quote is not None),
    )


async def next_session(standing: Standing) -> Standing:
    """Return the standing before the next session: a real one while there are any, then any trading day."""
    table = await asyncio.to_thread(replayed_prices)
    following = next((session for session in table.sessions if session > standing.session), None)
    if following is None:
        first = standing.session + timedelta(days=1)
        following = (await calendar.trading_days(first, first + _LONGEST_PAUSE))[0]
    return replace(standing, session=following, second=0)


async def script_of(standing: Standing) -> Script:
    """Write the session that the replay stands in: the same script, whoever writes it and whenever."""
    table = await asyncio.to_thread(replayed_prices)
    numbers = [instrument.number for instrument in standing.instruments]
    columns = [table.symbols.index(instrument.symbol) for instrument in standing.instruments]
    past = await bars.closes_before(numbers, standing.session, _TRAILING_DAYS)
    previous = np.array([closes[-1] for closes in past])
    closes, source = _closes_of(standing.session, table, columns, previous)
    volatilities = np.array([trailing_volatility(series) for series in past])
    return await asyncio.to_thread(write_script, standing.session, source, numbers, previous, closes, volatilities)


def _closes_of(session: date, table: PriceTable, columns: list[int], previous: Vector) -> tuple[Vector, QuoteSource]:
    known = table.closes[:, columns]
    if session in table.sessions:
        return known[table.sessions.index(session)], QuoteSource.REPLAY
    return resample(session, previous, known[1:] / known[:-1] - 1.0), QuoteSource.RESAMPLED


async def play(work: Work, lease: Lease, standing: Standing, script: Script, second: int) -> Standing:
    """Advance the market to a second of the script, and return the new standing.  Raises `LeadershipLost`."""
    market_at = dates.session_open(script.session) + timedelta(seconds=second)
    moved = moving(script.session, second, len(standing.instruments))
    # An index moves whenever anything does.
    moved |= np.array([instrument.kind is InstrumentKind.INDEX for instrument in standing.instruments])
    by_hand = await overrides.active_prices()
    moved |= np.array([_differs(quote, by_hand.get(quote.instrument_id)) for quote in standing.quotes])
    highs, lows = script.extremes(second)
    places = np.cumsum(moved) + standing.position.sequence
    quotes = tuple(
        replace(
            quote,
            price=by_hand.get(quote.instrument_id) or price_of(float(script.paths[row, second])),
            previous_close=price_of(float(script.previous[row])),
            open=price_of(float(script.paths[row, 0])),
            high=price_of(float(highs[row])),
            low=price_of(float(lows[row])),
            session=script.session,
            at=market_at,
            received_at=work.now,
            source=QuoteSource.OVERRIDE if quote.instrument_id in by_hand else script.source,
            sequence=int(places[row]),
        )
        if moved[row]
        else quote
        for row, quote in enumerate(standing.quotes)
    )
    tick = Tick(
        session=script.session,
        second=second,
        market_at=market_at,
        quotes=quotes,
        moved=[quote for quote, is_new in zip(quotes, moved, strict=True) if is_new],
    )
    position = await feed.advance(work, lease, tick, standing.position)
    return replace(standing, position=position, session=script.session, second=second, quotes=quotes)


def _differs(quote: Quote, by_hand: Decimal | None) -> bool:
    """Whether a price was set by hand, or is not any more, since the quote."""
    if by_hand is None:
        return quote.source is QuoteSource.OVERRIDE
    return quote.source is not QuoteSource.OVERRIDE or quote.price != by_hand


async def close_session(work: Work, script: Script, standing: Standing) -> None:
    """Make the closes of a session known, in the unit of work of its last tick.  Emits `SessionClosed`."""
    assert standing.second == SECONDS, "a close is not known before the session has closed"
    source = QuoteSource.HISTORY if script.source is QuoteSource.REPLAY else script.source
    closes = zip(standing.instruments, script.closes.tolist(), strict=True)
    await tables.add_closes([(instrument.number, script.session, close) for instrument, close in closes], source)
    work.emit(SessionClosed(session=script.session))
