"""The fold over the ledger: transactions in, holdings and cash out.  Pure, exact."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Folded:
    """What a ledger has come to: before a session and at the end, and what came from outside between, by currency.

    `latest` is the trade date of its last movement.
    """

    before: Standing
    now: Standing
    flows: dict[str, Decimal]
    latest: date | None


# A live view asks the same question of a ledger at every tick.
_FOLDS_KEPT = 8


@dataclass(eq=False, slots=True)
class Ledger:
    """What stands in a portfolio's ledger at one version, in order of trade date and sequence."""

    movements: tuple[Movement, ...]
    _folds: dict[tuple[date, date | None], Folded] = field(default_factory=dict)

    def until(self, day: date) -> Sequence[Movement]:
        """Return what was traded up to this day."""
        return self.movements[: bisect_right(self.movements, day, key=lambda movement: movement.trade_date)]

    def instruments(self, day: date) -> frozenset[UUID]:
        """Return what was traded in up to this day."""
        return frozenset(move.instrument_id for move in self.until(day) if move.instrument_id is not None)

    def folded(self, day: date, session: date | None) -> Folded:
        """Return what it comes to at the end of this day, and had come to before the session."""
        found = self._folds.get((day, session))
        if found is None:
            if len(self._folds) >= _FOLDS_KEPT:
                self._folds.clear()
            found = self._folds[day, session] = _fold(self.until(day), session)
        return found


def _fold(movements: Sequence[Movement], session: date | None) -> Folded:
    fold, before = Fold(), None
    flows: dict[str, Decimal] = {}
    for movement in movements:
        if before is None and session is not None and movement.trade_date >= session:
            before = fold.standing()
        if before is not None and movement.kind in (TransactionKind.CONTRIBUTION, TransactionKind.WITHDRAWAL):
            flows[movement.currency] = EXACT.add(flows.get(movement.currency, ZERO), movement.amount)
        fold.apply(movement)
    now = fold.standing()
    return Folded(before or now, now, flows, movements[-1].trade_date if movements else None)


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
