"""What a format says: which columns of a file mean what.  Each module of `formats` is one such mapping, as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.portfolios.types import Side, TransactionKind


class Shape(StrEnum):
    """What a row of a file is: a position that is held, something that was done, or an entry of our own ledger."""

    POSITIONS = "POSITIONS"
    ACTIVITY = "ACTIVITY"
    LEDGER = "LEDGER"


class DateOrder(StrEnum):
    """How dates of three numbers are read where the year does not come first."""

    MONTH_FIRST = "MONTH_FIRST"
    DAY_FIRST = "DAY_FIRST"


class Field(StrEnum):
    """What a column can mean."""

    DATE = "DATE"
    SETTLEMENT = "SETTLEMENT"
    ACTION = "ACTION"
    SYMBOL = "SYMBOL"
    DESCRIPTION = "DESCRIPTION"
    ASSET = "ASSET"
    QUANTITY = "QUANTITY"
    PRICE = "PRICE"
    AMOUNT = "AMOUNT"
    FEES = "FEES"
    CURRENCY = "CURRENCY"
    COST = "COST"
    UNIT_COST = "UNIT_COST"
    VALUE = "VALUE"
    NOTE = "NOTE"
    TAGS = "TAGS"
    STRATEGY = "STRATEGY"
    # Of our own ledger alone.
    ACCOUNT = "ACCOUNT"
    FEE_COMMISSION = "FEE_COMMISSION"
    FEE_SEC = "FEE_SEC"
    FEE_TAF = "FEE_TAF"
    FEE_OTHER = "FEE_OTHER"
    SIDE = "SIDE"
    NEW_SYMBOL = "NEW_SYMBOL"
    NUMERATOR = "NUMERATOR"
    DENOMINATOR = "DENOMINATOR"
    COST_FRACTION = "COST_FRACTION"
    CASH_IN_LIEU = "CASH_IN_LIEU"
    CASH_PER_UNIT = "CASH_PER_UNIT"
    NEW_PRICE = "NEW_PRICE"
    BOUGHT = "BOUGHT"
    BOUGHT_CURRENCY = "BOUGHT_CURRENCY"
    SOLD = "SOLD"
    SOLD_CURRENCY = "SOLD_CURRENCY"
    LOTS = "LOTS"
    CHOICES = "CHOICES"
    FINGERPRINT = "FINGERPRINT"


DATES = frozenset({Field.DATE, Field.SETTLEMENT})
NUMBERS = frozenset(
    {
        Field.QUANTITY,
        Field.PRICE,
        Field.AMOUNT,
        Field.FEES,
        Field.COST,
        Field.UNIT_COST,
        Field.VALUE,
        Field.FEE_COMMISSION,
        Field.FEE_SEC,
        Field.FEE_TAF,
        Field.FEE_OTHER,
        Field.COST_FRACTION,
        Field.CASH_IN_LIEU,
        Field.CASH_PER_UNIT,
        Field.NEW_PRICE,
        Field.BOUGHT,
        Field.SOLD,
    }
)


@dataclass(frozen=True, slots=True)
class Action:
    """What a word in the column of actions means: `kind`, or `negative` where the amount is below 0; None is nothing
    for a ledger.
    """

    kind: TransactionKind | None
    side: Side | None = None
    negative: TransactionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file.

    `columns` are the spellings of each column's name, in lower case; a file is of the format whose `required` columns
    it has.  `actions` are spelled in lower case.  `options` find a contract in the column `option_field`, by the groups
    root, year, month, day, right and strike.  `reported` finds the day of a snapshot in the lines around its table.
    `is_snapshot`: its dates are those of the report, and not of purchases.  `date_order` is for a file whose dates
    leave it open.
    """

    name: str
    title: str
    shape: Shape
    columns: Mapping[Field, tuple[str, ...]]
    required: tuple[Field, ...]
    date_order: DateOrder = DateOrder.MONTH_FIRST
    actions: Mapping[str, Action] = field(default_factory=dict)
    cash: re.Pattern[str] | None = None
    ignored: re.Pattern[str] | None = None
    options: tuple[re.Pattern[str], ...] = ()
    option_field: Field = Field.SYMBOL
    reported: re.Pattern[str] | None = None
    is_snapshot: bool = False
    currency: str | None = None
    template: str | None = None


# Words for actions that most brokers share.
BUY = Action(TransactionKind.BUY)
SELL = Action(TransactionKind.SELL)
SHORT_SALE = Action(TransactionKind.SHORT_SALE)
COVER_SHORT = Action(TransactionKind.COVER_SHORT)
BUY_TO_OPEN = Action(TransactionKind.OPTION_OPEN, Side.BUY)
SELL_TO_OPEN = Action(TransactionKind.OPTION_OPEN, Side.SELL)
BUY_TO_CLOSE = Action(TransactionKind.OPTION_CLOSE, Side.BUY)
SELL_TO_CLOSE = Action(TransactionKind.OPTION_CLOSE, Side.SELL)
EXPIRY = Action(TransactionKind.OPTION_EXPIRY)
EXERCISE = Action(TransactionKind.OPTION_EXERCISE)
ASSIGNMENT = Action(TransactionKind.OPTION_ASSIGNMENT)
DIVIDEND = Action(TransactionKind.DIVIDEND)
RETURN_OF_CAPITAL = Action(TransactionKind.RETURN_OF_CAPITAL)
INTEREST = Action(TransactionKind.INTEREST)
FEE = Action(TransactionKind.FEE)
SPLIT = Action(TransactionKind.SPLIT)
CASH = Action(TransactionKind.CONTRIBUTION, negative=TransactionKind.WITHDRAWAL)
NOTHING = Action(None)
