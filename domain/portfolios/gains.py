"""What is realized for tax, and the lots that are open: read from ledgers that were folded for it.  Pure, exact."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
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

Cursor = tuple[date, int, UUID, str]


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
    def place(self) -> Cursor:
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
    names = ("proceeds", "cost_basis", "gain", "short_term", "long_term", "disallowed_loss")
    return Gains(
        proceeds=_sum(each.base_proceeds for each in disposals),
        cost_basis=_sum(each.basis for each in disposals),
        gain=gain,
        short_term=_sum(each.gain for each in disposals if each.term is Term.SHORT),
        long_term=_sum(each.gain for each in disposals if each.term is Term.LONG),
        disallowed_loss=None if gain is None else _sum(each.disallowed for each in disposals),
        disposals=realized,
        absences=(),
    )._explained(names)
