"""Checks what is to be recorded, and turns it into balanced lines."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.currencies import CURRENCIES
from domain.kernel.dates import EARLIEST_DATE
from domain.kernel.errors import InvalidInput
from domain.kernel.money import DIGITS, EXACT, MONEY_PLACES, PRICE_PLACES, ZERO, fits, product, to_money
from domain.kernel.text import unprintable_character
from domain.market import calendar
from domain.market import queries as market
from domain.market.types import InstrumentKind
from domain.portfolios import ledger
from domain.portfolios.errors import DateInFuture, DateOutOfRange, UnknownCurrency, UnknownInstrument
from domain.portfolios.models import Portfolio
from domain.portfolios.types import CashMovement, Entry, Trade, TransactionKind

_NAME_LENGTH = 200
_TEXT_LENGTH = 2000
_KEY_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An entry that was checked, with the lines to post."""

    lines: list[ledger.PostingLine]
    currency: str
    settlement_date: date
    instrument_id: UUID | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    fees: Decimal | None = None
    note: str | None = None


async def booking_of(entry: Entry, portfolio: Portfolio, today: date) -> Booking:
    """Check an entry and balance it.  Raises what `record_transaction` names, with the field's path."""
    path = ("transaction", entry.kind.lower())
    _check_trade_date(entry.trade_date, today, (*path, "trade_date"))
    if isinstance(entry, Trade):
        return await _booking_of_trade(entry, path)
    return _booking_of_cash(entry, portfolio, path)


async def _booking_of_trade(trade: Trade, path: tuple[str, ...]) -> Booking:
    quantity = _positive(trade.quantity, PRICE_PLACES, (*path, "quantity"))
    price = _amount(trade.price, PRICE_PLACES, (*path, "price"))
    fees = _amount(trade.fees or ZERO, MONEY_PLACES, (*path, "fees"))
    if not fits(EXACT.add(to_money(product(quantity, price)), fees), MONEY_PLACES):
        raise InvalidInput(
            f"expected quantity times price, with fees, below 1e{DIGITS - MONEY_PLACES}, got more",
            field=(*path, "quantity"),
        )
    instrument = (await market.instruments_by_symbol([trade.symbol])).get(trade.symbol)
    if instrument is None or instrument.kind is InstrumentKind.INDEX:
        raise UnknownInstrument(
            f"expected the symbol of an instrument that can be held, got {trade.symbol[:40]!r}", field=(*path, "symbol")
        )
    if trade.trade_date < instrument.first_session:
        raise DateOutOfRange(
            f"expected a date from {instrument.first_session}, the first session of {trade.symbol}, "
            f"got {trade.trade_date}",
            field=(*path, "trade_date"),
        )
    settlement = trade.settlement_date or await calendar.settlement_date(trade.trade_date)
    if settlement < trade.trade_date:
        raise DateOutOfRange(
            f"expected a settlement date from {trade.trade_date} on, got {settlement}", field=(*path, "settlement_date")
        )
    return Booking(
        lines=ledger.trade_lines(trade, instrument.id, instrument.currency),
        currency=instrument.currency,
        settlement_date=settlement,
        instrument_id=instrument.id,
        quantity=quantity,
        price=price,
        fees=fees,
    )


def _booking_of_cash(movement: CashMovement, portfolio: Portfolio, path: tuple[str, ...]) -> Booking:
    amount = _positive(movement.amount, MONEY_PLACES, (*path, "amount"))
    currency = checked_currency(movement.currency or portfolio.base_currency, field=(*path, "currency"))
    signed = amount if movement.kind is TransactionKind.CONTRIBUTION else -amount
    return Booking(
        lines=ledger.cash_lines(signed, currency),
        currency=currency,
        settlement_date=movement.trade_date,
        note=checked_text(movement.note, field=(*path, "note")),
    )


def checked_name(name: str) -> str:
    """Return a portfolio's name in normal form.  Raises `InvalidInput`."""
    normal = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(normal) <= _NAME_LENGTH:
        raise InvalidInput(f"expected a name of 1 to {_NAME_LENGTH} characters, got {len(normal)}", field=("name",))
    _check_characters(normal, ("name",))
    return normal


def check_key(key: str) -> None:
    """Let an idempotency key pass.  Raises `InvalidInput`."""
    field = ("idempotency_key",)
    if not 1 <= len(key) <= _KEY_LENGTH:
        raise InvalidInput(f"expected 1 to {_KEY_LENGTH} characters, got {len(key)}", field=field)
    _check_characters(key, field)


def checked_text(text: str | None, *, field: Sequence[str]) -> str | None:
    """Return a free text in normal form.  Raises `InvalidInput`."""
    if text is None:
        return None
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if len(normal) > _TEXT_LENGTH:
        raise InvalidInput(f"expected at most {_TEXT_LENGTH} characters, got {len(normal)}", field=field)
    _check_characters(normal.replace("\n", " ").replace("\t", " "), field)
    return normal


def checked_currency(code: str, *, field: Sequence[str]) -> str:
    """Return the code of a currency.  Raises `UnknownCurrency`."""
    if code not in CURRENCIES:
        raise UnknownCurrency(f"expected a currency code of ISO 4217, got {code[:20]!r}", field=field)
    return code


def digest(*parts: object) -> str:
    """Return what tells one input from another: the same for equal values, however they were spelled."""
    return hashlib.sha256(repr([_plain(part) for part in parts]).encode()).hexdigest()


def _plain(part: object) -> object:
    if isinstance(part, Trade | CashMovement):
        return [type(part).__name__, *(_plain(getattr(part, name)) for name in part.__slots__)]
    if isinstance(part, Decimal) and part.is_finite():
        return f"{part.normalize(EXACT):f}"
    return None if part is None else str(part)


def _check_characters(text: str, field: Sequence[str]) -> None:
    found = unprintable_character(text)
    if found is not None:
        raise InvalidInput(f"expected printable characters, got {found}", field=field)


def _check_trade_date(day: date, today: date, field: Sequence[str]) -> None:
    if day > today:
        raise DateInFuture(f"expected a date up to {today}, the market's today, got {day}", field=field)
    if day < EARLIEST_DATE:
        raise DateOutOfRange(f"expected a date from {EARLIEST_DATE}, got {day}", field=field)


def _positive(number: Decimal, places: int, field: Sequence[str]) -> Decimal:
    # NaN is neither greater nor less, and to compare it raises.
    if number.is_finite() and number <= 0:
        raise InvalidInput(f"expected a number greater than 0, got {number}", field=field)
    return _amount(number, places, field)


def _amount(number: Decimal, places: int, field: Sequence[str]) -> Decimal:
    if not fits(number, places):
        raise InvalidInput(
            f"expected at most {DIGITS} digits, {places} of them decimal places, got {str(number)[:60]}", field=field
        )
    if number < 0:
        raise InvalidInput(f"expected a number of at least 0, got {number}", field=field)
    return number
