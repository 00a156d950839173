"""What is said to the ledger, as `operations/contract.graphql` fixes it."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.portfolios import types as domain

Side = strawberry.enum(domain.Side, name="TradeSide", description="Which way an option trade goes.")

_SYMBOL = "Symbol of the instrument."
_OCC = "OCC symbol of the contract: AAPL240119C00150000, padded to 21 characters or not."
_FEES = "What was paid for trading in all; commission where `feeParts` does not say."
_FEE_PARTS = "The same by kind; sums to `fees` where both are given."
_SETTLEMENT = "When money and units change hands; by default by the exchange's cycle of the time."
_LOTS = "Which units are closed, `quantity` in all, at most 1,000 lots; by default the oldest."
_NOTE = "At most 2,000 characters."
_EX_DATE = "The day from whose start it counts; not after the market's today."
_CASH_IN_LIEU = "What was paid in all for the fraction of a unit; null where fractions are kept."
_TRADE_DATE = "The day in New York on which it happened; not after the market's today."
_CURRENCY = "ISO 4217 code; by default the portfolio's base currency."
_KEY = "Chosen by the client, 1 to 200 characters: the same key and input again answers the first result."


@strawberry.input(description="A portfolio to create.")
class CreatePortfolioInput:
    """A name and a currency."""

    name: str = strawberry.field(description="1 to 200 characters.")
    description: str | None = strawberry.field(description="At most 2,000 characters.", default=None)
    base_currency: str = strawberry.field(description="ISO 4217 code of the currency to value it in.", default="USD")
    idempotency_key: str | None = strawberry.field(description=_KEY, default=None)


@strawberry.input(description="Units of one lot: specific identification.")
class LotChoice:
    """A part of a lot."""

    lot_id: strawberry.ID = strawberry.field(description="The lot, as `Portfolio.lots` names it by any method.")
    quantity: Decimal = strawberry.field(description="Units of it, greater than 0.")


@strawberry.input(description="What was paid for trading, by kind; at most 8 decimal places each.")
class FeesInput:
    """Fees by kind."""

    commission: Decimal | None = strawberry.field(description="To the broker.", default=None)
    sec: Decimal | None = strawberry.field(description="The SEC's fee on sales.", default=None)
    taf: Decimal | None = strawberry.field(description="FINRA's trading activity fee.", default=None)
    other: Decimal | None = strawberry.field(description="Anything else.", default=None)


@strawberry.input(description="A purchase or a sale.")
class TradeInput:
    """Units at a price."""

    symbol: str = strawberry.field(description=_SYMBOL)
    quantity: Decimal = strawberry.field(description="Units, greater than 0; at most 10 decimal places.")
    price: Decimal = strawberry.field(description="Price per unit in the instrument's currency, at least 0.")
    fees: Decimal | None = strawberry.field(description=_FEES, default=None)
    fee_parts: FeesInput | None = strawberry.field(description=_FEE_PARTS, default=None)
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    settlement_date: date | None = strawberry.field(description=_SETTLEMENT, default=None)
    lots: list[LotChoice] | None = strawberry.field(description=_LOTS, default=None)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Money that moves by itself.")
class CashInput:
    """An amount."""

    amount: Decimal = strawberry.field(
        description="Greater than 0, but for interest that was paid; at most 8 decimal places."
    )
    currency: str | None = strawberry.field(description=_CURRENCY, default=None)
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Money of one currency given for money of another.")
class CurrencyExchangeInput:
    """Two amounts."""

    sold: Decimal = strawberry.field(description="What was given, greater than 0.")
    sold_currency: str = strawberry.field(description="ISO 4217 code of what was given.")
    bought: Decimal = strawberry.field(description="What came for it, greater than 0.")
    bought_currency: str = strawberry.field(description="ISO 4217 code of what came.")
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Money that an instrument paid.")
class IncomeInput:
    """An amount of an instrument's."""

    symbol: str = strawberry.field(description=_SYMBOL)
    amount: Decimal = strawberry.field(
        description=(
            "Greater than 0, but for a dividend that is owed on units sold short, which is negative; at most 8 decimal "
            "places."
        )
    )
    currency: str | None = strawberry.field(
        description="ISO 4217 code; by default the instrument's currency.", default=None
    )
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="A dividend that bought units at once.")
class ReinvestmentInput:
    """An amount, and the units that it bought."""

    symbol: str = strawberry.field(description=_SYMBOL)
    quantity: Decimal = strawberry.field(description="Units bought, greater than 0.")
    amount: Decimal = strawberry.field(description="The dividend, all of which was reinvested.")
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Units that arrive with their history.")
class TransferredLotInput:
    """One lot."""

    opened_on: date = strawberry.field(description="When they were bought.")
    quantity: Decimal = strawberry.field(description="Units, greater than 0.")
    cost_basis: Decimal = strawberry.field(description="What all of them cost, in the instrument's currency.")


