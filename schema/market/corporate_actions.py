"""Corporate actions, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.kernel.dates import trade_day
from domain.market import corporate_actions
from domain.market import types as domain
from domain.market.corporate_actions import ActionRow
from domain.market.queries import market_now
from schema.context import Context, Info
from schema.market.types import Instrument, find_instruments
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes

CorporateActionKind = strawberry.enum(
    domain.ActionKind,
    name="CorporateActionKind",
    description=(
        "What a company did to its shares. SPLIT: new units for old. SPIN_OFF: units of another company beside those "
        "held. MERGER: units of another, cash, or both, in place of those held. SYMBOL_CHANGE: another symbol. "
        "DIVIDEND: cash for each unit."
    ),
)


@strawberry.type(description="What a company did to its shares: a fact of the market, effective at the start of a day.")
class CorporateAction(Node):
    """An action."""

    kind: CorporateActionKind = strawberry.field(description="What was done.")  # type: ignore[valid-type]
    ex_date: date = strawberry.field(description="The day from whose start it counts.")
    numerator: int | None = strawberry.field(description="New units, or units of `other`; null where no units come.")
    denominator: int | None = strawberry.field(description="For so many units of the instrument.")
    cost_fraction: Decimal | None = strawberry.field(
        description="Which part of the cost basis a spin-off takes with it; null for all other kinds."
    )
    cash: Decimal | None = strawberry.field(
        description="Money for each unit of the instrument, in its currency; null where none is paid."
    )
    pay_date: date | None = strawberry.field(description="When a dividend is paid; null where that is not known.")
    source: str = strawberry.field(description="Who says so.")
    revision: int = strawberry.field(description="How often it was corrected or withdrawn since it was recorded.")
    withdrawn_at: datetime | None = strawberry.field(
        description="When it was withdrawn, in real time; null for one that stands."
    )
    recorded_at: datetime = strawberry.field(description="When it was recorded, in real time.")
    row: strawberry.Private[ActionRow]

    @strawberry.field(description="Whose units it changes.")
    async def instrument(self, info: Info) -> Instrument | None:
        """Find the instrument through the market's loader."""
        return await _instrument(info, self.row.instrument_id)

    @strawberry.field(description="What comes beside or in place of the instrument; null where nothing does.")
    async def other(self, info: Info) -> Instrument | None:
        """Find the other instrument through the market's loader."""
        return await _instrument(info, self.row.other_id)


@extends(Instrument)
@strawberry.type
class InstrumentWithActions:
    """What is known of an instrument's company."""

    @strawberry.field(description="What its company did to it up to the market's today, oldest first.")
    async def corporate_actions(
        self,
        info: Info,
        root: strawberry.Parent[Instrument],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[CorporateAction]:
        """Show a page of the actions."""
        request = requested(first, after, last, before, key=(date.fromisoformat, UUID))
        page = await corporate_actions.action_page(
            root.row.id, await _today(info.context), request, with_total=selects(info, "totalCount")
        )
        return connection(page, node=action_of, key=lambda row: (row.ex_date, row.id))


def action_of(row: ActionRow) -> CorporateAction:
    """Return an action as the API shows it."""
    return CorporateAction(
        id=global_id("CorporateAction", row.id),
        kind=row.kind,
        ex_date=row.ex_date,
        numerator=row.numerator,
        denominator=row.denominator,
        cost_fraction=row.cost_fraction,
        cash=row.cash,
        pay_date=row.pay_date,
        source=row.source,
        revision=row.revision,
        withdrawn_at=row.withdrawn_at,
        recorded_at=row.recorded_at,
        row=row,
    )


async def _instrument(info: Info, key: object) -> Instrument | None:
    return (await find_instruments(info.context, [key]))[0] if isinstance(key, UUID) else None


async def _today(context: Context) -> date:
    return trade_day(await market_now(context.resources.clock))


@loads_nodes("CorporateAction")
async def _find_actions(context: Context, keys: Sequence[UUID]) -> list[CorporateAction | None]:
    rows = await corporate_actions.actions_by_id(keys, await _today(context))
    return [None if row is None else action_of(row) for row in rows]
