"""Screens that users have named, as the API shows and changes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.companies import saved_screens as domain
from domain.companies.saved_screens import SavedScreenRow, ScreenChanges
from domain.kernel.errors import BadUserInput, InvalidInput, NotFound
from schema.companies.filters import CompanyFilter, CompanyOrder, filter_of, order_of
from schema.companies.screening import CompanyScreenConnection, companies_found
from schema.context import Context, Info
from schema.identity.types import User
from schema.shared.connection import After, Before, First, Last
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)
_NAME = "1 to 100 characters, and no other screen's of the user."


@strawberry.type(description="A filter and an order that a user has named; a user has at most 100.")
class SavedScreen(Node):
    """A screen."""

    name: str = strawberry.field(description="Its name.")
    filter: str = strawberry.field(description="The filter: a `CompanyFilter` as JSON, as a variable takes it.")
    order_by: str = strawberry.field(description="The order: a `CompanyOrder` as JSON, as a variable takes it.")
    version: int = strawberry.field(description="Counts its changes: for `expectedVersion`.")
    created_at: datetime = strawberry.field(description="When it was made.")
    changed_at: datetime = strawberry.field(description="When it was last changed.")
    row: strawberry.Private[SavedScreenRow]

    @strawberry.field(description="The companies that it finds now, in its order.")
    async def companies(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> CompanyScreenConnection:
        """Screen the board."""
        asked = (domain.filter_in(self.row), domain.order_in(self.row))
        return await companies_found(info.context, *asked, first, after, last, before)


@strawberry.input(description="A screen to name.")
class CreateScreenInput:
    """A filter and an order."""

    name: str = strawberry.field(description=_NAME)
    filter: CompanyFilter = strawberry.field(description="Which companies.")
    order_by: CompanyOrder | None = strawberry.field(description="In which order; by ticker without one.", default=None)


@strawberry.input(description="What changes of a screen; what is not given stays.")
class UpdateScreenInput:
    """A screen's new name, filter or order."""

    screen_id: strawberry.ID = strawberry.field(description="The screen.")
    name: str | None = strawberry.field(description=_NAME, default=None)
    filter: CompanyFilter | None = strawberry.field(description="Which companies.", default=None)
    order_by: CompanyOrder | None = strawberry.field(description="In which order.", default=None)
    expected_version: int | None = strawberry.field(
        description="The version that the change is for; refused when the screen has another.", default=None
    )


@strawberry.input(description="A screen to delete.")
class DeleteScreenInput:
    """A screen."""

    screen_id: strawberry.ID = strawberry.field(description="The screen.")


@strawberry.type(description="The new screen, or why there is none.")
class CreateScreenPayload:
    """The answer of `createScreen`."""

    screen: SavedScreen | None = strawberry.field(description="The new screen.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The screen as it is now, or why it was not changed.")
class UpdateScreenPayload:
    """The answer of `updateScreen`."""

    screen: SavedScreen | None = strawberry.field(description="The screen.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The id of the screen that is gone, or why it is not.")
class DeleteScreenPayload:
    """The answer of `deleteScreen`."""

    deleted_screen_id: strawberry.ID | None = strawberry.field(description="Its id.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class ScreensMutation:
    """The mutations of saved screens."""

    @strawberry.mutation(
        description="Name a filter and an order of companies: at most 100 of a user.", metadata=allowed(Access.USER)
    )
    @answers_refusals(CreateScreenPayload)
    async def create_screen(self, info: Info, input: CreateScreenInput) -> CreateScreenPayload:
        """Create it in a unit of work."""
        changes = _changes(input)
        assert changes.asked is not None
        async with info.context.unit_of_work() as work:
            row = await domain.create_screen(
                work, name=input.name, asked=changes.asked, order=changes.order or order_of(None)
            )
        return CreateScreenPayload(screen=screen_of(row))

    @strawberry.mutation(description="Change a screen of the user's.", metadata=allowed(Access.USER))
    @answers_refusals(UpdateScreenPayload)
    async def update_screen(self, info: Info, input: UpdateScreenInput) -> UpdateScreenPayload:
        """Change it in a unit of work."""
        key, changes = _key(input.screen_id), _changes(input)
        async with info.context.unit_of_work() as work:
            row = await domain.update_screen(work, key, changes, expected_version=input.expected_version)
        return UpdateScreenPayload(screen=screen_of(row))

    @strawberry.mutation(description="Delete a screen of the user's.", metadata=allowed(Access.USER))
    @answers_refusals(DeleteScreenPayload)
    async def delete_screen(self, info: Info, input: DeleteScreenInput) -> DeleteScreenPayload:
        """Delete it in a unit of work."""
        key = _key(input.screen_id)
        async with info.context.unit_of_work() as work:
            await domain.delete_screen(work, key)
        return DeleteScreenPayload(deleted_screen_id=global_id("SavedScreen", key))


@extends(User)
@strawberry.type
class UserWithScreens:
    """What companies add to a user."""

    @strawberry.field(
        description="The screens that the user has named, by name: at most 100, and none of another user's.",
        metadata=sized(20),
    )
    async def screens(self, info: Info, root: strawberry.Parent[User]) -> list[SavedScreen]:
        """Show them."""
        return [screen_of(row) for row in await domain.screens_of(info.context.actor, root.key)]


def screen_of(row: SavedScreenRow) -> SavedScreen:
    """Return a screen as the API shows it."""
    return SavedScreen(
        id=global_id("SavedScreen", row.id),
        name=row.name,
        filter=row.conditions,
        order_by=row.ordering,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        row=row,
    )


def _changes(given: Any) -> ScreenChanges:
    try:
        return ScreenChanges(
            name=given.name,
            asked=None if given.filter is None else filter_of(given.filter),
            order=None if given.order_by is None else order_of(given.order_by),
        )
    except BadUserInput as error:
        raise InvalidInput(error.message, field=("filter",)) from None


def _key(value: str) -> UUID:
    key = stored_key("SavedScreen", value)
    if key is None:
        raise NotFound("no such screen", field=("screen_id",))
    return key


@loads_nodes("SavedScreen")
async def _find_screens(context: Context, keys: Sequence[UUID]) -> list[SavedScreen | None]:
    rows = await domain.screens_by_id(context.actor, keys)
    return [None if row is None else screen_of(row) for row in rows]
