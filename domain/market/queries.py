"""What is known of the market: no answer holds anything later than the market's clock.

Nothing here takes an actor: reference data and prices are the same for everybody (decision 0004).
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel import dates
from domain.kernel.paging import Page, PageRequest, cut
from domain.kernel.ports import Clock
from domain.market.types import (
    Close,
    DataQuality,
    FeedPosition,
    InstrumentKind,
    InstrumentRow,
    MoverDirection,
    Quote,
    QuoteSource,
)
from domain.storage import statements
from domain.storage.readings import as_date, as_datetime, as_decimal, as_uuid, price_of
from domain.storage.statements import statement

# The feed of the demonstration, whose clock is the market's; and the one of what providers tell, in real time.  An
# installation has one of them at most.
REPLAY = "replay"
LIVE = "live"

# The index that performance is compared with unless another is named.
BENCHMARK = "SP500"

_MARKET_NOW = statement("SELECT market_at FROM feeds WHERE name = 'replay'")
_POSITION = statement("SELECT epoch, sequence FROM feeds")
_IS_LIVE = statement("SELECT 1 FROM feeds WHERE name = 'live'")
_IS_REPLAYED = statement("SELECT 1 FROM feeds WHERE name = 'replay'")

_INSTRUMENTS = (
    "SELECT id, number, symbol, name, kind, exchange, currency, sector, first_session, source FROM instruments"
)
_INSTRUMENTS_BY_ID = statement(_INSTRUMENTS + " WHERE id = ANY($1::uuid[])")
_INSTRUMENTS_BY_SYMBOL = statement(_INSTRUMENTS + " WHERE symbol = ANY($1::text[])")
_FOLLOWED = statement(_INSTRUMENTS + " WHERE kind IN ('STOCK', 'ETF') ORDER BY symbol LIMIT $1")
_SECTORS = statement("SELECT DISTINCT sector FROM instruments WHERE sector = ANY($1::text[])")
_PAGE = _INSTRUMENTS + " WHERE kind = ANY($1::text[]) AND symbol > $2 AND symbol < $3 ORDER BY symbol"
_PAGE_FORWARDS = statement(_PAGE + " LIMIT $4")
_PAGE_BACKWARDS = statement(_PAGE + " DESC LIMIT $4")
_COUNT = statement("SELECT COUNT(*) FROM instruments WHERE kind = ANY($1::text[])")
# Before and after every symbol.
_FIRST, _LAST = "", "\U0010ffff"

_QUOTES = """
    SELECT q.instrument_id, i.symbol, i.name, q.price, q.previous_close, q.open, q.high, q.low, q.volume, q.session,
    q.at, q.received_at, q.source, q.sequence, q.bid, q.ask, q.bid_size, q.ask_size, c.grade, c.reasons, i.number
    FROM quotes q JOIN instruments i ON i.id = q.instrument_id LEFT JOIN quote_consensus c ON q.source = 'PROVIDER' AND
    c.instrument_id = q.instrument_id AND c.at = q.at
"""
_QUOTES_BY_ID = statement(_QUOTES + " WHERE q.instrument_id = ANY($1::uuid[])")
_QUOTES_BY_SYMBOL = statement(_QUOTES + " WHERE i.symbol = ANY($1::text[])")
_QUOTES_BY_NUMBER = statement(_QUOTES + " WHERE i.number = ANY($1::int[]) ORDER BY i.number")
_QUOTES_RECEIVED = statement(_QUOTES + " WHERE q.received_at >= $1 AND q.received_at < $2")
_ALL_QUOTES = statement(_QUOTES)
_QUOTES_BY_KIND = statement(_QUOTES + " WHERE i.kind = $1 ORDER BY i.symbol LIMIT 100")

_CHANGE = "CAST(q.price AS DOUBLE PRECISION) / NULLIF(CAST(q.previous_close AS DOUBLE PRECISION), 0)"
_MOVERS = {
    MoverDirection.UP: statement(
        f"{_QUOTES} WHERE i.kind <> 'INDEX' AND {_CHANGE} > 1 ORDER BY {_CHANGE} DESC, i.symbol LIMIT $1"
    ),
    MoverDirection.DOWN: statement(
        f"{_QUOTES} WHERE i.kind <> 'INDEX' AND {_CHANGE} < 1 ORDER BY {_CHANGE}, i.symbol LIMIT $1"
    ),
}

_CLOSES_AT = statement("""
    SELECT i.id, b.session, b.close, b.source
    FROM instruments i
    JOIN daily_bars b ON b.instrument = i.number
     AND b.session = (SELECT MAX(session) FROM daily_bars WHERE instrument = i.number AND session <= $1::date)
    WHERE i.id = ANY($2::uuid[])
