"""Strategies, as the API shows and changes them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.kernel.errors import NotFound
from domain.portfolios import strategies as commands
from domain.portfolios.positions import place_of
from domain.portfolios.queries import Asked
from domain.portfolios.strategies import Grouped
from schema.context import Context, Info
from schema.portfolios.loaders import PortfolioLoaders
from schema.portfolios.position_ids import parsed_position_id
from schema.portfolios.position_loaders import PositionLoaders
from schema.portfolios.positions import Position, position_of
from schema.portfolios.types import Portfolio, find_portfolios, portfolio_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)
_NAME = "1 to 200 characters, and no other strategy's of the portfolio."
_DESCRIPTION = "At most 2,000 characters; null for none."


@strawberry.type(
    description=(
        "A name for positions of one portfolio that belong together, as the legs of a spread do. A portfolio has at "
        "most 100 strategies, a strategy at most 100 positions, and a position is in one at most."
    )
)
class Strategy(Node):
    """A strategy."""

    name: str = strawberry.field(description="What it is called.")
    description: str | None = strawberry.field(description="What is said of it.")
    created_at: datetime = strawberry.field(description="When it was made.")
    grouped: strawberry.Private[Grouped]
    portfolio_id: strawberry.Private[UUID]

    @strawberry.field(
        description="Its positions that are held at `asOf`, by symbol; at most 200: either side of 100.",
        metadata=sized(10),
    )
    async def positions(self, info: Info, as_of: datetime | None = None) -> list[Position]:
        """Show the positions."""
        asked = Asked(self.portfolio_id, as_of)
        found = await info.context.loaders(PortfolioLoaders).valuations.load(asked)
        rows = found.positions if found else ()
        return [position_of(info.context, row, asked) for row in rows if place_of(row) in self.grouped.places]


@strawberry.input(description="A strategy to create.")
class CreateStrategyInput:
    """A name."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio of its positions.")
    name: str = strawberry.field(description=_NAME)
    description: str | None = strawberry.field(description=_DESCRIPTION, default=None)


@strawberry.input(description="What changes of a strategy; what is not given stays.")
class UpdateStrategyInput:
    """A strategy's new name or description."""

    strategy_id: strawberry.ID = strawberry.field(description="The strategy.")
    name: strawberry.Maybe[str] = strawberry.field(description=_NAME)
    description: strawberry.Maybe[str | None] = strawberry.field(description=_DESCRIPTION)


@strawberry.input(description="A strategy to delete.")
class DeleteStrategyInput:
    """A strategy."""

    strategy_id: strawberry.ID = strawberry.field(description="The strategy; its positions stay.")


@strawberry.input(description="All positions that a strategy is to have.")
class SetStrategyPositionsInput:
    """A strategy and its positions."""

    strategy_id: strawberry.ID = strawberry.field(description="The strategy.")
    position_ids: list[strawberry.ID] = strawberry.field(
        description=(
            "Positions of its portfolio, held or not, at most 100; they replace those that it has, and leave the "
            "strategies that they were in. Account and instrument count, side and `asOf` do not."
        )
    )


@strawberry.type(description="The new strategy, or why there is none.")
class CreateStrategyPayload:
    """The answer of `createStrategy`."""

    strategy: Strategy | None = strawberry.field(description="The new strategy.", default=None)
    portfolio: Portfolio | None = strawberry.field(description="Its portfolio.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The strategy as it is now, or why it was not changed.")
class UpdateStrategyPayload:
    """The answer of `updateStrategy`."""

    strategy: Strategy | None = strawberry.field(description="The strategy.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The id of the strategy that is gone and its portfolio, or why it is not.")
class DeleteStrategyPayload:
    """The answer of `deleteStrategy`."""

    deleted_strategy_id: strawberry.ID | None = strawberry.field(description="Its id.", default=None)
    portfolio: Portfolio | None = strawberry.field(description="The portfolio that had it.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The strategy with its positions, or why they were not set.")
