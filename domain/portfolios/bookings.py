"""Turns what is said to the ledger into what is booked: checked, with money in balanced lines."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.kernel.dates import session_close
from domain.kernel.errors import InvalidInput
from domain.kernel.money import quotient, to_price, total
from domain.market.rates import rates
from domain.portfolios import action_bookings, checks, option_bookings
from domain.portfolios.booking_parts import Booking, Place, bought_or_sold, check_held, checked_choices, holdable
from domain.portfolios.checks import Path
from domain.portfolios.entries import (
    CashMovement,
    CurrencyExchange,
    Entry,
    Income,
    Merger,
    OptionEvent,
    OptionTrade,
    Reinvestment,
    SpinOff,
    Split,
    SymbolChange,
    Trade,
    Transfer,
)
from domain.portfolios.errors import DateOutOfRange
from domain.portfolios.movements import Terms
from domain.portfolios.postings import PostingLine, money_lines, unit_lines
from domain.portfolios.types import Book, FeeKind, TransactionKind


async def booking_of(entry: Entry, place: Place) -> Booking:
    """Check an entry and balance it.  Raises what `record_transaction` names, with the field's path."""
    path = ("transaction", _member(entry.kind))
    checks.check_trade_date(entry.trade_date, place.today, (*path, "trade_date"))
    booking = await _BOOKINGS[type(entry)](entry, place, path)
    note = checks.checked_text(entry.note, field=(*path, "note"))
    return replace(booking, note=note, fx_rate=await _rate(booking.currency, entry.trade_date, place))


def _member(kind: TransactionKind) -> str:
    # The names of the members of `TransactionInput` in Python's spelling.
    return kind.value.lower()


async def _rate(currency: str, day: date, place: Place) -> Decimal | None:
    base = place.portfolio.base_currency
    if currency == base:
        return None
    at = None if day == place.today else session_close(day)
    found = (await rates([(currency, base)], at)).get((currency, base))
    return None if found is None else found.rate


async def _trade(trade: Trade, place: Place, path: Path) -> Booking:
    del place
    instrument = await holdable(trade.symbol, trade.trade_date, path)
    buys = trade.kind in (TransactionKind.BUY, TransactionKind.COVER_SHORT)
    return await bought_or_sold(trade, instrument, path, multiplier=Decimal(1), buys=buys)


async def _cash(movement: CashMovement, place: Place, path: Path) -> Booking:
    field = (*path, "amount")
    is_interest = movement.kind is TransactionKind.INTEREST
    amount = (checks.signed_money if is_interest else checks.positive_money)(movement.amount, field)
    book = _CASH_BOOKS[movement.kind]
    comes_in = movement.kind in (TransactionKind.CONTRIBUTION, TransactionKind.INTEREST)
    return _money(movement, place, path, amount if comes_in else amount.copy_negate(), book)


_CASH_BOOKS = {
    TransactionKind.CONTRIBUTION: Book.CAPITAL,
    TransactionKind.WITHDRAWAL: Book.CAPITAL,
    TransactionKind.INTEREST: Book.INCOME,
    TransactionKind.FEE: Book.FEES,
}


def _money(
    entry: CashMovement | Income | Transfer, place: Place, path: Path, amount: Decimal, book: Book, **more: Any
) -> Booking:
    usual = more.pop("currency", place.portfolio.base_currency)
    currency = checks.checked_currency(entry.currency or usual, field=(*path, "currency"))
    lines = money_lines(book, amount, currency)
    if book is Book.FEES:
        lines = [replace(line, fee_kind=FeeKind.OTHER) if line.book is book else line for line in lines]
    return Booking(currency=currency, settlement_date=entry.trade_date, lines=lines, **more)


async def _exchange(exchange: CurrencyExchange, place: Place, path: Path) -> Booking:
    del place
    sold = checks.positive_money(exchange.sold, (*path, "sold"))
    bought = checks.positive_money(exchange.bought, (*path, "bought"))
    gives = checks.checked_currency(exchange.sold_currency, field=(*path, "sold_currency"))
    takes = checks.checked_currency(exchange.bought_currency, field=(*path, "bought_currency"))
    if gives == takes:
        raise InvalidInput(f"expected two currencies, got {gives} twice", field=(*path, "bought_currency"))
    return Booking(
        currency=gives,
        settlement_date=exchange.trade_date,
        lines=[*money_lines(Book.TRADING, sold.copy_negate(), gives), *money_lines(Book.TRADING, bought, takes)],
        terms=Terms(bought=bought, bought_currency=takes),
    )


