"""A row of a snapshot to what opens it: units arrive with a lot, what is owed is sold short, options are opened.

A snapshot's cash already holds what its short sales brought and its options cost: money of the same amount moves the
other way beside each of them, so that cash ends as the snapshot says.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from domain.kernel.currencies import CURRENCIES
from domain.kernel.money import MONEY_PLACES, fits, product, quotient, to_money, to_price
from domain.market.occ import OccSymbol
from domain.portfolios.entries import Entry, OptionTrade, Trade, Transfer, TransferredLot
from domain.portfolios.imports.mapping import Field
from domain.portfolios.imports.options import option_of
from domain.portfolios.imports.rows import Cells
from domain.portfolios.types import Side, TransactionKind

_MULTIPLIER: Final = Decimal(100)
# When units were bought, a snapshot does not say: the day of the report stands in for it.
_NEVER_SAID: Final = 0.8


def position_entries(cells: Cells) -> tuple[Entry, ...]:
    """Return the entries of one position.  Raises `RowRefused`."""
    mapping = cells.table.format
    symbol = cells.text(Field.SYMBOL)
    if mapping.ignored is not None and mapping.ignored.fullmatch(symbol):
        return ()
    if mapping.cash is not None and any(mapping.cash.fullmatch(text) for text in (symbol, cells.text(Field.ASSET))):
        return _cash(cells, symbol)
    if not symbol:
        cells.refuse("expected a symbol, got nothing", Field.SYMBOL)
    quantity = cells.needed(Field.QUANTITY)
    cells.check()
    if not quantity:
        cells.refuse("expected a quantity other than 0, got 0", Field.QUANTITY)
    contract = option_of(symbol, mapping)
    unit, whole = _costs(cells, quantity.copy_abs(), Decimal(1) if contract is None else _MULTIPLIER)
    day = _opened_on(cells)
    cells.check()
    if contract is not None:
        return _option(cells, contract, quantity, unit, day)
    if quantity < 0:
        return _short(cells, symbol, quantity.copy_abs(), unit, day)
    lot = TransferredLot(day, quantity, whole)
    return (
        Transfer(
            kind=TransactionKind.TRANSFER_IN,
            symbol=symbol,
            quantity=quantity,
            lots=(lot,),
            trade_date=day,
            note=cells.prose(Field.NOTE),
        ),
    )


def _cash(cells: Cells, symbol: str) -> tuple[Entry, ...]:
    has_value = Field.VALUE in cells.table.columns
    amount = cells.needed(Field.VALUE if has_value else Field.QUANTITY)
    day = _opened_on(cells)
    cells.check()
    currency = symbol if symbol in CURRENCIES else cells.text(Field.CURRENCY) or cells.table.format.currency
    return _money(cells, amount, currency, day) if amount else ()


def _money(cells: Cells, amount: Decimal, currency: str | None, day: date) -> tuple[Transfer, ...]:
    if not fits(amount, MONEY_PLACES):
        cells.refuse(f"expected at most {MONEY_PLACES} decimal places of money, got {amount:f}", Field.QUANTITY)
    kind = TransactionKind.TRANSFER_IN if amount > 0 else TransactionKind.TRANSFER_OUT
    return (Transfer(kind=kind, amount=amount.copy_abs(), currency=currency, trade_date=day),)


def _costs(cells: Cells, units: Decimal, multiplier: Decimal) -> tuple[Decimal, Decimal]:
    """Return what one unit cost, and what all did, each from the other where it is not said."""
    whole, unit = cells.number(Field.COST), cells.number(Field.UNIT_COST)
    if unit is None and whole is None:
        field = Field.COST if Field.COST in cells.table.columns else Field.UNIT_COST
        cells.check()
        cells.refuse("expected what it cost, got nothing", field)
    if unit is None:
        assert whole is not None
        unit = to_price(quotient(whole.copy_abs(), product(units, multiplier)))
    if whole is None:
        whole = to_money(product(product(units, unit.copy_abs()), multiplier))
    return unit.copy_abs(), whole.copy_abs()


def _opened_on(cells: Cells) -> date:
    """Return the day that the row says, else that of the snapshot, else today."""
    if Field.DATE in cells.table.columns:
        if cells.table.format.is_snapshot:
            cells.confidence = min(cells.confidence, _NEVER_SAID)
        return cells.needed_day()
    if cells.readings.reported is not None:
        cells.confidence = min(cells.confidence, _NEVER_SAID)
        return cells.readings.reported
    cells.doubt(f"took {cells.readings.today} for the day: the file does not say of when it is", None)
    return cells.readings.today


def _option(cells: Cells, contract: OccSymbol, quantity: Decimal, price: Decimal, day: date) -> tuple[Entry, ...]:
    entry = OptionTrade(
        kind=TransactionKind.OPTION_OPEN,
        symbol=str(contract),
        quantity=quantity.copy_abs(),
        price=price,
        side=Side.BUY if quantity > 0 else Side.SELL,
        trade_date=day,
        note=cells.prose(Field.NOTE),
    )
    return (entry, *_balancing(cells, to_money(product(product(quantity, price), _MULTIPLIER)), day))


def _short(cells: Cells, symbol: str, units: Decimal, price: Decimal, day: date) -> tuple[Entry, ...]:
    entry = Trade(
        kind=TransactionKind.SHORT_SALE,
        symbol=symbol,
        quantity=units,
        price=price,
        trade_date=day,
        note=cells.prose(Field.NOTE),
    )
    return (entry, *_balancing(cells, to_money(product(units, price)).copy_negate(), day))


def _balancing(cells: Cells, amount: Decimal, day: date) -> tuple[Transfer, ...]:
    currency = cells.text(Field.CURRENCY) or cells.table.format.currency
    return _money(cells, amount, currency, day) if amount else ()