class SetStrategyPositionsPayload:
    """The answer of `setStrategyPositions`."""

    strategy: Strategy | None = strawberry.field(description="The strategy.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class StrategiesMutation:
    """The mutations of strategies."""

    @strawberry.mutation(
        description="Create a strategy of a portfolio, without positions: at most 100.", metadata=allowed(Access.USER)
    )
    @answers_refusals(CreateStrategyPayload)
    async def create_strategy(self, info: Info, input: CreateStrategyInput) -> CreateStrategyPayload:
        """Create it in a unit of work."""
        key = stored_key("Portfolio", input.portfolio_id)
        if key is None:
            raise NotFound("no such portfolio", field=("portfolio_id",))
        async with info.context.unit_of_work() as work:
            made = await commands.create_strategy(work, key, name=input.name, description=input.description)
        (portfolio,) = await find_portfolios(info.context, [key])
        return CreateStrategyPayload(strategy=strategy_of(made, key), portfolio=portfolio)

    @strawberry.mutation(description="Rename or describe a strategy.", metadata=allowed(Access.USER))
    @answers_refusals(UpdateStrategyPayload)
    async def update_strategy(self, info: Info, input: UpdateStrategyInput) -> UpdateStrategyPayload:
        """Change it in a unit of work."""
        key = _strategy_key(input.strategy_id)
        said = ("name", "description")
        changes = {name: given.value for name in said if (given := getattr(input, name)) is not None}
        async with info.context.unit_of_work() as work:
            changed = await commands.update_strategy(work, key, changes)
        return UpdateStrategyPayload(strategy=strategy_of(changed))

    @strawberry.mutation(description="Delete a strategy; its positions stay.", metadata=allowed(Access.USER))
    @answers_refusals(DeleteStrategyPayload)
    async def delete_strategy(self, info: Info, input: DeleteStrategyInput) -> DeleteStrategyPayload:
        """Delete it in a unit of work."""
        key = _strategy_key(input.strategy_id)
        async with info.context.unit_of_work() as work:
            portfolio = await commands.delete_strategy(work, key)
        return DeleteStrategyPayload(deleted_strategy_id=global_id("Strategy", key), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description="Let a strategy have exactly these positions: at most 100.", metadata=allowed(Access.USER)
    )
    @answers_refusals(SetStrategyPositionsPayload)
    async def set_strategy_positions(self, info: Info, input: SetStrategyPositionsInput) -> SetStrategyPositionsPayload:
        """Set them in a unit of work."""
        key = _strategy_key(input.strategy_id)
        positions = []
        for value in input.position_ids:
            asked = parsed_position_id(value)
            if asked is None:
                raise NotFound("no such position in the strategy's portfolio", field=("position_ids",))
            positions.append((asked.asked.portfolio_id, asked.place))
        async with info.context.unit_of_work() as work:
            changed = await commands.set_strategy_positions(work, key, positions)
        return SetStrategyPositionsPayload(strategy=strategy_of(changed))


@extends(Portfolio)
@strawberry.type
class PortfolioWithStrategies:
    """What strategies add to a portfolio."""

    @strawberry.field(description="Its strategies, by name; at most 100.", metadata=sized(10))
    async def strategies(self, info: Info, root: strawberry.Parent[Portfolio]) -> list[Strategy]:
        """Show the strategies."""
        found = await info.context.loaders(PositionLoaders).strategies.load(root.key)
        return [strategy_of(each, root.key) for each in found]


@extends(Position)
@strawberry.type
class PositionWithStrategy:
    """What strategies add to a position."""

    @strawberry.field(description="The strategy that it belongs to.")
    async def strategy(self, info: Info, root: strawberry.Parent[Position]) -> Strategy | None:
        """Find the strategy."""
        place = place_of(root.row)
        found = await info.context.loaders(PositionLoaders).strategies.load(root.row.portfolio_id)
        return next((strategy_of(each, root.row.portfolio_id) for each in found if place in each.places), None)


def strategy_of(grouped: Grouped, portfolio_id: UUID | None = None) -> Strategy:
    """Return a strategy as the API shows it, of its own portfolio or of a fork of it."""
    row = grouped.row
    own = row.portfolio_id
    assert isinstance(own, UUID)
    return Strategy(
        id=global_id("Strategy", row.id),
        name=row.name,
        description=row.description,
        created_at=row.created_at,
        grouped=grouped,
        portfolio_id=portfolio_id or own,
    )


def _strategy_key(value: str) -> UUID:
    key = stored_key("Strategy", value)
    if key is None:
        raise NotFound("no such strategy", field=("strategy_id",))
    return key


@loads_nodes("Strategy")
async def _find_strategies(context: Context, keys: Sequence[UUID]) -> list[Strategy | None]:
    rows = await commands.strategies_by_id(context.actor, keys)
    return [None if row is None else strategy_of(row) for row in rows]
