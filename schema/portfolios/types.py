"""Portfolios, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.portfolios import queries
from domain.portfolios import types as domain
from domain.portfolios.queries import AccountRow, Asked, MarkRow, PortfolioRow
from domain.portfolios.types import AccountKind as KindOfAccount
from schema.context import Context, Info
from schema.portfolios.loaders import PortfolioLoaders
from schema.portfolios.transactions import (
    Transaction,
    TransactionFilter,
    chosen_by,
    sequence_of,
    transaction_of,
)
from schema.shared.absence import Unavailable, UnavailableReason, unavailable_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes

AccountKind = strawberry.enum(KindOfAccount, name="AccountKind", description="How an account is taxed.")
PositionKind = strawberry.enum(domain.PositionKind, name="PositionKind", description="Side and kind of a position.")
PriceSource = strawberry.enum(
    domain.PriceSource,
    name="PriceSource",
    description=(
        "Where a position's price comes from. QUOTE: the latest quote. CLOSE: the last daily close known at `asOf`. "
        "MODEL: nobody quotes the option; Black-Scholes-Merton at the underlying's price, the annualized volatility of "
        "its last 252 daily closes before that session (at least 21), and interest and dividends of 0. INTRINSIC: the "
        "option has expired; what it gave at the underlying's close of that day."
    ),
)


@strawberry.type(description="A part of a portfolio with its own tax rules.")
class Account(Node):
    """An account."""

    name: str = strawberry.field(description="What its owner calls it.")
    kind: AccountKind = strawberry.field(description="How it is taxed.")  # type: ignore[valid-type]
    is_default: bool = strawberry.field(description="Whether transactions that name no account are booked here.")
    row: strawberry.Private[AccountRow]


@strawberry.type(description="An amount of money.")
class CashBalance:
    """Cash in one currency."""

    currency: str = strawberry.field(description="ISO 4217 code.")
    amount: Decimal = strawberry.field(description="The amount; negative for money owed to the broker.")


@strawberry.type(description="An instrument that is held and has no price.")
class UnpricedPosition:
    """Why a part of a portfolio is not in its value."""

    symbol: str = strawberry.field(description="The instrument's symbol.")
    reason: UnavailableReason = strawberry.field(description="Why there is no price.")  # type: ignore[valid-type]


@strawberry.type(description="What a portfolio is worth in its base currency, at an instant.")
class PortfolioValuation:
    """A valuation."""

    id: strawberry.ID = strawberry.field(
        description="Names the portfolio, and `asOf` and `knownAt` as they were asked."
    )
    total_value: Decimal | None = strawberry.field(description="Investments and cash.")
    invested_value: Decimal | None = strawberry.field(description="Market value of all positions.")
    cash_balance: Decimal | None = strawberry.field(description="Cash; negative for money owed to the broker.")
    cost_basis: Decimal | None = strawberry.field(description="What the positions cost, with fees.")
    unrealized_gain: Decimal | None = strawberry.field(description="Invested value less cost basis.")
    day_change: Decimal | None = strawberry.field(
        description=(
            "Total value less the total value at the close before the session of the prices, less what was contributed "
            "and plus what was withdrawn since."
        )
    )
    day_change_percent: float | None = strawberry.field(
        description="Day change in percent of the total value at the close before."
    )
    at: datetime = strawberry.field(description="The market's time of the newest price or transaction in it.")
    unpriced: list[UnpricedPosition] = strawberry.field(
        description="What is held and has no price; at most 1,000 positions.", metadata=sized(10)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 10.", metadata=sized(10)
    )
    row: strawberry.Private[domain.Valuation]


@strawberry.type(
    description="What a portfolio was worth at the close of a session, as it was known when it was marked."
)
class PortfolioMark(Node):
    """A stored valuation."""

    session: date = strawberry.field(description="The session's date.")
    currency: str = strawberry.field(description="ISO 4217 code of its money.")
    total_value: Decimal | None = strawberry.field(description="Investments and cash; null when not all had a price.")
    invested_value: Decimal | None = strawberry.field(description="Market value of all positions.")
    cash_balance: Decimal | None = strawberry.field(description="Cash.")
    cost_basis: Decimal | None = strawberry.field(description="What the positions cost, with fees.")
    recorded_at: datetime = strawberry.field(description="When the mark was made, in real time.")


@strawberry.type(description="Holdings and cash, and the ledger that they follow from.")
class Portfolio(Node):
    """A portfolio."""

    name: str = strawberry.field(description="What its owner calls it.")
    description: str | None = strawberry.field(description="What its owner says of it.")
    base_currency: str = strawberry.field(description="ISO 4217 code of the currency that it is valued in.")
    version: int = strawberry.field(description="Sequence of its latest transaction: for `expectedVersion`.")
    created_at: datetime = strawberry.field(description="When it was made.")
    key: strawberry.Private[UUID]
    # What a live subscription has just computed: the same as a fresh read.
    live: strawberry.Private[domain.Valuation | None] = None
    # Of a fork: the portfolio that it begins with, up to which version.
    beginning: strawberry.Private[tuple[UUID, int] | None] = None

    @strawberry.field(
        description=(
            "What it is worth. `asOf` null or later than the market's now: now, at the latest quotes; before: at the "
            "last daily closes known then, a close being known from 16:00 in New York. `knownAt`: by what was recorded "
            "in the ledger up to this real time; by default all of it."
        )
    )
    async def valuation(
        self, info: Info, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> PortfolioValuation | None:
        """Show the portfolio's worth."""
        found = await valued(self, info, as_of, known_at)
        return None if found is None else valuation_of(found)

    @strawberry.field(description="Cash by currency at `asOf`: at most 154 currencies.", metadata=sized(3))
    async def cash(
        self, info: Info, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> list[CashBalance]:
        """Show the cash."""
        found = await valued(self, info, as_of, known_at)
        return [CashBalance(currency=code, amount=amount) for code, amount in (found.cash if found else ())]

    @strawberry.field(description="Its ledger, in order of trade date and sequence.")
    async def transactions(
        self,
        info: Info,
        filter: TransactionFilter | None = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Transaction]:
        """Show a page of the ledger."""
        request = requested(first, after, last, before, key=(date.fromisoformat, sequence_of))
        page = await queries.transaction_page(
            info.context.actor,
            self.key,
            request,
            chosen_by(filter),
            with_total=selects(info, "totalCount"),
            beginning=self.beginning,
        )
        return connection(page, node=transaction_of, key=lambda row: (row.trade_date, row.sequence))

    @strawberry.field(
        description="Its snapshots: what it was worth at the close of each session of the last 365 days, by session."
    )
    async def marks(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[PortfolioMark]:
        """Show a page of the marks."""
        request = requested(first, after, last, before, key=(date.fromisoformat,))
        page = await queries.mark_page(info.context.actor, self.key, request, with_total=selects(info, "totalCount"))
        return connection(page, node=mark_of, key=lambda row: (row.session,))

    @strawberry.field(description="Its accounts, the default one first; at most 100.", metadata=sized(10))
    async def accounts(self, info: Info) -> list[Account]:
        """Show the accounts."""
        loaders = info.context.loaders(PortfolioLoaders)
        # A fork has those of what it begins with.
        owning = self.beginning[0] if self.beginning else self.key
        return [account_of(row) for row in await loaders.accounts.load(owning)]


async def valued(
    portfolio: Portfolio, info: Info, as_of: datetime | None, known_at: datetime | None
) -> domain.Valuation | None:
    """Return a portfolio's worth, read once in an operation; None where the actor sees no such portfolio any more."""
    if portfolio.live is not None and as_of is None and known_at is None:
        return portfolio.live
    return await info.context.loaders(PortfolioLoaders).valuations.load(Asked(portfolio.key, as_of, known_at))


def portfolio_of(row: PortfolioRow, live: domain.Valuation | None = None) -> Portfolio:
    """Return a portfolio as the API shows it."""
    return Portfolio(
        id=global_id("Portfolio", row.id),
        name=row.name,
        description=row.description,
        base_currency=row.base_currency,
        version=row.version,
        created_at=row.created_at,
        key=row.id,
        live=live,
        beginning=None if row.fork_of_id is None else (row.fork_of_id, row.fork_version or 0),
    )


def account_of(row: AccountRow) -> Account:
    """Return an account as the API shows it."""
    return Account(id=global_id("Account", row.id), name=row.name, kind=row.kind, is_default=row.is_default, row=row)


def mark_of(row: MarkRow) -> PortfolioMark:
    """Return a mark as the API shows it."""
    return PortfolioMark(
        id=global_id("PortfolioMark", row.id),
        session=row.session,
        currency=row.currency,
        total_value=row.total_value,
        invested_value=row.invested_value,
        cash_balance=row.cash_balance,
        cost_basis=row.cost_basis,
        recorded_at=row.recorded_at,
    )


def asked_with(as_of: datetime | None, known_at: datetime | None) -> list[str]:
    """Return the arguments as they were given, for the id of what is computed with them."""
    told = ["" if as_of is None else as_of.isoformat()]
    return told if known_at is None else [*told, known_at.isoformat()]


def valuation_of(row: domain.Valuation) -> PortfolioValuation:
    """Return a valuation as the API shows it."""
    return PortfolioValuation(
        id=global_id("PortfolioValuation", row.portfolio_id, *asked_with(row.as_of, row.known_at)),
        total_value=row.total_value,
        invested_value=row.invested_value,
        cash_balance=row.cash_balance,
        cost_basis=row.cost_basis,
        unrealized_gain=row.unrealized_gain,
        day_change=row.day_change,
        day_change_percent=row.day_change_percent,
        at=row.at,
        unpriced=[UnpricedPosition(symbol=each.symbol, reason=each.reason) for each in row.unpriced],
        unavailable=unavailable_of(row.absences),
        row=row,
    )


@loads_nodes("Portfolio")
async def find_portfolios(context: Context, keys: Sequence[UUID]) -> list[Portfolio | None]:
    """Return the portfolios of these ids, None where the actor sees none."""
    rows = await context.loaders(PortfolioLoaders).rows.load_many(keys)
    return [None if row is None else portfolio_of(row) for row in rows]


@loads_nodes("Account")
async def _find_accounts(context: Context, keys: Sequence[UUID]) -> list[Account | None]:
    rows = await queries.accounts_by_id(context.actor, keys)
    return [None if row is None else account_of(row) for row in rows]


@loads_nodes("PortfolioMark")
async def _find_marks(context: Context, keys: Sequence[UUID]) -> list[PortfolioMark | None]:
    rows = await queries.marks_by_id(context.actor, keys)
    return [None if row is None else mark_of(row) for row in rows]
