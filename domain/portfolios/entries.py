"""What is said to the ledger: one class for each shape of `TransactionInput`, `kind` telling its members apart.

Quantities are in units and positive, fractional units allowed; prices in the instrument's currency per unit; dates are
New York's.  Nothing is checked here: `domain.portfolios.bookings` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.portfolios.types import FeeKind, Side, TransactionKind


@dataclass(frozen=True, slots=True)
class LotChoice:
    """So many units of the lot of this key: specific identification."""

    lot: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class TransferredLot:
    """Units that arrive from elsewhere with their history: `cost_basis` is what all of them cost."""

    opened_on: date
    quantity: Decimal
    cost_basis: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """BUY, SELL, SHORT_SALE or COVER_SHORT.  `fees` is all that was paid, `fee_parts` by kind; either will do."""

    kind: TransactionKind
    symbol: str
    quantity: Decimal
    price: Decimal
    fees: Decimal | None = None
    fee_parts: Mapping[FeeKind, Decimal] | None = None
    trade_date: date
    settlement_date: date | None = None
    lots: tuple[LotChoice, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMovement:
    """CONTRIBUTION, WITHDRAWAL and FEE, `amount` positive; INTEREST, negative where it was paid."""

    kind: TransactionKind
    amount: Decimal
    currency: str | None = None
    trade_date: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyExchange:
    """Money of one currency given for money of another."""

    kind: TransactionKind = TransactionKind.CURRENCY_EXCHANGE
    sold: Decimal
    sold_currency: str
    bought: Decimal
    bought_currency: str
    trade_date: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """DIVIDEND, or RETURN_OF_CAPITAL: money that an instrument pays, which a return of capital takes off its cost.

    A dividend that is owed on units sold short, to who has lent them, is negative.
    """

    kind: TransactionKind
    symbol: str
    amount: Decimal
    currency: str | None = None
    trade_date: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinvestment:
    """A dividend of `amount` that bought `quantity` units at once."""

    kind: TransactionKind = TransactionKind.REINVESTED_DIVIDEND
    symbol: str
    quantity: Decimal
    amount: Decimal
    trade_date: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """TRANSFER_IN or TRANSFER_OUT: units (`symbol` and `quantity`) with their lots, or money (`amount`)."""

    kind: TransactionKind
    symbol: str | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    currency: str | None = None
    # What arrives, and what is to leave.
    lots: tuple[TransferredLot, ...] = ()
    choices: tuple[LotChoice, ...] = ()
    trade_date: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """`numerator` new units for `denominator` old; `cash_in_lieu` is what was paid for the fraction of a unit."""

    kind: TransactionKind = TransactionKind.SPLIT
    symbol: str
    numerator: int
    denominator: int
    trade_date: date
    cash_in_lieu: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpinOff:
    """`numerator` units of `new_symbol` for `denominator` held; they take `cost_fraction` of the cost with them."""

    kind: TransactionKind = TransactionKind.SPIN_OFF
    symbol: str
    new_symbol: str
    numerator: int
    denominator: int
    cost_fraction: Decimal
    trade_date: date
    cash_in_lieu: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """`numerator` units of `new_symbol` for `denominator` old, or `cash_per_unit`, or both.

    `new_price`, what a new unit is worth, is needed where both come: so much of the gain is taxed as cash pays for.
    """

    kind: TransactionKind = TransactionKind.MERGER
    symbol: str
    new_symbol: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    cash_per_unit: Decimal | None = None
    new_price: Decimal | None = None
    trade_date: date
    cash_in_lieu: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolChange:
    """The units go on under another symbol.

    Of contracts of an option, and of these alone, it says the ratio of the split for which they are adjusted.
    """

    kind: TransactionKind = TransactionKind.SYMBOL_CHANGE
    symbol: str
    new_symbol: str
    numerator: int | None = None
    denominator: int | None = None
    trade_date: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTrade:
    """OPTION_OPEN or OPTION_CLOSE: `symbol` is the contract's (OCC), `quantity` in contracts, `price` per unit of the
    underlying.  `side` is BUY for an opening and the opposite of what is held for a closing where it is not given.
    """

    kind: TransactionKind
    symbol: str
    quantity: Decimal
    price: Decimal
    side: Side | None = None
    fees: Decimal | None = None
    fee_parts: Mapping[FeeKind, Decimal] | None = None
    trade_date: date
    settlement_date: date | None = None
    lots: tuple[LotChoice, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionEvent:
    """OPTION_EXERCISE (by the holder), OPTION_ASSIGNMENT (to the writer) or OPTION_EXPIRY of `quantity` contracts."""

    kind: TransactionKind
    symbol: str
    quantity: Decimal
    fees: Decimal | None = None
    trade_date: date
    note: str | None = None


Entry = (
    Trade
    | CashMovement
    | CurrencyExchange
    | Income
    | Reinvestment
    | Transfer
    | Split
    | SpinOff
    | Merger
    | SymbolChange
    | OptionTrade
    | OptionEvent
)

# Which shape an entry of each kind has; a reversal is said in another way.
SHAPES: Mapping[TransactionKind, type[Entry]] = {
    **dict.fromkeys(
        (TransactionKind.BUY, TransactionKind.SELL, TransactionKind.SHORT_SALE, TransactionKind.COVER_SHORT), Trade
    ),
    **dict.fromkeys(
        (TransactionKind.INTEREST, TransactionKind.FEE, TransactionKind.CONTRIBUTION, TransactionKind.WITHDRAWAL),
        CashMovement,
    ),
    **dict.fromkeys((TransactionKind.DIVIDEND, TransactionKind.RETURN_OF_CAPITAL), Income),
    **dict.fromkeys((TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT), Transfer),
    **dict.fromkeys((TransactionKind.OPTION_OPEN, TransactionKind.OPTION_CLOSE), OptionTrade),
    **dict.fromkeys(
        (TransactionKind.OPTION_EXERCISE, TransactionKind.OPTION_ASSIGNMENT, TransactionKind.OPTION_EXPIRY),
        OptionEvent,
    ),
    TransactionKind.REINVESTED_DIVIDEND: Reinvestment,
    TransactionKind.CURRENCY_EXCHANGE: CurrencyExchange,
    TransactionKind.SPLIT: Split,
    TransactionKind.SPIN_OFF: SpinOff,
    TransactionKind.MERGER: Merger,
    TransactionKind.SYMBOL_CHANGE: SymbolChange,
}
