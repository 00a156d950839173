"""Corporate actions: what companies did to their shares, as facts of the market that are the same for everybody.

Two that differ in their terms alone contradict each other: one that was recorded is changed by
`domain.market.action_corrections` only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.dates import EARLIEST_DATE, LATEST_DATE
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.money import DIGITS, EXACT, PRICE_PLACES, fits
from domain.kernel.paging import Page, PageRequest
from domain.kernel.text import unprintable_character
from domain.kernel.work import Subject, Work
from domain.market.models import CorporateAction, InstrumentSymbol
from domain.market.queries import instruments_by_symbol
from domain.market.types import ActionKind, InstrumentKind, InstrumentRow
from domain.storage import statements
from domain.storage.pages import read_page
from domain.storage.readings import as_date, as_uuid
from domain.storage.statements import statement

# What the mirror slice of the schema, and higher slices, read without naming the table.
ActionRow: TypeAlias = CorporateAction

_ADJUSTING = statement("""
    SELECT kind, ex_date, numerator, denominator, cash FROM corporate_actions WHERE instrument_id = $1 AND kind IN
    ('SPLIT', 'DIVIDEND') AND withdrawn_at IS NULL ORDER BY ex_date
""")

# No company has changed its shares at a ratio of larger numbers.
_LARGEST_RATIO = 10**9
_LONGEST_SOURCE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTerms:
    """What is said of an action, effective at the start of `ex_date`; which members are needed, the kind tells.

    SPLIT: `numerator` new units for `denominator` old.  SPIN_OFF: so many units of `other_symbol`, to which
    `cost_fraction` of the cost basis goes.  MERGER: units of `other_symbol`, `cash` for each old unit, or both.
    SYMBOL_CHANGE: `other_symbol`.  DIVIDEND: `cash` for each unit, and `pay_date` where it is known.
    """

    kind: ActionKind
    symbol: str
    ex_date: date
    source: str
    numerator: int | None = None
    denominator: int | None = None
    other_symbol: str | None = None
    cost_fraction: Decimal | None = None
    cash: Decimal | None = None
    pay_date: date | None = None


_RATIO = frozenset({"numerator", "denominator"})
_ALWAYS = frozenset({"kind", "symbol", "ex_date", "source"})
_COLUMNS = ("numerator", "denominator", "other_id", "cost_fraction", "cash", "pay_date")
# What must be said of each kind; a merger is into cash alone, or into units with or without it.
_NEEDED = {
    ActionKind.SPLIT: _RATIO,
    ActionKind.SPIN_OFF: _RATIO | {"other_symbol", "cost_fraction"},
    ActionKind.MERGER: _RATIO | {"other_symbol"},
    ActionKind.SYMBOL_CHANGE: frozenset({"other_symbol"}),
    ActionKind.DIVIDEND: frozenset({"cash"}),
}


async def record_action(work: Work, terms: ActionTerms) -> ActionRow:
    """Record an action, once for each instrument, kind and ex date: the same terms again answer the first row.

    One that was withdrawn stands again, as it is told now.  Raises `NotFound` for a symbol that no instrument has
    which can be held, and `InvalidInput`, also for other terms than those that were recorded before.
    """
    instrument, other = await checked(terms)
    row = CorporateAction(
        instrument_id=instrument.id,
        kind=terms.kind,
        ex_date=terms.ex_date,
        **columns_of(terms, other),
        source=terms.source,
        recorded_at=work.now,
    )
    # A twin that is being recorded in parallel is waited for: PostgreSQL would end this transaction with an error.
    await CorporateAction.bulk_create([row], ignore_conflicts=True)
    stored = await CorporateAction.get(instrument_id=instrument.id, kind=terms.kind, ex_date=terms.ex_date)
    if stored.id == row.id:
        told = {"kind": terms.kind, "symbol": terms.symbol, "ex_date": terms.ex_date.isoformat()}
        await work.record("corporate_action.record", Subject("CorporateAction", row.id), None, told)
        await note_symbols(work, terms, instrument, other)
    elif stored.withdrawn_at is not None:
        await revise(work, stored, {**columns_of(terms, other), "source": terms.source, "withdrawn_at": None})
        await note_symbols(work, terms, instrument, other)
    elif (difference := _difference(stored, row)) is not None:
        raise InvalidInput(f"expected what was recorded before: {difference}", field=())
    elif stored.pay_date is None and terms.pay_date is not None:
        # Nothing that is booked changes with it.
        stored.pay_date = terms.pay_date
        await stored.save(update_fields=["pay_date"])
    return stored


async def checked(terms: ActionTerms) -> tuple[InstrumentRow, InstrumentRow | None]:
    """Return the instruments of terms that can be.  Raises `NotFound`, `InvalidInput`."""
    _check(terms)
    instruments = await instruments_by_symbol([terms.symbol, terms.other_symbol or ""])
    instrument = _holdable(instruments.get(terms.symbol), terms.symbol, "symbol")
    other = None
    if terms.other_symbol is not None:
        other = _holdable(instruments.get(terms.other_symbol), terms.other_symbol, "other_symbol")
    _check_instruments(terms, instrument, other)
    return instrument, other


def columns_of(terms: ActionTerms, other: InstrumentRow | None) -> dict[str, object]:
    """Return what is stored of terms beside whose, what and when."""
    told = {name: getattr(terms, name) for name in _COLUMNS if name != "other_id"}
    return {**told, "other_id": None if other is None else other.id}


async def revise(work: Work, row: ActionRow, changes: Mapping[str, object]) -> None:
    """Store an action otherwise than it was; the audit keeps what it was, and who follows it sees a new revision."""
    before = {name: getattr(row, name) for name in changes}
    await row.update_from_dict({**changes, "revision": row.revision + 1}).save(update_fields=[*changes, "revision"])
    told = [{name: _plain(value) for name, value in each.items()} for each in (before, changes)]
    await work.record("corporate_action.revise", Subject("CorporateAction", row.id), *told)


async def note_symbols(work: Work, terms: ActionTerms, old: InstrumentRow, new: InstrumentRow | None) -> None:
    """Note what the instrument of a new symbol was called, and since when it has it; for other kinds, nothing."""
    if terms.kind is not ActionKind.SYMBOL_CHANGE or new is None:
        return
    spans = (
        (old.symbol, None, terms.ex_date - timedelta(days=1)),
        (new.symbol, terms.ex_date, None),
    )
    # What was noted without a day, when the instrument became known, is said more exactly now.
    await InstrumentSymbol.filter(instrument_id=new.id, symbol=new.symbol, since=None, until=None).delete()
    await InstrumentSymbol.bulk_create(
        [
            InstrumentSymbol(
                instrument_id=new.id,
                symbol=symbol,
                since=since,
                until=until,
                source=terms.source,
                recorded_at=work.now,
            )
            for symbol, since, until in spans
        ],
        ignore_conflicts=True,
    )


async def action_page(
    instrument_id: UUID, today: date, request: PageRequest, *, with_total: bool = False
) -> Page[ActionRow]:
    """Return a page of an instrument's actions that stand up to the market's today, by ex date.

    Keys are (ex date, id).
    """
    rows = CorporateAction.filter(instrument_id=instrument_id, ex_date__lte=today, withdrawn_at=None)
    return await read_page(rows, ("ex_date", "id"), request, with_total=with_total)


async def actions_due(today: date) -> list[ActionRow]:
    """Return all actions whose ex date has come, in the order in which they take effect; with them those that were
    corrected or withdrawn, whatever becomes of their day.
    """
    return await CorporateAction.filter(Q(ex_date__lte=today) | Q(revision__gt=0)).order_by("ex_date", "id")


def stands(action: ActionRow, today: date) -> bool:
    """Whether an action has taken effect and was not withdrawn."""
    return action.withdrawn_at is None and action.ex_date <= today


async def actions_paid(instrument_id: UUID, first: date, last: date) -> list[UUID]:
    """Return the dividends of an instrument that are paid from one day to another, both included."""
    rows = CorporateAction.filter(
        instrument_id=instrument_id, kind=ActionKind.DIVIDEND, pay_date__gte=first, pay_date__lte=last
    )
    return [as_uuid(key) for (key,) in await rows.order_by("ex_date").values_list("id")]


async def revisions(action_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how often each of these actions was corrected or withdrawn."""
    rows = CorporateAction.filter(id__in=set(action_ids))
    return {as_uuid(key): revision for key, revision in await rows.values_list("id", "revision")}


