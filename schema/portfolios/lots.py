"""The lots of a portfolio."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import trade_day
from domain.kernel.money import EXACT, product, quotient, to_money, to_price
from domain.kernel.paging import cut_computed
from domain.market.queries import instruments_by_symbol, market_now
from domain.portfolios import types as domain
from domain.portfolios.gains import OpenLot, absent, open_lots
from domain.portfolios.lots import term_of
from domain.portfolios.queries import Asked
from domain.portfolios.tax_folds import TaxBooks, off_loop
from schema.context import Info
from schema.market.types import Instrument, find_instruments
from schema.portfolios.loaders import PortfolioLoaders
from schema.portfolios.tax_loaders import Folded, Question, TaxLoaders
from schema.portfolios.transactions import Transaction, transaction_of
from schema.portfolios.types import Account, Portfolio, account_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id, stored_key

LotMethod = strawberry.enum(
    domain.LotMethod,
    name="LotMethod",
    description=(
        "Which units of several purchases are taken to be sold. FIFO: the oldest. LIFO: the newest. HIFO: those of the "
        "highest cost a unit, LOWEST_COST of the lowest, before losses of wash sales. AVERAGE: the oldest, each unit "
        "at the average cost of all. SPECIFIC: those that were named at the trade, and the oldest where none were."
    ),
)
Term = strawberry.enum(
    domain.Term,
    name="Term",
    description=(
        "SHORT: held for a year or less, and whatever was sold short or written. LONG: held for more than a year, "
        "which begins on the day after the purchase (IRS Publication 550, Revenue Ruling 66-7). That identical units "
        "were held while others were sold short, Internal Revenue Code section 1233(b) and (d), is left out."
    ),
)


@strawberry.type(
    description=(
        "Units that were opened together. Cost basis, adjustment and worth are in the portfolio's base currency; of a "
        "short lot, units and money are negative: what it brought."
    )
)
class Lot:
    """A lot."""

    id: strawberry.ID = strawberry.field(
        description="Names the portfolio, the lot, and `method`, `asOf` and `knownAt` as they were asked."
    )
    opened_on: date = strawberry.field(description="When it was opened; of units that arrived, when they were bought.")
    held_from: date = strawberry.field(
        description="What the holding period counts from: `openedOn`, or earlier where a wash sale has added days."
    )
    quantity: Decimal = strawberry.field(description="Units that were opened, in units of today: splits multiply them.")
    remaining_quantity: Decimal = strawberry.field(description="Units that are still open.")
    cost_per_unit: Decimal = strawberry.field(
        description=(
            "What one unit, of an option one contract, cost with fees, in the instrument's currency and before "
            "`washSaleAdjustment`."
        )
    )
    cost_basis: Decimal | None = strawberry.field(
        description=(
            "What the remaining units cost with fees, at the rate of the day, with `washSaleAdjustment`: their basis "
            "for tax."
        )
    )
    wash_sale_adjustment: Decimal = strawberry.field(
        description=(
            "Losses that were disallowed elsewhere and are a part of this basis, of a short lot taken off it; what "
            "went with sales is not."
        )
    )
    term: Term = strawberry.field(description="What a sale at `asOf` would be.")  # type: ignore[valid-type]
    own: strawberry.Private[OpenLot]
    books: strawberry.Private[TaxBooks]
    asked: strawberry.Private[Question]

    @strawberry.field(description="What it is of.")
    async def instrument(self, info: Info) -> Instrument:
        """Find the instrument."""
        return await instrument_held(info, self.own.key.instrument_id)

    @strawberry.field(description="Where it is held.")
    def account(self) -> Account:
        """Show the account."""
        return account_of(self.books.accounts[self.own.key.account_id])

    @strawberry.field(description="What opened it; of what was spun off, the purchase that it comes from.")
    async def transaction(self, info: Info) -> Transaction | None:
        """Find the transaction."""
        place = self.books.place(self.own.key.account_id, self.own.sequence)
        row = await info.context.loaders(TaxLoaders).transactions.load(place)
        return None if row is None else transaction_of(row)

    @strawberry.field(description="Remaining units at the price of their position at `asOf`.")
    async def market_value(self, info: Info) -> Decimal | None:
        """Value it."""
        return await self._worth(info)

    @strawberry.field(description="Market value less cost basis.")
    async def unrealized_gain(self, info: Info) -> Decimal | None:
        """Say what a sale would realize."""
        worth = await self._worth(info)
        return None if worth is None or self.cost_basis is None else EXACT.subtract(worth, self.cost_basis)

    @strawberry.field(description="Which numbers are null, and why; at most 3.", metadata=sized(1))
    async def unavailable(self, info: Info) -> list[Unavailable]:
        """Say what is missing."""
        found = [*absent({"cost_basis": self.cost_basis})]
        worth = await self._worth(info)
        if worth is None:
            message = "expected a price of the position, and the rate of its currency, got none"
            found.append(Absence("market_value", AbsenceReason.NO_PRICE, message))
        if worth is None or self.cost_basis is None:
            message = "expected a market value and a cost basis, got none"
            found.append(Absence("unrealized_gain", AbsenceReason.NO_PRICE, message))
        return unavailable_of(found)

    async def _worth(self, info: Info) -> Decimal | None:
        key, asked = self.own.key, self.asked
        question = Asked(asked.portfolio_id, asked.as_of, asked.known_at)
        found = await info.context.loaders(PortfolioLoaders).valuations.load(question)
        for position in found.positions if found else ():
            units, value = position.quantity, position.market_value
            if units is None or (position.account_id, position.instrument.id, units < 0) != key:
                continue
            return None if value is None else _part(value, self.remaining_quantity, units)
        return None


async def instrument_held(info: Info, key: UUID) -> Instrument:
    """Return an instrument that a ledger names."""
    found: Instrument | None = (await find_instruments(info.context, [key]))[0]
    assert found is not None, "the ledger names an instrument that the market does not have"
    return found


def _part(value: Decimal, units: Decimal, whole: Decimal) -> Decimal:
    return to_money(quotient(product(value, units), whole))


@extends(Portfolio)
@strawberry.type
class PortfolioWithLots:
    """What this file adds to a portfolio."""

    @strawberry.field(
        description=(
            "The lots that are open at `asOf`, by what was recorded up to `knownAt`, the oldest first; of one "
            "instrument by `symbol`, of one account by `accountId`. `method` says which units are taken to have been "
            "sold. Wash sales are looked for in all portfolios of its owner that have the same base currency and that "
            "the asker may see, as `washSales` says."
        )
    )
    async def lots(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        *,
        symbol: str | None = None,
        method: LotMethod | None = domain.LotMethod.SPECIFIC,  # type: ignore[valid-type]
        as_of: datetime | None = None,
        known_at: datetime | None = None,
        account_id: strawberry.ID | None = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Lot]:
        """Show a page of the lots."""
        request = requested(first, after, last, before, key=(date.fromisoformat, int, UUID, str))
        question = Question(root.key, method or domain.LotMethod.SPECIFIC, as_of, known_at)
        folded = await info.context.loaders(TaxLoaders).folds.load(question)
        found = [] if folded is None else await _open(folded, symbol, account_id)
        page = cut_computed(found, request, lambda row: row.place)
        now = await market_now(info.context.resources.clock)
        day = trade_day(now if as_of is None else min(as_of, now))

        def show(row: OpenLot) -> Lot:
            assert folded is not None
            return _lot_of(row, folded.books, question, day)

        return connection(page, node=show, key=lambda row: row.place)


async def _open(folded: Folded, symbol: str | None, account_id: strawberry.ID | None) -> list[OpenLot]:
    books = folded.books
    accounts = accounts_asked(books, account_id, books.own_accounts)
    instrument_id = None
    if symbol is not None:
        instrument = (await instruments_by_symbol([symbol])).get(symbol)
        if instrument is None:
            return []
        instrument_id = instrument.id
    return await off_loop(books.size, open_lots, folded.fold, accounts or frozenset(), instrument_id)


def accounts_asked(
    books: TaxBooks, account_id: strawberry.ID | None, otherwise: frozenset[UUID]
) -> frozenset[UUID] | None:
    """Return the accounts that are asked for, None for what is no account of the portfolio's."""
    if account_id is None:
        return otherwise
    key = stored_key("Account", account_id)
    return frozenset({key}) if key is not None and key in books.own_accounts else None


