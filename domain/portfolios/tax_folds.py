"""Reads what the taxes of portfolios are computed from, and folds it: once for each state of an owner's ledgers."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.lasting import made_to_stay
from domain.market.contracts import contracts_by_id
from domain.market.types import OptionRight
from domain.portfolios.access import Permission, accessible
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledgers import ledger_known, ledgers, version_known
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.movements import Movement
from domain.portfolios.types import AccountKind, LotMethod, TransactionKind
from domain.portfolios.wash_sales import Call, TaxFold, fold_for_tax
from domain.storage import statements

Result = TypeVar("Result")
_Place = tuple[tuple[tuple[UUID, int], ...], frozenset[UUID], LotMethod, date | None]

# Folds, and movements that went into them, that are kept: some 150 MB.
_MOST_FOLDS = 16
_MOST_MOVEMENTS = 300_000
# More than so many movements, or what came of them, are looked through in a thread.
_LARGE = 2_000


@dataclass(frozen=True, slots=True)
class TaxBooks:
    """A portfolio with the others of its owner in the same base currency that the actor may see, and their accounts.

    A fork stands in its parent's place.  `ledgers` are in the order of the portfolios' ids, `own` is the portfolio's.
    """

    portfolio: Portfolio
    ledgers: Mapping[UUID, Ledger]
    accounts: Mapping[UUID, Account]

    @property
    def own(self) -> Ledger:
        """The portfolio's own ledger."""
        return self.ledgers[self.portfolio.id]

    @property
    def own_accounts(self) -> frozenset[UUID]:
        """The portfolio's accounts, a fork's with its parent's."""
        mine = (self.portfolio.id, self.portfolio.fork_of_id)
        return frozenset(key for key, account in self.accounts.items() if account.portfolio_id in mine)

    @property
    def taxed_accounts(self) -> frozenset[UUID]:
        """The portfolio's accounts in which gains are taxed."""
        return self.own_accounts - self.sheltered

    def home(self, account_id: UUID) -> UUID:
        """Return the portfolio in whose ledger an account is booked: a fork's own has its parent's."""
        return (
            self.portfolio.id if account_id in self.own_accounts else UUID(f"{self.accounts[account_id].portfolio_id}")
        )

    def place(self, account_id: UUID, sequence: int) -> tuple[UUID, int]:
        """Return where the transaction of this sequence is stored: portfolio and sequence."""
        fork = self.portfolio
        home = self.home(account_id)
        if home == fork.id and fork.fork_of_id is not None and sequence <= (fork.fork_version or 0):
            return fork.fork_of_id, sequence
        return home, sequence

    @property
    def sheltered(self) -> frozenset[UUID]:
        """The accounts in which gains are not taxed."""
        return frozenset(key for key, account in self.accounts.items() if account.kind is not AccountKind.TAXABLE)

    @property
    def size(self) -> int:
        """How many movements there are in all."""
        return sum(len(ledger.movements) for ledger in self.ledgers.values())


async def tax_books(
    actor: Actor, portfolio_ids: Sequence[UUID], known_at: datetime | None = None
) -> list[TaxBooks | None]:
    """Return the books of portfolios in the order asked for, None where the actor sees none.

    Of all that was recorded up to `known_at`, by the system's time.  Three statements for all portfolios, and one or
    more for ledgers that are not known yet; with `known_at` two or more for each ledger.
    """
    asked = {row.id: row for row in await accessible(actor, Permission.VIEW).filter(id__in=set(portfolio_ids))}
    if not asked:
        return [None] * len(portfolio_ids)
    parents = {row.fork_of_id for row in asked.values() if row.fork_of_id is not None}
    begun = {row.id: row for row in await accessible(actor, Permission.VIEW).filter(id__in=parents)} if parents else {}
    # A fork may be another's than the portfolio that it begins with: taxes are those of the latter's owner.
    owners = {row.id: begun.get(row.fork_of_id or row.id, row).owner_id for row in asked.values()}
    others = await accessible(actor, Permission.VIEW).filter(owner_id__in=set(owners.values()), fork_of_id=None)
    rows = {row.id: row for row in (*others, *asked.values())}
    # A fork books in the accounts of its parent, whatever else is seen of that.
    accounts = await Account.filter(portfolio_id__in={*rows, *parents})
    found = await _ledgers(list(rows.values()), known_at)
    return [_books(asked[key], owners[key], rows, found, accounts) if key in asked else None for key in portfolio_ids]


