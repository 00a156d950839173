"""Movements as the fold takes them, without a database: short names for tests that are pure."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.portfolios import rules
from domain.portfolios.entries import LotChoice, TransferredLot
from domain.portfolios.fold import Fold
from domain.portfolios.movements import NO_TERMS, ONE, Movement, Terms
from domain.portfolios.types import LotMethod, Side, TransactionKind
from domain.portfolios.wash_sales import Call, TaxFold, fold_for_tax

X, Y, CALL, PUT = (UUID(int=number) for number in range(1, 5))
TAXED, OTHER, IRA = (UUID(int=number) for number in range(11, 14))


@dataclass
class Journal:
    """Writes movements down, in order; the money of trades is all that was paid or came, with fees."""

    movements: list[Movement] = field(default_factory=list)
    account: UUID = TAXED
    rate: Decimal | None = ONE
    _numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    def write(
        self,
        kind: TransactionKind,
        day: date,
        units: str | Decimal | None = None,
        money: str | Decimal = "0",
        terms: Terms = NO_TERMS,
        *,
        of: UUID | None = X,
        other: UUID | None = None,
        account: UUID | None = None,
    ) -> Movement:
        """Write any movement; `money` is what cash changes by."""
        quantity = None if units is None else Decimal(units)
        number = next(iter(self._numbers))
        where = account or self.account
        found = Movement(kind, day, number, where, of, other, quantity, Decimal(money), "USD", self.rate, terms)
        self.movements.append(found)
        return found

    def buy(self, day: date, units: str | Decimal, money: str | Decimal, **more: Any) -> Movement:
        """Buy units for money in all."""
        return self.write(TransactionKind.BUY, day, units, -Decimal(money), **more)

    def sell(
        self, day: date, units: str | Decimal, money: str | Decimal, *lots: tuple[str, str | Decimal], **more: Any
    ) -> Movement:
        """Sell units for money in all; of these lots, where they are named."""
        choices = tuple(LotChoice(lot, Decimal(chosen)) for lot, chosen in lots)
        return self.write(TransactionKind.SELL, day, units, money, Terms(choices=choices), **more)

    def short(self, day: date, units: str, money: str, **more: Any) -> Movement:
        """Sell units short."""
        return self.write(TransactionKind.SHORT_SALE, day, units, money, **more)

    def cover(self, day: date, units: str, money: str, **more: Any) -> Movement:
        """Buy units back."""
        return self.write(TransactionKind.COVER_SHORT, day, units, -Decimal(money), **more)

    def reinvest(self, day: date, units: str, money: str, **more: Any) -> Movement:
        """Let a dividend buy units."""
        return self.write(TransactionKind.REINVESTED_DIVIDEND, day, units, "0", Terms(cash=Decimal(money)), **more)

    def split(self, day: date, new: int, old: int, cash: str | None = None, **more: Any) -> Movement:
        """Split what is held."""
        terms = Terms(numerator=new, denominator=old, cash=None if cash is None else Decimal(cash))
        return self.write(TransactionKind.SPLIT, day, None, cash or "0", terms, **more)

    def spin_off(self, day: date, new: int, old: int, fraction: str, cash: str | None = None, **more: Any) -> Movement:
        """Let Y come for X."""
        in_lieu = None if cash is None else Decimal(cash)
        terms = Terms(numerator=new, denominator=old, cost_fraction=Decimal(fraction), cash=in_lieu)
        return self.write(TransactionKind.SPIN_OFF, day, None, cash or "0", terms, other=Y, **more)

    def merge(
        self,
        day: date,
        new: int,
        old: int,
        boot: str = "0",
        price: str | None = None,
        cash: str | None = None,
        **more: Any,
    ) -> Movement:
        """Let Y come in place of X, with `boot` in money, and `cash` in lieu of a fraction."""
        worth = None if price is None else Decimal(price)
        terms = Terms(numerator=new, denominator=old, new_price=worth, cash=None if cash is None else Decimal(cash))
        paid = Decimal(boot) + Decimal(cash or 0)
        return self.write(TransactionKind.MERGER, day, None, paid, terms, other=Y, **more)

    def rename(self, day: date, **more: Any) -> Movement:
        """Let X go on as Y."""
        return self.write(TransactionKind.SYMBOL_CHANGE, day, None, "0", other=Y, **more)

    def transfer_in(self, day: date, *lots: tuple[date, str, str], **more: Any) -> Movement:
        """Let units arrive with the day on which they were bought, and their cost."""
        arriving = tuple(TransferredLot(opened, Decimal(units), Decimal(cost)) for opened, units, cost in lots)
        units = sum((lot.quantity for lot in arriving), Decimal(0))
        return self.write(TransactionKind.TRANSFER_IN, day, units, "0", Terms(lots=arriving), **more)

    def option(self, kind: TransactionKind, day: date, units: str, money: str, side: Side, of: UUID = CALL) -> Movement:
        """Open, close or let expire contracts of one side."""
        return self.write(kind, day, units, money, Terms(side=side), of=of)

    def deliver(self, kind: TransactionKind, day: date, contracts: str, units: str, money: str, of: UUID) -> Movement:
        """Exercise or be assigned: units of X come, or go (negative), for money."""
        return self.write(kind, day, contracts, money, Terms(units=Decimal(units)), of=of, other=X)

    def fold(self, method: LotMethod = LotMethod.SPECIFIC) -> Fold:
        """Fold them as a ledger does."""
        fold = Fold(method)
        for movement in sorted(self.movements, key=lambda each: each.place):
            rules.apply(fold, movement)
        return fold

    def tax(self, method: LotMethod = LotMethod.SPECIFIC, until: date | None = None) -> TaxFold:
        """Fold them for tax; the account `IRA` is sheltered, and `CALL` is on 100 units of X."""
        return fold_for_tax([self.movements], method, {IRA}, until, {CALL: Call(X, Decimal(100))})