@strawberry.input(description="Units (`symbol` and `quantity`) or money (`amount`) from elsewhere, or to there.")
class TransferInput:
    """What moves."""

    symbol: str | None = strawberry.field(description=_SYMBOL, default=None)
    quantity: Decimal | None = strawberry.field(description="Units, greater than 0.", default=None)
    amount: Decimal | None = strawberry.field(description="Money, greater than 0.", default=None)
    currency: str | None = strawberry.field(description=_CURRENCY, default=None)
    lots: list[TransferredLotInput] | None = strawberry.field(
        description="Of units that come in: their lots, `quantity` in all; at most 1,000.", default=None
    )
    choices: list[LotChoice] | None = strawberry.field(
        description="Of units that go out: which; by default the oldest.", default=None
    )
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="New units for old; a reverse split has a ratio below 1.")
class SplitInput:
    """A ratio."""

    symbol: str = strawberry.field(description=_SYMBOL)
    numerator: int = strawberry.field(description="New units, at least 1.")
    denominator: int = strawberry.field(description="For so many old ones, at least 1.")
    trade_date: date = strawberry.field(description=_EX_DATE)
    cash_in_lieu: Decimal | None = strawberry.field(description=_CASH_IN_LIEU, default=None)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Units of another company that came for those held.")
class SpinOffInput:
    """A ratio, and the part of the cost that goes with it."""

    symbol: str = strawberry.field(description=_SYMBOL)
    new_symbol: str = strawberry.field(description="Symbol of the company that was spun off.")
    numerator: int = strawberry.field(description="Its units, at least 1.")
    denominator: int = strawberry.field(description="For so many held, at least 1.")
    cost_fraction: Decimal = strawberry.field(description="The part of the cost basis that moves to them, from 0 to 1.")
    trade_date: date = strawberry.field(description=_EX_DATE)
    cash_in_lieu: Decimal | None = strawberry.field(description=_CASH_IN_LIEU, default=None)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Units that were exchanged for another company's, for cash, or for both.")
class MergerInput:
    """What came for each unit."""

    symbol: str = strawberry.field(description=_SYMBOL)
    new_symbol: str | None = strawberry.field(description="Symbol of the new units; null for cash alone.", default=None)
    numerator: int | None = strawberry.field(description="New units, at least 1.", default=None)
    denominator: int | None = strawberry.field(description="For so many old ones, at least 1.", default=None)
    cash_per_unit: Decimal | None = strawberry.field(description="Cash for each old unit.", default=None)
    new_price: Decimal | None = strawberry.field(
        description="What a new unit is worth; needed where cash and units both come, because the gain depends on it.",
        default=None,
    )
    trade_date: date = strawberry.field(description=_EX_DATE)
    cash_in_lieu: Decimal | None = strawberry.field(description=_CASH_IN_LIEU, default=None)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Units that go on under another symbol.")
class SymbolChangeInput:
    """Two symbols."""

    symbol: str = strawberry.field(description="The old symbol.")
    new_symbol: str = strawberry.field(description="The new symbol.")
    trade_date: date = strawberry.field(description=_EX_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="Option contracts that were bought or written, or closed.")
class OptionTradeInput:
    """Contracts at a price."""

    symbol: str = strawberry.field(description=_OCC)
    quantity: Decimal = strawberry.field(description="Contracts, greater than 0.")
    price: Decimal = strawberry.field(description="Price per unit of the underlying, of which a contract has 100.")
    side: Side | None = strawberry.field(  # type: ignore[valid-type]
        description="By default BUY to open, and to close the opposite of what is held.", default=None
    )
    fees: Decimal | None = strawberry.field(description=_FEES, default=None)
    fee_parts: FeesInput | None = strawberry.field(description=_FEE_PARTS, default=None)
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    settlement_date: date | None = strawberry.field(description=_SETTLEMENT, default=None)
    lots: list[LotChoice] | None = strawberry.field(description=_LOTS, default=None)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(description="The end of option contracts; the underlying is delivered at the strike.")
