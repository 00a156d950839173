"""What a portfolio has realized, and what it comes to for tax."""

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
from domain.portfolios.gains import Gains, Income, Realized, absent
from domain.portfolios.tax_folds import TaxBooks, off_loop
from domain.portfolios.wash_sales import WashSale as FoundWashSale
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

_UNAVAILABLE = "Which numbers are null, and why; at most {}."
_BASE = "ISO 4217 code of its money: the portfolio's base currency."
_TAX_YEAR = (
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
    unavailable: list[Unavailable] = strawberry.field(description=_UNAVAILABLE.format(3), metadata=sized(1))
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
        return await _transaction(info, self.books, disposal.key.account_id, disposal.movement.sequence)


@strawberry.type(
    description=(
        "What was realized in a tax year, in the portfolio's base currency. `gain` is `proceeds` less `costBasis` plus "
        "`disallowedLoss`; `shortTerm` and `longTerm` sum to it; each is the sum over `disposals`."
    )
)
class RealizedGains:
    """Sums, and what they are of."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, `taxYear`, `method` and `accountId`.")
    currency: str = strawberry.field(description=_BASE)
    proceeds: Decimal | None = strawberry.field(description="What came for all units, less fees.")
    cost_basis: Decimal | None = strawberry.field(
        description="What they cost, with fees and with losses of earlier wash sales."
    )
    gain: Decimal | None = strawberry.field(description="What is taxed, negative for a loss.")
    short_term: Decimal | None = strawberry.field(description="The part of it on units held for a year or less.")
    long_term: Decimal | None = strawberry.field(description="The part of it on units held for more than a year.")
    disallowed_loss: Decimal | None = strawberry.field(description="Losses that wash sales have moved elsewhere.")
    unavailable: list[Unavailable] = strawberry.field(description=_UNAVAILABLE.format(6), metadata=sized(1))
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


@strawberry.type(
    description=(
        "That a loss, or a part of it, was not deducted because units of the same instrument were acquired within the "
        "30 days before or after: their basis takes it, and their holding period the sold units' days (Internal "
        "Revenue Code, sections 1091 and 1223(3); IRS Publication 550, Wash Sales)."
    )
)
class WashSale:
    """A loss, and what it was moved to."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the sale, both lots and `method`.")
    sold_on: date = strawberry.field(description="Trade date of the sale.")
    sold_lot_id: strawberry.ID = strawberry.field(description="The lot that was sold at a loss.")
    units: Decimal = strawberry.field(description="Units that replace sold ones, in units of the day on which they do.")
    disallowed_loss: Decimal = strawberry.field(description="The loss on them, in the portfolio's base currency.")
    is_lost: bool = strawberry.field(
        description=(
            "Whether the loss is lost for good: the replacement is in an account in which gains are not taxed, and its "
            "basis stays as it is (Revenue Ruling 2008-5, on individual retirement accounts)."
        )
    )
    replacement_lot_id: strawberry.ID = strawberry.field(description="The lot of the replacing units.")
    replacement_opened_on: date = strawberry.field(description="When they were acquired.")
    own: strawberry.Private[FoundWashSale]
    books: strawberry.Private[TaxBooks]

    @strawberry.field(description="Symbol of what was sold.")
    async def symbol(self, info: Info) -> str:
        """Name the instrument."""
        return (await instrument_held(info, self.own.sale.key.instrument_id)).symbol

    @strawberry.field(description="The sale.")
    async def sale(self, info: Info) -> Transaction | None:
        """Find the sale."""
        sale = self.own.sale
        return await _transaction(info, self.books, sale.key.account_id, sale.movement.sequence)

    @strawberry.field(description="The purchase of the replacing units.")
    async def replacement(self, info: Info) -> Transaction | None:
        """Find the purchase."""
        return await _transaction(info, self.books, self.own.key.account_id, gains.sequence_of(self.own.lot))

    @strawberry.field(description="Where they are; perhaps in another portfolio of the owner.")
    def replacement_account(self) -> Account:
        """Show the account."""
        return account_of(self.books.accounts[self.own.key.account_id])


