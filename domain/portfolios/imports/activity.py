"""A row of an account's history to its entry."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from domain.kernel.money import EXACT, MONEY_PLACES, ZERO, fits, product, quotient, to_money, to_price
from domain.portfolios.entries import (
    CashMovement,
    Entry,
    Income,
    OptionEvent,
    OptionTrade,
    Split,
    Trade,
)
from domain.portfolios.imports.mapping import Action, Field
from domain.portfolios.imports.options import option_of
from domain.portfolios.imports.rows import Cells
from domain.portfolios.types import Side, TransactionKind

_MULTIPLIER: Final = Decimal(100)
# Brokers round prices to cents, and amounts too.
_HALF_CENT: Final = Decimal("0.005")
_CENT: Final = Decimal("0.01")


def activity_entries(cells: Cells) -> tuple[Entry, ...]:
    """Return the entries of one row of history.  Raises `RowRefused`."""
    mapping = cells.table.format
    word = cells.text(Field.ACTION)
    ignored = mapping.ignored
    if ignored is not None and any(ignored.fullmatch(text) for text in (word, cells.text(Field.DATE))):
        return ()
    action = mapping.actions.get(word.casefold())
    if action is None:
        cells.refuse(f"expected one of {', '.join(sorted(mapping.actions))}, got {word[:40]!r}", Field.ACTION)
    if action.kind is None:
        return ()
    amount = cells.number(Field.AMOUNT)
    kind = action.negative if action.negative is not None and amount is not None and amount < 0 else action.kind
    return _BUILDERS[kind](cells, kind, action, amount)


def _trade(cells: Cells, kind: TransactionKind, _action: Action, amount: Decimal | None) -> tuple[Entry, ...]:
    symbol = _symbol(cells)
    buys = kind in (TransactionKind.BUY, TransactionKind.COVER_SHORT)
    quantity, price, fees = _terms(cells, amount, Decimal(1), buys=buys)
    day, settlement = cells.needed_day(), cells.day(Field.SETTLEMENT)
    cells.check()
    note = cells.prose(Field.NOTE)
    return (
        Trade(
            kind=kind,
            symbol=symbol,
            quantity=quantity,
            price=price,
            fees=fees,
            trade_date=day,
            settlement_date=settlement,
            note=note,
        ),
    )


def _option_trade(cells: Cells, kind: TransactionKind, action: Action, amount: Decimal | None) -> tuple[Entry, ...]:
    symbol = _contract(cells)
    quantity, price, fees = _terms(cells, amount, _MULTIPLIER, buys=action.side is Side.BUY)
    day, settlement = cells.needed_day(), cells.day(Field.SETTLEMENT)
    cells.check()
    note = cells.prose(Field.NOTE)
    return (
        OptionTrade(
            kind=kind,
            symbol=symbol,
            quantity=quantity,
            price=price,
            side=action.side,
            fees=fees,
            trade_date=day,
            settlement_date=settlement,
            note=note,
        ),
    )


def _option_event(cells: Cells, kind: TransactionKind, _action: Action, _amount: Decimal | None) -> tuple[Entry, ...]:
    symbol, quantity, day = _contract(cells), cells.needed(Field.QUANTITY), cells.needed_day()
    cells.check()
    note = cells.prose(Field.NOTE)
    return (OptionEvent(kind=kind, symbol=symbol, quantity=quantity.copy_abs(), trade_date=day, note=note),)


def _income(cells: Cells, kind: TransactionKind, _action: Action, amount: Decimal | None) -> tuple[Entry, ...]:
    symbol, paid, day = _symbol(cells), _money(cells, amount), cells.needed_day()
    fees = cells.number(Field.FEES) or ZERO
    cells.check()
    # What is paid in lieu of a dividend on units sold short is negative.
    if not paid or (paid < 0 and kind is not TransactionKind.DIVIDEND):
        expected = "other than 0" if kind is TransactionKind.DIVIDEND else "greater than 0"
        cells.refuse(f"expected an amount {expected}, got {paid:f}", Field.AMOUNT)
    currency = cells.text(Field.CURRENCY) or None
    income = Income(
        kind=kind, symbol=symbol, amount=paid, currency=currency, trade_date=day, note=cells.prose(Field.NOTE)
    )
    if not fees:
        return (income,)
    fee = CashMovement(kind=TransactionKind.FEE, amount=fees.copy_abs(), currency=currency, trade_date=day)
    return income, fee


def _cash(cells: Cells, kind: TransactionKind, _action: Action, amount: Decimal | None) -> tuple[Entry, ...]:
    moved, day = _money(cells, amount), cells.needed_day()
    if kind is TransactionKind.FEE and not moved:
        moved = cells.number(Field.FEES) or ZERO
    cells.check()
    if not moved:
        cells.refuse("expected an amount other than 0, got 0", Field.AMOUNT)
    if kind is not TransactionKind.INTEREST:
        moved = moved.copy_abs()
    currency = cells.text(Field.CURRENCY) or cells.table.format.currency
    return (CashMovement(kind=kind, amount=moved, currency=currency, trade_date=day, note=cells.prose(Field.NOTE)),)


def _split(cells: Cells, _kind: TransactionKind, _action: Action, _amount: Decimal | None) -> tuple[Entry, ...]:
    # How many units came is said; of how many, the rows before it tell: `domain.portfolios.imports.splits`.
    symbol, added, day = _symbol(cells), cells.needed(Field.QUANTITY), cells.needed_day()
    cells.check()
    if added != added.to_integral_value():
        cells.refuse(f"expected a whole number of units that came, got {added:f}", Field.QUANTITY)
    return (Split(symbol=symbol, numerator=int(added), denominator=0, trade_date=day),)


def _symbol(cells: Cells) -> str:
    symbol = cells.text(Field.SYMBOL)
    if not symbol:
        cells.refuse("expected a symbol, got nothing", Field.SYMBOL)
    return symbol


def _contract(cells: Cells) -> str:
    mapping = cells.table.format
    for field in (mapping.option_field, Field.SYMBOL):
        contract = option_of(cells.text(field), mapping)
        if contract is not None:
            return str(contract)
    return cells.refuse(f"expected an option, got {cells.text(mapping.option_field)[:60]!r}", mapping.option_field)


def _money(cells: Cells, amount: Decimal | None) -> Decimal:
    """Return the amount of a row, or what its quantity and price come to where it has no such column."""
    if Field.AMOUNT in cells.table.columns:
        return cells.needed(Field.AMOUNT) if amount is None else amount
    price, quantity = cells.needed(Field.PRICE), cells.number(Field.QUANTITY)
    return to_money(product(Decimal(1) if quantity is None else quantity, price))


def _terms(
    cells: Cells, amount: Decimal | None, multiplier: Decimal, *, buys: bool
) -> tuple[Decimal, Decimal, Decimal | None]:
    """Return quantity, price and fees of a trade; what the amount tells beyond the first two is fees."""
    quantity, price = cells.needed(Field.QUANTITY).copy_abs(), cells.number(Field.PRICE)
    fees = cells.number(Field.FEES)
    cells.check()
    if not quantity:
        cells.refuse("expected a quantity other than 0, got 0", Field.QUANTITY)
    units = product(quantity, multiplier)
    if price is None:
        if amount is None:
            cells.refuse("expected a price, got nothing", Field.PRICE)
        paid = EXACT.subtract(amount.copy_abs(), fees or ZERO) if buys else EXACT.add(amount.copy_abs(), fees or ZERO)
        return quantity, to_price(quotient(paid, units)), fees
    if amount is None:
        return quantity, price, fees
    traded = to_money(product(units, price))
    beyond = EXACT.subtract(amount.copy_abs(), traded)
    beyond = beyond if buys else beyond.copy_negate()
    if Field.FEES not in cells.table.columns:
        return quantity, *_without_fees(price, beyond, units, amount)
    apart = EXACT.subtract(beyond, fees or ZERO).copy_abs()
    if apart > EXACT.add(_CENT, product(_HALF_CENT, units)):
        cells.doubt(
            f"got {amount:f}, where quantity, price and fees come to {traded:f} and {fees or ZERO:f}", Field.AMOUNT, 0.7
        )
    return quantity, price, fees


def _without_fees(price: Decimal, beyond: Decimal, units: Decimal, amount: Decimal) -> tuple[Decimal, Decimal | None]:
    """Return price and fees where no column has the fees."""
    if beyond >= 0 and fits(beyond, MONEY_PLACES):
        return price, beyond or None
    # The price was rounded, and the amount is what was paid.
    return to_price(quotient(amount.copy_abs(), units)), None


_BUILDERS: Final[
    Mapping[TransactionKind, Callable[[Cells, TransactionKind, Action, Decimal | None], tuple[Entry, ...]]]
] = {
    **dict.fromkeys(
        (TransactionKind.BUY, TransactionKind.SELL, TransactionKind.SHORT_SALE, TransactionKind.COVER_SHORT), _trade
    ),
    **dict.fromkeys((TransactionKind.OPTION_OPEN, TransactionKind.OPTION_CLOSE), _option_trade),
    **dict.fromkeys(
        (TransactionKind.OPTION_EXPIRY, TransactionKind.OPTION_EXERCISE, TransactionKind.OPTION_ASSIGNMENT),
        _option_event,
    ),
    **dict.fromkeys((TransactionKind.DIVIDEND, TransactionKind.RETURN_OF_CAPITAL), _income),
    **dict.fromkeys(
        (
            TransactionKind.INTEREST,
            TransactionKind.FEE,
            TransactionKind.CONTRIBUTION,
            TransactionKind.WITHDRAWAL,
        ),
        _cash,
    ),
    TransactionKind.SPLIT: _split,
}