def lot_id(question: Question, key: str) -> strawberry.ID:
    """Return the id of a lot: `entries.py` reads portfolio and key from its start."""
    as_of = "" if question.as_of is None else question.as_of.isoformat()
    known_at = "" if question.known_at is None else question.known_at.isoformat()
    return global_id("Lot", question.portfolio_id, key, question.method, as_of, known_at)


def _lot_of(row: OpenLot, books: TaxBooks, question: Question, day: date) -> Lot:
    lot, is_short = row.lot, row.key.is_short
    # Of what a short lot has brought the losses are taken off.
    moved = _signed(lot.adjustment, is_short=is_short)
    basis = None if lot.base_cost is None else EXACT.add(lot.base_cost, moved)
    return Lot(
        id=lot_id(question, lot.key),
        opened_on=lot.opened_on,
        held_from=lot.held_from,
        quantity=_signed(lot.opened, is_short=is_short),
        remaining_quantity=_signed(lot.quantity, is_short=is_short),
        cost_per_unit=to_price(quotient(lot.cost, lot.quantity)),
        cost_basis=None if basis is None else _signed(basis, is_short=is_short),
        wash_sale_adjustment=lot.adjustment,
        term=domain.Term.SHORT if is_short else term_of(lot.held_from, day),
        own=row,
        books=books,
        asked=question,
    )


def _signed(number: Decimal, *, is_short: bool) -> Decimal:
    return number.copy_negate() if is_short else number
