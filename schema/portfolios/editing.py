"""Changing what a portfolio is called, and deleting it."""

import strawberry

from domain.portfolios import editing
from domain.portfolios.editing import Told
from schema.context import Info
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.node import key_of
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)


@strawberry.input(description="What a portfolio is to be called. What is absent stays as it is.")
class UpdatePortfolioInput:
    """Which, and what of it."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    name: strawberry.Maybe[str | None] = strawberry.field(description="1 to 200 characters; null is refused.")
    description: strawberry.Maybe[str | None] = strawberry.field(
        description="At most 2,000 characters; null takes the description away."
    )
    expected_version: int | None = strawberry.field(
        description="Refuse with VERSION_CONFLICT unless the portfolio is at this version.", default=None
    )


@strawberry.input(description="A portfolio to delete.")
class DeletePortfolioInput:
    """Which."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    expected_version: int = strawberry.field(
        description="Refuse with VERSION_CONFLICT unless the portfolio is at this version."
    )


@strawberry.type(description="The portfolio as it is now, or why it was not changed.")
class UpdatePortfolioPayload:
    """The answer of `updatePortfolio`."""

    portfolio: Portfolio | None = strawberry.field(description="The portfolio as it is now.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The id of the portfolio that is gone, or why it was not deleted.")
class DeletePortfolioPayload:
    """The answer of `deletePortfolio`."""

    deleted_portfolio_id: strawberry.ID | None = strawberry.field(
        description="The id that nothing has any more.", default=None
    )
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class EditingMutation:
    """The mutations of a portfolio as a whole."""

    @strawberry.mutation(
        description=(
            "Change a portfolio's name, its description, or both. Its ledger and its version stay as they are. Its "
            "base currency cannot be changed: what the ledger holds was converted into it."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(UpdatePortfolioPayload)
    async def update_portfolio(self, info: Info, input: UpdatePortfolioInput) -> UpdatePortfolioPayload:
        """Change it in a unit of work."""
        portfolio_id = key_of("Portfolio", input.portfolio_id, "portfolio_id")
        async with info.context.unit_of_work() as work:
            row = await editing.update_portfolio(
                work,
                portfolio_id,
                name=None if input.name is None else Told(input.name.value),
                description=None if input.description is None else Told(input.description.value),
                expected_version=input.expected_version,
            )
        return UpdatePortfolioPayload(portfolio=portfolio_of(row))

    @strawberry.mutation(
        description=(
            "Delete a portfolio, and the modeling sessions of it: nobody sees them any more, and who follows them "
            "is told NOT_FOUND. Only its owner may."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(DeletePortfolioPayload)
    async def delete_portfolio(self, info: Info, input: DeletePortfolioInput) -> DeletePortfolioPayload:
        """Delete it in a unit of work."""
        portfolio_id = key_of("Portfolio", input.portfolio_id, "portfolio_id")
        async with info.context.unit_of_work() as work:
            await editing.delete_portfolio(work, portfolio_id, expected_version=input.expected_version)
        return DeletePortfolioPayload(deleted_portfolio_id=input.portfolio_id)
