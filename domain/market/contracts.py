"""Option contracts: instruments that are made when somebody first names them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
_TRIES = 5
_BATCH = 1_000


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


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract is: its symbol, and what the symbol does not say."""

    symbol: OccSymbol
    style: OptionStyle
    multiplier: int = _MULTIPLIER
    # What one contract delivers, where a split has left it other units than the multiplier says.
    deliverable: Decimal | None = None


async def contracts_on(underlying_ids: Collection[UUID]) -> dict[UUID, ContractRow]:
    """Return all contracts on these underlyings, by instrument."""
    rows = await statements.fetch(_CONTRACTS_ON, list(underlying_ids)) if underlying_ids else []
    return {row.instrument_id: row for row in map(_contract, rows)}


async def ensure_contract(work: Work, text: str) -> InstrumentRow | None:
    """Return the instrument of an option's symbol, made if it is not there; None where the symbol is none, or its
    underlying is not known.
    """
    symbol = parse_occ(text)
    if symbol is None:
        return None
    plain = str(symbol)
    known = await queries.instruments_by_symbol([plain, symbol.underlying])
    if plain in known or symbol.underlying not in known:
        return known.get(plain)
    made = await ensure_contracts(work, known[symbol.underlying], [Terms(symbol, symbol.style)])
    return made[plain]


async def ensure_contracts(work: Work, underlying: InstrumentRow, told: Collection[Terms]) -> dict[str, InstrumentRow]:
    """Return the instruments of contracts on one underlying, by symbol, those made that are not there.

    One statement where all are there; four more, and those of a batch of 1,000 each, where some are not.
    """
    del work  # Whoever writes is in one.
    terms = {str(each.symbol): each for each in told}
    for _ in range(_TRIES):
        known = await queries.instruments_by_symbol(list(terms))
        missing = [each for symbol, each in terms.items() if symbol not in known]
        if not missing:
            return known
        await _add(missing, underlying)
    raise AssertionError("the numbers of instruments were taken by others, time and again")


async def _add(terms: Sequence[Terms], underlying: InstrumentRow) -> None:
    largest = (await statements.fetch(_LARGEST_NUMBER))[0][0]
    instruments = [_instrument(each.symbol, underlying, number) for number, each in enumerate(terms, largest + 1)]
    await Instrument.bulk_create(instruments, batch_size=_BATCH, ignore_conflicts=True)
    ours = await queries.instruments_by_id([instrument.id for instrument in instruments])
    contracts = [
        OptionContract(
            instrument_id=row.id,
            underlying_id=underlying.id,
            right=each.symbol.right,
            style=each.style,
            strike=each.symbol.strike,
            expiry=each.symbol.expiry,
            multiplier=each.multiplier,
            deliverable=each.deliverable,
        )
        for each, row in zip(terms, ours, strict=True)
        if row is not None
    ]
    await OptionContract.bulk_create(contracts, batch_size=_BATCH)


def _instrument(symbol: OccSymbol, underlying: InstrumentRow, number: int) -> Instrument:
    return Instrument(
        number=number,
        symbol=str(symbol),
        name=f"{underlying.symbol} {symbol.expiry:%d %b %Y} {symbol.strike.normalize():f} {symbol.right.value.lower()}",
        kind=InstrumentKind.OPTION,
        currency=underlying.currency,
        sector=underlying.sector,
        first_session=EARLIEST_DATE,
        source="OCC symbol",
    )


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
