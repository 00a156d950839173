"""The fold over the ledger: transactions in, holdings and cash out.  Pure, exact."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, total
from domain.portfolios.types import Book, Holding, Movement, Standing, Trade, TransactionKind


@dataclass(slots=True)
class _OpenLots:
    """What was bought and not sold yet: (units, cost) of each purchase, oldest first."""

    lots: deque[tuple[Decimal, Decimal]] = field(default_factory=deque)

    def add(self, units: Decimal, cost: Decimal) -> None:
        self.lots.append((units, cost))

    def remove(self, units: Decimal) -> None:
        while units > 0:
            held, cost = self.lots.popleft()
            if held > units:
                # Rounded at the sale, so that what is left and what was taken sum to what was paid.
                taken = to_money(quotient(product(cost, units), held))
                self.lots.appendleft((EXACT.subtract(held, units), EXACT.subtract(cost, taken)))
                return
            units = EXACT.subtract(units, held)

    @property
    def quantity(self) -> Decimal:
        return total(units for units, _ in self.lots)

    @property
    def cost(self) -> Decimal:
        return total(cost for _, cost in self.lots)


@dataclass(slots=True)
class Fold:
    """The ledger folded up to some point; `apply` takes movements in order of (trade date, sequence)."""

    _lots: dict[tuple[UUID, UUID], _OpenLots] = field(default_factory=dict)
    _cash: dict[str, Decimal] = field(default_factory=dict)

    def apply(self, movement: Movement) -> None:
        """Take one more movement.  More sold than held raises IndexError: `first_shortfall` is asked before one is
        recorded.
        """
        self._cash[movement.currency] = EXACT.add(self._cash.get(movement.currency, ZERO), movement.amount)
        if movement.instrument_id is None or movement.quantity is None:
            return
        lots = self._lots.setdefault((movement.account_id, movement.instrument_id), _OpenLots())
        if movement.kind is TransactionKind.BUY:
            lots.add(movement.quantity, movement.amount.copy_negate())
        else:
            lots.remove(movement.quantity)

    def standing(self) -> Standing:
        """Return what is held now."""
        holdings = (
            Holding(account_id, instrument_id, lots.quantity, lots.cost)
            for (account_id, instrument_id), lots in self._lots.items()
            if lots.lots
        )
        return Standing(tuple(holdings), {code: amount for code, amount in self._cash.items() if amount})


def first_shortfall(movements: Iterable[Movement]) -> Movement | None:
    """Return the first movement, of one account and instrument, that sells more than is held then; None if all is
    well.
    """
    held = ZERO
    for movement in sorted(movements, key=lambda each: (each.trade_date, each.sequence)):
        held = EXACT.add(held, signed_units(movement))
        if held < 0:
            return movement
    return None


def signed_units(movement: Movement) -> Decimal:
    """Return the units of a trade: negative for a sale."""
    assert movement.quantity is not None
    return movement.quantity if movement.kind is TransactionKind.BUY else movement.quantity.copy_negate()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingLine:
    """One line of a transaction, before it is stored: `amount` of a currency, or `units` of an instrument."""

    book: Book
    currency: str | None = None
    amount: Decimal | None = None
    instrument_id: UUID | None = None
    units: Decimal | None = None


def trade_lines(trade: Trade, instrument_id: UUID, currency: str) -> list[PostingLine]:
    """Return the balanced lines of a purchase or a sale.  The only rounding is that of price times quantity, to 8
    places.
    """
    # The operators of Decimal would round to 28 digits.
    direction = Decimal(1 if trade.kind is TransactionKind.BUY else -1)
    consideration = product(to_money(product(trade.quantity, trade.price)), direction)
    fees = trade.fees or ZERO
    units = product(trade.quantity, direction)
    lines = [
        PostingLine(book=Book.CASH, currency=currency, amount=EXACT.add(consideration, fees).copy_negate()),
        PostingLine(book=Book.TRADING, currency=currency, amount=consideration),
        PostingLine(book=Book.HOLDINGS, instrument_id=instrument_id, units=units),
        PostingLine(book=Book.TRADING, instrument_id=instrument_id, units=units.copy_negate()),
    ]
    if fees:
        lines.append(PostingLine(book=Book.FEES, currency=currency, amount=fees))
    return lines


def cash_lines(amount: Decimal, currency: str) -> list[PostingLine]:
    """Return the balanced lines of money that comes from outside (positive) or goes there (negative)."""
    return [
        PostingLine(book=Book.CASH, currency=currency, amount=amount),
        PostingLine(book=Book.CAPITAL, currency=currency, amount=amount.copy_negate()),
    ]


def cash_change(lines: Sequence[PostingLine]) -> Decimal:
    """Return what these lines change cash by."""
    return total(line.amount or ZERO for line in lines if line.book is Book.CASH)


def reversed_lines(lines: Iterable[PostingLine]) -> list[PostingLine]:
    """Return the lines that undo these."""
    return [
        PostingLine(
            book=line.book,
            currency=line.currency,
            amount=None if line.amount is None else line.amount.copy_negate(),
            instrument_id=line.instrument_id,
            units=None if line.units is None else line.units.copy_negate(),
        )
        for line in lines
    ]