""")

_CLOSES_WITH_PREVIOUS = statement("""
    SELECT i.id, b.session, b.close, b.source,
        (SELECT p.close FROM daily_bars p WHERE p.instrument = i.number AND p.session < b.session
         ORDER BY p.session DESC LIMIT 1)
    FROM instruments i
    JOIN daily_bars b ON b.instrument = i.number
     AND b.session = (SELECT MAX(session) FROM daily_bars WHERE instrument = i.number AND session <= $1::date)
    WHERE i.id = ANY($2::uuid[])
""")


async def market_now(clock: Clock) -> datetime:
    """Return the market's present in UTC: where the feed's clock stands if a feed drives the market, else real time."""
    rows = await statements.fetch(_MARKET_NOW)
    return as_datetime(rows[0][0]) if rows else clock.now()


async def feed_position() -> FeedPosition | None:
    """Return where the feed stands, None where no feed drives the market."""
    rows = await statements.fetch(_POSITION)
    return FeedPosition(as_uuid(rows[0][0]), rows[0][1]) if rows else None


async def is_live() -> bool:
    """Whether quotes come from providers, in real time."""
    return bool(await statements.fetch(_IS_LIVE))


async def is_replayed() -> bool:
    """Whether quotes are those of the demonstration."""
    return bool(await statements.fetch(_IS_REPLAYED))


async def instruments_by_symbol(symbols: Sequence[str]) -> dict[str, InstrumentRow]:
    """Return the instruments of these symbols, exactly as they are spelled; what is unknown is missing."""
    asked = [symbol for symbol in set(symbols) if is_symbol(symbol)]
    rows = await statements.fetch(_INSTRUMENTS_BY_SYMBOL, asked) if asked else []
    return {row.symbol: row for row in map(_instrument, rows)}


async def followed_instruments(most: int) -> list[InstrumentRow]:
    """Return the stocks and funds that a live feed of equities can tell of, by symbol, at most so many."""
    return [_instrument(row) for row in await statements.fetch(_FOLLOWED, most)]


async def sectors_among(names: Sequence[str]) -> frozenset[str]:
    """Return those of these names that are the sector of an instrument."""
    asked = [name for name in set(names) if name.isprintable()]
    rows = await statements.fetch(_SECTORS, asked) if asked else []
    return frozenset(name for (name,) in rows)


async def instruments_by_id(ids: Sequence[UUID]) -> list[InstrumentRow | None]:
    """Return the instrument of each id, in the order asked."""
    rows = await statements.fetch(_INSTRUMENTS_BY_ID, list(set(ids))) if ids else []
    found = {row.id: row for row in map(_instrument, rows)}
    return [found.get(key) for key in ids]


async def instrument_page(
    request: PageRequest, *, kind: InstrumentKind | None = None, with_total: bool = False
) -> Page[InstrumentRow]:
    """Return a page of the instruments, of one kind or all but options, by symbol.  Keys are (symbol,)."""
    kinds = [each.value for each in InstrumentKind if each is not InstrumentKind.OPTION]
    if kind is not None:
        kinds = [kind.value]
    total = (await statements.fetch(_COUNT, kinds))[0][0] if with_total else None
    asked = _PAGE_BACKWARDS if request.backwards else _PAGE_FORWARDS
    (after,), (before,) = request.after or (_FIRST,), request.before or (_LAST,)
    rows = await statements.fetch(asked, kinds, after, before, request.limit + 1)
    return cut([_instrument(row) for row in rows], request, total)


async def latest_quotes(ids: Sequence[UUID]) -> list[Quote | None]:
    """Return the latest quote of each instrument, in the order asked."""
    rows = await statements.fetch(_QUOTES_BY_ID, list(set(ids))) if ids else []
    found = {quote.instrument_id: quote for quote in map(_quote, rows)}
    return [found.get(key) for key in ids]


async def quotes_by_symbol(symbols: Sequence[str]) -> dict[str, Quote]:
    """Return the latest quotes of these symbols; what is unknown is missing."""
    asked = [symbol for symbol in set(symbols) if is_symbol(symbol)]
    rows = await statements.fetch(_QUOTES_BY_SYMBOL, asked) if asked else []
    return {quote.symbol: quote for quote in map(_quote, rows)}


async def all_quotes(symbols: Sequence[str] | None = None) -> list[Quote]:
    """Return the latest quotes of these symbols, or of every instrument, in no order."""
    if symbols is not None:
        return list((await quotes_by_symbol(symbols)).values())
    return [_quote(row) for row in await statements.fetch(_ALL_QUOTES)]


async def quotes_by_number(numbers: Sequence[int]) -> list[tuple[int, Quote]]:
    """Return the latest quotes of the instruments of these numbers, by number; what has none is missing."""
    rows = await statements.fetch(_QUOTES_BY_NUMBER, list(numbers)) if numbers else []
    return [(row[-1], _quote(row)) for row in rows]


async def quotes_received(since: datetime, until: datetime) -> list[Quote]:
    """Return the latest quotes of those that came in a span of real time and were followed by none."""
    return [_quote(row) for row in await statements.fetch(_QUOTES_RECEIVED, since, until)]


async def index_quotes() -> list[Quote]:
    """Return the latest quotes of the indices, by symbol, at most 100."""
    return [_quote(row) for row in await statements.fetch(_QUOTES_BY_KIND, InstrumentKind.INDEX.value)]


async def movers(direction: MoverDirection, limit: int) -> list[Quote]:
    """Return the quotes, indices apart, that have moved furthest this way since the previous close, furthest first."""
    return [_quote(row) for row in await statements.fetch(_MOVERS[direction], limit)]


async def closes_at(instrument_ids: Sequence[UUID], at: datetime) -> list[Close | None]:
    """Return the last daily close of each instrument that was known at this instant, in the order asked.

    An instant after the market's clock means now.
    """
    return await _last_closes(instrument_ids, dates.last_known_close(at))


async def closes_with_previous(
    instrument_ids: Sequence[UUID], at: datetime
) -> dict[UUID, tuple[Close, Decimal | None]]:
    """Return the closes of `closes_at`, each with the price of the close before it: what has none is missing."""
    if not instrument_ids:
        return {}
    rows = await statements.fetch(_CLOSES_WITH_PREVIOUS, dates.last_known_close(at), list(set(instrument_ids)))
    return {
        close.instrument_id: (close, None if before is None else price_of(before))
        for close, before in ((_close(row[:4]), row[4]) for row in rows)
    }


async def previous_closes(instrument_ids: Sequence[UUID], before: date) -> list[Close | None]:
    """Return the last daily close of each instrument from a session before this date, in the order asked."""
    return await _last_closes(instrument_ids, date.fromordinal(before.toordinal() - 1))


async def _last_closes(instrument_ids: Sequence[UUID], latest: date) -> list[Close | None]:
    rows = await statements.fetch(_CLOSES_AT, latest, list(set(instrument_ids))) if instrument_ids else []
    found = {close.instrument_id: close for close in map(_close, rows)}
    return [found.get(key) for key in instrument_ids]


def _close(row: Any) -> Close:
    key, session, close, source = row
    return Close(as_uuid(key), as_date(session), price_of(close), QuoteSource(source))


def is_symbol(text: str) -> bool:
    """Whether this could be a symbol: what a database refuses as text is none."""
    return 0 < len(text) <= 32 and text.isprintable()


def _instrument(row: Any) -> InstrumentRow:
    key, number, symbol, name, kind, exchange, currency, sector, first_session, source = row
    return InstrumentRow(
        as_uuid(key),
        number,
        symbol,
        name,
        InstrumentKind(kind),
        exchange,
        currency,
        sector,
        as_date(first_session),
        source,
    )


def _quote(row: Any) -> Quote:
    key, symbol, name, price, previous, open_, high, low, volume, session, at, received_at, source, sequence = row[:14]
    bid, ask, bid_size, ask_size, grade, reasons, _number = row[14:]
    last = as_decimal(price)
    assert isinstance(last, Decimal)
    return Quote(
        instrument_id=as_uuid(key),
        symbol=symbol,
        name=name,
        price=last,
        previous_close=as_decimal(previous),
        open=as_decimal(open_),
        high=as_decimal(high),
        low=as_decimal(low),
        volume=volume,
        session=as_date(session),
        at=as_datetime(at),
        received_at=as_datetime(received_at),
        source=QuoteSource(source),
        sequence=sequence,
        bid=as_decimal(bid),
        ask=as_decimal(ask),
        bid_size=bid_size,
        ask_size=ask_size,
        grade=None if grade is None else DataQuality(grade),
        reasons=() if reasons is None else tuple(json.loads(reasons)),
    )
