"""What is realized for tax, and the lots that are open: read from ledgers that were folded for it.  Pure, exact."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.money import EXACT, ZERO, product, to_money, total
from domain.portfolios.ledger import Ledger
from domain.portfolios.lots import Lot, root_of
from domain.portfolios.movements import Movement
from domain.portfolios.records import Disposal, Key
from domain.portfolios.types import Term, TransactionKind
from domain.portfolios.wash_sales import TaxFold, WashSale

# Internal Revenue Code, section 1211(b); half of it for who is married and files separately.
_DEDUCTIBLE = Decimal(3_000)
_DOLLARS = "USD"


@dataclass(frozen=True, slots=True)
class OpenLot:
    """A lot that is open, and the side that it is of."""

    key: Key
    lot: Lot

    @property
    def sequence(self) -> int:
        """The sequence of the transaction that opened it."""
        return sequence_of(self.lot.key)

    @property
    def place(self) -> tuple[date, int, UUID, str]:
        """Its place in a list of lots."""
        return self.lot.opened_on, self.sequence, self.key.account_id, self.lot.key


@dataclass(frozen=True, slots=True)
class Realized:
    """Units of one lot that were closed, the `number`th of their transaction."""

    disposal: Disposal
    number: int

    @property
    def place(self) -> tuple[date, int, int]:
        """Its place in a list of disposals."""
        movement = self.disposal.movement
        return movement.trade_date, movement.sequence, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """What was realized in a year, in the base currency; None where a rate of exchange is not known.

    `gain` is proceeds less cost basis plus disallowed losses, and short and long term gains sum to it.
    """

    proceeds: Decimal | None
    cost_basis: Decimal | None
    gain: Decimal | None
    short_term: Decimal | None
    long_term: Decimal | None
    disallowed_loss: Decimal | None
    disposals: Sequence[Realized]
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """What came and went in a year beside gains, in the base currency; None where a rate of exchange is not known."""

    dividends: Decimal | None
    interest: Decimal | None
    interest_paid: Decimal | None
    fees: Decimal | None
    absences: tuple[Absence, ...]


def sequence_of(key: str) -> int:
    """Return the sequence of the transaction that opened the lot of this key."""
    root = root_of(key).partition(".")[0]
    return int(root.partition("-")[0])


def open_lots(fold: TaxFold, accounts: Collection[UUID], instrument_id: UUID | None = None) -> list[OpenLot]:
    """Return what accounts hold, of one instrument where one is asked for, in the order in which it was opened."""
    found = [
        OpenLot(key, lot)
        for key, held in fold.inventories.items()
        if key.account_id in accounts and instrument_id in (None, key.instrument_id)
        for lot in held.lots
    ]
    return sorted(found, key=lambda each: each.place)


def gains_of(fold: TaxFold, year: int, accounts: Collection[UUID]) -> Gains:
    """Return what accounts have realized in a calendar year, by trade date."""
    realized = list(_realized(fold, year, accounts))
    disposals = [each.disposal for each in realized]
    gain = _sum(each.gain for each in disposals)
    told = {
        "proceeds": _sum(each.base_proceeds for each in disposals),
        "cost_basis": _sum(each.basis for each in disposals),
        "gain": gain,
        "short_term": _sum(each.gain for each in disposals if each.term is Term.SHORT),
        "long_term": _sum(each.gain for each in disposals if each.term is Term.LONG),
        # Whether a loss was realized cannot be told where a rate is missing.
        "disallowed_loss": None if gain is None else _sum(each.disallowed for each in disposals),
    }
    return Gains(**told, disposals=realized, absences=absent(told))


def wash_sales_of(fold: TaxFold, year: int, accounts: Collection[UUID]) -> list[WashSale]:
    """Return the wash sales of which accounts have made the loss in a calendar year, in the order of the losses."""
    found = [
        each
        for each in fold.wash_sales
        if each.sale.movement.trade_date.year == year and each.sale.key.account_id in accounts
    ]
    return sorted(found, key=wash_sale_place)


def wash_sale_place(sale: WashSale) -> tuple[date, int, str, date, UUID, int, str]:
    """Return the place of a wash sale in a list of them."""
    movement = sale.sale.movement
    return (
        movement.trade_date,
        movement.sequence,
        sale.sale.lot,
        sale.opened_on,
        sale.key.account_id,
        sequence_of(sale.lot),
        sale.lot,
    )


def income_of(ledger: Ledger, year: int, accounts: Collection[UUID]) -> Income:
    """Return what accounts have earned and paid in a calendar year, at the rates of the days."""
    found: dict[str, list[Decimal | None]] = {name: [] for name in ("dividends", "interest", "interest_paid", "fees")}
    for movement in _of_year(ledger.movements, year):
        name = _income_name(movement)
        if name is not None and movement.account_id in accounts:
            found[name].append(_income(movement))
    told = {name: _sum(amounts) for name, amounts in found.items()}
    return Income(**told, absences=absent(told))


def _income_name(movement: Movement) -> str | None:
    # What is paid in lieu of a dividend on units sold short is deducted as investment interest, if at all.  Source: IRS
    # Publication 550, on payments in lieu of dividends.
    if movement.kind is TransactionKind.INTEREST or (movement.amount < 0 and movement.kind is TransactionKind.DIVIDEND):
        return "interest" if movement.amount > 0 else "interest_paid"
    return _INCOME.get(movement.kind)


_INCOME = {
    TransactionKind.DIVIDEND: "dividends",
    TransactionKind.REINVESTED_DIVIDEND: "dividends",
    TransactionKind.FEE: "fees",
}


def _income(movement: Movement) -> Decimal | None:
    amount = movement.amount if movement.terms.cash is None else movement.terms.cash
    return None if movement.fx_rate is None else to_money(product(amount.copy_abs(), movement.fx_rate))


def _of_year(movements: Sequence[Movement], year: int) -> Sequence[Movement]:
    first = bisect_left(movements, date(year, 1, 1), key=lambda each: each.trade_date)
    return movements[first : bisect_right(movements, date(year, 12, 31), key=lambda each: each.trade_date)]


def deducted(net: Decimal, currency: str) -> tuple[Decimal, Decimal] | None:
    """Return how much of a year's net loss is deducted from other income, and how much is carried to the next year.

    Source: Internal Revenue Code, sections 1211(b) and 1212(b): $3,000, of one who files alone or jointly.  None where
    the money is not in dollars.
    """
    if currency != _DOLLARS:
        return None
    loss = max(ZERO, net.copy_negate())
    now = min(loss, _DEDUCTIBLE)
    return now, EXACT.subtract(loss, now)


def undeducted(currency: str) -> tuple[Absence, ...]:
    """Say why the deduction of a loss is missing: the limit is one of dollars."""
    message = f"expected {_DOLLARS}, in which the limit of the deduction is, got {currency}"
    return tuple(
        Absence(name, AbsenceReason.NOT_APPLICABLE, message) for name in ("loss_deducted", "loss_carry_forward")
    )


def _realized(fold: TaxFold, year: int, accounts: Collection[UUID]) -> Iterator[Realized]:
    disposals = fold.disposals
    first = bisect_left(disposals, date(year, 1, 1), key=lambda each: each.movement.trade_date)
    last = bisect_right(disposals, date(year, 12, 31), key=lambda each: each.movement.trade_date)
    movement, number = None, 0
    for disposal in disposals[first:last]:
        number = number + 1 if disposal.movement is movement else 0
        movement = disposal.movement
        if disposal.key.account_id in accounts:
            yield Realized(disposal, number)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    present = [amount for amount in known if amount is not None]
    return to_money(total(present)) if len(present) == len(known) else None


def absent(told: Mapping[str, Decimal | None]) -> tuple[Absence, ...]:
    """Say why numbers are missing: a rate of exchange is not known."""
    message = "expected the rate of exchange of every trade date, got none for some"
    return tuple(
        Absence(name, AbsenceReason.NO_PRICE, message, "record the trade again when the rate is in the market")
        for name, amount in told.items()
        if amount is None
    )