def _books(
    portfolio: Portfolio,
    owner_id: UUID,
    rows: Mapping[UUID, Portfolio],
    found: Mapping[UUID, Ledger],
    accounts: Iterable[Account],
) -> TaxBooks:
    together = {
        row.id
        for row in rows.values()
        if row.owner_id == owner_id
        and row.base_currency == portfolio.base_currency
        and row.fork_of_id is None
        and row.id != portfolio.fork_of_id
    }
    together.add(portfolio.id)
    seen = {*together, portfolio.fork_of_id}
    return TaxBooks(
        portfolio,
        {key: found[key] for key in sorted(together)},
        {account.id: account for account in accounts if account.portfolio_id in seen},
    )


async def _ledgers(rows: Sequence[Portfolio], known_at: datetime | None) -> dict[UUID, Ledger]:
    if known_at is None:
        return await ledgers(rows)
    return {row.id: await ledger_known(row, await version_known(row, known_at)) for row in rows}


class _Kept:
    """The folds that were used last."""

    def __init__(self) -> None:
        self._folds: OrderedDict[_Place, tuple[TaxFold, int]] = OrderedDict()
        self._movements = 0

    def find(self, place: _Place) -> TaxFold | None:
        found = self._folds.get(place)
        if found is None:
            return None
        self._folds.move_to_end(place)
        return found[0]

    def keep(self, place: _Place, fold: TaxFold, size: int) -> None:
        replaced = self._folds.pop(place, None)
        self._movements += size - (replaced[1] if replaced else 0)
        self._folds[place] = (fold, size)
        while len(self._folds) > 1 and (len(self._folds) > _MOST_FOLDS or self._movements > _MOST_MOVEMENTS):
            _, (_, dropped) = self._folds.popitem(last=False)
            self._movements -= dropped


_kept = _Kept()


def place_of(books: TaxBooks, method: LotMethod, until: date | None) -> _Place:
    """Return what tells one fold from another."""
    versions = tuple((key, ledger.version) for key, ledger in books.ledgers.items())
    return versions, books.sheltered, method, _bound(books, until)


def _bound(books: TaxBooks, until: date | None) -> date | None:
    latest = max((own.movements[-1].trade_date for own in books.ledgers.values() if own.movements), default=None)
    return None if until is None or latest is None or latest <= until else until


# The folds that are being made, each once: fields of one operation, and operations, ask for the same at one moment.
_making: dict[_Place, asyncio.Task[TaxFold]] = {}


async def tax_fold(books: TaxBooks, method: LotMethod, until: date | None = None) -> TaxFold:
    """Return the books folded by a method up to the end of a day; what comes of it must not be changed.

    One statement where options were bought, when the fold is not known.
    """
    place = place_of(books, method, until)
    found = _kept.find(place)
    if found is not None:
        return found
    # No task inside a transaction, and what that sees may never be.
    if statements.sees_uncommitted():
        return await _folded(books, method, place)
    task = _making.get(place)
    if task is None or task.get_loop() is not asyncio.get_running_loop():
        task = _making[place] = asyncio.create_task(_kept_when_folded(books, method, place))
        task.add_done_callback(_heard)
    # Who gives up, at a deadline, leaves it to the others, or to who asks again.
    return await asyncio.shield(task)


async def _kept_when_folded(books: TaxBooks, method: LotMethod, place: _Place) -> TaxFold:
    try:
        found = await _folded(books, method, place)
        _kept.keep(place, found, books.size)
        return found
    finally:
        _making.pop(place, None)


def _heard(task: asyncio.Task[TaxFold]) -> None:
    # Perhaps all who asked have given up: what it says then is nobody's.
    if not task.cancelled():
        task.exception()


async def _folded(books: TaxBooks, method: LotMethod, place: _Place) -> TaxFold:
    movements = [ledger.movements for ledger in books.ledgers.values()]
    calls = await _calls(movements)
    with made_to_stay() if books.size > _LARGE else nullcontext():
        return await off_loop(books.size, fold_for_tax, movements, method, books.sheltered, place[-1], calls)


async def _calls(ledgers: Iterable[Iterable[Movement]]) -> dict[UUID, Call]:
    """Return the options to buy among what was bought."""
    bought = {
        each.instrument_id
        for own in ledgers
        for each in own
        if each.kind is TransactionKind.OPTION_OPEN and each.instrument_id is not None
    }
    found = await contracts_by_id(bought) if bought else {}
    return {
        key: Call(contract.underlying_id, Decimal(contract.multiplier))
        for key, contract in found.items()
        if contract.right is OptionRight.CALL
    }


async def off_loop(size: int, function: Callable[..., Result], *arguments: object) -> Result:
    """Run a pure function, in a thread where it goes through many things."""
    return await asyncio.to_thread(function, *arguments) if size > _LARGE else function(*arguments)
