"""What administrators do to companies."""

from typing import Any

import strawberry

from domain.companies import administration
from domain.companies.administration import CompanyRow
from domain.companies.board import Boards
from domain.companies.types import TEXTS
from domain.storage.readings import as_uuid
from schema.companies.types import Company, CompanyRating, company_of
from schema.context import Info
from schema.shared.node import key_of
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_VERSION = "Refuse with VERSION_CONFLICT unless the company is at this version."


@strawberry.input(description="A company to add, without numbers: a file of figures brings them.")
class CreateCompanyInput:
    """What it is."""

    ticker: str = strawberry.field(description="1 to 12 of A-Z, 0-9, dot and hyphen; no other company's.")
    name: str = strawberry.field(description="1 to 200 characters.")
    industry: str | None = strawberry.field(description="At most 120 characters.", default=None)
    sector: str | None = strawberry.field(description="At most 80 characters.", default=None)
    exchange: str | None = strawberry.field(description="Its MIC, such as XNAS, or as feeds call it.", default=None)
    country: str | None = strawberry.field(description="At most 80 characters.", default=None)
    currency: str | None = strawberry.field(description="Three letters of ISO 4217.", default=None)
    analyst: str | None = strawberry.field(description="Who rates it: at most 120 characters.", default=None)
    rating: CompanyRating | None = strawberry.field(description="What the analyst says.", default=None)


@strawberry.input(description="What a company is to be from now on. What is absent stays as it is; null takes it away.")
class UpdateCompanyInput:
    """Which, and what of it."""

    company_id: strawberry.ID = strawberry.field(description="The company.")
    name: strawberry.Maybe[str | None] = strawberry.field(description="1 to 200 characters; null is refused.")
    industry: strawberry.Maybe[str | None] = strawberry.field(description="At most 120 characters.")
    sector: strawberry.Maybe[str | None] = strawberry.field(description="At most 80 characters.")
    exchange: strawberry.Maybe[str | None] = strawberry.field(description="Its MIC, such as XNAS.")
    country: strawberry.Maybe[str | None] = strawberry.field(description="At most 80 characters.")
    currency: strawberry.Maybe[str | None] = strawberry.field(description="Three letters of ISO 4217.")
    analyst: strawberry.Maybe[str | None] = strawberry.field(description="Who rates it: at most 120 characters.")
    rating: strawberry.Maybe[CompanyRating | None] = strawberry.field(description="What the analyst says.")
    expected_version: int | None = strawberry.field(description=_VERSION, default=None)


@strawberry.input(description="A company that is to leave the lists, or to come back.")
class DeactivateCompanyInput:
    """Which."""

    company_id: strawberry.ID = strawberry.field(description="The company.")
    is_active: bool = strawberry.field(description="True puts it back into the lists.", default=False)
    expected_version: int | None = strawberry.field(description=_VERSION, default=None)


@strawberry.type(description="The company as it is now, or why nothing was changed.")
class CompanyPayload:
    """The answer of what administrators do to companies."""

    company: Company | None = strawberry.field(description="The company as it is now.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class CompanyAdministrationMutation:
    """The mutations of companies."""

    @strawberry.mutation(description="Add a company.", metadata=allowed(Access.ADMIN))
    @answers_refusals(CompanyPayload)
    async def create_company(self, info: Info, input: CreateCompanyInput) -> CompanyPayload:
        """Add it."""
        texts = {name: _text(getattr(input, name)) for name in TEXTS}
        async with info.context.unit_of_work() as work:
            row = await administration.create_company(work, input.ticker, texts)
        return await _payload(info, row)

    @strawberry.mutation(
        description="Say anew what a company is; the next file of figures may say otherwise.",
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(CompanyPayload)
    async def update_company(self, info: Info, input: UpdateCompanyInput) -> CompanyPayload:
        """Change it."""
        said = {name: getattr(input, name) for name in TEXTS}
        texts = {name: _text(value.value) for name, value in said.items() if value is not None}
        async with info.context.unit_of_work() as work:
            row = await administration.update_company(
                work, key_of("Company", input.company_id, "company_id"), texts, expected_version=input.expected_version
            )
        return await _payload(info, row)

    @strawberry.mutation(
        description="Take a company out of lists, screens and search, or put it back. What was known of it stays.",
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(CompanyPayload)
    async def deactivate_company(self, info: Info, input: DeactivateCompanyInput) -> CompanyPayload:
        """Take it out, or put it back."""
        command = administration.reactivate_company if input.is_active else administration.deactivate_company
        async with info.context.unit_of_work() as work:
            row = await command(
                work, key_of("Company", input.company_id, "company_id"), expected_version=input.expected_version
            )
        return await _payload(info, row)


async def _payload(info: Info, row: CompanyRow) -> CompanyPayload:
    board = await info.context.resources.shared(Boards).latest()
    return CompanyPayload(company=company_of(info.context, board, board.rows[as_uuid(row.id)]))


def _text(value: Any) -> str | None:
    # A rating is a member of its enum.
    return value.value if isinstance(value, CompanyRating) else value  # type: ignore[no-any-return]
