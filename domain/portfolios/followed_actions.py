"""How far an account has followed a corporate action, and what is to be done to follow it to where it is now."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from domain.kernel.work import Work
from domain.market.corporate_actions import ActionRow, stands
from domain.portfolios.models import Account, ActionBooking, ContractAdjustment, Transaction
from domain.portfolios.types import TransactionKind, TransactionSource
from domain.storage.readings import as_uuid


class Subject(NamedTuple):
    """An action in an account: of its own instrument, or of the contracts of an option on what it splits."""

    account_id: UUID
    action_id: UUID
    contract_id: UUID | None = None


class Step(Enum):
    """What is to be done: nothing; to book it if anything is held; to undo what is booked; to book it anew."""

    NOTHING = "NOTHING"
    BOOK = "BOOK"
    UNDO = "UNDO"
    REDO = "REDO"


@dataclass(slots=True)
class Followed:
    """An entry by which an action is in a ledger; `undone` where this job has reversed it since."""

    row: ActionBooking | ContractAdjustment
    entry: Transaction
    undone: bool = False
    # Entered by hand, or reversed by its owner: what they said stays.
    is_kept: bool = False

    @property
    def is_booked(self) -> bool:
        """Whether what this job has booked stands."""
        return not self.undone and not self.is_kept


Known = dict[Subject, Followed]


def contracts_followed(known: Known) -> dict[tuple[UUID, UUID], list[UUID]]:
    """Return the contracts that are followed, by account and action."""
    found: dict[tuple[UUID, UUID], list[UUID]] = {}
    for account_id, action_id, contract_id in known:
        if contract_id is not None:
            found.setdefault((account_id, action_id), []).append(contract_id)
    return found


async def followed_in(portfolio_id: UUID) -> Known:
    """Return what is booked, but for entries by hand that were joined and reversed since: these count no more."""
    rows: list[ActionBooking | ContractAdjustment] = [
        *await ActionBooking.filter(transaction__portfolio_id=portfolio_id).select_related("transaction"),
        *await ContractAdjustment.filter(transaction__portfolio_id=portfolio_id).select_related("transaction"),
    ]
    # All reversals: to name the reversed ones would take more parameters than databases have.
    reversals = Transaction.filter(portfolio_id=portfolio_id, kind=TransactionKind.REVERSAL)
    reversed_by = dict(await reversals.values_list("reverses_id", "source"))
    known = {}
    for row in rows:
        by_hand = row.transaction.source is not TransactionSource.CORPORATE_ACTION
        reversal = reversed_by.get(row.transaction_id)
        if by_hand and reversal is not None:
            continue
        undone = reversal == TransactionSource.CORPORATE_ACTION
        known[_subject(row)] = Followed(
            row, row.transaction, undone, is_kept=by_hand or (reversal is not None and not undone)
        )
    return known


def step(action: ActionRow, followed: Followed | None, today: date, *, is_shaken: bool) -> Step:
    """Return what is to be done; `is_shaken` where an action before this one was corrected in the same account."""
    if followed is not None and followed.is_kept:
        return Step.NOTHING
    if followed is None or followed.undone:
        return Step.BOOK if stands(action, today) else Step.NOTHING
    if not stands(action, today):
        return Step.UNDO
    return Step.REDO if is_shaken or followed.row.revision < action.revision else Step.NOTHING


async def follow(work: Work, account: Account, action: ActionRow, subject: Subject, entry: Transaction) -> Followed:
    """Note that an action is in a ledger by this entry."""
    told = {"transaction_id": entry.id, "revision": action.revision, "recorded_at": work.now}
    place = {"account_id": account.id, "action_id": action.id}
    row: ActionBooking | ContractAdjustment
    if subject.contract_id is None:
        row, is_new = await ActionBooking.get_or_create({**told, "tenant_id": account.tenant_id}, **place)
    else:
        place["instrument_id"] = subject.contract_id
        row, is_new = await ContractAdjustment.get_or_create({**told, "tenant_id": account.tenant_id}, **place)
    if not is_new:
        # The entry that it pointed to was reversed.
        await row.update_from_dict(told).save(update_fields=list(told))
    return Followed(row, entry, is_kept=entry.source is not TransactionSource.CORPORATE_ACTION)


def _subject(row: ActionBooking | ContractAdjustment) -> Subject:
    contract_id = as_uuid(row.instrument_id) if isinstance(row, ContractAdjustment) else None
    return Subject(as_uuid(row.account_id), as_uuid(row.action_id), contract_id)
