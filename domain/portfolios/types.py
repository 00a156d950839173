"""What is said to the ledger, and what is computed from it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.types import InstrumentRow


class AccountKind(StrEnum):
    """How an account is taxed."""

    TAXABLE = "TAXABLE"
    K401 = "K401"
    ROTH_IRA = "ROTH_IRA"
    TRADITIONAL_IRA = "TRADITIONAL_IRA"
    SEP_IRA = "SEP_IRA"
    HSA = "HSA"
    EDUCATION_529 = "EDUCATION_529"


class TransactionKind(StrEnum):
    """What a transaction did."""

    BUY = "BUY"
    SELL = "SELL"
    CONTRIBUTION = "CONTRIBUTION"
    WITHDRAWAL = "WITHDRAWAL"
    REVERSAL = "REVERSAL"


class PositionKind(StrEnum):
    """Which side of the market a position is on."""

    LONG = "LONG"


class Book(StrEnum):
    """The books that postings are made in.

    HOLDINGS and CASH are what the owner has; CAPITAL is what came from or went outside; FEES is what was paid for
    trading; TRADING is the other side of an exchange of units for money, so that units and money each balance by
    themselves.
    """

    CASH = "CASH"
    HOLDINGS = "HOLDINGS"
    TRADING = "TRADING"
    CAPITAL = "CAPITAL"
    FEES = "FEES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A purchase or a sale, as it is to be recorded: `kind` is BUY or SELL.

    `quantity` is in units and positive; `price` in the instrument's currency per unit; `fees` in that currency.
    """

    kind: TransactionKind
    symbol: str
    quantity: Decimal
    price: Decimal
    fees: Decimal | None = None
    trade_date: date
    settlement_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMovement:
    """Money that comes from outside or goes there: `kind` is CONTRIBUTION or WITHDRAWAL, `amount` positive."""

    kind: TransactionKind
    amount: Decimal
    currency: str | None = None
    trade_date: date
    note: str | None = None


Entry = Trade | CashMovement


@dataclass(frozen=True, slots=True)
class Movement:
    """One transaction as the fold over the ledger needs it; cancelled ones and reversals are left out before."""

    kind: TransactionKind
    trade_date: date
    sequence: int
    account_id: UUID
    instrument_id: UUID | None
    quantity: Decimal | None
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What an account holds of an instrument.

    `cost_basis`, in the instrument's currency, is what the remaining units cost with fees, the first bought being
    the first sold.
    """

    account_id: UUID
    instrument_id: UUID
    quantity: Decimal
    cost_basis: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """A portfolio at one point of the ledger: holdings, and cash by currency."""

    holdings: tuple[Holding, ...]
    cash: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A holding at a price.  Money is in the portfolio's base currency, `average_cost` and `price` in the instrument's;
    `weight` is a fraction of the portfolio's total value.
    """

    portfolio_id: UUID
    account_id: UUID
    instrument: InstrumentRow
    kind: PositionKind
    quantity: Decimal
    average_cost: Decimal
    cost_basis: Decimal | None
    price: Decimal | None
    market_value: Decimal | None
    unrealized_gain: Decimal | None
    weight: float | None
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class Unpriced:
    """An instrument that is held and cannot be priced."""

    symbol: str
    reason: AbsenceReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """A portfolio's worth in its base currency.

    `at` is the market's time of the newest price or transaction in it.  `day_change` is the value less the value at
    the close before the session of the prices, less what came from outside since; `day_change_percent` is percent of
    that earlier value.  `version` names the state of the ledger that it was computed from.
    """

    portfolio_id: UUID
    as_of: datetime | None
    version: int
    at: datetime
    currency: str
    total_value: Decimal | None
    invested_value: Decimal | None
    cash_balance: Decimal | None
    cost_basis: Decimal | None
    unrealized_gain: Decimal | None
    day_change: Decimal | None
    day_change_percent: float | None
    cash: tuple[tuple[str, Decimal], ...]
    positions: tuple[Position, ...]
    unpriced: tuple[Unpriced, ...]
    absences: tuple[Absence, ...]
