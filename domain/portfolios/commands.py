"""What changes portfolios.  Each takes the open unit of work first, checks, writes, and says what happened."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, VersionConflict
from domain.kernel.money import EXACT, total
from domain.kernel.work import Subject, Work
from domain.portfolios import entries, ledger
from domain.portfolios.access import Permission, accessible
from domain.portfolios.errors import AlreadyReversed, InsufficientQuantity
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.ledgers import movements_of_instrument
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from domain.portfolios.types import AccountKind, Book, Entry, Movement, TransactionKind

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

    Raises `InvalidInput`, `UnknownCurrency`, `IdempotencyKeyReused`.
    """
    checked_name = entries.checked_name(name)
    currency = entries.checked_currency(base_currency, field=("base_currency",))
    text = entries.checked_text(description, field=("description",))
    digest = entries.digest(checked_name, text, currency)
    if idempotency_key is not None:
        entries.check_key(idempotency_key)
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
            return _same_input(stored, digest)
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
    entries.check_key(idempotency_key)
    portfolio = await _locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    digest = entries.digest(entry, account_id)
    earlier = await Transaction.get_or_none(portfolio_id=portfolio.id, idempotency_key=idempotency_key)
    if earlier is not None:
        return _same_input(earlier, digest), portfolio
    _check_version(portfolio, expected_version)
    account = await _account(portfolio, account_id)
    booking = await entries.booking_of(entry, portfolio, today)
    transaction = Transaction(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        account_id=account.id,
        sequence=portfolio.version + 1,
        kind=entry.kind,
        trade_date=entry.trade_date,
        settlement_date=booking.settlement_date,
        instrument_id=booking.instrument_id,
        quantity=booking.quantity,
        price=booking.price,
        fees=booking.fees,
        amount=ledger.cash_change(booking.lines),
        currency=booking.currency,
        note=booking.note,
        idempotency_key=idempotency_key,
        input_digest=digest,
        recorded_at=work.now,
        recorded_by=work.actor.user_id,
    )
    if entry.kind is TransactionKind.SELL:
        await _check_holding(transaction, field=("transaction", "sell", "quantity"))
    await _append(work, portfolio, transaction, booking.lines)
    return transaction, portfolio


async def reverse_transaction(
    work: Work, transaction_id: UUID, *, idempotency_key: str, reason: str | None = None
) -> tuple[Transaction, Portfolio]:
    """Cancel a transaction by one that undoes it, dated as it was; both stay in the ledger.

    Emits `PortfolioChanged`.  Raises `NotFound`, `IdempotencyKeyReused`, `AlreadyReversed`, `InvalidInput`,
    `InsufficientQuantity`.
    """
    entries.check_key(idempotency_key)
    # One answer to what does not exist and to what is another's.
    missing = NotFound("no such transaction", field=("transaction_id",))
    original = await Transaction.get_or_none(id=transaction_id)
    if original is None:
        raise missing
    portfolio = await _locked(work, _uuid(original.portfolio_id), missing)
    digest = entries.digest(transaction_id, reason)
    earlier = await Transaction.get_or_none(portfolio_id=portfolio.id, idempotency_key=idempotency_key)
    if earlier is not None:
        return _same_input(earlier, digest), portfolio
    if original.kind is TransactionKind.REVERSAL:
        raise InvalidInput("expected a transaction, got a reversal", field=("transaction_id",))
    if await Transaction.exists(reverses_id=original.id):
        raise AlreadyReversed("the transaction has been reversed before", field=("transaction_id",))
    if original.kind is TransactionKind.BUY:
        await _check_holding(original, field=("transaction_id",), removed=True)
    reversal = Transaction(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        account_id=original.account_id,
        sequence=portfolio.version + 1,
        kind=TransactionKind.REVERSAL,
        trade_date=original.trade_date,
        settlement_date=original.settlement_date,
        instrument_id=original.instrument_id,
        quantity=original.quantity,
        price=original.price,
        fees=original.fees,
        amount=-original.amount,
        currency=original.currency,
        note=entries.checked_text(reason, field=("reason",)),
        idempotency_key=idempotency_key,
        input_digest=digest,
        recorded_at=work.now,
        recorded_by=work.actor.user_id,
        reverses_id=original.id,
    )
    postings = await Posting.filter(transaction_id=original.id)
    lines = [
        ledger.PostingLine(
            book=Book(each.book),
            currency=each.currency,
            amount=each.amount,
            instrument_id=each.instrument_id,
            units=each.units,
        )
        for each in postings
    ]
    await _append(work, portfolio, reversal, ledger.reversed_lines(lines))
    return reversal, portfolio


