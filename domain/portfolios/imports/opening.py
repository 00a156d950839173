"""Holds what a broker says is held at a day against the ledger: a snapshot opens what an account never had, and adds
nothing to what it has (decision 0019).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from domain.kernel.errors import RefusalCode
from domain.kernel.money import EXACT, ZERO
from domain.market.queries import instruments_by_id
from domain.portfolios.entries import Entry, OptionTrade, Trade, Transfer
from domain.portfolios.imports.catalogue import FORMATS
from domain.portfolios.imports.rows import ParsedRow, Problem
from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Portfolio
from domain.portfolios.records import Key
from domain.portfolios.types import Side, TransactionKind

_DOWN: Final = (TransactionKind.SHORT_SALE, TransactionKind.TRANSFER_OUT)


class _Held(NamedTuple):
    """What a row says is held: units of a symbol, or money of a currency, in an account."""

    account_id: UUID
    symbol: str | None
    currency: str | None


async def hold_against(
    portfolio: Portfolio, ledger: Ledger, rows: Sequence[ParsedRow], place_of: Callable[[ParsedRow], UUID]
) -> None:
    """Refuse the rows of a snapshot that say otherwise than the ledger does on their day, and let those say nothing
    that say the same.  What the ledger never had passes.
    """
    asked: dict[_Held, list[tuple[ParsedRow, Decimal]]] = defaultdict(list)
    for row in rows:
        # The other entries of a line go with its first.
        if row.entry is not None and row.part == 0 and not row.is_refused:
            held = _held(row.entry, place_of(row), portfolio.base_currency)
            asked[held].append((row, _signed(row.entry)))
    had = await _had(ledger)
    lines: dict[int, Problem] = {}
    for held, told in asked.items():
        amounts = had.get(held)
        if amounts is None:
            continue
        wanted = sum((amount for _, amount in told), ZERO)
        for row, _ in told:
            assert row.entry is not None
            lines[row.line] = _answer(held, wanted, amounts(row.entry), row.entry)
    for row in rows:
        found = lines.get(row.line)
        if found is not None and row.entry is not None:
            row.problems = (*row.problems, found)
            row.entry = row.entry if found.code is not None else None


def is_snapshot(name: str) -> bool:
    """Whether files of a format say what is held at a day."""
    known = FORMATS[name]
    return known.is_snapshot or known.reported is not None


def _held(entry: Entry, account_id: UUID, base_currency: str) -> _Held:
    symbol: str | None = getattr(entry, "symbol", None)
    if symbol is not None:
        return _Held(account_id, symbol, None)
    return _Held(account_id, None, getattr(entry, "currency", None) or base_currency)


def _signed(entry: Entry) -> Decimal:
    assert isinstance(entry, Trade | OptionTrade | Transfer)
    amount = entry.amount if isinstance(entry, Transfer) and entry.symbol is None else entry.quantity
    assert amount is not None
    sells = isinstance(entry, OptionTrade) and entry.side is Side.SELL
    return amount.copy_negate() if sells or entry.kind in _DOWN else amount


async def _had(ledger: Ledger) -> Mapping[_Held, Callable[[Entry], Decimal]]:
    """Return what tells, for an entry's day, what the ledger has, of all that it ever had."""
    keys = list(ledger.fold.timelines)
    names = await instruments_by_id(list({key.instrument_id for key in keys}))
    symbols = {row.id: row.symbol for row in names if row is not None}
    found: dict[_Held, Callable[[Entry], Decimal]] = {}
    for key in keys:
        found[_Held(key.account_id, symbols[key.instrument_id], None)] = _units(ledger, key)
    for each in ledger.movements:
        if each.amount:
            found.setdefault(_Held(each.account_id, None, each.currency), _cash(ledger, each.account_id, each.currency))
    return found


def _units(ledger: Ledger, key: Key) -> Callable[[Entry], Decimal]:
    def told(entry: Entry) -> Decimal:
        units = ZERO
        for is_short in (False, True):
            line = ledger.fold.timelines.get(key._replace(is_short=is_short))
            state = None if line is None else line.at(entry.trade_date)
            quantity = ZERO if state is None else state.quantity
            units = EXACT.subtract(units, quantity) if is_short else EXACT.add(units, quantity)
        return units

    return told


def _cash(ledger: Ledger, account_id: UUID, currency: str) -> Callable[[Entry], Decimal]:
    def told(entry: Entry) -> Decimal:
        amounts = (
            each.amount
            for each in ledger.movements
            if each.account_id == account_id and each.currency == currency and each.trade_date <= entry.trade_date
        )
        return sum(amounts, ZERO)

    return told


def _answer(held: _Held, wanted: Decimal, has: Decimal, entry: Entry) -> Problem:
    what = held.symbol or held.currency
    if wanted == has:
        return Problem(f"the ledger has {_plain(has)} {what} on {entry.trade_date}, as the file says")
    message = (
        f"expected {_plain(has)} {what}, which the account has on {entry.trade_date}, got {_plain(wanted)}: a file of "
        "positions opens what an account never had; record what happened between, or undo what opened it"
    )
    return Problem(message, None, RefusalCode.INVALID_INPUT)


def _plain(number: Decimal) -> str:
    return f"{number.normalize(EXACT):f}"
