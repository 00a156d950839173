"""Templates: target allocations that are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.kernel.errors import NotFound
from domain.portfolios import templates
from domain.portfolios.template_types import TemplateRow
from schema.context import Context, Info
from schema.portfolios.targets import Target, TargetInput, targets_of, weights_of
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)


@strawberry.type(description="A target allocation that is kept for portfolios to come.")
class PortfolioTemplate(Node):
    """A template."""

    name: str = strawberry.field(description="What it is called.")
    description: str | None = strawberry.field(description="What it is for.")
    is_built_in: bool = strawberry.field(description="Whether everybody has it, and nobody can delete it.")
    created_at: datetime | None = strawberry.field(description="When it was made; null for one that is built in.")
    targets: list[Target] = strawberry.field(
        description="What a portfolio of it should be made of, by kind and name: at most 100.", metadata=sized(10)
    )


@strawberry.input(description="A template to keep.")
class CreateTemplateInput:
    """A name and targets."""

    name: str = strawberry.field(description="1 to 200 characters; no other template of the user's has it.")
    description: str | None = strawberry.field(description="At most 2,000 characters.", default=None)
    targets: list[TargetInput] = strawberry.field(description="1 to 100, as `setTargets` takes them.")


@strawberry.input(description="Which template is to be deleted.")
class DeleteTemplateInput:
    """A template."""

    template_id: strawberry.ID = strawberry.field(description="A template of the user's.")


@strawberry.input(description="Which portfolio is to have the targets of which template.")
class ApplyTemplateInput:
    """A portfolio and a template."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    template_id: strawberry.ID = strawberry.field(description="A template that is built in, or of the user's.")


@strawberry.type(description="The template, or why it is not kept.")
class CreateTemplatePayload:
    """The answer of `createTemplate`."""

    template: PortfolioTemplate | None = strawberry.field(description="The template.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="Which template is gone, or why it is not.")
class DeleteTemplatePayload:
    """The answer of `deleteTemplate`."""

    deleted_template_id: strawberry.ID | None = strawberry.field(description="Id of what is gone.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The portfolio with its new targets, or why it has them not.")
class ApplyTemplatePayload:
    """The answer of `applyTemplate`."""

    portfolio: Portfolio | None = strawberry.field(description="The portfolio.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class TemplatesQuery:
    """The queries of templates."""

    @strawberry.field(
        description="The templates that are built in, then the user's by name: at most 105.",
        metadata={**allowed(Access.USER), **sized(20)},
    )
    async def portfolio_templates(self, info: Info) -> list[PortfolioTemplate]:
        """Show the templates."""
        return [_template_of(row) for row in await templates.templates(info.context.actor)]


@strawberry.type
class TemplatesMutation:
    """The mutations of templates."""

    @strawberry.mutation(
        description="Keep a template of the user's; the same again answers the first.", metadata=allowed(Access.USER)
    )
    @answers_refusals(CreateTemplatePayload)
    async def create_template(self, info: Info, input: CreateTemplateInput) -> CreateTemplatePayload:
        """Keep it in a unit of work."""
        async with info.context.unit_of_work() as work:
            row = await templates.create_template(
                work, name=input.name, description=input.description, targets=weights_of(input.targets)
            )
        return CreateTemplatePayload(template=_template_of(row))

    @strawberry.mutation(
        description="Delete a template of the user's. Portfolios that it was applied to keep their targets.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(DeleteTemplatePayload)
    async def delete_template(self, info: Info, input: DeleteTemplateInput) -> DeleteTemplatePayload:
        """Delete it in a unit of work."""
        key = _key("PortfolioTemplate", input.template_id, "template")
        async with info.context.unit_of_work() as work:
            await templates.delete_template(work, key)
        return DeleteTemplatePayload(deleted_template_id=input.template_id)

    @strawberry.mutation(
        description="Give a portfolio the targets of a template, in place of its own.", metadata=allowed(Access.USER)
    )
    @answers_refusals(ApplyTemplatePayload)
    async def apply_template(self, info: Info, input: ApplyTemplateInput) -> ApplyTemplatePayload:
        """Apply it in a unit of work."""
        portfolio_id = _key("Portfolio", input.portfolio_id, "portfolio")
        template_id = _key("PortfolioTemplate", input.template_id, "template")
        async with info.context.unit_of_work() as work:
            row = await templates.apply_template(work, portfolio_id, template_id)
        return ApplyTemplatePayload(portfolio=portfolio_of(row))


def _key(kind: str, value: str, name: str) -> UUID:
    key = stored_key(kind, value)
    if key is None:
        of_user = " of the user's" if name == "template" else ""
        raise NotFound(f"no such {name}{of_user}", field=(f"{name}_id",))
    return key


def _template_of(row: TemplateRow) -> PortfolioTemplate:
    return PortfolioTemplate(
        id=global_id("PortfolioTemplate", row.id),
        name=row.name,
        description=row.description,
        is_built_in=row.created_at is None,
        created_at=row.created_at,
        targets=targets_of(row.targets),
    )


@loads_nodes("PortfolioTemplate")
async def _find_templates(context: Context, keys: Sequence[UUID]) -> list[PortfolioTemplate | None]:
    rows = await templates.templates_by_id(context.actor, keys)
    return [None if row is None else _template_of(row) for row in rows]
