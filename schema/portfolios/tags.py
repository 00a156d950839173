"""Tags of positions, as the API shows and changes them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.kernel.errors import NotFound
from domain.portfolios import tags as commands
from domain.portfolios.positions import place_of
from domain.portfolios.tags import TagRow
from schema.context import Context, Info
from schema.identity.types import User
from schema.portfolios.position_ids import parsed_position_id
from schema.portfolios.position_loaders import PositionLoaders
from schema.portfolios.positions import Position, find_position
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)
_NAME = "1 to 50 characters, and no other tag's of the user."
_COLOR = "Red, green and blue as in #1f77b4; null for none."


@strawberry.type(description="A word of a user's for positions; a user has at most 100.")
class Tag(Node):
    """A tag."""

    name: str = strawberry.field(description="The word.")
    color: str | None = strawberry.field(description="How to paint it: red, green and blue as in #1f77b4.")
    created_at: datetime = strawberry.field(description="When it was made.")


@strawberry.input(description="A tag to create.")
class CreateTagInput:
    """A word."""

    name: str = strawberry.field(description=_NAME)
    color: str | None = strawberry.field(description=_COLOR, default=None)


@strawberry.input(description="What changes of a tag; what is not given stays.")
class UpdateTagInput:
    """A tag's new name or color."""

    tag_id: strawberry.ID = strawberry.field(description="The tag.")
    name: strawberry.Maybe[str] = strawberry.field(description=_NAME)
    color: strawberry.Maybe[str | None] = strawberry.field(description=_COLOR)


@strawberry.input(description="A tag to delete.")
class DeleteTagInput:
    """A tag."""

    tag_id: strawberry.ID = strawberry.field(description="The tag; it is taken off all positions.")


@strawberry.input(description="All tags that a position is to have.")
class SetPositionTagsInput:
    """A position and its tags."""

    position_id: strawberry.ID = strawberry.field(
        description="The position, held or not: its account and instrument count, its side and `asOf` do not."
    )
    tag_ids: list[strawberry.ID] = strawberry.field(
        description="Tags of the portfolio's owner, at most 10; they replace those that it has."
    )


@strawberry.type(description="The new tag, or why there is none.")
class CreateTagPayload:
    """The answer of `createTag`."""

    tag: Tag | None = strawberry.field(description="The new tag.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The tag as it is now, or why it was not changed.")
class UpdateTagPayload:
    """The answer of `updateTag`."""

    tag: Tag | None = strawberry.field(description="The tag.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The id of the tag that is gone, or why it is not.")
class DeleteTagPayload:
    """The answer of `deleteTag`."""

    deleted_tag_id: strawberry.ID | None = strawberry.field(description="Its id.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The tags of the position, or why they were not set.")
class SetPositionTagsPayload:
    """The answer of `setPositionTags`."""

    position: Position | None = strawberry.field(
        description="The position at its id's `asOf`; null where it is not held then.", default=None
    )
    tags: list[Tag] = strawberry.field(description="Its tags by name; at most 10.", default_factory=list)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class TagsMutation:
    """The mutations of tags."""

    @strawberry.mutation(description="Create a tag of the user's: at most 100.", metadata=allowed(Access.USER))
    @answers_refusals(CreateTagPayload)
    async def create_tag(self, info: Info, input: CreateTagInput) -> CreateTagPayload:
        """Create it in a unit of work."""
        async with info.context.unit_of_work() as work:
            row = await commands.create_tag(work, name=input.name, color=input.color)
        return CreateTagPayload(tag=tag_of(row))

    @strawberry.mutation(
        description="Rename a tag of the user's, or give it another color.", metadata=allowed(Access.USER)
    )
    @answers_refusals(UpdateTagPayload)
    async def update_tag(self, info: Info, input: UpdateTagInput) -> UpdateTagPayload:
        """Change it in a unit of work."""
        key = _tag_key(input.tag_id, "tag_id")
        changes = {name: given.value for name in ("name", "color") if (given := getattr(input, name)) is not None}
        async with info.context.unit_of_work() as work:
            row = await commands.update_tag(work, key, changes)
        return UpdateTagPayload(tag=tag_of(row))

    @strawberry.mutation(
        description="Delete a tag of the user's, and take it off all positions.", metadata=allowed(Access.USER)
    )
    @answers_refusals(DeleteTagPayload)
    async def delete_tag(self, info: Info, input: DeleteTagInput) -> DeleteTagPayload:
        """Delete it in a unit of work."""
        key = _tag_key(input.tag_id, "tag_id")
        async with info.context.unit_of_work() as work:
            await commands.delete_tag(work, key)
        return DeleteTagPayload(deleted_tag_id=global_id("Tag", key))

    @strawberry.mutation(
        description="Let a position have exactly these tags: at most 10.", metadata=allowed(Access.USER)
    )
    @answers_refusals(SetPositionTagsPayload)
    async def set_position_tags(self, info: Info, input: SetPositionTagsInput) -> SetPositionTagsPayload:
        """Set them in a unit of work."""
        asked = parsed_position_id(input.position_id)
        if asked is None:
            raise NotFound("no such position", field=("position_id",))
        keys = [_tag_key(value, "tag_ids") for value in input.tag_ids]
        async with info.context.unit_of_work() as work:
            await commands.set_position_tags(work, asked.asked.portfolio_id, asked.place, keys)
        tags = await info.context.loaders(PositionLoaders).tags.load(asked.asked.portfolio_id)
        return SetPositionTagsPayload(
            position=await find_position(info.context, asked), tags=[tag_of(row) for row in tags.get(asked.place, ())]
        )


@extends(User)
@strawberry.type
class UserWithTags:
    """What tags add to a user."""

    @strawberry.field(
        description="The user's words for positions, by name; at most 100, and none of another user's.",
        metadata=sized(20),
    )
    async def tags(self, info: Info, root: strawberry.Parent[User]) -> list[Tag]:
        """Show the tags."""
        return [tag_of(row) for row in await commands.tags_of(info.context.actor, root.key)]


@extends(Position)
@strawberry.type
class PositionWithTags:
    """What tags add to a position."""

    @strawberry.field(description="Its tags by name; at most 10.", metadata=sized(2))
    async def tags(self, info: Info, root: strawberry.Parent[Position]) -> list[Tag]:
        """Show the tags."""
        found = await info.context.loaders(PositionLoaders).tags.load(root.row.portfolio_id)
        return [tag_of(row) for row in found.get(place_of(root.row), ())]


def tag_of(row: TagRow) -> Tag:
    """Return a tag as the API shows it."""
    return Tag(id=global_id("Tag", row.id), name=row.name, color=row.color, created_at=row.created_at)


def _tag_key(value: str, field: str) -> UUID:
    key = stored_key("Tag", value)
    if key is None:
        raise NotFound("no such tag", field=(field,))
    return key


@loads_nodes("Tag")
async def _find_tags(context: Context, keys: Sequence[UUID]) -> list[Tag | None]:
    rows = await commands.tags_by_id(context.actor, keys)
    return [None if row is None else tag_of(row) for row in rows]
