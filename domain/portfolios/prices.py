"""Prices of what portfolios hold: the latest quotes, or the last closes that were known at an instant."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.dates import session_close
from domain.market import queries as market
from domain.market.contracts import contracts_by_id
from domain.market.instruments import Instruments
from domain.market.types import Close, ContractRow, InstrumentKind, InstrumentRow
from domain.portfolios.option_prices import NOTHING, Modelled, Quoted, option_prices
from domain.portfolios.types import PriceSource
from domain.portfolios.valuation import Priced


async def priced_at(
    instrument_ids: Collection[UUID], past: datetime | None, reading: Instruments | None = None
) -> dict[UUID, Priced]:
    """Return these instruments at their latest quotes, or at the last closes known at an instant of the past.

    Options of which no price is known are priced by a model, as `domain.portfolios.option_prices` says.

    Two statements; where there are options, one for their contracts, one for underlyings that are not among the
    instruments, and what the model reads.
    """
    ids = sorted(instrument_ids)
    if not ids:
        return {}
    known = Instruments() if reading is None else reading
    instruments = await _instruments(ids, known)
    options = [key for key, row in instruments.items() if row.kind is InstrumentKind.OPTION]
    contracts = await contracts_by_id(options)
    others = sorted({each.underlying_id for each in contracts.values()} - instruments.keys())
    underlyings = instruments | await _instruments(others, known)
    asked = [*ids, *others]
    found = await (_live_prices(asked) if past is None else _past_prices(asked, past))
    quotes = dict(zip(asked, found, strict=True))
    modelled = await option_prices(list(contracts.values()), underlyings, quotes)
    source = PriceSource.QUOTE if past is None else PriceSource.CLOSE
    return {
        key: _option(row, contracts[key], quotes[key], source, modelled.get(key), underlyings)
        if key in contracts
        else _priced(row, quotes[key], source)
        for key, row in instruments.items()
    }


async def _instruments(ids: Sequence[UUID], reading: Instruments) -> dict[UUID, InstrumentRow]:
    rows = [row for row in await reading.by_id(ids) if row is not None]
    assert len(rows) == len(ids), "the ledger names an instrument that the market does not have"
    return {row.id: row for row in rows}


def _priced(instrument: InstrumentRow, quoted: Quoted, source: PriceSource) -> Priced:
    return Priced(
        instrument=instrument,
        price=quoted.price,
        previous_close=quoted.previous_close,
        at=quoted.at,
        session=quoted.session,
        source=None if quoted.price is None else source,
    )


def _option(
    instrument: InstrumentRow,
    contract: ContractRow,
    quoted: Quoted,
    source: PriceSource,
    modelled: Modelled | None,
    underlyings: Mapping[UUID, InstrumentRow],
) -> Priced:
    is_quoted = quoted.price is not None
    shown = quoted if is_quoted or modelled is None else modelled.quoted
    symbol = underlyings[contract.underlying_id].symbol
    return Priced(
        instrument=instrument,
        price=shown.price,
        previous_close=shown.previous_close,
        at=shown.at,
        session=shown.session,
        source=source if is_quoted else None if modelled is None else modelled.source,
        contract=contract,
        underlying_price=None if modelled is None else modelled.underlying_price,
        delta=None if modelled is None else modelled.delta,
        mend=f"load a price of {symbol} at this time, and at least 21 daily closes of it before",
    )


async def _live_prices(ids: Sequence[UUID]) -> list[Quoted]:
    return [
        NOTHING if quote is None else Quoted(quote.price, quote.previous_close, quote.at, quote.session)
        for quote in await market.latest_quotes(ids)
    ]


async def _past_prices(ids: Sequence[UUID], instant: datetime) -> list[Quoted]:
    found = await market.closes_with_previous(ids, instant)
    return [_past_price(*found[key]) if key in found else NOTHING for key in ids]


def _past_price(close: Close, before: Decimal | None) -> Quoted:
    return Quoted(close.price, before, session_close(close.session), close.session)
