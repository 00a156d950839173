"""What a portfolio has realized in a year."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

import strawberry

from domain.kernel.dates import EARLIEST_DATE, LATEST_DATE
from domain.kernel.errors import BadUserInput
from domain.kernel.paging import cut_computed
from domain.portfolios import gains
from domain.portfolios import types as domain
from domain.portfolios.gains import Gains, Realized, absent
from domain.portfolios.tax_folds import TaxBooks, off_loop
from schema.context import Info
from schema.market.types import Instrument
from schema.portfolios.lots import LotMethod, Term, accounts_asked, instrument_held, lot_id
from schema.portfolios.tax_loaders import Folded, Question, TaxLoaders
from schema.portfolios.transactions import Transaction, transaction_of
from schema.portfolios.types import Account, Portfolio, account_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

Result = TypeVar("Result")

UNAVAILABLE = "Which numbers are null, and why; at most {}."
BASE = "ISO 4217 code of its money: the portfolio's base currency."
TAX_YEAR = (
    "`taxYear` is the calendar year of the trade date, of a short sale that on which it was closed. Without "
    "`accountId`, the accounts in which gains are taxed; with it, that account, whatever its kind; null for an account "
    "that is not the portfolio's. "
)


@strawberry.type(description="Units of one lot that were closed. Money is in the portfolio's base currency.")
class Disposal:
    """A disposal."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the transaction, its part, and `method`.")
    lot_id: strawberry.ID | None = strawberry.field(
        description="The lot; null where money came for units that a reversal has taken away."
    )
    opened_on: date = strawberry.field(description="When the lot was opened.")
    held_from: date = strawberry.field(description="What the holding period counts from.")
    closed_on: date = strawberry.field(description="Trade date of the closing.")
    quantity: Decimal = strawberry.field(
        description="Units; 0 where a return of capital or a merger paid without taking any."
    )
    is_short: bool = strawberry.field(description="Whether the units were sold first, and bought back.")
    proceeds: Decimal | None = strawberry.field(description="What came for the units, less fees.")
    cost_basis: Decimal | None = strawberry.field(
        description="What they cost, with fees and with `washSaleAdjustment`."
    )
    wash_sale_adjustment: Decimal = strawberry.field(
        description="Losses of earlier wash sales that the units carried in their basis."
    )
    disallowed_loss: Decimal = strawberry.field(description="How much of the loss is not deducted: a wash sale.")
    gain: Decimal | None = strawberry.field(description="Proceeds less cost basis, plus the disallowed loss.")
    term: Term = strawberry.field(description="How long the units were held.")  # type: ignore[valid-type]
    unavailable: list[Unavailable] = strawberry.field(description=UNAVAILABLE.format(3), metadata=sized(1))
    own: strawberry.Private[Realized]
    books: strawberry.Private[TaxBooks]

    @strawberry.field(description="Symbol of what was closed.")
    async def symbol(self, info: Info) -> str:
        """Name the instrument."""
        return (await instrument_held(info, self.own.disposal.key.instrument_id)).symbol

    @strawberry.field(description="What was closed.")
    async def instrument(self, info: Info) -> Instrument:
        """Find the instrument."""
        return await instrument_held(info, self.own.disposal.key.instrument_id)

    @strawberry.field(description="Where it was held.")
    def account(self) -> Account:
        """Show the account."""
        return account_of(self.books.accounts[self.own.disposal.key.account_id])

    @strawberry.field(description="What closed them.")
    async def transaction(self, info: Info) -> Transaction | None:
        """Find the transaction."""
        disposal = self.own.disposal
        return await transaction_at(info, self.books, disposal.key.account_id, disposal.movement.sequence)


