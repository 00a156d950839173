"""Loads the demonstration's instruments and prices."""

import asyncio
from collections.abc import Sequence
from datetime import date

import numpy as np

from domain.kernel import dates
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.market import feed, queries, tables
from domain.market.demonstration import prices
from domain.market.demonstration.prices import Listing, PriceTable
from domain.market.models import Feed, Instrument
from domain.market.types import Quote, QuoteSource
from domain.storage.readings import price_of


async def load_demonstration(work: Work) -> bool:
    """Add what is missing of the demonstration's instruments, past bars and quotes; return whether anything was.

    The last 20 sessions are left out: the replay makes them known.  At the first time the market's clock is set to
    the open of the first of them.
    """
    stored = await Feed.get_or_none(name=queries.REPLAY)
    if stored is not None and stored.data_version >= prices.VERSION:
        return False
    table = await asyncio.to_thread(prices.read_prices)
    past = PriceTable(table.sessions[: -prices.REPLAYED], table.symbols, table.closes[: -prices.REPLAYED])
    instruments = await _add_instruments(past)
    await tables.add_closes(_bar_rows(past, instruments), QuoteSource.HISTORY)
    await _add_quotes(work, past, instruments)
    if stored is None:
        opening = table.sessions[-prices.REPLAYED]
        await Feed.create(
            name=queries.REPLAY,
            epoch=new_id(),
            session=opening,
            market_at=dates.session_open(opening),
            data_version=prices.VERSION,
        )
    else:
        await Feed.filter(name=queries.REPLAY).update(data_version=prices.VERSION)
    return True


async def _add_instruments(past: PriceTable) -> list[Instrument]:
    present = {instrument.symbol: instrument for instrument in await Instrument.all()}
    missing = [
        _instrument(listing, _first_session(past, listing.symbol))
        for listing in prices.read_listings()
        if listing.symbol not in present
    ]
    await Instrument.bulk_create(missing)
    return [*present.values(), *missing]


def _instrument(listing: Listing, first_session: date) -> Instrument:
    return Instrument(
        number=listing.number,
        symbol=listing.symbol,
        name=listing.name,
        kind=listing.kind,
        exchange=listing.exchange,
        currency=listing.currency,
        sector=listing.sector,
        first_session=first_session,
        source=prices.SOURCE,
    )


def _first_session(past: PriceTable, symbol: str) -> date:
    column = past.closes[:, past.symbols.index(symbol)]
    return past.sessions[int(np.argmax(~np.isnan(column)))]


def _bar_rows(past: PriceTable, instruments: Sequence[Instrument]) -> list[tuple[int, date, float]]:
    return [
        (instrument.number, session, close)
        for instrument in instruments
        if instrument.symbol in past.symbols
        for session, close in zip(
            past.sessions, past.closes[:, past.symbols.index(instrument.symbol)].tolist(), strict=True
        )
        # NaN, where there is no price, is not equal to itself.
        if close == close  # noqa: PLR0124
    ]


async def _add_quotes(work: Work, past: PriceTable, instruments: Sequence[Instrument]) -> None:
    present = await queries.quotes_by_symbol(past.symbols)
    session = past.sessions[-1]
    missing = [
        instrument
        for instrument in instruments
        if instrument.symbol in past.symbols and instrument.symbol not in present
    ]
    await feed.put_quotes(
        [
            Quote(
                instrument_id=instrument.id,
                symbol=instrument.symbol,
                name=instrument.name,
                price=price_of(close),
                previous_close=price_of(previous),
                open=None,
                high=None,
                low=None,
                volume=None,
                session=session,
                at=dates.session_close(session),
                received_at=work.now,
                source=QuoteSource.HISTORY,
                sequence=0,
            )
            for instrument in missing
            for previous, close in [past.closes[-2:, past.symbols.index(instrument.symbol)].tolist()]
        ]
    )
