"""How portfolios are allocated, and how they should be."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import strawberry
from strawberry.dataloader import DataLoader

from domain.kernel.errors import NotFound
from domain.market.queries import market_now
from domain.portfolios import allocation as domain
from domain.portfolios.plans import allocations
from domain.portfolios.queries import Asked
from domain.portfolios.targets import set_targets
from schema.context import Context, Info
from schema.portfolios.targets import TargetInput, TargetKind, weights_of
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals


@strawberry.type(description="What counts for one target, or for none. A position counts once.")
class AllocationSlice:
    """A part of a portfolio."""

    kind: TargetKind = strawberry.field(description="What the name names.")  # type: ignore[valid-type]
    name: str | None = strawberry.field(description="Symbol, sector or tag; null for cash.")
    target_weight: Decimal = strawberry.field(
        description="What it should be, as a fraction; 0 for what has no target; of cash what the other targets leave."
    )
    is_targeted: bool = strawberry.field(description="Whether a target names it; cash always.")
    value: Decimal | None = strawberry.field(description="What it is worth in the portfolio's base currency.")
    weight: float | None = strawberry.field(description="What it is worth as a fraction of the total value.")
    drift: float | None = strawberry.field(description="Weight less target weight.")


@strawberry.type(
    description=(
        "How a portfolio is allocated beside its targets. A position counts for the target of its instrument, else for "
        "that of a tag of its (the first by name that has one), else for that of its sector, else for none."
    )
)
class PortfolioAllocation:
    """An allocation."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio and `asOf` as it was asked.")
    drift_threshold: Decimal = strawberry.field(
        description="How far a weight may be from its target: what the owner has set, else 0.05."
    )
    rebalances_itself: bool = strawberry.field(
        description="Whether the owner wants it to be rebalanced without asking."
    )
    needs_rebalancing: bool | None = strawberry.field(
        description="Whether the drift of a slice is larger than the threshold, either way; null without targets."
    )
    slices: list[AllocationSlice] = strawberry.field(
        description=(
            "Those of targets by kind and name, what has no target, and cash: at most 1,100; none without targets."
        ),
        metadata=sized(20),
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, and why; at most 4. Of a slice: see the valuation.", metadata=sized(1)
    )


@strawberry.input(description="What a portfolio should be made of, in place of what it should have been.")
class SetTargetsInput:
    """Targets."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    targets: list[TargetInput] = strawberry.field(
        description="At most 100, each once, with weights of at most 1 in all: the rest is cash. None takes them away."
    )
    drift_threshold: Decimal | None = strawberry.field(
        description="How far a weight may be from its target, from 0 to 1; by default 0.05.", default=None
    )
    rebalances_itself: bool = strawberry.field(
        description="Whether it should be rebalanced without asking: kept for who carries plans out.", default=False
    )


@strawberry.type(description="The portfolio with its targets, or why they were not set.")
class SetTargetsPayload:
    """The answer of `setTargets`."""

    portfolio: Portfolio | None = strawberry.field(description="The portfolio.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class AllocationsMutation:
    """The mutations of allocations."""

    @strawberry.mutation(
        description="Say what a portfolio should be made of. Targets set before are forgotten.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(SetTargetsPayload)
    async def set_targets(self, info: Info, input: SetTargetsInput) -> SetTargetsPayload:
        """Set them in a unit of work."""
        key = stored_key("Portfolio", input.portfolio_id)
        if key is None:
            raise NotFound("no such portfolio", field=("portfolio_id",))
        async with info.context.unit_of_work() as work:
            row = await set_targets(
                work,
                key,
                weights_of(input.targets),
                drift_threshold=input.drift_threshold,
                rebalances_itself=input.rebalances_itself,
            )
        return SetTargetsPayload(portfolio=portfolio_of(row))


class AllocationLoaders:
    """Allocations, each read once in an operation."""

    def __init__(self, context: Context) -> None:
        self._actor, self._clock = context.actor, context.resources.clock
        self.allocations: DataLoader[Asked, domain.Allocation | None] = DataLoader(load_fn=self._read)

    async def _read(self, asked: list[Asked]) -> Sequence[domain.Allocation | None]:
        return await allocations(self._actor, asked, await market_now(self._clock))


@extends(Portfolio)
@strawberry.type
class PortfolioWithAllocation:
    """What targets add to a portfolio."""

    @strawberry.field(description="How it is allocated at `asOf`, as `valuation` takes it, beside its targets of now.")
    async def allocation(
        self, info: Info, root: strawberry.Parent[Portfolio], as_of: datetime | None = None
    ) -> PortfolioAllocation | None:
        """Show the allocation."""
        found = await info.context.loaders(AllocationLoaders).allocations.load(Asked(root.key, as_of))
        return None if found is None else _allocation_of(found)


def slice_of(row: domain.Slice) -> AllocationSlice:
    """Return a slice as the API shows it."""
    return AllocationSlice(
        kind=row.target.kind,
        name=row.target.name or None,
        target_weight=row.target.weight,
        is_targeted=row.is_targeted,
        value=row.value,
        weight=None if row.exact is None else float(row.exact),
        drift=None if row.drift is None else float(row.drift),
    )


def _allocation_of(row: domain.Allocation) -> PortfolioAllocation:
    as_of = row.valuation.as_of
    told = "" if as_of is None else as_of.isoformat()
    return PortfolioAllocation(
        id=global_id("PortfolioAllocation", row.valuation.portfolio_id, told),
        drift_threshold=row.threshold,
        rebalances_itself=row.rebalances_itself,
        needs_rebalancing=row.needs_rebalancing,
        slices=[slice_of(each) for each in row.slices],
        unavailable=unavailable_of(row.absences),
    )