async def _append(
    work: Work, portfolio: Portfolio, transaction: Transaction, lines: Sequence[ledger.PostingLine]
) -> None:
    await transaction.save(force_create=True)
    await Posting.bulk_create(
        [
            Posting(
                tenant_id=portfolio.tenant_id,
                portfolio_id=portfolio.id,
                account_id=transaction.account_id,
                transaction_id=transaction.id,
                book=line.book,
                currency=line.currency,
                amount=line.amount,
                instrument_id=line.instrument_id,
                units=line.units,
            )
            for line in lines
        ]
    )
    portfolio.version = transaction.sequence
    await portfolio.save(update_fields=["version"])
    subject = Subject("Transaction", transaction.id)
    await work.record(f"transaction.{transaction.kind.lower()}", subject, None, {"sequence": transaction.sequence})
    work.emit(PortfolioChanged(portfolio_id=portfolio.id, sequence=portfolio.version))


async def _locked(work: Work, portfolio_id: UUID, missing: NotFound) -> Portfolio:
    # The row's lock puts the writers of one portfolio into a line; SQLite has one writer anyway.
    portfolio = await accessible(work.actor, Permission.EDIT).select_for_update().get_or_none(id=portfolio_id)
    if portfolio is None:
        raise missing
    return portfolio


async def _account(portfolio: Portfolio, account_id: UUID | None) -> Account:
    accounts = Account.filter(portfolio_id=portfolio.id)
    account = await (
        accounts.get_or_none(is_default=True) if account_id is None else accounts.get_or_none(id=account_id)
    )
    if account is None:
        raise NotFound("no such account in this portfolio", field=("account_id",))
    return account


async def _check_holding(transaction: Transaction, *, field: Sequence[str], removed: bool = False) -> None:
    """Refuse a sale, or the removal of a purchase, after which more would be sold than is held, then or on a later
    date.
    """
    assert transaction.instrument_id is not None
    others = await movements_of_instrument(
        _uuid(transaction.portfolio_id),
        _uuid(transaction.account_id),
        transaction.instrument_id,
        without=transaction.id if removed else None,
    )
    changed = others if removed else [*others, _movement(transaction)]
    shortfall = ledger.first_shortfall(changed)
    if shortfall is None:
        return
    sold_then = [
        each for each in changed if (each.trade_date, each.sequence) < (shortfall.trade_date, shortfall.sequence)
    ]
    held = total(ledger.signed_units(each) for each in sold_then).normalize(EXACT)
    sold = -ledger.signed_units(shortfall).normalize(EXACT)
    raise InsufficientQuantity(
        f"expected at most {held:f} units, which are held on {shortfall.trade_date}, got a sale of {sold:f}",
        field=field,
    )


def _movement(transaction: Transaction) -> Movement:
    return Movement(
        transaction.kind,
        transaction.trade_date,
        transaction.sequence,
        _uuid(transaction.account_id),
        transaction.instrument_id,
        transaction.quantity,
        transaction.amount,
        transaction.currency,
    )


def _check_version(portfolio: Portfolio, expected: int | None) -> None:
    if expected is not None and expected != portfolio.version:
        raise VersionConflict(
            f"expected version {expected}, the portfolio is at {portfolio.version}", field=("expected_version",)
        )


def _same_input(earlier: Keyed, digest: str) -> Keyed:
    if earlier.input_digest != digest:
        raise IdempotencyKeyReused("the key was used before with another input", field=("idempotency_key",))
    return earlier


def _uuid(value: object) -> UUID:
    assert isinstance(value, UUID)
    return value