async def actions_by_id(action_ids: Sequence[UUID], today: date) -> list[ActionRow | None]:
    """Return the actions in the order asked for, None for what does not exist or is still to come."""
    found = {row.id: row for row in await CorporateAction.filter(id__in=set(action_ids), ex_date__lte=today)}
    return [found.get(key) for key in action_ids]


async def adjusting_actions(instrument_id: UUID) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
    """Return an instrument's splits, as new units for one old, and dividends, as cash, each with the ordinal of its ex
    date: what `domain.quant.adjustment` takes.
    """
    splits, dividends = [], []
    for kind, day, numerator, denominator, cash in await statements.fetch(_ADJUSTING, instrument_id):
        if kind == ActionKind.SPLIT.value:
            splits.append((as_date(day).toordinal(), numerator / denominator))
        else:
            dividends.append((as_date(day).toordinal(), float(cash)))
    return splits, dividends


def _check(terms: ActionTerms) -> None:
    for name in ("ex_date", "pay_date"):
        day = getattr(terms, name)
        if day is not None and not EARLIEST_DATE <= day <= LATEST_DATE:
            raise InvalidInput(f"expected a date from {EARLIEST_DATE} to {LATEST_DATE}, got {day}", field=(name,))
    if not 1 <= len(terms.source) <= _LONGEST_SOURCE or unprintable_character(terms.source):
        raise InvalidInput(f"expected 1 to {_LONGEST_SOURCE} printable characters", field=("source",))
    _check_members(terms)
    for name in sorted(_RATIO):
        number = getattr(terms, name)
        if number is not None and not 1 <= number <= _LARGEST_RATIO:
            raise InvalidInput(f"expected a number from 1 to {_LARGEST_RATIO}, got {number}", field=(name,))
    if terms.kind is ActionKind.SPLIT and terms.numerator == terms.denominator:
        raise InvalidInput(
            f"expected a ratio other than 1, got {terms.numerator}:{terms.denominator}", field=("numerator",)
        )
    for name, largest in (("cash", None), ("cost_fraction", Decimal(1))):
        _check_number(getattr(terms, name), largest, name)


