"""What a year comes to for tax, and the wash sales in it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.kernel.paging import cut_computed
from domain.portfolios import gains
from domain.portfolios import types as domain
from domain.portfolios.gains import Gains, Income, absent
from domain.portfolios.tax_folds import TaxBooks
from domain.portfolios.wash_sales import WashSale as FoundWashSale
from schema.context import Info
from schema.portfolios.gains import BASE, TAX_YEAR, UNAVAILABLE, asked_of, computed, transaction_at
from schema.portfolios.lots import LotMethod, instrument_held, lot_id
from schema.portfolios.tax_loaders import Question
from schema.portfolios.transactions import Transaction
from schema.portfolios.types import Account, Portfolio, account_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id


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
    units: Decimal = strawberry.field(
        description="Units that replace closed ones, of a call its contracts, as they were on the day on which they do."
    )
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
        return await transaction_at(info, self.books, sale.key.account_id, sale.movement.sequence)

    @strawberry.field(description="The purchase of the replacing units.")
    async def replacement(self, info: Info) -> Transaction | None:
        """Find the purchase."""
        return await transaction_at(info, self.books, self.own.key.account_id, gains.sequence_of(self.own.lot))

    @strawberry.field(description="Where they are; perhaps in another portfolio of the owner.")
    def replacement_account(self) -> Account:
        """Show the account."""
        return account_of(self.books.accounts[self.own.key.account_id])


@strawberry.type(description="What a tax year comes to, in the portfolio's base currency, at the rates of the days.")
class TaxSummary:
    """Income and gains of a year."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, `taxYear`, `method` and `accountId`.")
    currency: str = strawberry.field(description=BASE)
    dividends: Decimal | None = strawberry.field(description="Dividends, those with them that were reinvested.")
    interest: Decimal | None = strawberry.field(description="Interest received.")
    interest_paid: Decimal | None = strawberry.field(
        description="Interest paid, and dividends owed on units sold short, as a positive number."
    )
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
    unavailable: list[Unavailable] = strawberry.field(description=UNAVAILABLE.format(10), metadata=sized(2))


@extends(Portfolio)
@strawberry.type
class PortfolioWithTaxes:
    """What this file adds to a portfolio."""

    @strawberry.field(description=(f"What a tax year comes to. {TAX_YEAR}Gains as `realizedGains` has them."))
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
        asked = await asked_of(info, question, tax_year, account_id)
        if asked is None:
            return None
        folded, accounts = asked
        own = folded.books.own
        found = await computed(folded, lambda: gains.gains_of(folded.fold, tax_year, accounts))
        income = await computed(folded, lambda: gains.income_of(own, tax_year, accounts))
        key = global_id("TaxSummary", root.key, tax_year, question.method, account_id or "")
        return _summary(key, root.base_currency, found, income)

    @strawberry.field(
        description=(
            "Wash sales of which the loss was realized in a tax year, in the order of the losses; without `accountId`, "
            "in any account of the portfolio. The replacing units can be in any account of the owner's portfolios that "
            "have the same base currency and that the asker may see. Purchases are matched in the order in which they "
            "were made, unit for unit, and each unit takes one loss; units that were bought with the sold ones, and "
            "those of transfers, spin-offs and mergers, replace none. A call that is bought counts as the units "
            "of its underlying that it would bring. A loss on a short sale goes to another short sale of the same "
            "instrument. Left out: other instruments that are substantially identical; a short sale closed at a loss "
            "beside a sale of units that were held (Internal Revenue Code, section 1091(e)(1)); losses of who has "
            "written options; purchases by a spouse, and in portfolios of another base currency."
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
        asked = await asked_of(info, question, tax_year, account_id)
        if asked is None:
            return None
        folded, accounts = asked
        found = await computed(folded, lambda: gains.wash_sales_of(folded.fold, tax_year, accounts))
        page = cut_computed(found, request, gains.wash_sale_place)
        return connection(page, node=lambda row: _wash_sale_of(row, folded.books, question), key=gains.wash_sale_place)


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