@strawberry.type(
    description=(
        "What was realized in a tax year, in the portfolio's base currency. `gain` is `proceeds` less `costBasis` plus "
        "`disallowedLoss`; `shortTerm` and `longTerm` sum to it; each is the sum over `disposals`."
    )
)
class RealizedGains:
    """Sums, and what they are of."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, `taxYear`, `method` and `accountId`.")
    currency: str = strawberry.field(description=BASE)
    proceeds: Decimal | None = strawberry.field(description="What came for all units, less fees.")
    cost_basis: Decimal | None = strawberry.field(
        description="What they cost, with fees and with losses of earlier wash sales."
    )
    gain: Decimal | None = strawberry.field(description="What is taxed, negative for a loss.")
    short_term: Decimal | None = strawberry.field(description="The part of it on units held for a year or less.")
    long_term: Decimal | None = strawberry.field(description="The part of it on units held for more than a year.")
    disallowed_loss: Decimal | None = strawberry.field(description="Losses that wash sales have moved elsewhere.")
    unavailable: list[Unavailable] = strawberry.field(description=UNAVAILABLE.format(6), metadata=sized(1))
    found: strawberry.Private[Gains]
    books: strawberry.Private[TaxBooks]
    asked: strawberry.Private[Question]

    @strawberry.field(description="What was closed, in order of trade date and sequence.")
    def disposals(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Disposal]:
        """Show a page of the disposals."""
        request = requested(first, after, last, before, key=(date.fromisoformat, int, int))
        page = cut_computed(self.found.disposals, request, lambda row: row.place)
        return connection(page, node=lambda row: _disposal_of(row, self.books, self.asked), key=lambda row: row.place)


@extends(Portfolio)
@strawberry.type
class PortfolioWithGains:
    """What this file adds to a portfolio."""

    @strawberry.field(
        description=(
            f"What was realized in a tax year. {TAX_YEAR}`method` says which units are taken to have been sold: ask "
            "several under aliases to compare them. Wash sales are applied, as `washSales` says."
        )
    )
    async def realized_gains(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        tax_year: int,
        method: LotMethod | None = domain.LotMethod.SPECIFIC,  # type: ignore[valid-type]
        account_id: strawberry.ID | None = None,
    ) -> RealizedGains | None:
        """Show the gains of a year."""
        question = Question(root.key, method or domain.LotMethod.SPECIFIC)
        asked = await asked_of(info, question, tax_year, account_id)
        if asked is None:
            return None
        folded, accounts = asked
        found = await computed(folded, lambda: gains.gains_of(folded.fold, tax_year, accounts))
        return RealizedGains(
            id=global_id("RealizedGains", root.key, tax_year, question.method, account_id or ""),
            currency=root.base_currency,
            proceeds=found.proceeds,
            cost_basis=found.cost_basis,
            gain=found.gain,
            short_term=found.short_term,
            long_term=found.long_term,
            disallowed_loss=found.disallowed_loss,
            unavailable=unavailable_of(found.absences),
            found=found,
            books=folded.books,
            asked=question,
        )


async def asked_of(
    info: Info, question: Question, tax_year: int, account_id: strawberry.ID | None
) -> tuple[Folded, frozenset[UUID]] | None:
    """Return the fold of a question and the accounts that are asked for; None where there is none of them.

    Raises `BadUserInput` for a year that is none.
    """
    if not EARLIEST_DATE.year <= tax_year <= LATEST_DATE.year:
        raise BadUserInput(f"expected a year from {EARLIEST_DATE.year} to {LATEST_DATE.year}, got {tax_year}")
    folded = await info.context.loaders(TaxLoaders).folds.load(question)
    if folded is None:
        return None
    accounts = accounts_asked(folded.books, account_id, folded.books.taxed_accounts)
    return None if accounts is None else (folded, accounts)


async def computed(folded: Folded, function: Callable[[], Result]) -> Result:
    """Run a pure function over a fold, in a thread where that is long."""
    return await off_loop(folded.books.size, function)


async def transaction_at(info: Info, books: TaxBooks, account_id: UUID, sequence: int) -> Transaction | None:
    """Return the transaction of this sequence in the ledger that an account is booked in."""
    row = await info.context.loaders(TaxLoaders).transactions.load(books.place(account_id, sequence))
    return None if row is None else transaction_of(row)


def _disposal_of(row: Realized, books: TaxBooks, question: Question) -> Disposal:
    disposal = row.disposal
    told = {"proceeds": disposal.base_proceeds, "cost_basis": disposal.basis, "gain": disposal.gain}
    return Disposal(
        id=global_id("Disposal", question.portfolio_id, disposal.movement.sequence, row.number, question.method),
        lot_id=lot_id(question, disposal.lot) if disposal.lot else None,
        opened_on=disposal.opened_on,
        held_from=disposal.held_from,
        closed_on=disposal.movement.trade_date,
        quantity=disposal.quantity,
        is_short=disposal.key.is_short,
        wash_sale_adjustment=disposal.adjustment,
        disallowed_loss=disposal.disallowed,
        term=disposal.term,
        unavailable=unavailable_of(absent(told)),
        own=row,
        books=books,
        **told,
    )
