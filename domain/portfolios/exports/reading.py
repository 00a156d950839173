"""Reads a ledger for its export: whole, at one version, whatever is recorded meanwhile."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.money import EXACT, ZERO
from domain.market import queries as market
from domain.portfolios.exports.rows import Exported, Names
from domain.portfolios.fingerprints import fingerprint_of
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.movements import terms_of
from domain.portfolios.types import FeeKind, TransactionKind
from domain.storage import statements
from domain.storage.readings import as_date, as_decimal, as_uuid
from domain.storage.statements import statement

_PAGE = 10_000
# More than so many are read in a thread, so that the loop runs meanwhile.
_LARGE = 2_000

_ENTRIES = statement("""
    SELECT t.id, t.sequence, t.kind, t.trade_date, t.settlement_date, t.account_id, t.instrument_id,
           t.other_instrument_id, t.quantity, t.price, t.amount, t.currency, t.details, t.note, t.fingerprint,
           t.reverses_id
    FROM transactions t
    WHERE t.portfolio_id = $1 AND t.sequence > $2 AND t.sequence <= $3
    ORDER BY t.sequence LIMIT $4
""")
_FEES = statement("""
    SELECT p.transaction_id, p.fee_kind, p.amount
    FROM postings p JOIN transactions t ON t.id = p.transaction_id
    WHERE t.portfolio_id = $1 AND t.sequence > $2 AND t.sequence <= $3 AND p.fee_kind IS NOT NULL
""")
_GIVEN = statement("""
    SELECT p.transaction_id, p.instrument_id, p.units
    FROM postings p JOIN transactions t ON t.id = p.transaction_id
    WHERE t.portfolio_id = $1 AND t.sequence > $2 AND t.sequence <= $3
          AND t.kind = 'MERGER' AND p.book = 'HOLDINGS' AND p.instrument_id = t.instrument_id
""")


async def read_entries(portfolio: Portfolio, until: date | None) -> list[Exported]:
    """Return the entries that stand, in order of sequence, up to a trade date; of a fork, with those it began with."""
    spans = [(portfolio.id, 0, portfolio.version)]
    if portfolio.fork_of_id is not None:
        assert portfolio.fork_version is not None
        spans = [
            (portfolio.fork_of_id, 0, portfolio.fork_version),
            (portfolio.id, portfolio.fork_version, portfolio.version),
        ]
    found: list[Exported] = []
    cancelled: set[UUID] = set()
    for span in spans:
        read, reversed_ = await _read(*span)
        found += read
        cancelled |= reversed_
    if len(found) > _LARGE:
        return await asyncio.to_thread(_standing, found, cancelled, until)
    return _standing(found, cancelled, until)


def _standing(entries: list[Exported], cancelled: set[UUID], until: date | None) -> list[Exported]:
    return [entry for entry in entries if entry.key not in cancelled and (until is None or entry.trade_date <= until)]


async def read_names(portfolio: Portfolio, entries: Sequence[Exported]) -> Names:
    """Return what the entries' instruments and accounts are called."""
    keys = await asyncio.to_thread(_instruments, entries) if len(entries) > _LARGE else _instruments(entries)
    symbols: dict[UUID, str] = {}
    for start in range(0, len(keys), _PAGE):
        rows = await market.instruments_by_id(keys[start : start + _PAGE])
        symbols |= {row.id: row.symbol for row in rows if row is not None}
    accounts = await Account.filter(portfolio_id=portfolio.fork_of_id or portfolio.id)
    return Names(symbols, {as_uuid(account.id): account.name for account in accounts})


def _instruments(entries: Sequence[Exported]) -> list[UUID]:
    return sorted({key for entry in entries for key in (entry.instrument_id, entry.other_id) if key is not None})


async def _read(portfolio_id: UUID, since: int, until: int) -> tuple[list[Exported], set[UUID]]:
    found: list[Exported] = []
    cancelled: set[UUID] = set()
    start = since
    while start < until:
        rows = await statements.fetch(_ENTRIES, portfolio_id, start, until, _PAGE)
        cancelled |= {as_uuid(row[15]) for row in rows if row[15] is not None}
        found += await asyncio.to_thread(_entries, rows) if len(rows) > _LARGE else _entries(rows)
        if len(rows) < _PAGE:
            break
        start = rows[-1][1]
    return await _completed(found, portfolio_id, since, until), cancelled


async def _completed(entries: list[Exported], portfolio_id: UUID, since: int, until: int) -> list[Exported]:
    """Return the entries with what only their postings tell: fees by kind, and the units that mergers took."""
    fees: dict[UUID, dict[FeeKind, Decimal]] = {}
    for key, kind, amount in await statements.fetch(_FEES, portfolio_id, since, until):
        fees.setdefault(as_uuid(key), {})[FeeKind(kind)] = as_decimal(amount) or ZERO
    given: dict[UUID, Decimal] = {}
    for key, _, units in await statements.fetch(_GIVEN, portfolio_id, since, until):
        given[as_uuid(key)] = EXACT.subtract(given.get(as_uuid(key), ZERO), as_decimal(units) or ZERO)
    if len(entries) > _LARGE:
        return await asyncio.to_thread(_told, entries, fees, given)
    return _told(entries, fees, given)


def _told(
    entries: list[Exported], fees: Mapping[UUID, Mapping[FeeKind, Decimal]], given: Mapping[UUID, Decimal]
) -> list[Exported]:
    touched = fees.keys() | given.keys()
    return [
        replace(entry, fees=fees.get(entry.key, {}), given=given.get(entry.key, ZERO))
        if entry.key in touched
        else entry
        for entry in entries
    ]


def _entries(rows: Sequence[Any]) -> list[Exported]:
    return [_entry(row) for row in rows if row[15] is None]


def _entry(row: Sequence[Any]) -> Exported:
    amount = as_decimal(row[10])
    assert amount is not None
    return Exported(
        key=as_uuid(row[0]),
        sequence=row[1],
        kind=TransactionKind(row[2]),
        trade_date=as_date(row[3]),
        settlement_date=as_date(row[4]),
        account_id=as_uuid(row[5]),
        instrument_id=None if row[6] is None else as_uuid(row[6]),
        other_id=None if row[7] is None else as_uuid(row[7]),
        quantity=as_decimal(row[8]),
        price=as_decimal(row[9]),
        amount=amount,
        currency=row[11],
        terms=terms_of(row[12]),
        note=row[13],
        fingerprint=row[14] or fingerprint_of(as_uuid(row[0])),
    )
