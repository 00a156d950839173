"""Books the market's corporate actions in the accounts that held the instrument, each once, and follows each where it
is corrected or withdrawn (decision 0009).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.market.corporate_actions import ActionRow, revisions
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible, accessible_ids
from domain.portfolios.action_entries import (
    Actions,
    action_entry,
    adjustment_entry,
    contracts_at_start,
    effective_actions,
    is_at_start,
    without,
)
from domain.portfolios.action_twins import adjustment_in, twins_in
from domain.portfolios.commands import locked
from domain.portfolios.entries import Entry
from domain.portfolios.followed_actions import (
    Followed,
    Known,
    Step,
    Subject,
    contracts_followed,
    follow,
    followed_in,
    step,
)
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledger_book import BY_ACTION, LedgerBook
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Account, ActionBooking, ContractAdjustment, Transaction
from domain.portfolios.movements import Movement
from domain.portfolios.records import Key, Shortfall
from domain.storage.readings import as_uuid

__all__ = ["effective_actions"]

_CORRECTED = "The corporate action was corrected."
_WITHDRAWN = "The corporate action did not happen."


@dataclass(frozen=True, slots=True)
class Booked:
    """How many actions were booked, were joined to an entry by hand, and were refused by what is in the ledger; how
    many that were booked before were corrected or undone.
    """

    booked: int = 0
    joined: int = 0
    refused: int = 0
    corrected: int = 0

    def __add__(self, other: "Booked") -> "Booked":
        """Return the sum."""
        return Booked(
            self.booked + other.booked,
            self.joined + other.joined,
            self.refused + other.refused,
            self.corrected + other.corrected,
        )


async def portfolios_with(actions: Actions, portfolio_id: UUID | None = None) -> list[UUID]:
    """Return the portfolios, or the one, in which an instrument was traded that one of these actions changes."""
    ids = sorted({as_uuid(action.instrument_id) for action in actions.rows} | actions.contracts.keys())
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
    known, standing = await followed_in(portfolio_id), await ledger(portfolio)
    contracts = contracts_followed(known)
    for account in await Account.filter(portfolio_id=portfolio_id):
        for action in actions.rows:
            for subject in _subjects(standing, account.id, action, actions, contracts):
                found = step(action, known.get(subject), actions.today, is_shaken=False)
                if found in (Step.UNDO, Step.REDO) or (
                    found is Step.BOOK and _is_due(subject, action, actions, standing)
                ):
                    return True
    return False


async def book_actions(work: Work, portfolio_id: UUID, actions: Actions, today: date) -> Booked:
    """Book in each account of a portfolio those of the actions that are due there, and bring those that were booked to
    where the market has them; again, it changes nothing.

    `today` is the market's.  Emits `PortfolioChanged` for each.  Raises `NotFound`.
    """
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    known = await followed_in(portfolio_id)
    book = await LedgerBook.open(work, portfolio, today)
    outcome = Booked()
    for account in await Account.filter(portfolio_id=portfolio_id).order_by("id"):
        outcome += await _Follower(book, account, actions, known).follow_all()
    return outcome


def _subjects(
    standing: Ledger,
    account_id: UUID,
    action: ActionRow,
    actions: Actions,
    followed: Mapping[tuple[UUID, UUID], list[UUID]],
) -> Iterator[Subject]:
    """Iterate over what an action may be booked of in an account; with the contracts that have followed it."""
    action_id = as_uuid(action.id)
    yield Subject(account_id, action_id)
    held = contracts_at_start(standing, account_id, action, actions)
    # Each once.
    for contract_id in dict.fromkeys((*held, *followed.get((account_id, action_id), ()))):
        yield Subject(account_id, action_id, contract_id)


def _is_due(subject: Subject, action: ActionRow, actions: Actions, standing: Ledger) -> bool:
    """Whether there is something to book."""
    if subject.contract_id is not None:
        return subject.contract_id in contracts_at_start(standing, subject.account_id, action, actions)
    instrument = actions.instruments[as_uuid(action.instrument_id)]
    # What was never held needs no look into the ledger.
    if not any(Key(subject.account_id, instrument.id, side) in standing.fold.timelines for side in (False, True)):
        return False
    if is_at_start(standing, subject.account_id, action):
        return True
    return any(True for _ in twins_in(standing, subject.account_id, action, instrument))


@dataclass(slots=True)
class _Follower:
    """Books and corrects actions in one account, one after the other."""

    book: LedgerBook
    account: Account
    actions: Actions
    known: Known
    # Instruments of which an action was corrected: what later ones were worked out from.
    shaken: set[UUID] = field(default_factory=set)

    async def follow_all(self) -> Booked:
        """Follow each action, in order."""
        outcome, contracts = Booked(), contracts_followed(self.known)
        for action in self.actions.rows:
            # What is booked for the first changes what the ledger has for the others.
            for subject in list(_subjects(self.book.ledger, self.account.id, action, self.actions, contracts)):
                outcome += await self._follow(action, subject)
        return outcome

    async def _follow(self, action: ActionRow, subject: Subject) -> Booked:
        followed = self.known.get(subject)
        is_shaken = bool(self.shaken) and not self.shaken.isdisjoint((action.instrument_id, action.other_id))
        found = step(action, followed, self.actions.today, is_shaken=is_shaken)
        if found is Step.BOOK and _is_due(subject, action, self.actions, self.book.ledger):
            return await self._book(action, subject)
        if followed is None or found not in (Step.UNDO, Step.REDO):
            return Booked()
        try:
            changed = await (self._undo if found is Step.UNDO else self._redo)(action, subject, followed)
        except (Refusal, Shortfall):
            # Nothing was written: what is in the ledger does not allow it, which must not keep others from theirs.
            return Booked(refused=1)
        if changed:
            self.shaken |= {as_uuid(key) for key in (action.instrument_id, action.other_id) if key is not None}
        return Booked(corrected=int(changed))

    async def _book(self, action: ActionRow, subject: Subject) -> Booked:
        entered = await self._entered(action, subject)
        if entered is not None:
            await self._note(action, subject, entered)
            return Booked(joined=1)
        outcome = Booked()
        try:
            outcome += await self._make_room(subject)
            entry = await self._entry(action, subject, self.book.ledger)
            if entry is None:
                return outcome
            digest = checks.digest(entry, self.account.id)
            transaction = await self.book.record(entry, self.account, key=_key(), digest=digest, origin=BY_ACTION)
        except Refusal:
            # As above.
            return outcome + Booked(refused=1)
        await self._note(action, subject, transaction)
        return outcome + Booked(booked=1)

    async def _make_room(self, subject: Subject) -> Booked:
        """Undo what has made other contracts into these, for the same action: they come after these, which must go on
        without them.
        """
        outcome = Booked()
        for other, followed in self.known.items() if subject.contract_id is not None else ():
            is_own = other.account_id == subject.account_id and other.action_id == subject.action_id
            if is_own and followed.is_booked and followed.entry.other_instrument_id == subject.contract_id:
                await self._reverse(followed, _CORRECTED)
                outcome += Booked(corrected=1)
        return outcome

    async def _undo(self, action: ActionRow, subject: Subject, followed: Followed) -> bool:
        del subject
        await self._reverse(followed, _WITHDRAWN)
        await self._mark(action, followed)
        return True

    async def _redo(self, action: ActionRow, subject: Subject, followed: Followed) -> bool:
        before = without(self.book.ledger, followed.entry.sequence, action.ex_date)
        entry = await self._entry(action, subject, before)
        if entry is None:
            await self._reverse(followed, _CORRECTED)
            await self._mark(action, followed)
            return True
        made = await self.book.replace(followed.entry, entry, self.account, before=before, key=_key(), note=_CORRECTED)
        if made is None:
            await self._mark(action, followed)
            return False
        await self._note(action, subject, made)
        return True

    async def _reverse(self, followed: Followed, note: str) -> None:
        entry = followed.entry
        await self.book.reverse(entry, key=_key(), digest=entry.input_digest, note=note, origin=BY_ACTION)
        followed.undone = True

    async def _entry(self, action: ActionRow, subject: Subject, standing: Ledger) -> Entry | None:
        """Return what is to be booked; None where the account holds nothing of it."""
        if subject.contract_id is not None:
            if subject.contract_id not in contracts_at_start(standing, self.account.id, action, self.actions):
                return None
            return await adjustment_entry(self.book.work, action, subject.contract_id, self.actions)
        if not is_at_start(standing, self.account.id, action):
            return None
        return action_entry(action, self.actions, standing, self.account.id)

    async def _entered(self, action: ActionRow, subject: Subject) -> Transaction | None:
        """Return an entry by hand that says the same, and that no other action has joined."""
        found: Iterable[Movement]
        if subject.contract_id is not None:
            own = adjustment_in(self.book.ledger, self.account.id, action, subject.contract_id)
            found = () if own is None else (own,)
        else:
            instrument = self.actions.instruments[as_uuid(action.instrument_id)]
            found = twins_in(self.book.ledger, self.account.id, action, instrument)
        joined = {followed.entry.id for followed in self.known.values()}
        for movement in found:
            entered = await Transaction.get(portfolio_id=self.book.portfolio.id, sequence=movement.sequence)
            if entered.id not in joined:
                return entered
        return None

    async def _note(self, action: ActionRow, subject: Subject, entry: Transaction) -> None:
        self.known[subject] = await follow(self.book.work, self.account, action, subject, entry)

    async def _mark(self, action: ActionRow, followed: Followed) -> None:
        followed.row.revision = action.revision
        await followed.row.save(update_fields=["revision"])


def _key() -> str:
    # Nobody else can have used it.
    return f"corporate action {new_id()}"


async def action_ids(actor: Actor, transaction_ids: Sequence[UUID]) -> list[UUID | None]:
    """Return the corporate action that each transaction books, None for one that books none or is not seen."""
    found = await _booked_by(actor, transaction_ids)
    return [found[key][0] if key in found else None for key in transaction_ids]


async def are_outdated(actor: Actor, transaction_ids: Sequence[UUID]) -> list[bool]:
    """Return of each transaction whether the action that it books was corrected or withdrawn since."""
    found = await _booked_by(actor, transaction_ids)
    latest = await revisions({action_id for action_id, _ in found.values()})
    return [key in found and latest.get(found[key][0], 0) > found[key][1] for key in transaction_ids]


async def _booked_by(actor: Actor, transaction_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """Return the action that each of these transactions books, and up to which revision; not of those unseen."""
    named = {
        "transaction_id__in": set(transaction_ids),
        "transaction__portfolio_id__in": accessible_ids(actor, Permission.VIEW),
    }
    rows: list[ActionBooking | ContractAdjustment] = [
        *await ActionBooking.filter(**named),
        *await ContractAdjustment.filter(**named),
    ]
    return {as_uuid(row.transaction_id): (row.action_id, row.revision) for row in rows}
