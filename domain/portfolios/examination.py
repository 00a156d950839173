"""Reads a whole ledger, row by row, and has its invariants examined."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from domain.audit.queries import audited
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.lasting import made_to_pass
from domain.market import queries as market
from domain.portfolios.access import Permission, accessible
from domain.portfolios.fold import Fold
from domain.portfolios.integrity import Check, examine
from domain.portfolios.ledgers import ledger, movements_anew
from domain.portfolios.models import Portfolio
from domain.portfolios.records import Shortfall
from domain.portfolios.tally import ActionRow, EntryRow, LineRow, Tally
from domain.storage import statements
from domain.storage.readings import as_uuid
from domain.storage.statements import statement

# Transactions that are read at a time: some 4 MB with their postings.
_PAGE = 5_000

# Both in one statement: what is recorded in between would look like a fault.
_EXTENT = statement("""
    SELECT p.version, (SELECT MAX(t.sequence) FROM transactions t WHERE t.portfolio_id = p.id)
    FROM portfolios p WHERE p.id = $1
""")
_ENTRIES = statement("""
    SELECT t.id, t.portfolio_id, t.sequence, t.idempotency_key, t.amount, t.currency, t.reverses_id,
           t.quantity, t.price, t.fees, t.fx_rate
    FROM transactions t WHERE t.portfolio_id = $1 AND t.sequence > $2 AND t.sequence <= $3
    ORDER BY t.sequence
""")
_LINES = statement("""
    SELECT p.transaction_id, p.account_id, p.book, p.currency, p.amount, p.instrument_id, p.units
    FROM transactions t JOIN postings p ON p.transaction_id = t.id
    WHERE t.portfolio_id = $1 AND t.sequence > $2 AND t.sequence <= $3
""")
_ACTIONS = statement("""
    SELECT b.account_id, b.action_id, b.transaction_id, t.account_id, b.about
    FROM (
        SELECT account_id, action_id, transaction_id, action_id AS about FROM action_bookings
        UNION ALL SELECT account_id, action_id, transaction_id, instrument_id FROM contract_adjustments
    ) b JOIN transactions t ON t.id = b.transaction_id WHERE t.portfolio_id = $1
""")


@dataclass(frozen=True, slots=True)
class Examination:
    """The verdicts on a ledger at one version, and how many rows they are about."""

    portfolio_id: UUID
    version: int
    transactions: int
    postings: int
    checks: Sequence[Check]

    @property
    def holds(self) -> bool:
        """Whether every invariant does."""
        return all(check.holds for check in self.checks)


async def examination(actor: Actor, portfolio_id: UUID) -> Examination | None:
    """Examine a portfolio's ledger as it stands; None where the actor sees none.

    Reads every row, in pages; what is computed is computed in threads, page by page and the replay at last, so that who
    asks waits no longer than a deadline.
    """
    portfolio = await accessible(actor, Permission.VIEW).get_or_none(id=portfolio_id)
    if portfolio is None:
        return None
    with made_to_pass():
        return await _examined(portfolio)


async def _examined(portfolio: Portfolio) -> Examination:
    portfolio.version, last = (await statements.fetch(_EXTENT, portfolio.id))[0]
    tally = Tally()
    forked_at = portfolio.fork_version or 0
    if portfolio.fork_of_id is not None:
        await _count(tally, portfolio, portfolio.fork_of_id, 0, forked_at)
    await _count(tally, portfolio, portfolio.id, forked_at, max(portfolio.version, last or 0))
    tally.end(portfolio.version)
    rows = await statements.fetch(_ACTIONS, portfolio.id)
    tally.take_actions([ActionRow(*map(as_uuid, row)) for row in rows])
    movements, grown = await movements_anew(portfolio), await _grown(portfolio)
    ids = {key for each in movements for key in (each.instrument_id, each.other_id) if key is not None}
    symbols = {row.id: row.symbol for row in await market.instruments_by_id(sorted(ids)) if row is not None}
    checks = await asyncio.to_thread(examine, tally, grown, movements, lambda key: symbols.get(key, str(key)))
    return Examination(portfolio.id, portfolio.version, tally.transactions, tally.postings, checks)


async def _grown(portfolio: Portfolio) -> Fold | None:
    """Return the state that has grown with the ledger; None where the ledger cannot be folded."""
    try:
        return (await ledger(portfolio)).fold
    except (Shortfall, ArithmeticError, AssertionError):
        return None


async def _count(tally: Tally, portfolio: Portfolio, portfolio_id: UUID, since: int, until: int) -> None:
    for first in range(since, until, _PAGE):
        window = portfolio_id, first, min(first + _PAGE, until)
        entries, lines = await statements.fetch(_ENTRIES, *window), await statements.fetch(_LINES, *window)
        tenants = {portfolio.tenant_id, SYSTEM.tenant_id}
        known = await audited(tenants, "Transaction", [row[0] for row in entries])
        await asyncio.to_thread(_take, tally, entries, lines, known)


class _Ids(dict[Any, UUID]):
    """The same few ids stand in all rows: each is parsed once."""

    def __missing__(self, told: Any) -> UUID:
        found = self[told] = as_uuid(told)
        return found


def _take(tally: Tally, entries: Sequence[Any], lines: Sequence[Any], known: set[Any]) -> None:
    ids = _Ids()
    tally.take([_entry(ids, row) for row in entries], [_line(ids, row) for row in lines], known)


def _entry(ids: Mapping[Any, UUID], row: Sequence[Any]) -> EntryRow:
    key, portfolio_id, sequence, name, amount, currency, reverses, *numbers = row
    exact = _number(amount)
    assert exact is not None
    return EntryRow(
        key,
        ids[portfolio_id],
        sequence,
        name,
        exact,
        currency,
        reverses,
        (exact, *map(_number, numbers)),
    )


def _line(ids: Mapping[Any, UUID], row: Sequence[Any]) -> LineRow:
    transaction_id, account_id, book, currency, amount, instrument_id, units = row
    return LineRow(
        transaction_id,
        ids[account_id],
        book,
        currency,
        None if amount is None else _number(amount),
        None if instrument_id is None else ids[instrument_id],
        None if units is None else _number(units),
    )


def _number(value: Any) -> Decimal | None:
    """Return a number as it is stored, NaN for what is none."""
    try:
        return None if value is None else Decimal(value)
    except InvalidOperation:
        return Decimal("NaN")
