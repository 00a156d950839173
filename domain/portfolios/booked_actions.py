"""Books the market's corporate actions in the accounts that held the instrument, each once (decision 0009)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.ids import new_id
from domain.kernel.money import ZERO, product, to_money
from domain.kernel.work import Work
from domain.market import queries as market
from domain.market.corporate_actions import ActionRow, actions_due
from domain.market.types import ActionKind, InstrumentRow
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible, accessible_ids
from domain.portfolios.action_twins import twins_in, units_before
from domain.portfolios.commands import locked
from domain.portfolios.entries import Entry, Income, Merger, SpinOff, Split, SymbolChange
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledger_book import LedgerBook, Origin
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Account, ActionBooking, Transaction
from domain.portfolios.records import Key
from domain.portfolios.types import TransactionKind, TransactionSource
from domain.storage.readings import as_uuid

_BY_ACTION = Origin(source=TransactionSource.CORPORATE_ACTION)
# Units owed change with these; others are settled with the lender, and entered by hand.
_OF_SHORT_SIDES = (ActionKind.SPLIT, ActionKind.SYMBOL_CHANGE)

Known = dict[tuple[UUID, UUID], ActionBooking]


@dataclass(frozen=True, slots=True)
class Booked:
    """How many actions were booked, were joined to an entry by hand, and were refused by what is in the ledger."""

    booked: int = 0
    joined: int = 0
    refused: int = 0

    def __add__(self, other: "Booked") -> "Booked":
        """Return the sum."""
        return Booked(self.booked + other.booked, self.joined + other.joined, self.refused + other.refused)


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions that have taken effect, in order, and the instruments that they name."""

    rows: Sequence[ActionRow]
    instruments: Mapping[UUID, InstrumentRow]
    prices: Mapping[UUID, Decimal]


async def effective_actions(today: date) -> Actions:
    """Return the actions that have taken effect up to the market's today."""
    rows = await actions_due(today)
    ids = {as_uuid(key) for row in rows for key in (row.instrument_id, row.other_id) if key is not None}
    found = await market.instruments_by_id(sorted(ids))
    prices = {}
    for row in rows:
        # What a new unit is worth where cash comes beside it: its last close before.
        if row.kind is ActionKind.MERGER and row.other_id is not None and row.cash is not None:
            (close,) = await market.previous_closes([as_uuid(row.other_id)], row.ex_date)
            if close is not None:
                prices[as_uuid(row.id)] = close.price
    return Actions(rows, {row.id: row for row in found if row is not None}, prices)


async def portfolios_with(actions: Actions, portfolio_id: UUID | None = None) -> list[UUID]:
    """Return the portfolios, or the one, in which an instrument was traded that one of these actions changes."""
    ids = sorted({as_uuid(action.instrument_id) for action in actions.rows})
    rows = Transaction.filter(
        Q(instrument_id__in=ids) | Q(other_instrument_id__in=ids),
        portfolio__deleted_at=None,
        # A fork has what was booked in the portfolio that it was made of.
        portfolio__fork_of_id=None,
    )
    if portfolio_id is not None:
        rows = rows.filter(portfolio_id=portfolio_id)
    return sorted({as_uuid(key) for (key,) in await rows.distinct().values_list("portfolio_id")})


async def has_due(portfolio_id: UUID, actions: Actions) -> bool:
    """Whether something is to be booked in a portfolio: a look without a lock."""
    portfolio = await accessible(SYSTEM, Permission.EDIT).get_or_none(id=portfolio_id)
    if portfolio is None:
        return False
    known, standing = await _known(portfolio_id), await ledger(portfolio)
    return any(
        _is_due(action, actions, standing, account.id, known)
        for account in await Account.filter(portfolio_id=portfolio_id)
        for action in actions.rows
    )


async def book_actions(work: Work, portfolio_id: UUID, actions: Actions, today: date) -> Booked:
    """Book in each account of a portfolio those of the actions that are due there; again, it changes nothing.

    `today` is the market's.  Emits `PortfolioChanged` for each.  Raises `NotFound`.
    """
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    known = await _known(portfolio_id)
    book = await LedgerBook.open(work, portfolio, today)
    outcome = Booked()
    for account in await Account.filter(portfolio_id=portfolio_id).order_by("id"):
        for action in actions.rows:
            if _is_due(action, actions, book.ledger, account.id, known):
                outcome += await _book(book, account, action, actions, known)
    return outcome


async def action_ids(actor: Actor, transaction_ids: Sequence[UUID]) -> list[UUID | None]:
    """Return the corporate action that each transaction books, None for one that books none or is not seen."""
    rows = ActionBooking.filter(
        transaction_id__in=set(transaction_ids),
        transaction__portfolio_id__in=accessible_ids(actor, Permission.VIEW),
    )
    found = {row.transaction_id: row.action_id for row in await rows}
    return [found.get(key) for key in transaction_ids]