class OptionEventInput:
    """Contracts."""

    symbol: str = strawberry.field(description=_OCC)
    quantity: Decimal = strawberry.field(description="Contracts, greater than 0.")
    fees: Decimal | None = strawberry.field(description=_FEES, default=None)
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description=_NOTE, default=None)


@strawberry.input(one_of=True, description="What happened: exactly one of these.")
class TransactionInput:
    """One kind of transaction."""

    buy: strawberry.Maybe[TradeInput] = strawberry.field(description="Units were bought.")
    sell: strawberry.Maybe[TradeInput] = strawberry.field(description="Units were sold.")
    short_sale: strawberry.Maybe[TradeInput] = strawberry.field(description="Borrowed units were sold.")
    cover_short: strawberry.Maybe[TradeInput] = strawberry.field(description="Units were bought and given back.")
    dividend: strawberry.Maybe[IncomeInput] = strawberry.field(description="An instrument paid a dividend in cash.")
    reinvested_dividend: strawberry.Maybe[ReinvestmentInput] = strawberry.field(description="A dividend bought units.")
    return_of_capital: strawberry.Maybe[IncomeInput] = strawberry.field(
        description="An instrument paid back a part of what it cost; what is beyond the cost is a gain."
    )
    interest: strawberry.Maybe[CashInput] = strawberry.field(description="Cash earned interest, or paid it (negative).")
    fee: strawberry.Maybe[CashInput] = strawberry.field(description="A fee that belongs to no trade was paid.")
    contribution: strawberry.Maybe[CashInput] = strawberry.field(description="Money came from outside.")
    withdrawal: strawberry.Maybe[CashInput] = strawberry.field(description="Money went outside.")
    currency_exchange: strawberry.Maybe[CurrencyExchangeInput] = strawberry.field(description="Money was exchanged.")
    transfer_in: strawberry.Maybe[TransferInput] = strawberry.field(description="Units or money came from elsewhere.")
    transfer_out: strawberry.Maybe[TransferInput] = strawberry.field(description="Units or money went elsewhere.")
    split: strawberry.Maybe[SplitInput] = strawberry.field(description="Units were split, or put together.")
    spin_off: strawberry.Maybe[SpinOffInput] = strawberry.field(description="A part of the company became another.")
    merger: strawberry.Maybe[MergerInput] = strawberry.field(description="The company became a part of another.")
    symbol_change: strawberry.Maybe[SymbolChangeInput] = strawberry.field(description="The symbol changed.")
    option_open: strawberry.Maybe[OptionTradeInput] = strawberry.field(description="Contracts were opened.")
    option_close: strawberry.Maybe[OptionTradeInput] = strawberry.field(description="Contracts were closed.")
    option_exercise: strawberry.Maybe[OptionEventInput] = strawberry.field(description="The holder exercised.")
    option_assignment: strawberry.Maybe[OptionEventInput] = strawberry.field(description="The writer was assigned.")
    option_expiry: strawberry.Maybe[OptionEventInput] = strawberry.field(description="Contracts ended unused.")


@strawberry.input(description="A transaction to append to a portfolio's ledger.")
class RecordTransactionInput:
    """Where, and what."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    account_id: strawberry.ID | None = strawberry.field(
        description="The account; by default the portfolio's default one.", default=None
    )
    idempotency_key: str = strawberry.field(description=_KEY)
    expected_version: int | None = strawberry.field(
        description="Refuse with VERSION_CONFLICT unless the portfolio is at this version.", default=None
    )
    transaction: TransactionInput = strawberry.field(description="What happened.")


@strawberry.input(description="A transaction to cancel.")
class ReverseTransactionInput:
    """Which, and why."""

    transaction_id: strawberry.ID = strawberry.field(description="The transaction.")
    idempotency_key: str = strawberry.field(description=_KEY)
    reason: str | None = strawberry.field(description="At most 2,000 characters.", default=None)
    portfolio_id: strawberry.ID | None = strawberry.field(
        description=(
            "The portfolio in whose ledger it is to be cancelled; by default the one in whose own ledger it is. Who "
            "shows a modeling session names the session's portfolio: what the session began with is then cancelled in "
            "it, and not for real."
        ),
        default=None,
    )


@strawberry.input(description="Which portfolios to value.")
class RefreshMarksInput:
    """One, or all of the user's."""

    portfolio_id: strawberry.ID | None = strawberry.field(
        description="The portfolio; by default all of the user's.", default=None
    )
