"""What changes portfolios.  Each takes the open unit of work first, checks, writes, and says what happened."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, VersionConflict
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.access import Permission, reached
from domain.portfolios.entries import Entry
from domain.portfolios.errors import AlreadyReversed
from domain.portfolios.ledger_book import BY_HAND, LedgerBook, Origin, has_entry, is_reversed
from domain.portfolios.models import Account, Portfolio, Transaction
from domain.portfolios.types import AccountKind, TransactionKind
from domain.storage.readings import as_uuid

Keyed = TypeVar("Keyed", Portfolio, Transaction)


async def create_portfolio(
    work: Work,
    *,
    name: str,
    description: str | None = None,
    base_currency: str = "USD",
    idempotency_key: str | None = None,
) -> Portfolio:
    """Create a portfolio of the actor's, with its default account.

    Raises `InvalidInput`, `UnknownCurrency`, `IdempotencyKeyReused`, and `NotFound` where the one that was made with
    the key has been deleted since.
    """
    checked_name = checks.checked_name(name)
    currency = checks.checked_currency(base_currency, field=("base_currency",))
    text = checks.checked_text(description, field=("description",))
    digest = checks.digest(checked_name, text, currency)
    if idempotency_key is not None:
        checks.check_key(idempotency_key)
    portfolio = Portfolio(
        tenant_id=work.actor.tenant_id,
        owner_id=work.actor.user_id,
        name=checked_name,
        description=text,
        base_currency=currency,
        idempotency_key=idempotency_key,
        input_digest=digest,
        created_at=work.now,
    )
    # A twin that is being made in parallel is waited for: PostgreSQL would end this transaction with an error.
    await Portfolio.bulk_create([portfolio], ignore_conflicts=True)
    if idempotency_key is not None:
        stored = await Portfolio.get(owner_id=work.actor.user_id, idempotency_key=idempotency_key)
        if stored.id != portfolio.id:
            return still_there(same_input(stored, digest))
    await Account.create(
        tenant_id=work.actor.tenant_id,
        portfolio_id=portfolio.id,
        name="Default",
        kind=AccountKind.TAXABLE,
        is_default=True,
        created_at=work.now,
    )
    await work.record("portfolio.create", Subject("Portfolio", portfolio.id), None, {"name": checked_name})
    return portfolio


async def record_transaction(
    work: Work,
    portfolio_id: UUID,
    entry: Entry,
    *,
    idempotency_key: str,
    today: date,
    account_id: UUID | None = None,
    expected_version: int | None = None,
) -> tuple[Transaction, Portfolio]:
    """Append one transaction to the ledger; the same key and input again answers the first one.

    `today` is the market's date: nothing may be traded after it.  Emits `PortfolioChanged`.  Raises `NotFound`,
    `IdempotencyKeyReused`,
    `VersionConflict`, `InvalidInput`, `UnknownInstrument`, `UnknownCurrency`, `DateInFuture`, `DateOutOfRange`,
    `InsufficientQuantity`.
    """
    checks.check_key(idempotency_key)
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    digest = checks.digest(entry, account_id)
    earlier = await Transaction.get_or_none(portfolio_id=portfolio.id, idempotency_key=idempotency_key)
    if earlier is not None:
        return same_input(earlier, digest), portfolio
    check_version(portfolio, expected_version)
    account = await account_of(portfolio, account_id)
    book = await LedgerBook.open(work, portfolio, today)
    return await book.record(entry, account, key=idempotency_key, digest=digest), portfolio


async def record_transactions(
    work: Work,
    portfolio_id: UUID,
    entries: Sequence[tuple[str, Entry]],
    *,
    today: date,
    account_id: UUID | None = None,
    origin: Origin = BY_HAND,
) -> list[Transaction]:
    """Append many transactions, each with its idempotency key, all of them or none; return those of all the keys.

    Raises as `record_transaction` does.
    """
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    account = await account_of(portfolio, account_id)
    known = await Transaction.filter(portfolio_id=portfolio.id, idempotency_key__in=[key for key, _ in entries])
    earlier = {each.idempotency_key: each for each in known}
    book = await LedgerBook.open(work, portfolio, today)
    recorded = []
    for key, entry in entries:
        digest = checks.digest(entry, account_id)
        if key in earlier:
            recorded.append(same_input(earlier[key], digest))
            continue
        checks.check_key(key)
        recorded.append(await book.record(entry, account, key=key, digest=digest, origin=origin))
    return recorded


async def reverse_transaction(
    work: Work,
    transaction_id: UUID,
    *,
    idempotency_key: str,
    reason: str | None = None,
    portfolio_id: UUID | None = None,
) -> tuple[Transaction, Portfolio]:
    """Cancel a transaction by one that undoes it, dated as it was; both stay in the ledger.

    `portfolio_id` is where it is to be cancelled: what a modeling session began with is cancelled in the session alone
    when that is named, and otherwise for real.  Emits `PortfolioChanged`.  Raises `NotFound`, `IdempotencyKeyReused`,
    `AlreadyReversed`, `InvalidInput`, `InsufficientQuantity`.
    """
    checks.check_key(idempotency_key)
    # One answer to what does not exist and to what is another's.
    missing = NotFound("no such transaction", field=("transaction_id",))
    original = await Transaction.get_or_none(id=transaction_id)
    if original is None:
        raise missing
    portfolio = await _where_reversed(work, original, portfolio_id, missing)
    digest = checks.digest(transaction_id, reason)
    earlier = await Transaction.get_or_none(portfolio_id=portfolio.id, idempotency_key=idempotency_key)
    if earlier is not None:
        return same_input(earlier, digest), portfolio
    if original.kind is TransactionKind.REVERSAL:
        raise InvalidInput("expected a transaction, got a reversal", field=("transaction_id",))
    check_open(await Account.get(id=original.account_id))
    if await is_reversed(portfolio, original):
        raise AlreadyReversed("the transaction has been reversed before", field=("transaction_id",))
    note = checks.checked_text(reason, field=("reason",))
    book = await LedgerBook.open(work, portfolio, original.trade_date)
    return await book.reverse(original, key=idempotency_key, digest=digest, note=note), portfolio


async def _where_reversed(work: Work, original: Transaction, portfolio_id: UUID | None, missing: NotFound) -> Portfolio:
    home = as_uuid(original.portfolio_id)
    if portfolio_id in (None, home):
        return await locked(work, home, missing)
    assert portfolio_id is not None
    fork = await reached(work.actor, Permission.EDIT, portfolio_id, locks=True)
    if fork is None or not has_entry(fork, original):
        # Only who may change it where it is learns that it is there.
        await locked(work, home, missing)
        raise InvalidInput("expected a portfolio in whose ledger the transaction is", field=("portfolio_id",))
    return fork


async def locked(
    work: Work, portfolio_id: UUID, missing: NotFound, permission: Permission = Permission.EDIT
) -> Portfolio:
    """Return a portfolio that the actor may change, with its row locked: the writers of one stand in a line."""
    portfolio = await reached(work.actor, permission, portfolio_id, locks=True)
    if portfolio is None:
        raise missing
    return portfolio


async def account_of(portfolio: Portfolio, account_id: UUID | None) -> Account:
    """Return an open account of a portfolio, or its default one.  Raises `NotFound`, `InvalidInput`."""
    # A fork has the accounts of what it was forked from.
    accounts = Account.filter(portfolio_id=portfolio.fork_of_id or portfolio.id)
    account = await (
        accounts.get_or_none(is_default=True) if account_id is None else accounts.get_or_none(id=account_id)
    )
    if account is None:
        raise NotFound("no such account in this portfolio", field=("account_id",))
    check_open(account)
    return account


def check_open(account: Account) -> None:
    """Let an account pass that takes transactions.  Raises `InvalidInput` for a closed one."""
    if account.closed_at is not None:
        raise InvalidInput(
            f"expected an open account, got {account.name}, closed on {account.closed_at:%Y-%m-%d}",
            field=("account_id",),
        )


def check_version(portfolio: Portfolio, expected: int | None) -> None:
    """Let a portfolio pass that is at this version, or any where none is expected.  Raises `VersionConflict`."""
    if expected is not None and expected != portfolio.version:
        raise VersionConflict(
            f"expected version {expected}, the portfolio is at {portfolio.version}", field=("expected_version",)
        )


def same_input(earlier: Keyed, digest: str) -> Keyed:
    """Return what was made with the key before, from the same input.  Raises `IdempotencyKeyReused`."""
    if earlier.input_digest != digest:
        raise IdempotencyKeyReused("the key was used before with another input", field=("idempotency_key",))
    return earlier


def still_there(portfolio: Portfolio) -> Portfolio:
    """Return what was made with the key before.  Raises `NotFound` where it has been deleted since."""
    if portfolio.deleted_at is not None:
        raise NotFound("the portfolio that was made with this key has been deleted", field=("idempotency_key",))
    return portfolio
