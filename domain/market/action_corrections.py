"""Corrects and withdraws corporate actions: the row is changed, its revision grows, and the audit keeps what it was.

Who has followed an action up to an earlier revision, as the ledgers of portfolios have, follows it again.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.work import Work
from domain.market import queries
from domain.market.corporate_actions import ActionRow, ActionTerms, checked, columns_of, note_symbols, revise
from domain.market.models import CorporateAction, InstrumentSymbol
from domain.market.types import ActionKind
from domain.storage.readings import as_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an action is to say instead; what is None stays.  The members mean what they do in `ActionTerms`."""

    source: str
    ex_date: date | None = None
    numerator: int | None = None
    denominator: int | None = None
    other_symbol: str | None = None
    cost_fraction: Decimal | None = None
    cash: Decimal | None = None
    pay_date: date | None = None


async def correct_action(work: Work, action_id: UUID, correction: Correction) -> ActionRow:
    """Correct an action that stands; one that says so already stays as it is, with its revision.

    Raises `NotFound`, and `InvalidInput` for what cannot be, for an action that was withdrawn, and for the ex date of
    another of its kind.
    """
    row = await _locked(action_id)
    if row.withdrawn_at is not None:
        raise InvalidInput("expected an action that stands, got one that was withdrawn: record it anew", field=())
    told = {each.name: value for each in fields(Correction) if (value := getattr(correction, each.name)) is not None}
    before = await _terms(row)
    terms = replace(before, **told)
    instrument, other = await checked(terms)
    columns = {**columns_of(terms, other), "ex_date": terms.ex_date}
    changes = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if not changes:
        return row
    twin = CorporateAction.filter(instrument_id=row.instrument_id, kind=row.kind, ex_date=terms.ex_date)
    if await twin.exclude(id=row.id).exists():
        raise InvalidInput(f"expected a day without another {row.kind}, got {terms.ex_date}", field=("ex_date",))
    await _forget_symbols(before)
    if changes.keys() == {"pay_date"}:
        # Nothing that is booked changes with it.
        row.pay_date = terms.pay_date
        await row.save(update_fields=["pay_date"])
    else:
        await revise(work, row, {**changes, "source": terms.source})
    await note_symbols(work, terms, instrument, other)
    return row


async def withdraw_action(work: Work, action_id: UUID) -> ActionRow:
    """Withdraw an action that did not happen; again, it changes nothing.  Raises `NotFound`."""
    row = await _locked(action_id)
    if row.withdrawn_at is None:
        await _forget_symbols(await _terms(row))
        await revise(work, row, {"withdrawn_at": work.now})
    return row


async def _locked(action_id: UUID) -> ActionRow:
    row = await CorporateAction.filter(id=action_id).select_for_update().get_or_none()
    if row is None:
        raise NotFound("no such corporate action", field=("corporate_action_id",))
    return row


async def _terms(row: ActionRow) -> ActionTerms:
    keys = [as_uuid(key) for key in (row.instrument_id, row.other_id) if key is not None]
    instrument, *others = await queries.instruments_by_id(keys)
    assert instrument is not None
    return ActionTerms(
        kind=row.kind,
        symbol=instrument.symbol,
        ex_date=row.ex_date,
        source=row.source,
        numerator=row.numerator,
        denominator=row.denominator,
        other_symbol=next((each.symbol for each in others if each is not None), None),
        cost_fraction=row.cost_fraction,
        cash=row.cash,
        pay_date=row.pay_date,
    )


async def _forget_symbols(terms: ActionTerms) -> None:
    """Take back what a change of symbol has noted."""
    if terms.kind is not ActionKind.SYMBOL_CHANGE or terms.other_symbol is None:
        return
    found = (await queries.instruments_by_symbol([terms.other_symbol])).get(terms.other_symbol)
    assert found is not None
    noted = InstrumentSymbol.filter(instrument_id=found.id, source=terms.source)
    await noted.filter(symbol=terms.symbol, since=None).delete()
    await noted.filter(symbol=terms.other_symbol, since=terms.ex_date).delete()