@strawberry.type(description="What a tax year comes to, in the portfolio's base currency, at the rates of the days.")
class TaxSummary:
    """Income and gains of a year."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, `taxYear`, `method` and `accountId`.")
    currency: str = strawberry.field(description=_BASE)
    dividends: Decimal | None = strawberry.field(description="Dividends, those with them that were reinvested.")
    interest: Decimal | None = strawberry.field(description="Interest received.")
    interest_paid: Decimal | None = strawberry.field(description="Interest paid, as a positive number.")
    fees: Decimal | None = strawberry.field(description="Fees of accounts; those of trades are in cost and proceeds.")
    short_term: Decimal | None = strawberry.field(description="Gains on units held for a year or less.")
    long_term: Decimal | None = strawberry.field(description="Gains on units held for more than a year.")
    net_gain: Decimal | None = strawberry.field(description="Both together.")
    disallowed_loss: Decimal | None = strawberry.field(description="Losses that wash sales have moved elsewhere.")
    loss_deducted: Decimal | None = strawberry.field(
        description=(
            "How much of a net loss is deducted from other income: up to $3,000, half of it for who is married and "
            "files separately (Internal Revenue Code, section 1211(b)). As if nothing else was realized in the year, "
            "and nothing carried over from earlier ones; null where the base currency is not the dollar."
        )
    )
    loss_carry_forward: Decimal | None = strawberry.field(
        description="The rest of it, which goes on to the next year (section 1212(b))."
    )
    unavailable: list[Unavailable] = strawberry.field(description=_UNAVAILABLE.format(10), metadata=sized(2))


@extends(Portfolio)
@strawberry.type
class PortfolioWithGains:
    """What this file adds to a portfolio."""

    @strawberry.field(
        description=(
            f"What was realized in a tax year. {_TAX_YEAR}`method` says which units are taken to have been sold: ask "
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
        asked = await _asked(info, question, tax_year, account_id)
        if asked is None:
            return None
        folded, accounts = asked
        found = await _off_loop(folded, lambda: gains.gains_of(folded.fold, tax_year, accounts))
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

    @strawberry.field(description=(f"What a tax year comes to. {_TAX_YEAR}Gains as `realizedGains` has them."))
    async def tax_summary(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        tax_year: int,
        method: LotMethod | None = domain.LotMethod.SPECIFIC,  # type: ignore[valid-type]
        account_id: strawberry.ID | None = None,
    ) -> TaxSummary | None:
        """Sum a year up."""
        question = Question(root.key, method or domain.LotMethod.SPECIFIC)
        asked = await _asked(info, question, tax_year, account_id)
        if asked is None:
            return None
        folded, accounts = asked
        own = folded.books.own
        found = await _off_loop(folded, lambda: gains.gains_of(folded.fold, tax_year, accounts))
        income = await _off_loop(folded, lambda: gains.income_of(own, tax_year, accounts))
        key = global_id("TaxSummary", root.key, tax_year, question.method, account_id or "")
        return _summary(key, root.base_currency, found, income)

    @strawberry.field(
        description=(
            "Wash sales of which the loss was realized in a tax year, in the order of the losses; without `accountId`, "
            "in any account of the portfolio. The replacing units can be in any account of the owner's portfolios that "
            "have the same base currency and that the asker may see. Purchases are matched in the order in which they "
            "were made, unit for unit, and each unit takes one loss; units that were bought with the sold ones, and "
            "those of transfers, spin-offs and mergers, replace none. Left out: what is substantially identical "
            "without being the same instrument, as options on it; losses of closed short sales (Internal Revenue Code, "
            "section 1091(e)); purchases by a spouse, and in portfolios of another base currency."
        )
    )
    async def wash_sales(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        tax_year: int,
        method: LotMethod | None = domain.LotMethod.SPECIFIC,  # type: ignore[valid-type]
        account_id: strawberry.ID | None = None,
        *,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[WashSale] | None:
        """Show a page of the wash sales."""
        kinds = (date.fromisoformat, int, str, date.fromisoformat, UUID, int, str)
        request = requested(first, after, last, before, key=kinds)
        question = Question(root.key, method or domain.LotMethod.SPECIFIC)
        asked = await _asked(info, question, tax_year, account_id)
        if asked is None:
            return None
        folded, accounts = asked
        found = await _off_loop(folded, lambda: gains.wash_sales_of(folded.fold, tax_year, accounts))
        page = cut_computed(found, request, gains.wash_sale_place)
        return connection(page, node=lambda row: _wash_sale_of(row, folded.books, question), key=gains.wash_sale_place)


async def _asked(
    info: Info, question: Question, tax_year: int, account_id: strawberry.ID | None
) -> tuple[Folded, frozenset[UUID]] | None:
    if not EARLIEST_DATE.year <= tax_year <= LATEST_DATE.year:
        raise BadUserInput(f"expected a year from {EARLIEST_DATE.year} to {LATEST_DATE.year}, got {tax_year}")
    folded = await info.context.loaders(TaxLoaders).folds.load(question)
    if folded is None:
        return None
    accounts = accounts_asked(folded.books, account_id, folded.books.taxed_accounts)
    return None if accounts is None else (folded, accounts)


async def _off_loop(folded: Folded, function: Callable[[], Result]) -> Result:
    return await off_loop(folded.books.size, function)


async def _transaction(info: Info, books: TaxBooks, account_id: UUID, sequence: int) -> Transaction | None:
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


def _wash_sale_of(row: FoundWashSale, books: TaxBooks, question: Question) -> WashSale:
    replaced = Question(books.home(row.key.account_id), question.method)
    sale = row.sale
    return WashSale(
        id=global_id("WashSale", question.portfolio_id, *gains.wash_sale_place(row)[1:], question.method),
        sold_on=sale.movement.trade_date,
        sold_lot_id=lot_id(question, sale.lot),
        units=row.units,
        disallowed_loss=row.disallowed,
        is_lost=row.is_lost,
        replacement_lot_id=lot_id(replaced, row.lot),
        replacement_opened_on=row.opened_on,
        own=row,
        books=books,
    )


def _summary(key: strawberry.ID, currency: str, found: Gains, income: Income) -> TaxSummary:
    net = found.gain
    deducted = None if net is None else gains.deducted(net, currency)
    absences = [each for each in found.absences if each.field in ("short_term", "long_term", "disallowed_loss")]
    if net is None:
        absences += absent({"net_gain": None, "loss_deducted": None, "loss_carry_forward": None})
    elif deducted is None:
        absences += gains.undeducted(currency)
    now, later = deducted or (None, None)
    return TaxSummary(
        id=key,
        currency=currency,
        dividends=income.dividends,
        interest=income.interest,
        interest_paid=income.interest_paid,
        fees=income.fees,
        short_term=found.short_term,
        long_term=found.long_term,
        net_gain=net,
        disallowed_loss=found.disallowed_loss,
        loss_deducted=now,
        loss_carry_forward=later,
        unavailable=unavailable_of((*income.absences, *absences)),
    )
