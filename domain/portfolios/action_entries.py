"""What a corporate action finds in an account, and what it says there: an entry of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.money import ZERO, product, to_money
from domain.kernel.work import Work
from domain.market import queries as market
from domain.market.adjusted_contracts import ensure_adjusted
from domain.market.contracts import contracts_by_id, contracts_on
from domain.market.corporate_actions import ActionRow, actions_due
from domain.market.types import ActionKind, ContractRow, InstrumentRow
from domain.portfolios.action_twins import held_before, units_before
from domain.portfolios.entries import Entry, Income, Merger, SpinOff, Split, SymbolChange
from domain.portfolios.ledger import Ledger, ledger_of
from domain.portfolios.records import Key
from domain.portfolios.types import TransactionKind
from domain.storage.readings import as_uuid

# Units owed change with these, and dividends are owed on them; others are settled with the lender, and entered by hand.
_OF_SHORT_SIDES = (ActionKind.SPLIT, ActionKind.SYMBOL_CHANGE)


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions that have taken effect, in order, the instruments that they name, and the contracts on what they
    split; corrected and withdrawn ones with them.
    """

    rows: Sequence[ActionRow]
    instruments: Mapping[UUID, InstrumentRow]
    prices: Mapping[UUID, Decimal]
    contracts: dict[UUID, ContractRow]
    today: date


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
    split = {as_uuid(row.instrument_id) for row in rows if row.kind is ActionKind.SPLIT}
    contracts = await contracts_on(sorted(split))
    return Actions(rows, {row.id: row for row in found if row is not None}, prices, contracts, today)


def is_at_start(standing: Ledger, account_id: UUID, action: ActionRow) -> bool:
    """Whether an account holds what an action is about at the start of its ex date."""
    instrument_id = as_uuid(action.instrument_id)
    if action.kind is ActionKind.DIVIDEND:
        return bool(units_before(standing, account_id, instrument_id, action.ex_date, action.kind))
    sides = (False, True) if action.kind in _OF_SHORT_SIDES else (False,)
    return any(standing.quantity_at_start(Key(account_id, instrument_id, side), action.ex_date) for side in sides)


def contracts_at_start(standing: Ledger, account_id: UUID, action: ActionRow, actions: Actions) -> list[UUID]:
    """Return the contracts that an account holds, or has written, as the split of what they are on begins.

    The lowest strike comes first: what another contract becomes must not be taken for what was held.
    """
    if action.kind is not ActionKind.SPLIT or not actions.contracts:
        return []
    underlying_id, day = as_uuid(action.instrument_id), action.ex_date
    held = {
        key.instrument_id
        for key in standing.fold.timelines
        if key.account_id == account_id and key.instrument_id in actions.contracts and held_before(standing, key, day)
    }
    found = [actions.contracts[key] for key in held]
    open_ones = [each for each in found if each.underlying_id == underlying_id and each.expiry >= day]
    return [each.instrument_id for each in sorted(open_ones, key=lambda each: (each.strike, each.instrument_id))]


def without(standing: Ledger, sequence: int, day: date) -> Ledger:
    """Return what an action finds at the start of a day in a ledger that has not booked it.  Raises `Shortfall`."""
    start = (day, True, 0)
    return ledger_of(
        standing.version, [each for each in standing.movements if each.sequence != sequence and each.place < start]
    )


async def adjustment_entry(work: Work, action: ActionRow, contract_id: UUID, actions: Actions) -> Entry:
    """Return what a split says of contracts on what it splits."""
    numerator, denominator = action.numerator or 1, action.denominator or 1
    contract = actions.contracts[contract_id]
    other = await ensure_adjusted(work, contract, numerator, denominator)
    # A later split finds it.
    actions.contracts.update(await contracts_by_id([other.id]))
    (own,) = await market.instruments_by_id([contract_id])
    assert own is not None
    return SymbolChange(
        symbol=own.symbol,
        new_symbol=other.symbol,
        numerator=numerator,
        denominator=denominator,
        trade_date=action.ex_date,
    )


def action_entry(action: ActionRow, actions: Actions, standing: Ledger, account_id: UUID) -> Entry:
    """Return what an action says in an account."""
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
    units = units_before(standing, account_id, instrument.id, day, action.kind)
    amount = to_money(product(action.cash or ZERO, units))
    return Income(kind=TransactionKind.DIVIDEND, symbol=symbol, amount=amount, trade_date=day)
