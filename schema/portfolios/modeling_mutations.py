"""Changing modeling sessions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import strawberry

from domain.kernel.errors import InvalidInput, NotFound
from domain.market.calendar import load_settlement_days
from domain.market.queries import market_now
from domain.portfolios.entries import Entry
from domain.portfolios.modeling import commands
from domain.portfolios.modeling.committing import commit_session
from schema.context import Info
from schema.portfolios.entries import entry_of
from schema.portfolios.inputs import TransactionInput
from schema.portfolios.modeling import session_of, snapshot_of
from schema.portfolios.modeling_inputs import (
    AddProFormaTradesInput,
    AddProFormaTradesPayload,
    CommitModelingSessionInput,
    CommitModelingSessionPayload,
    CreateModelingSessionInput,
    CreateModelingSessionPayload,
    DiscardModelingSessionInput,
    DiscardModelingSessionPayload,
    SaveModelingSessionInput,
    SaveModelingSessionPayload,
)
from schema.portfolios.mutations import market_today
from schema.portfolios.transactions import transaction_of
from schema.portfolios.types import portfolio_of
from schema.shared.node import key_of, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import answers_refusals


@strawberry.type
class ModelingMutation:
    """The mutations of modeling sessions."""

    @strawberry.mutation(
        description=(
            "Begin a modeling session: a portfolio of its own that begins with another as it is now, in which trades "
            "are tried. It is in no list of portfolios, has no marks, and counts nowhere."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(CreateModelingSessionPayload)
    async def create_modeling_session(
        self, info: Info, input: CreateModelingSessionInput
    ) -> CreateModelingSessionPayload:
        """Fork a portfolio in a unit of work."""
        portfolio_id = key_of("Portfolio", input.portfolio_id, "portfolio_id")
        async with info.context.unit_of_work() as work:
            row = await commands.create_session(
                work,
                portfolio_id,
                name=input.name,
                idempotency_key=input.idempotency_key,
                expected_version=input.expected_version,
            )
        return CreateModelingSessionPayload(modeling_session=session_of(row))

    @strawberry.mutation(
        description=(
            "Record trades in a modeling session, all of them or none. `recordTransaction` on its portfolio records "
            "one, and `reverseTransaction`, given its `portfolioId`, cancels one, also of what the session began with."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(AddProFormaTradesPayload)
    async def add_pro_forma_trades(self, info: Info, input: AddProFormaTradesInput) -> AddProFormaTradesPayload:
        """Record them in a unit of work."""
        session_id = _session_key(input.session_id)
        account_id = None if input.account_id is None else key_of("Account", input.account_id, "account_id")
        today = await market_today(info)
        entries = await _entries(input.transactions, today)
        async with info.context.unit_of_work() as work:
            recorded, row = await commands.add_trades(
                work,
                session_id,
                entries,
                idempotency_key=input.idempotency_key,
                today=today,
                account_id=account_id,
                expected_version=input.expected_version,
            )
        return AddProFormaTradesPayload(
            transactions=[transaction_of(each) for each in recorded], modeling_session=session_of(row)
        )

    @strawberry.mutation(
        description="Store what a modeling session comes to now, at the latest prices.", metadata=allowed(Access.USER)
    )
    @answers_refusals(SaveModelingSessionPayload)
    async def save_modeling_session(self, info: Info, input: SaveModelingSessionInput) -> SaveModelingSessionPayload:
        """Save it in a unit of work."""
        session_id = _session_key(input.session_id)
        now = await market_now(info.context.resources.clock)
        async with info.context.unit_of_work() as work:
            snapshot, row = await commands.save_session(
                work, session_id, name=input.name, now=now, expected_version=input.expected_version
            )
        return SaveModelingSessionPayload(snapshot=snapshot_of(snapshot), modeling_session=session_of(row))

    @strawberry.mutation(
        description=(
            "Record the trades of a modeling session in the portfolio that it began with, in order, all of them or "
            "none; those that were reversed are left out, and what the session reversed of what it began with is "
            "reversed. A session is committed once: a second commit answers the "
            "first. When the portfolio has gone on since the session began, corporate actions and dividends are "
            "refused."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(CommitModelingSessionPayload)
    async def commit_modeling_session(
        self, info: Info, input: CommitModelingSessionInput
    ) -> CommitModelingSessionPayload:
        """Commit it in a unit of work."""
        session_id = _session_key(input.session_id)
        async with info.context.unit_of_work() as work:
            recorded, base, row = await commit_session(
                work,
                session_id,
                expected_version=input.expected_version,
                idempotency_key=input.idempotency_key,
            )
        return CommitModelingSessionPayload(
            transactions=[transaction_of(each) for each in recorded],
            portfolio=portfolio_of(base),
            modeling_session=session_of(row),
        )

    @strawberry.mutation(
        description="Take a modeling session away; what was committed of it stays.", metadata=allowed(Access.USER)
    )
    @answers_refusals(DiscardModelingSessionPayload)
    async def discard_modeling_session(
        self, info: Info, input: DiscardModelingSessionInput
    ) -> DiscardModelingSessionPayload:
        """Discard it in a unit of work."""
        session_id = _session_key(input.session_id)
        async with info.context.unit_of_work() as work:
            await commands.discard_session(work, session_id, expected_version=input.expected_version)
        return DiscardModelingSessionPayload(discarded_session_id=input.session_id)


def _session_key(value: str) -> UUID:
    key = stored_key("ModelingSession", value)
    if key is None:
        raise NotFound("no such modeling session", field=("session_id",))
    return key


async def _entries(transactions: Sequence[TransactionInput], today: date) -> list[Entry]:
    """Return what is to be recorded, and have the days at hand on which it settles.  Raises `InvalidInput`."""
    # Before each is looked at: who sends too many is told so at once.
    commands.check_count(len(transactions))
    entries: list[Entry] = []
    for place, each in enumerate(transactions):
        try:
            entries.append(entry_of(each))
        except InvalidInput as refusal:
            refusal.field = ("transactions", str(place), *refusal.field[1:])
            raise
    for day in sorted({each.trade_date for each in entries}):
        await load_settlement_days(day, today)
    return entries