async def _known(portfolio_id: UUID) -> Known:
    """Return what is booked, but for entries by hand that were joined and reversed since: these count no more."""
    rows = await ActionBooking.filter(transaction__portfolio_id=portfolio_id).select_related("transaction")
    by_hand = [row for row in rows if row.transaction.source is not TransactionSource.CORPORATE_ACTION]
    reversed_ids = await Transaction.filter(reverses_id__in=[row.transaction_id for row in by_hand]).values_list(
        "reverses_id", flat=True
    )
    gone = set(reversed_ids)
    return {(as_uuid(row.account_id), row.action_id): row for row in rows if row.transaction_id not in gone}


def _is_due(action: ActionRow, actions: Actions, standing: Ledger, account_id: UUID, known: Known) -> bool:
    if (account_id, as_uuid(action.id)) in known:
        return False
    instrument = actions.instruments[as_uuid(action.instrument_id)]
    # What was never held needs no look into the ledger.
    if not any(Key(account_id, instrument.id, side) in standing.fold.timelines for side in (False, True)):
        return False
    if any(_at_start(standing, account_id, action, is_short=side) for side in _sides(action)):
        return True
    return any(True for _ in twins_in(standing, account_id, action, instrument))


def _sides(action: ActionRow) -> tuple[bool, ...]:
    return (False, True) if action.kind in _OF_SHORT_SIDES else (False,)


def _at_start(standing: Ledger, account_id: UUID, action: ActionRow, *, is_short: bool) -> Decimal:
    return standing.quantity_at_start(Key(account_id, as_uuid(action.instrument_id), is_short), action.ex_date)


async def _book(book: LedgerBook, account: Account, action: ActionRow, actions: Actions, known: Known) -> Booked:
    instrument = actions.instruments[as_uuid(action.instrument_id)]
    joined = {as_uuid(row.transaction_id) for row in known.values()}
    for movement in twins_in(book.ledger, account.id, action, instrument):
        entered = await Transaction.get(portfolio_id=book.portfolio.id, sequence=movement.sequence)
        if entered.id not in joined:
            known[account.id, as_uuid(action.id)] = await _link(book.work, account, action, entered)
            return Booked(joined=1)
    if not any(_at_start(book.ledger, account.id, action, is_short=side) for side in _sides(action)):
        return Booked()
    entry = _entry(action, actions, book.ledger, account.id)
    try:
        # Nobody else can have used the key.
        key = f"corporate action {new_id()}"
        digest = checks.digest(entry, account.id)
        transaction = await book.record(entry, account, key=key, digest=digest, origin=_BY_ACTION)
    except Refusal:
        # Nothing was written: what is in the ledger does not allow it, which must not keep others from theirs.
        return Booked(refused=1)
    known[account.id, as_uuid(action.id)] = await _link(book.work, account, action, transaction)
    return Booked(booked=1)


async def _link(work: Work, account: Account, action: ActionRow, transaction: Transaction) -> ActionBooking:
    row = await ActionBooking.get_or_none(account_id=account.id, action_id=action.id)
    if row is None:
        return await ActionBooking.create(
            tenant_id=account.tenant_id,
            account_id=account.id,
            action_id=action.id,
            transaction_id=transaction.id,
            recorded_at=work.now,
        )
    # The entry that it pointed to was reversed.
    row.transaction_id = transaction.id
    row.recorded_at = work.now
    await row.save(update_fields=["transaction_id", "recorded_at"])
    return row


def _entry(action: ActionRow, actions: Actions, standing: Ledger, account_id: UUID) -> Entry:
    instrument = actions.instruments[as_uuid(action.instrument_id)]
    symbol, day = instrument.symbol, action.ex_date
    other = "" if action.other_id is None else actions.instruments[as_uuid(action.other_id)].symbol
    numerator, denominator = action.numerator or 1, action.denominator or 1
    if action.kind is ActionKind.SPLIT:
        return Split(symbol=symbol, numerator=numerator, denominator=denominator, trade_date=day)
    if action.kind is ActionKind.SPIN_OFF:
        return SpinOff(
            symbol=symbol,
            new_symbol=other,
            numerator=numerator,
            denominator=denominator,
            cost_fraction=action.cost_fraction or ZERO,
            trade_date=day,
        )
    if action.kind is ActionKind.MERGER:
        return Merger(
            symbol=symbol,
            new_symbol=other or None,
            numerator=action.numerator,
            denominator=action.denominator,
            cash_per_unit=action.cash,
            new_price=actions.prices.get(as_uuid(action.id)),
            trade_date=day,
        )
    if action.kind is ActionKind.SYMBOL_CHANGE:
        return SymbolChange(symbol=symbol, new_symbol=other, trade_date=day)
    units = units_before(standing, account_id, instrument.id, day)
    amount = to_money(product(action.cash or ZERO, units))
    return Income(kind=TransactionKind.DIVIDEND, symbol=symbol, amount=amount, trade_date=day)
