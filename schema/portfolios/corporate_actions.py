"""Recording corporate actions, and where they are booked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from domain.kernel.dates import trade_day
from domain.market.corporate_actions import ActionTerms, record_action
from domain.market.queries import market_now
from domain.portfolios.booked_actions import action_ids
from domain.portfolios.jobs import BOOK_ACTIONS
from schema.context import Context, Info
from schema.jobs.types import Job, find_jobs
from schema.market.corporate_actions import CorporateAction, CorporateActionKind, action_of
from schema.portfolios.transactions import Transaction
from schema.shared.extension import extends
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals


@strawberry.input(description="What a company did to its shares; which members are needed, the kind tells.")
class RecordCorporateActionInput:
    """Terms of an action."""

    kind: CorporateActionKind = strawberry.field(description="What was done.")  # type: ignore[valid-type]
    symbol: str = strawberry.field(description="Symbol of the instrument that it changes.")
    ex_date: date = strawberry.field(description="The day from whose start it counts; it may be still to come.")
    numerator: int | None = strawberry.field(
        description="New units of a split, units of the other instrument of a spin-off or merger; at least 1.",
        default=None,
    )
    denominator: int | None = strawberry.field(description="For so many units held, at least 1.", default=None)
    other_symbol: str | None = strawberry.field(
        description="Of a spin-off, a merger into units or a change of symbol: what comes, in the same currency.",
        default=None,
    )
    cost_fraction: Decimal | None = strawberry.field(
        description="Of a spin-off: which part of the cost basis it takes with it, from 0 to 1.", default=None
    )
    cash: Decimal | None = strawberry.field(
        description="Of a dividend or a merger: money for each unit, greater than 0.", default=None
    )
    source: str = strawberry.field(description="Who says so: 1 to 80 characters.")


@strawberry.type(description="The action with the job that books it, or why it was not recorded.")
class RecordCorporateActionPayload:
    """The answer of `recordCorporateAction`."""

    corporate_action: CorporateAction | None = strawberry.field(
        description="The action as it is recorded.", default=None
    )
    job: Job | None = strawberry.field(
        description="The job that books it in portfolios; null for an action that is still to come.", default=None
    )
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class CorporateActionsMutation:
    """The mutations of corporate actions."""

    @strawberry.mutation(
        description=(
            "Record what a company did, once for each instrument, kind and ex date: the same terms again answer the "
            "first. It is then booked in each account that held the instrument at the start of its ex date."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(RecordCorporateActionPayload)
    async def record_corporate_action(
        self, info: Info, input: RecordCorporateActionInput
    ) -> RecordCorporateActionPayload:
        """Record it, and ask for the job, in a unit of work."""
        terms = ActionTerms(
            kind=input.kind,
            symbol=input.symbol,
            ex_date=input.ex_date,
            source=input.source,
            numerator=input.numerator,
            denominator=input.denominator,
            other_symbol=input.other_symbol,
            cost_fraction=input.cost_fraction,
            cash=input.cash,
        )
        today = trade_day(await market_now(info.context.resources.clock))
        job_id = None
        async with info.context.unit_of_work() as work:
            row = await record_action(work, terms)
            if row.ex_date <= today:
                job_id = await work.enqueue(BOOK_ACTIONS, {}, run_once_key=f"book_actions:{work.actor.user_id}")
        job = None if job_id is None else (await find_jobs(info.context, [job_id]))[0]
        return RecordCorporateActionPayload(corporate_action=action_of(row), job=job)


class ActionLoaders:
    """Which transactions book which actions, read once in an operation."""

    def __init__(self, context: Context) -> None:
        self._actor = context.actor
        self.action_ids: DataLoader[UUID, UUID | None] = DataLoader(load_fn=self._find)

    async def _find(self, transaction_ids: list[UUID]) -> Sequence[UUID | None]:
        return await action_ids(self._actor, transaction_ids)


@extends(Transaction)
@strawberry.type
class TransactionWithAction:
    """What corporate actions add to a transaction."""

    @strawberry.field(description="The corporate action that it books; null for one that books none.")
    async def corporate_action_id(self, info: Info, root: strawberry.Parent[Transaction]) -> strawberry.ID | None:
        """Find the action through the loader."""
        key = await info.context.loaders(ActionLoaders).action_ids.load(root.row.id)
        return None if key is None else global_id("CorporateAction", key)
