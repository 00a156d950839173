"""What is said to the ledger, and what is computed from it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.rates import Rate
from domain.market.types import ContractRow, InstrumentRow


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
    SHORT_SALE = "SHORT_SALE"
    COVER_SHORT = "COVER_SHORT"
    DIVIDEND = "DIVIDEND"
    REINVESTED_DIVIDEND = "REINVESTED_DIVIDEND"
    RETURN_OF_CAPITAL = "RETURN_OF_CAPITAL"
    INTEREST = "INTEREST"
    FEE = "FEE"
    CONTRIBUTION = "CONTRIBUTION"
    WITHDRAWAL = "WITHDRAWAL"
    CURRENCY_EXCHANGE = "CURRENCY_EXCHANGE"
    TRANSFER_IN = "TRANSFER_IN"
    TRANSFER_OUT = "TRANSFER_OUT"
    SPLIT = "SPLIT"
    SPIN_OFF = "SPIN_OFF"
    MERGER = "MERGER"
    SYMBOL_CHANGE = "SYMBOL_CHANGE"
    OPTION_OPEN = "OPTION_OPEN"
    OPTION_CLOSE = "OPTION_CLOSE"
    OPTION_EXERCISE = "OPTION_EXERCISE"
    OPTION_ASSIGNMENT = "OPTION_ASSIGNMENT"
    OPTION_EXPIRY = "OPTION_EXPIRY"
    REVERSAL = "REVERSAL"


class TransactionSource(StrEnum):
    """How a transaction came into the ledger."""

    MANUAL = "MANUAL"
    IMPORT = "IMPORT"
    CORPORATE_ACTION = "CORPORATE_ACTION"
    PLAN = "PLAN"


class PositionKind(StrEnum):
    """Which side of the market a position is on: LONG and SHORT units, and options held (L) or written (S), calls (C)
    or puts (P).
    """

    LONG = "LONG"
    SHORT = "SHORT"
    LC = "LC"
    LP = "LP"
    SC = "SC"
    SP = "SP"


class Side(StrEnum):
    """Which way an option trade goes."""

    BUY = "BUY"
    SELL = "SELL"


class LotMethod(StrEnum):
    """Which units of several purchases are taken to be sold.

    FIFO: the oldest.  LIFO: the newest.  HIFO: those of the highest cost a unit.  LOWEST_COST: those of the lowest.
    AVERAGE: the oldest, each unit at the average cost of all.  SPECIFIC: those that were named at the trade, and the
    oldest where none were.
    """

    FIFO = "FIFO"
    LIFO = "LIFO"
    HIFO = "HIFO"
    LOWEST_COST = "LOWEST_COST"
    AVERAGE = "AVERAGE"
    SPECIFIC = "SPECIFIC"


class Term(StrEnum):
    """Whether units were held for more than a year."""

    SHORT = "SHORT"
    LONG = "LONG"


class PriceSource(StrEnum):
    """Where the price of a position comes from.

    QUOTE: the latest quote.  CLOSE: the last daily close known at the instant.  MODEL: Black-Scholes, at the volatility
    of the underlying's past closes, because no quote of the option is known.  INTRINSIC: what an expired option is
    worth.
    """

    QUOTE = "QUOTE"
    CLOSE = "CLOSE"
    MODEL = "MODEL"
    INTRINSIC = "INTRINSIC"


class SharePermission(StrEnum):
    """What somebody may do with a portfolio that another shares with them."""

    VIEWER = "VIEWER"
    EDITOR = "EDITOR"


class PortfolioPermission(StrEnum):
    """What somebody may do with a portfolio: OWNER everything, EDITOR see and record, VIEWER see."""

    OWNER = "OWNER"
    EDITOR = "EDITOR"
    VIEWER = "VIEWER"


class TargetKind(StrEnum):
    """What a target is a part of."""

    INSTRUMENT = "INSTRUMENT"
    SECTOR = "SECTOR"
    TAG = "TAG"
    CASH = "CASH"


class ImportState(StrEnum):
    """How far an import has come."""

    PREVIEWED = "PREVIEWED"
    CONFIRMED = "CONFIRMED"
    UNDONE = "UNDONE"
    FAILED = "FAILED"


class RowState(StrEnum):
    """What becomes of a row of a file.

    NEW: it will be recorded.  KNOWN: an earlier import has recorded it.  IGNORED: it says nothing for a ledger.
    REFUSED: something is wrong with it.  RECORDED: it is in the ledger.
    """

    NEW = "NEW"
    KNOWN = "KNOWN"
    IGNORED = "IGNORED"
    REFUSED = "REFUSED"
    RECORDED = "RECORDED"


class FeeKind(StrEnum):
    """What a fee was paid for: to the broker; to the SEC and to FINRA (TAF) on a sale; anything else."""

    COMMISSION = "COMMISSION"
    SEC = "SEC"
    TAF = "TAF"
    OTHER = "OTHER"


class Book(StrEnum):
    """The books that postings are made in.

    HOLDINGS and CASH are what the owner has; CAPITAL is what came from or went outside; FEES is what was paid for
    trading; INCOME is what holdings and cash have earned; TRADING is the other side of an exchange of units for money,
    so that units and money each balance by themselves; ACTIONS is the other side of units that corporate actions and
    the ends of options made or took.
    """

    CASH = "CASH"
    HOLDINGS = "HOLDINGS"
    TRADING = "TRADING"
    CAPITAL = "CAPITAL"
    FEES = "FEES"
    INCOME = "INCOME"
    ACTIONS = "ACTIONS"


@dataclass(frozen=True, slots=True)
class Holding:
    """What an account holds of an instrument on one side: short units, and what they brought, are negative.

    `cost_basis`, in the instrument's currency, is what the remaining units cost with fees: the units named at each sale
    were sold, or the oldest.  `base_cost` is the same in the portfolio's base currency, each lot at the rate of the day
    on which it was opened; None where a rate is not known.
    """

    account_id: UUID
    instrument_id: UUID
    quantity: Decimal
    cost_basis: Decimal
    base_cost: Decimal | None

    @property
    def is_short(self) -> bool:
        """Whether it is owed."""
        return self.quantity < 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A portfolio at one point of the ledger: holdings, and cash by currency."""

    holdings: tuple[Holding, ...]
    cash: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A holding at a price.  Money is in the portfolio's base currency, `average_cost` and `price` in the instrument's;
    a short position's quantity and money are negative.  `fx_rate` is what one unit of the instrument's currency costs
    in the base currency; `weight` is a fraction of the portfolio's total value.  `day_change` is what the units that
    are held now have changed by since the close before, whenever they came.  Of an option, `delta` is what the price
    changes by when `underlying_price`, in the instrument's currency, changes by 1.  `quantity` and `average_cost` are
    None where the owner hides amounts.
    """

    portfolio_id: UUID
    account_id: UUID
    instrument: InstrumentRow
    contract: ContractRow | None
    kind: PositionKind
    quantity: Decimal | None
    average_cost: Decimal | None
    cost_basis: Decimal | None
    price: Decimal | None
    price_at: datetime | None
    price_source: PriceSource | None
    fx_rate: Decimal | None
    market_value: Decimal | None
    unrealized_gain: Decimal | None
    day_change: Decimal | None
    weight: float | None
    underlying_price: Decimal | None
    delta: float | None
    absences: tuple[Absence, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is owed."""
        return self.kind in (PositionKind.SHORT, PositionKind.SC, PositionKind.SP)

    @property
    def units(self) -> Decimal:
        """The quantity, for what is not asked on behalf of somebody from whom it is hidden."""
        assert self.quantity is not None
        return self.quantity


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
    known_at: datetime | None
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
    rates: tuple[Rate, ...]
    unpriced: tuple[Unpriced, ...]
    absences: tuple[Absence, ...]
    # Whether the owner hides money and quantities from whom this is for.
    is_veiled: bool = False
