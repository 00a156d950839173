"""Prices set by hand, as the API shows and takes them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.market import overrides
from schema.context import Context, Info
from schema.market.mending import PriceOverride, override_of
from schema.market.types import Instrument
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.extension import extends
from schema.shared.node import loads_nodes
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals


@strawberry.input(description="A price that is to stand in place of what sources say.")
class OverridePriceInput:
    """What to set."""

    symbol: str = strawberry.field(description="Symbol of the instrument.")
    price: Decimal = strawberry.field(description="The price, in its currency: greater than 0.")
    session: date | None = strawberry.field(
        description="A past session, whose close it is to be; without one it is the latest price.", default=None
    )
    reason: str = strawberry.field(description="Why: 1 to 500 characters, shown beside the price.")


@strawberry.input(description="A price set by hand that is to go.")
class WithdrawPriceOverrideInput:
    """What to withdraw."""

    symbol: str = strawberry.field(description="Symbol of the instrument.")
    session: date | None = strawberry.field(
        description="The session whose close was set; without one the latest price.", default=None
    )


@strawberry.type(description="The price that was set, or why it was not.")
class OverridePricePayload:
    """The answer of `overridePrice`."""

    price_override: PriceOverride | None = strawberry.field(description="The price as it is set.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type(description="The price that was withdrawn, or why it was not.")
class WithdrawPriceOverridePayload:
    """The answer of `withdrawPriceOverride`."""

    price_override: PriceOverride | None = strawberry.field(description="What was set, and when it went.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@extends(Instrument)
@strawberry.type
class InstrumentWithOverrides:
    """What was set by hand of an instrument."""

    @strawberry.field(description="Prices that administrators have set, oldest first, withdrawn ones too.")
    async def price_overrides(
        self,
        info: Info,
        root: strawberry.Parent[Instrument],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[PriceOverride]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await overrides.override_page(root.row.id, request, with_total=selects(info, "totalCount"))
        return connection(page, node=override_of, key=lambda row: (row.id,))


@strawberry.type
class OverridesMutation:
    """What administrators do to prices."""

    @strawberry.mutation(
        description=(
            "Set the latest price of an instrument, or the close of a past session, until it is withdrawn: sources are "
            "not heard meanwhile, and what they say of a past session is kept until then. A latest price changes no "
            "bar, and a close no price of a quote, but the previous close of one of the session after it."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(OverridePricePayload)
    async def override_price(self, info: Info, input: OverridePriceInput) -> OverridePricePayload:
        """Set a price."""
        async with info.context.unit_of_work() as work:
            row = await overrides.override_price(work, input.symbol, input.price, input.reason, input.session)
        return OverridePricePayload(price_override=override_of(row))

    @strawberry.mutation(
        description="Let sources say again what an instrument costs, or what it cost at the close of a session.",
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(WithdrawPriceOverridePayload)
    async def withdraw_price_override(
        self, info: Info, input: WithdrawPriceOverrideInput
    ) -> WithdrawPriceOverridePayload:
        """Withdraw a price."""
        async with info.context.unit_of_work() as work:
            row = await overrides.withdraw_override(work, input.symbol, input.session)
        return WithdrawPriceOverridePayload(price_override=override_of(row))


@loads_nodes("PriceOverride")
async def _find_overrides(context: Context, keys: Sequence[UUID]) -> list[PriceOverride | None]:
    del context  # Prices, and how they came about, are everybody's.
    return [None if row is None else override_of(row) for row in await overrides.overrides_by_id(keys)]