async def _income(income: Income, place: Place, path: Path) -> Booking:
    instrument = await holdable(income.symbol, income.trade_date, path)
    is_dividend = income.kind is TransactionKind.DIVIDEND
    amount = (checks.signed_money if is_dividend else checks.positive_money)(income.amount, (*path, "amount"))
    if income.kind is TransactionKind.RETURN_OF_CAPITAL:
        check_held(place, instrument, income.trade_date, path)
        if income.currency not in (None, instrument.currency):
            raise InvalidInput(
                f"expected {instrument.currency}, in which the cost is kept, got {income.currency}",
                field=(*path, "currency"),
            )
    book = Book.TRADING if income.kind is TransactionKind.RETURN_OF_CAPITAL else Book.INCOME
    return _money(income, place, path, amount, book, currency=instrument.currency, instrument_id=instrument.id)


async def _reinvestment(entry: Reinvestment, place: Place, path: Path) -> Booking:
    del place
    instrument = await holdable(entry.symbol, entry.trade_date, path)
    quantity = checks.positive_quantity(entry.quantity, (*path, "quantity"))
    amount = checks.positive_money(entry.amount, (*path, "amount"))
    lines = [
        PostingLine(book=Book.INCOME, currency=instrument.currency, amount=amount.copy_negate()),
        PostingLine(book=Book.TRADING, currency=instrument.currency, amount=amount),
        *unit_lines(Book.TRADING, quantity, instrument.id),
    ]
    return Booking(
        currency=instrument.currency,
        settlement_date=entry.trade_date,
        lines=lines,
        instrument_id=instrument.id,
        quantity=quantity,
        price=to_price(quotient(amount, quantity)),
        terms=Terms(cash=amount),
    )


async def _transfer(transfer: Transfer, place: Place, path: Path) -> Booking:
    comes_in = transfer.kind is TransactionKind.TRANSFER_IN
    if (transfer.symbol is None) == (transfer.amount is None) or (transfer.symbol is None) != (
        transfer.quantity is None
    ):
        raise InvalidInput("expected a symbol with a quantity, or an amount", field=path)
    if transfer.symbol is None:
        assert transfer.amount is not None
        amount = checks.positive_money(transfer.amount, (*path, "amount"))
        return _money(transfer, place, path, amount if comes_in else amount.copy_negate(), Book.CAPITAL)
    assert transfer.quantity is not None
    instrument = await holdable(transfer.symbol, transfer.trade_date, path)
    quantity = checks.positive_quantity(transfer.quantity, (*path, "quantity"))
    return Booking(
        currency=instrument.currency,
        settlement_date=transfer.trade_date,
        lines=unit_lines(Book.CAPITAL, quantity if comes_in else quantity.copy_negate(), instrument.id),
        instrument_id=instrument.id,
        quantity=quantity,
        terms=_transfer_terms(transfer, quantity, path, comes_in=comes_in),
    )


def _transfer_terms(transfer: Transfer, quantity: Decimal, path: Path, *, comes_in: bool) -> Terms:
    field = (*path, "lots")
    if not comes_in:
        if transfer.lots:
            raise InvalidInput("expected choices of lots that are held, got lots that arrive", field=field)
        return Terms(choices=checked_choices(transfer.choices, quantity, path))
    if transfer.choices:
        raise InvalidInput("expected lots that arrive, got choices of lots that are held", field=(*path, "choices"))
    for lot in transfer.lots:
        checks.positive_quantity(lot.quantity, field)
        checks.money_of(lot.cost_basis, field)
        if lot.opened_on > transfer.trade_date:
            raise DateOutOfRange(f"expected a date up to {transfer.trade_date}, got {lot.opened_on}", field=field)
        checks.check_trade_date(lot.opened_on, transfer.trade_date, field)
    arriving = total(lot.quantity for lot in transfer.lots)
    if arriving != quantity:
        raise InvalidInput(f"expected lots of {quantity:f} units in all, got {arriving:f}", field=field)
    return Terms(lots=transfer.lots)


_BOOKINGS: Mapping[type, Callable[[Any, Place, Path], Awaitable[Booking]]] = {
    Trade: _trade,
    CashMovement: _cash,
    CurrencyExchange: _exchange,
    Income: _income,
    Reinvestment: _reinvestment,
    Transfer: _transfer,
    Split: action_bookings.book_split,
    SpinOff: action_bookings.book_spin_off,
    Merger: action_bookings.book_merger,
    SymbolChange: action_bookings.book_symbol_change,
    OptionTrade: option_bookings.book_option_trade,
    OptionEvent: option_bookings.book_option_event,
}
