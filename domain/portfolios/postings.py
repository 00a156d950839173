"""The balanced lines of transactions: money sums to 0 in each currency, units in each instrument."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel.money import EXACT, ZERO, total
from domain.portfolios.types import Book, FeeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingLine:
    """One line of a transaction, before it is stored: `amount` of a currency, or `units` of an instrument."""

    book: Book
    currency: str | None = None
    amount: Decimal | None = None
    instrument_id: UUID | None = None
    units: Decimal | None = None
    fee_kind: FeeKind | None = None


def money_lines(
    book: Book, amount: Decimal, currency: str, fees: Mapping[FeeKind, Decimal] | None = None
) -> list[PostingLine]:
    """Return the lines of money that comes (positive) or goes, against a book; fees are paid beside, out of cash."""
    paid = fees or {}
    cash = EXACT.subtract(amount, total(paid.values()))
    lines = [
        PostingLine(book=Book.CASH, currency=currency, amount=cash),
        PostingLine(book=book, currency=currency, amount=amount.copy_negate()),
        *(
            PostingLine(book=Book.FEES, currency=currency, amount=fee, fee_kind=kind)
            for kind, fee in sorted(paid.items())
        ),
    ]
    return [line for line in lines if line.amount]


def unit_lines(book: Book, units: Decimal, instrument_id: UUID) -> list[PostingLine]:
    """Return the lines of units that come (positive) or go, against a book."""
    if not units:
        return []
    return [
        PostingLine(book=Book.HOLDINGS, instrument_id=instrument_id, units=units),
        PostingLine(book=book, instrument_id=instrument_id, units=units.copy_negate()),
    ]


def cash_change(lines: Iterable[PostingLine], currency: str) -> Decimal:
    """Return what these lines change the cash of a currency by."""
    return total(line.amount or ZERO for line in lines if line.book is Book.CASH and line.currency == currency)


def reversed_lines(lines: Sequence[PostingLine]) -> list[PostingLine]:
    """Return the lines that undo these."""
    return [
        PostingLine(
            book=line.book,
            currency=line.currency,
            amount=None if line.amount is None else line.amount.copy_negate(),
            instrument_id=line.instrument_id,
            units=None if line.units is None else line.units.copy_negate(),
            fee_kind=line.fee_kind,
        )
        for line in lines
    ]


def told_lines(lines: Sequence[PostingLine]) -> list[PostingLine]:
    """Return the lines that a booking told, without the pairs of units that actions added to them."""
    told = [line for line in lines if line.book is not Book.ACTIONS]
    for line in lines:
        if line.book is Book.ACTIONS:
            assert line.units is not None
            told.remove(
                PostingLine(book=Book.HOLDINGS, instrument_id=line.instrument_id, units=line.units.copy_negate())
            )
    return told
