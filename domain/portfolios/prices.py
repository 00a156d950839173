"""Prices of what portfolios hold: the latest quotes, or the last closes that were known at an instant."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.dates import session_close
from domain.market import queries as market
from domain.market.contracts import contracts_by_id
from domain.market.types import InstrumentKind
from domain.portfolios.types import PriceSource
from domain.portfolios.valuation import Priced

_Quoted = tuple[Decimal | None, Decimal | None, datetime | None, date | None]
_NOTHING: _Quoted = (None, None, None, None)


async def priced_at(instrument_ids: Collection[UUID], past: datetime | None) -> dict[UUID, Priced]:
    """Return these instruments at their latest quotes, or at the last closes known at an instant of the past."""
    ids = sorted(instrument_ids)
    if not ids:
        return {}
    instruments = [row for row in await market.instruments_by_id(ids) if row is not None]
    assert len(instruments) == len(ids), "the ledger names an instrument that the market does not have"
    contracts = await contracts_by_id([row.id for row in instruments if row.kind is InstrumentKind.OPTION])
    prices = await (_live_prices(ids) if past is None else _past_prices(ids, past))
    source = PriceSource.QUOTE if past is None else PriceSource.CLOSE
    return {
        instrument.id: Priced(
            instrument=instrument,
            price=price,
            previous_close=previous,
            at=at,
            session=session,
            source=None if price is None else source,
            contract=contracts.get(instrument.id),
        )
        for instrument, (price, previous, at, session) in zip(instruments, prices, strict=True)
    }


async def _live_prices(ids: Sequence[UUID]) -> list[_Quoted]:
    return [
        _NOTHING if quote is None else (quote.price, quote.previous_close, quote.at, quote.session)
        for quote in await market.latest_quotes(ids)
    ]


async def _past_prices(ids: Sequence[UUID], instant: datetime) -> list[_Quoted]:
    closes = await market.closes_at(ids, instant)
    before: dict[UUID, Decimal] = {}
    # One session as a rule: more where some instruments did not trade in the latest.
    for session in {close.session for close in closes if close}:
        of_session = [close.instrument_id for close in closes if close and close.session == session]
        before |= {
            close.instrument_id: close.price for close in await market.previous_closes(of_session, session) if close
        }
    return [
        _NOTHING
        if close is None
        else (close.price, before.get(close.instrument_id), session_close(close.session), close.session)
        for close in closes
    ]
