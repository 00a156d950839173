"""What is said to the ledger, as `operations/contract.graphql` fixes it."""

from datetime import date
from decimal import Decimal

import strawberry

_SYMBOL = "Symbol of the instrument."
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


@strawberry.input(description="A purchase or a sale.")
class TradeInput:
    """Units at a price."""

    symbol: str = strawberry.field(description=_SYMBOL)
    quantity: Decimal = strawberry.field(description="Units, greater than 0; at most 10 decimal places.")
    price: Decimal = strawberry.field(description="Price per unit in the instrument's currency, at least 0.")
    fees: Decimal | None = strawberry.field(
        description="What was paid for trading; at most 8 decimal places.", default=None
    )
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    settlement_date: date | None = strawberry.field(
        description="When money and units change hands; by default by the exchange's cycle of the time.", default=None
    )


@strawberry.input(description="Money that moves by itself.")
class CashInput:
    """An amount."""

    amount: Decimal = strawberry.field(description="Greater than 0; at most 8 decimal places.")
    currency: str | None = strawberry.field(description=_CURRENCY, default=None)
    trade_date: date = strawberry.field(description=_TRADE_DATE)
    note: str | None = strawberry.field(description="At most 2,000 characters.", default=None)


@strawberry.input(one_of=True, description="What happened: exactly one of these.")
class TransactionInput:
    """One kind of transaction.  Further kinds join with the slices that carry them out."""

    buy: strawberry.Maybe[TradeInput] = strawberry.field(description="Units were bought.")
    sell: strawberry.Maybe[TradeInput] = strawberry.field(description="Units were sold.")
    contribution: strawberry.Maybe[CashInput] = strawberry.field(description="Money came from outside.")
    withdrawal: strawberry.Maybe[CashInput] = strawberry.field(description="Money went outside.")


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


@strawberry.input(description="Which portfolios to value.")
class RefreshMarksInput:
    """One, or all of the user's."""

    portfolio_id: strawberry.ID | None = strawberry.field(
        description="The portfolio; by default all of the user's.", default=None
    )