def _check_members(terms: ActionTerms) -> None:
    needed = allowed = _NEEDED[terms.kind]
    if terms.kind is ActionKind.MERGER and terms.cash is not None:
        allowed = needed | {"cash"} if terms.other_symbol is not None else frozenset({"cash"})
        needed &= allowed
    if terms.kind is ActionKind.DIVIDEND:
        allowed = needed | {"pay_date"}
    for name in (each.name for each in fields(terms) if each.name not in _ALWAYS):
        value = getattr(terms, name)
        if value is None and name in needed:
            raise InvalidInput(f"expected a value for a {terms.kind}, got none", field=(name,))
        if value is not None and name not in allowed:
            raise InvalidInput(f"expected no value for a {terms.kind}, got {str(value)[:60]}", field=(name,))


def _check_number(number: Decimal | None, largest: Decimal | None, name: str) -> None:
    if number is None:
        return
    if not fits(number, PRICE_PLACES):
        raise InvalidInput(
            f"expected at most {DIGITS} digits, {PRICE_PLACES} of them decimal places, got {str(number)[:60]}",
            field=(name,),
        )
    if number < 0 or (largest is None and not number) or (largest is not None and number > largest):
        expected = "a number greater than 0" if largest is None else f"a fraction from 0 to {largest}"
        raise InvalidInput(f"expected {expected}, got {number}", field=(name,))


def _holdable(found: InstrumentRow | None, symbol: str, name: str) -> InstrumentRow:
    if found is None or found.kind in (InstrumentKind.INDEX, InstrumentKind.RATE, InstrumentKind.OPTION):
        raise NotFound(f"expected the symbol of an instrument that can be held, got {symbol[:40]!r}", field=(name,))
    return found


def _check_instruments(terms: ActionTerms, instrument: InstrumentRow, other: InstrumentRow | None) -> None:
    for each, name in ((instrument, "symbol"), (other, "other_symbol")):
        if each is not None and terms.ex_date < each.first_session:
            raise InvalidInput(
                f"expected a date from {each.first_session}, the first session of {getattr(terms, name)}, "
                f"got {terms.ex_date}",
                field=("ex_date",),
            )
    if other is not None and (other.id == instrument.id or other.currency != instrument.currency):
        raise InvalidInput(
            f"expected another instrument in {instrument.currency}, got {other.symbol} in {other.currency}",
            field=("other_symbol",),
        )


def _difference(stored: CorporateAction, told: CorporateAction) -> str | None:
    """Return in which terms two rows differ; None where they are the same.  Who says it is no part of them."""
    differing = [name for name in _COLUMNS if getattr(stored, name) != getattr(told, name)]
    if None in (stored.pay_date, told.pay_date):
        # Who does not know when it is paid says nothing else.
        differing = [name for name in differing if name != "pay_date"]
    if not differing:
        return None
    return ", ".join(f"{name} {_plain(getattr(stored, name))}, got {_plain(getattr(told, name))}" for name in differing)


def _plain(value: object) -> str:
    return "none" if value is None else f"{value.normalize(EXACT):f}" if isinstance(value, Decimal) else str(value)
