"""Recording corporate actions, and where they are booked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from domain.kernel.dates import trade_day
from domain.market.action_corrections import Correction, correct_action, withdraw_action
from domain.market.corporate_actions import ActionTerms, record_action
from domain.market.queries import market_now
from domain.portfolios.booked_actions import action_ids, are_outdated
from domain.portfolios.jobs import BOOK_ACTIONS
from schema.context import Context, Info
from schema.jobs.types import Job, find_jobs
from schema.market.corporate_actions import CorporateAction, CorporateActionKind, action_of
from schema.portfolios.transactions import Transaction
from schema.shared.extension import extends
from schema.shared.node import global_id, key_of
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
    pay_date: date | None = strawberry.field(description="Of a dividend: when it is paid.", default=None)
    source: str = strawberry.field(description="Who says so: 1 to 80 characters.")


@strawberry.input(description="What an action is to say instead; what is left out stays.")
class CorrectCorporateActionInput:
    """Other terms of an action."""

    corporate_action_id: strawberry.ID = strawberry.field(description="The action, which stands.")
    source: str = strawberry.field(description="Who says so: 1 to 80 characters.")
    ex_date: date | None = strawberry.field(description="The day from whose start it counts.", default=None)
    numerator: int | None = strawberry.field(description="As in `recordCorporateAction`.", default=None)
    denominator: int | None = strawberry.field(description="As in `recordCorporateAction`.", default=None)
    other_symbol: str | None = strawberry.field(description="As in `recordCorporateAction`.", default=None)
    cost_fraction: Decimal | None = strawberry.field(description="As in `recordCorporateAction`.", default=None)
    cash: Decimal | None = strawberry.field(description="As in `recordCorporateAction`.", default=None)
    pay_date: date | None = strawberry.field(description="As in `recordCorporateAction`.", default=None)


@strawberry.input(description="An action that did not happen.")
class WithdrawCorporateActionInput:
    """Which."""

    corporate_action_id: strawberry.ID = strawberry.field(description="The action.")


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


@strawberry.type(description="The action as it is now with the job that follows it, or why it was not corrected.")
class CorrectCorporateActionPayload:
    """The answer of `correctCorporateAction`."""

    corporate_action: CorporateAction | None = strawberry.field(description="The action as it is now.", default=None)
    job: Job | None = strawberry.field(description="The job that brings portfolios into line.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type(description="The action as it is now with the job that follows it, or why it was not withdrawn.")
class WithdrawCorporateActionPayload:
    """The answer of `withdrawCorporateAction`."""

    corporate_action: CorporateAction | None = strawberry.field(description="The action as it is now.", default=None)
    job: Job | None = strawberry.field(description="The job that brings portfolios into line.", default=None)
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
            pay_date=input.pay_date,
        )
        today = trade_day(await market_now(info.context.resources.clock))
        job_id = None
        async with info.context.unit_of_work() as work:
            row = await record_action(work, terms)
            if row.ex_date <= today:
                job_id = await work.enqueue(BOOK_ACTIONS, {}, run_once_key=f"book_actions:{work.actor.user_id}")
        job = None if job_id is None else (await find_jobs(info.context, [job_id]))[0]
        return RecordCorporateActionPayload(corporate_action=action_of(row), job=job)

    @strawberry.mutation(
        description=(
            "Correct an action that stands. Where it is booked, that is reversed and booked anew, with what was worked "
            "out from it; what was entered by hand stays as it was said."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(CorrectCorporateActionPayload)
    async def correct_corporate_action(
        self, info: Info, input: CorrectCorporateActionInput
    ) -> CorrectCorporateActionPayload:
        """Correct it, and ask for the job, in a unit of work."""
        action_id = key_of("CorporateAction", input.corporate_action_id, "corporate_action_id")
        correction = Correction(
            source=input.source,
            ex_date=input.ex_date,
            numerator=input.numerator,
            denominator=input.denominator,
            other_symbol=input.other_symbol,
            cost_fraction=input.cost_fraction,
            cash=input.cash,
            pay_date=input.pay_date,
        )
        async with info.context.unit_of_work() as work:
            row = await correct_action(work, action_id, correction)
            job_id = await work.enqueue(BOOK_ACTIONS, {}, run_once_key=f"book_actions:{work.actor.user_id}")
        (job,) = await find_jobs(info.context, [job_id])
        return CorrectCorporateActionPayload(corporate_action=action_of(row), job=job)

    @strawberry.mutation(
        description=(
            "Withdraw an action that did not happen; again, it changes nothing. Where it is booked, that is reversed. "
            "To record it again lets it stand again."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(WithdrawCorporateActionPayload)
    async def withdraw_corporate_action(
        self, info: Info, input: WithdrawCorporateActionInput
    ) -> WithdrawCorporateActionPayload:
        """Withdraw it, and ask for the job, in a unit of work."""
        action_id = key_of("CorporateAction", input.corporate_action_id, "corporate_action_id")
        async with info.context.unit_of_work() as work:
            row = await withdraw_action(work, action_id)
            job_id = await work.enqueue(BOOK_ACTIONS, {}, run_once_key=f"book_actions:{work.actor.user_id}")
        (job,) = await find_jobs(info.context, [job_id])
        return WithdrawCorporateActionPayload(corporate_action=action_of(row), job=job)


class ActionLoaders:
    """Which transactions book which actions, read once in an operation."""

    def __init__(self, context: Context) -> None:
        self._actor = context.actor
        self.action_ids: DataLoader[UUID, UUID | None] = DataLoader(load_fn=self._find)
        self.outdated: DataLoader[UUID, bool] = DataLoader(load_fn=self._compare)

    async def _find(self, transaction_ids: list[UUID]) -> Sequence[UUID | None]:
        return await action_ids(self._actor, transaction_ids)

    async def _compare(self, transaction_ids: list[UUID]) -> Sequence[bool]:
        return await are_outdated(self._actor, transaction_ids)


@extends(Transaction)
@strawberry.type
class TransactionWithAction:
    """What corporate actions add to a transaction."""

    @strawberry.field(description="The corporate action that it books; null for one that books none.")
    async def corporate_action_id(self, info: Info, root: strawberry.Parent[Transaction]) -> strawberry.ID | None:
        """Find the action through the loader."""
        key = await info.context.loaders(ActionLoaders).action_ids.load(root.row.id)
        return None if key is None else global_id("CorporateAction", key)

    @strawberry.field(
        description=(
            "Whether that action was corrected or withdrawn since. What was booked of it follows with the next job; "
            "what was entered by hand, and what its owner reversed, stays as it was said."
        )
    )
    async def is_corporate_action_outdated(self, info: Info, root: strawberry.Parent[Transaction]) -> bool:
        """Compare revisions through the loader."""
        return await info.context.loaders(ActionLoaders).outdated.load(root.row.id)
