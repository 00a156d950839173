"""The accounts of a portfolio: opened, changed, closed."""

from datetime import datetime
from uuid import UUID

import strawberry

from domain.kernel.errors import NotFound
from domain.portfolios import accounts
from domain.portfolios.account_numbers import masked
from domain.portfolios.accounts import AccountChange
from domain.portfolios.types import PortfolioPermission
from schema.context import Info
from schema.portfolios.grants import GrantLoaders
from schema.portfolios.types import Account, AccountKind, Portfolio, account_of, portfolio_of
from schema.shared.extension import extends
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_NAME = "1 to 200 characters."
_INSTITUTION = "Who keeps it: 1 to 200 characters."
_NUMBER = "4 to 34 digits and letters, with dashes and spaces between them. Stored encrypted, shown masked."
_ROUTING = "9 digits, the last a check digit, as the American Bankers Association gives them. Stored encrypted."


@extends(Account)
@strawberry.type
class AccountDetails:
    """What its owner keeps of an account."""

    @strawberry.field(description="Who keeps it.")
    def institution(self, root: strawberry.Parent[Account]) -> str | None:
        """Show the institution."""
        return root.row.institution

    @strawberry.field(description="Its number, masked: the last characters, at most 4. Null for all but the owner.")
    async def number(self, info: Info, root: strawberry.Parent[Account]) -> str | None:
        """Show the end of the number."""
        return await _shown(info, root, root.row.number_end)

    @strawberry.field(description="Its routing number, masked: the last 4 digits. Null for all but the owner.")
    async def routing_number(self, info: Info, root: strawberry.Parent[Account]) -> str | None:
        """Show the end of the routing number."""
        return await _shown(info, root, root.row.routing_end)

    @strawberry.field(description="When it was closed: it takes no more transactions; null for an open one.")
    def closed_at(self, root: strawberry.Parent[Account]) -> datetime | None:
        """Show when it was closed."""
        return root.row.closed_at


@strawberry.input(description="An account to open in a portfolio of the user's own.")
class CreateAccountInput:
    """What it is called, how it is taxed, and where it is kept."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    name: str = strawberry.field(description=_NAME)
    kind: AccountKind = strawberry.field(description="How it is taxed.")  # type: ignore[valid-type]
    institution: str | None = strawberry.field(description=_INSTITUTION, default=None)
    number: str | None = strawberry.field(description=_NUMBER, default=None)
    routing_number: str | None = strawberry.field(description=_ROUTING, default=None)


@strawberry.input(description="What to change of an account: what is absent stays, null takes a value away.")
class UpdateAccountInput:
    """Which, and what."""

    account_id: strawberry.ID = strawberry.field(description="The account.")
    name: strawberry.Maybe[str] = strawberry.field(description=_NAME)
    kind: strawberry.Maybe[AccountKind] = strawberry.field(description="How it is taxed.")  # type: ignore[valid-type]
    institution: strawberry.Maybe[str | None] = strawberry.field(description=_INSTITUTION)
    number: strawberry.Maybe[str | None] = strawberry.field(description=_NUMBER)
    routing_number: strawberry.Maybe[str | None] = strawberry.field(description=_ROUTING)


@strawberry.input(description="An account to close.")
class CloseAccountInput:
    """Which."""

    account_id: strawberry.ID = strawberry.field(description="The account: not the default one.")


@strawberry.type(description="The account with its portfolio, or why nothing was changed.")
class AccountPayload:
    """The answer of what opens, changes and closes accounts."""

    account: Account | None = strawberry.field(description="The account as it is now.", default=None)
    portfolio: Portfolio | None = strawberry.field(description="Its portfolio.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class AccountsMutation:
    """The mutations of accounts."""

    @strawberry.mutation(
        description="Open an account in a portfolio of the user's own; at most 100 in one portfolio.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(AccountPayload)
    async def create_account(self, info: Info, input: CreateAccountInput) -> AccountPayload:
        """Open it in a unit of work."""
        portfolio_id = _key("Portfolio", input.portfolio_id)
        change = AccountChange(
            name=input.name,
            kind=input.kind,
            institution=input.institution,
            number=input.number,
            routing_number=input.routing_number,
        )
        cipher = info.context.resources.field_cipher
        async with info.context.unit_of_work() as work:
            account, portfolio = await accounts.create_account(work, cipher, portfolio_id, change)
        return AccountPayload(account=account_of(account), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description="Change what is said of an account of the user's own.", metadata=allowed(Access.USER)
    )
    @answers_refusals(AccountPayload)
    async def update_account(self, info: Info, input: UpdateAccountInput) -> AccountPayload:
        """Change it in a unit of work."""
        account_id = _key("Account", input.account_id)
        cipher = info.context.resources.field_cipher
        async with info.context.unit_of_work() as work:
            account, portfolio = await accounts.update_account(work, cipher, account_id, _change(input))
        return AccountPayload(account=account_of(account), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description=(
            "Close an account that holds and owes nothing: it stays in the history, and takes no more transactions. "
            "The default account cannot be closed."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(AccountPayload)
    async def close_account(self, info: Info, input: CloseAccountInput) -> AccountPayload:
        """Close it in a unit of work."""
        account_id = _key("Account", input.account_id)
        async with info.context.unit_of_work() as work:
            account, portfolio = await accounts.close_account(work, account_id)
        return AccountPayload(account=account_of(account), portfolio=portfolio_of(portfolio))


async def _shown(info: Info, account: Account, end: str | None) -> str | None:
    portfolio_id = account.row.portfolio_id
    if end is None or not isinstance(portfolio_id, UUID):
        return None
    grant = await info.context.loaders(GrantLoaders).grants.load(portfolio_id)
    return masked(end) if grant is not None and grant.permission is PortfolioPermission.OWNER else None


def _change(input: UpdateAccountInput) -> AccountChange:
    change = AccountChange()
    if input.name is not None:
        change["name"] = input.name.value
    if input.kind is not None:
        change["kind"] = input.kind.value
    if input.institution is not None:
        change["institution"] = input.institution.value
    if input.number is not None:
        change["number"] = input.number.value
    if input.routing_number is not None:
        change["routing_number"] = input.routing_number.value
    return change


def _key(kind: str, value: str) -> UUID:
    key = stored_key(kind, value)
    if key is None:
        raise NotFound(f"no such {kind.lower()}", field=(f"{kind.lower()}_id",))
    return key
