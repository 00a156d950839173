"""Option contracts: instruments that are made when somebody first names them."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.dates import EARLIEST_DATE
from domain.kernel.work import Work
from domain.market import queries
from domain.market.models import Instrument, OptionContract
from domain.market.occ import OccSymbol, parse_occ
from domain.market.types import (
    Close,
    ContractRow,
    InstrumentKind,
    InstrumentRow,
    OptionRight,
    OptionStyle,
    QuoteSource,
)
from domain.storage import statements
from domain.storage.readings import as_date, as_decimal, as_uuid, price_of
from domain.storage.statements import statement

# Roots of index options, whose underlying is listed here under another name; they are exercised at expiry alone.
# Source: Cboe, contract specifications of SPX and SPXW options.
_INDEX_ROOTS = {"SPX": "SP500", "SPXW": "SP500"}
_MULTIPLIER = 100

_CONTRACT = """
    SELECT c.instrument_id, c.underlying_id, c."right", c.style, c.strike, c.expiry, c.multiplier, c.deliverable
    FROM option_contracts c
"""
_CONTRACTS = statement(_CONTRACT + " WHERE c.instrument_id = ANY($1::uuid[])")
_CONTRACTS_ON = statement(_CONTRACT + " WHERE c.underlying_id = ANY($1::uuid[])")
_CLOSES_AT_EXPIRY = statement("""
    SELECT c.instrument_id, c.underlying_id, b.session, b.close, b.source
    FROM option_contracts c
    JOIN instruments i ON i.id = c.underlying_id
    JOIN daily_bars b ON b.instrument = i.number
     AND b.session = (SELECT MAX(session) FROM daily_bars WHERE instrument = i.number AND session <= c.expiry)
    WHERE c.instrument_id = ANY($1::uuid[])
""")
_LARGEST_NUMBER = statement("SELECT COALESCE(MAX(number), 0) FROM instruments")
# Another process may take the same number at the same moment.
TRIES = 5


async def contracts_by_id(instrument_ids: Collection[UUID]) -> dict[UUID, ContractRow]:
    """Return the contracts among these instruments."""
    rows = await statements.fetch(_CONTRACTS, list(instrument_ids)) if instrument_ids else []
    found = map(_contract, rows)
    return {row.instrument_id: row for row in found}


async def closes_at_expiry(instrument_ids: Collection[UUID]) -> dict[UUID, Close]:
    """Return the last close of the underlying up to the expiry, by contract: to be asked of expired ones alone."""
    rows = await statements.fetch(_CLOSES_AT_EXPIRY, list(instrument_ids)) if instrument_ids else []
    return {
        as_uuid(key): Close(as_uuid(underlying), as_date(session), price_of(close), QuoteSource(source))
        for key, underlying, session, close, source in rows
    }


def underlying_symbol(symbol: OccSymbol) -> str:
    """Return the symbol of what a contract is written on."""
    return _INDEX_ROOTS.get(symbol.root, symbol.root)


def possible_underlyings(symbol: OccSymbol) -> tuple[str, ...]:
    """Return the symbols of what a contract may be written on: a split adds a digit to the root."""
    return underlying_symbol(symbol), symbol.root.rstrip("0123456789")


async def ensure_contract(work: Work, text: str) -> InstrumentRow | None:
    """Return the instrument of an option's symbol, made if it is not there; None where the symbol is none, or its
    underlying is not known.
    """
    del work  # Whoever writes is in one.
    symbol = parse_occ(text)
    if symbol is None:
        return None
    plain = str(symbol)
    for _ in range(TRIES):
        known = await queries.instruments_by_symbol([plain, underlying_symbol(symbol)])
        if plain in known or underlying_symbol(symbol) not in known:
            return known.get(plain)
        await add_contract(symbol, known[underlying_symbol(symbol)])
    raise AssertionError("the numbers of instruments were taken by others, time and again")


async def contracts_on(underlying_ids: Collection[UUID]) -> dict[UUID, ContractRow]:
    """Return all contracts on these underlyings, by instrument."""
    rows = await statements.fetch(_CONTRACTS_ON, list(underlying_ids)) if underlying_ids else []
    return {row.instrument_id: row for row in map(_contract, rows)}


async def add_contract(symbol: OccSymbol, underlying: InstrumentRow, deliverable: Decimal | None = None) -> None:
    """Make a contract with its instrument, unless another process has just made it, or taken its number.

    `deliverable` is None for one that no split has adjusted.
    """
    instrument = Instrument(
        number=(await statements.fetch(_LARGEST_NUMBER))[0][0] + 1,
        symbol=str(symbol),
        name=f"{underlying.symbol} {symbol.expiry:%d %b %Y} {symbol.strike.normalize():f} {symbol.right.value.lower()}",
        kind=InstrumentKind.OPTION,
        currency=underlying.currency,
        sector=underlying.sector,
        first_session=EARLIEST_DATE,
        source="OCC symbol",
    )
    await Instrument.bulk_create([instrument], ignore_conflicts=True)
    if not await Instrument.filter(id=instrument.id).exists():
        return
    contract = OptionContract(
        instrument_id=instrument.id,
        underlying_id=underlying.id,
        right=symbol.right,
        style=OptionStyle.EUROPEAN if symbol.root in _INDEX_ROOTS else OptionStyle.AMERICAN,
        strike=symbol.strike,
        expiry=symbol.expiry,
        multiplier=_MULTIPLIER,
        deliverable=deliverable,
    )
    await contract.save(force_create=True)


def _contract(row: Sequence[Any]) -> ContractRow:
    instrument_id, underlying_id, right, style, strike, expiry, multiplier, deliverable = row
    exact = as_decimal(strike)
    assert exact is not None
    return ContractRow(
        as_uuid(instrument_id),
        as_uuid(underlying_id),
        OptionRight(right),
        OptionStyle(style),
        exact,
        as_date(expiry),
        multiplier,
        as_decimal(deliverable) or Decimal(multiplier),
    )
