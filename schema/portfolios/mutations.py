"""Changing portfolios."""

from datetime import date

import strawberry

from domain.kernel.dates import last_known_close, trade_day
from domain.kernel.errors import InvalidInput, NotFound
from domain.market.bars import latest_session
from domain.market.calendar import load_settlement_days
from domain.market.queries import market_now
from domain.portfolios import commands, queries
from domain.portfolios.access import Permission
from domain.portfolios.jobs import REFRESH_MARKS
from schema.context import Info
from schema.jobs.types import Job, find_jobs
from schema.portfolios.entries import entry_of
from schema.portfolios.inputs import (
    CreatePortfolioInput,
    RecordTransactionInput,
    RefreshMarksInput,
    ReverseTransactionInput,
)
from schema.portfolios.transactions import Transaction, transaction_of
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.node import key_of
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)


@strawberry.type(description="The new portfolio, or why there is none.")
class CreatePortfolioPayload:
    """The answer of `createPortfolio`."""

    portfolio: Portfolio | None = strawberry.field(description="The new portfolio.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The transaction with its portfolio, or why it was not recorded.")
class RecordTransactionPayload:
    """The answer of `recordTransaction`."""

    transaction: Transaction | None = strawberry.field(description="The new entry of the ledger.", default=None)
    portfolio: Portfolio | None = strawberry.field(description="The portfolio as it is now.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The reversal with its portfolio, or why nothing was reversed.")
class ReverseTransactionPayload:
    """The answer of `reverseTransaction`."""

    reversal: Transaction | None = strawberry.field(description="The entry that cancels the other.", default=None)
    portfolio: Portfolio | None = strawberry.field(description="The portfolio as it is now.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The job that values portfolios, or why there is none.")
class RefreshMarksPayload:
    """The answer of `refreshMarks`."""

    job: Job | None = strawberry.field(description="The job.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class PortfoliosMutation:
    """The mutations of portfolios."""

    @strawberry.mutation(
        description="Create a portfolio of the user's, with a default account.", metadata=allowed(Access.USER)
    )
    @answers_refusals(CreatePortfolioPayload)
    async def create_portfolio(self, info: Info, input: CreatePortfolioInput) -> CreatePortfolioPayload:
        """Create it in a unit of work."""
        async with info.context.unit_of_work() as work:
            row = await commands.create_portfolio(
                work,
                name=input.name,
                description=input.description,
                base_currency=input.base_currency,
                idempotency_key=input.idempotency_key,
            )
        return CreatePortfolioPayload(portfolio=portfolio_of(row))

    @strawberry.mutation(
        description=(
            "Append a transaction to a portfolio's ledger. A refused one changes nothing. Cash may become negative: it "
            "is then owed to the broker."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(RecordTransactionPayload)
    async def record_transaction(self, info: Info, input: RecordTransactionInput) -> RecordTransactionPayload:
        """Record it in a unit of work."""
        portfolio_id = key_of("Portfolio", input.portfolio_id, "portfolio_id")
        account_id = None if input.account_id is None else key_of("Account", input.account_id, "account_id")
        entry = entry_of(input.transaction)
        today = await market_today(info)
        if getattr(entry, "settlement_date", None) is None:
            await load_settlement_days(entry.trade_date, today)
        async with info.context.unit_of_work() as work:
            transaction, portfolio = await commands.record_transaction(
                work,
                portfolio_id,
                entry,
                idempotency_key=input.idempotency_key,
                today=today,
                account_id=account_id,
                expected_version=input.expected_version,
            )
        return RecordTransactionPayload(transaction=transaction_of(transaction), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description="Cancel a transaction by one that undoes it; both stay in the ledger.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(ReverseTransactionPayload)
    async def reverse_transaction(self, info: Info, input: ReverseTransactionInput) -> ReverseTransactionPayload:
        """Reverse it in a unit of work."""
        transaction_id = key_of("Transaction", input.transaction_id, "transaction_id")
        portfolio_id = None if input.portfolio_id is None else key_of("Portfolio", input.portfolio_id, "portfolio_id")
        async with info.context.unit_of_work() as work:
            reversal, portfolio = await commands.reverse_transaction(
                work,
                transaction_id,
                idempotency_key=input.idempotency_key,
                reason=input.reason,
                portfolio_id=portfolio_id,
            )
        return ReverseTransactionPayload(reversal=transaction_of(reversal), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description="Store what one portfolio, or each of the user's, was worth at the latest close that is known.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(RefreshMarksPayload)
    async def refresh_marks(self, info: Info, input: RefreshMarksInput) -> RefreshMarksPayload:
        """Write the job's row in a unit of work."""
        actor = info.context.actor
        portfolio_id = None
        if input.portfolio_id is not None:
            portfolio_id = key_of("Portfolio", input.portfolio_id, "portfolio_id")
            found = (await queries.portfolios_by_id(actor, [portfolio_id], Permission.EDIT))[0]
            if found is None:
                raise NotFound("no such portfolio", field=("portfolio_id",))
            if found.fork_of_id is not None:
                raise InvalidInput(
                    "expected a portfolio, got that of a modeling session, which has no marks", field=("portfolio_id",)
                )
        session = await latest_session(last_known_close(await market_now(info.context.resources.clock)))
        arguments = {"session": session, "owner_id": actor.user_id, "portfolio_id": portfolio_id}
        key = f"refresh_marks:{session}:{actor.user_id}:{portfolio_id}"
        async with info.context.unit_of_work() as work:
            job_id = await work.enqueue(REFRESH_MARKS, arguments, run_once_key=key)
        return RefreshMarksPayload(job=(await find_jobs(info.context, [job_id]))[0])


async def market_today(info: Info) -> date:
    """Return the market's date."""
    return trade_day(await market_now(info.context.resources.clock))
