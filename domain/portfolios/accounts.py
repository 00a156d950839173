"""Opens, changes and closes the accounts of a portfolio: its owner's affair alone."""

from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.money import EXACT, ZERO
from domain.kernel.ports import FieldCipher
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible_ids
from domain.portfolios.account_numbers import INDEX_PURPOSE, plain_number, seal_number, seal_routing_number
from domain.portfolios.commands import locked
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.types import AccountKind
from domain.storage.readings import as_uuid
from domain.vault import queries as vault

# `Portfolio.accounts` is a list without pages.
MOST_ACCOUNTS = 100


class AccountChange(TypedDict, total=False):
    """What is to be changed of an account: what is missing stays, None takes a value away."""

    name: str
    kind: AccountKind
    institution: str | None
    number: str | None
    routing_number: str | None


async def create_account(
    work: Work, cipher: FieldCipher, portfolio_id: UUID, change: AccountChange
) -> tuple[Account, Portfolio]:
    """Open an account; `change` has at least its name and kind.  Raises `NotFound`, `InvalidInput`."""
    portfolio = await _own(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    if portfolio.fork_of_id is not None:
        raise InvalidInput(
            "expected a portfolio, got a modelling session, which has the accounts of its portfolio",
            field=("portfolio_id",),
        )
    if await Account.filter(portfolio_id=portfolio.id).count() >= MOST_ACCOUNTS:
        raise InvalidInput(f"expected at most {MOST_ACCOUNTS} accounts, closed ones included", field=("portfolio_id",))
    account = Account(
        tenant_id=portfolio.tenant_id, portfolio_id=portfolio.id, name="", kind=change["kind"], created_at=work.now
    )
    await _apply(work, cipher, account, change)
    await account.save(force_create=True)
    await work.record("account.create", Subject("Account", account.id), None, _told(account, change))
    return account, portfolio


async def update_account(
    work: Work, cipher: FieldCipher, account_id: UUID, change: AccountChange
) -> tuple[Account, Portfolio]:
    """Change what is said of an account.  Raises `NotFound`, `InvalidInput`."""
    account, portfolio = await _found(work, account_id)
    before = _told(account, change)
    await _apply(work, cipher, account, change)
    await account.save()
    await work.record("account.update", Subject("Account", account.id), before, _told(account, change))
    return account, portfolio


async def close_account(work: Work, account_id: UUID) -> tuple[Account, Portfolio]:
    """Close an account that holds nothing: it stays in the history, and takes no more transactions.

    To close it again changes nothing.  Raises `NotFound`, and `InvalidInput` for the default account and for one that
    holds units or cash, or owes them.
    """
    account, portfolio = await _found(work, account_id)
    if account.closed_at is not None:
        return account, portfolio
    if account.is_default:
        raise InvalidInput("expected another account, got the default one, which stays open", field=("account_id",))
    _check_empty(await ledger(portfolio), as_uuid(account.id))
    account.closed_at = work.now
    await account.save(update_fields=["closed_at"])
    await work.record("account.close", Subject("Account", account.id), None, {"name": account.name})
    return account, portfolio


async def account_by_number(actor: Actor, cipher: FieldCipher, portfolio_id: UUID, number: str) -> Account | None:
    """Return the account of a portfolio that has this number, however it is spelled; None where the actor sees none.

    Where several have it: the one that was opened first.
    """
    index = await vault.blind_index(cipher, actor.tenant_id, INDEX_PURPOSE, plain_number(number))
    if index is None:
        return None
    visible = accessible_ids(actor, Permission.EDIT)
    rows = Account.filter(portfolio_id=portfolio_id, portfolio__id__in=visible, number_index=index, closed_at=None)
    return await rows.order_by("id").first()


async def _found(work: Work, account_id: UUID) -> tuple[Account, Portfolio]:
    missing = NotFound("no such account", field=("account_id",))
    known = await Account.get_or_none(id=account_id)
    if known is None:
        raise missing
    portfolio = await _own(work, as_uuid(known.portfolio_id), missing)
    # Afresh, now that nobody else changes it.
    return await Account.get(id=account_id), portfolio


async def _own(work: Work, portfolio_id: UUID, missing: NotFound) -> Portfolio:
    return await locked(work, portfolio_id, missing, Permission.OWN)


async def _apply(work: Work, cipher: FieldCipher, account: Account, change: AccountChange) -> None:
    if "name" in change:
        account.name = checks.checked_name(change["name"])
    if "kind" in change:
        account.kind = change["kind"]
    if "institution" in change:
        institution = change["institution"]
        field = ("institution",)
        account.institution = None if institution is None else checks.checked_name(institution, field=field)
    if "number" in change:
        sealed = await seal_number(work, cipher, as_uuid(account.id), change["number"])
        account.number, account.number_end, account.number_index = sealed.text, sealed.end, sealed.index
    if "routing_number" in change:
        sealed = await seal_routing_number(work, cipher, as_uuid(account.id), change["routing_number"])
        account.routing_number, account.routing_end = sealed.text, sealed.end


def _told(account: Account, change: AccountChange) -> dict[str, object]:
    """Return what the audit remembers: of numbers, the ends."""
    columns = {"number": "number_end", "routing_number": "routing_end"}
    return {name: getattr(account, columns.get(name, name)) for name in change}


def _check_empty(ledger: Ledger, account_id: UUID) -> None:
    sides = ledger.fold.timelines.items()
    held = sum(key.account_id == account_id and bool(line.states[-1].quantity) for key, line in sides)
    cash = {code: amount for code, amount in _cash(ledger, account_id).items() if amount}
    if held or cash:
        amounts = [f"{amount.normalize(EXACT):f} {code}" for code, amount in sorted(cash.items())]
        found = ", ".join([f"{held} positions", *amounts])
        raise InvalidInput(f"expected an account that holds and owes nothing, got {found}", field=("account_id",))


def _cash(ledger: Ledger, account_id: UUID) -> dict[str, Decimal]:
    """Return the cash of one account, by currency."""
    found: dict[str, Decimal] = {}
    for movement in ledger.movements:
        if movement.account_id == account_id:
            found[movement.currency] = EXACT.add(found.get(movement.currency, ZERO), movement.amount)
            code, bought = movement.terms.bought_currency, movement.terms.bought
            if code is not None and bought is not None:
                found[code] = EXACT.add(found.get(code, ZERO), bought)
    return found
