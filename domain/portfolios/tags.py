"""Tags: an owner's words for positions.  A tag is of one owner; on positions of theirs, who may edit them puts it."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import Q, Subquery

from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, LimitReached, NameTaken, NotFound
from domain.kernel.work import Subject, Work
from domain.market.queries import instruments_by_id
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible, accessible_ids
from domain.portfolios.commands import locked
from domain.portfolios.models import Account, Portfolio, PositionTag, Tag
from domain.storage.readings import as_uuid

# What the mirror slice of the schema reads, without naming the tables.
TagRow: TypeAlias = Tag

# An account and an instrument: both sides of it, where it is held and owed at once.
Place: TypeAlias = tuple[UUID, UUID]

MOST_TAGS = 100
MOST_TAGS_OF_A_POSITION = 10
TAG_LENGTH = 50
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


async def tags_of(actor: Actor, owner_id: UUID) -> list[Tag]:
    """Return an owner's tags by name; none of another's."""
    return await Tag.filter(owner_id=owner_id, id__in=_visible(actor)).order_by("name", "id")


async def tags_by_id(actor: Actor, tag_ids: Sequence[UUID]) -> list[Tag | None]:
    """Return the tags in the order asked for, None where the actor sees none: their own, and those of positions that
    they may see.
    """
    on_positions = PositionTag.filter(portfolio_id__in=accessible_ids(actor, Permission.VIEW))
    seen = Q(id__in=_visible(actor)) | Q(id__in=Subquery(on_positions.values("tag_id")))
    found = {row.id: row for row in await Tag.filter(seen, id__in=set(tag_ids))}
    return [found.get(tag_id) for tag_id in tag_ids]


async def position_tags(actor: Actor, portfolio_ids: Sequence[UUID]) -> list[Mapping[Place, list[Tag]]]:
    """Return the tags of all tagged positions of each portfolio, by name; a fork has those of what it was forked from.

    Three statements.
    """
    homes = await homes_of(actor, portfolio_ids)
    rows = await PositionTag.filter(portfolio_id__in=set(homes.values())).prefetch_related("tag")
    found: dict[object, dict[Place, list[Tag]]] = {}
    for row in sorted(rows, key=lambda row: row.tag.name):
        place = (as_uuid(row.account_id), as_uuid(row.instrument_id))
        found.setdefault(row.portfolio_id, {}).setdefault(place, []).append(row.tag)
    return [found.get(homes.get(portfolio_id), {}) for portfolio_id in portfolio_ids]


async def homes_of(actor: Actor, portfolio_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return where tags and strategies of these portfolios are kept, of those that the actor sees."""
    seen = accessible(actor, Permission.VIEW).filter(id__in=set(portfolio_ids))
    rows = await seen.values_list("id", "fork_of_id")
    return {key: parent or key for key, parent in rows}


async def create_tag(work: Work, *, name: str, color: str | None = None) -> Tag:
    """Create a tag of the actor's.  Raises `InvalidInput`, `NameTaken`, `LimitReached`."""
    checked = checks.checked_name(name, longest=TAG_LENGTH)
    known = await _locked_tags(work.actor)
    if len(known) >= MOST_TAGS:
        raise LimitReached(f"expected at most {MOST_TAGS} tags of a user")
    tag = Tag(
        tenant_id=work.actor.tenant_id,
        owner_id=work.actor.user_id,
        name=checked,
        color=_checked_color(color),
        created_at=work.now,
    )
    # A twin that is being made in parallel is waited for: PostgreSQL would end this transaction with an error.
    await Tag.bulk_create([tag], ignore_conflicts=True)
    if not await Tag.exists(id=tag.id):
        raise _taken(checked)
    await work.record("tag.create", Subject("Tag", tag.id), None, {"name": checked})
    return tag


async def update_tag(work: Work, tag_id: UUID, changes: Mapping[str, str | None]) -> Tag:
    """Change a tag of the actor's: `name`, `color` (None for none), whichever are given.

    Raises `NotFound`, `InvalidInput`, `NameTaken`.
    """
    known = await _locked_tags(work.actor)
    tag = _own(known, tag_id)
    before = {"name": tag.name, "color": tag.color}
    if "name" in changes:
        tag.name = checks.checked_name(changes["name"] or "", longest=TAG_LENGTH)
        if any(other.name == tag.name for other in known if other is not tag):
            raise _taken(tag.name)
    if "color" in changes:
        tag.color = _checked_color(changes["color"])
    await tag.save(update_fields=["name", "color"])
    await work.record("tag.update", Subject("Tag", tag.id), before, {"name": tag.name, "color": tag.color})
    return tag


async def delete_tag(work: Work, tag_id: UUID) -> UUID:
    """Delete a tag of the actor's, and take it off all positions.  Raises `NotFound`."""
    tag = _own(await _locked_tags(work.actor), tag_id)
    await PositionTag.filter(tag_id=tag.id).delete()
    await tag.delete()
    await work.record("tag.delete", Subject("Tag", tag_id), {"name": tag.name}, None)
    return tag_id


async def set_position_tags(work: Work, portfolio_id: UUID, place: Place, tag_ids: Sequence[UUID]) -> Portfolio:
    """Let a position, open or to come, have exactly these tags, which are of the portfolio's owner.

    Raises `NotFound`, `LimitReached`.
    """
    asked = set(tag_ids)
    if len(asked) > MOST_TAGS_OF_A_POSITION:
        raise LimitReached(
            f"expected at most {MOST_TAGS_OF_A_POSITION} tags of a position, got {len(asked)}", field=("tag_ids",)
        )
    portfolio, home = await home_of(work, portfolio_id)
    await check_places(home, [place], NotFound("no such position", field=("position_id",)))
    known = await Tag.filter(owner_id=home.owner_id, id__in=list(asked))
    if len(known) != len(asked):
        raise NotFound("no such tag", field=("tag_ids",))
    own = {"portfolio_id": home.id, "account_id": place[0], "instrument_id": place[1]}
    before = [key for (key,) in await PositionTag.filter(**own).values_list("tag_id")]
    await PositionTag.filter(**own).delete()
    await PositionTag.bulk_create([PositionTag(tenant_id=home.tenant_id, tag_id=tag.id, **own) for tag in known])
    await work.record(
        "position.tag",
        Subject("Portfolio", portfolio.id),
        {"tags": sorted(map(str, before))},
        {"account": str(place[0]), "instrument": str(place[1]), "tags": sorted(map(str, asked))},
    )
    return portfolio


async def home_of(work: Work, portfolio_id: UUID) -> tuple[Portfolio, Portfolio]:
    """Return a portfolio that the actor may edit, and where its tags and strategies are kept, with its row locked."""
    missing = NotFound("no such position", field=("position_id",))
    portfolio = await locked(work, portfolio_id, missing)
    home = portfolio if portfolio.fork_of_id is None else await locked(work, portfolio.fork_of_id, missing)
    return portfolio, home


async def check_places(home: Portfolio, places: Collection[Place], missing: NotFound) -> None:
    """Let positions of a portfolio pass, held or not.  Raises `missing`."""
    accounts = {key for (key,) in await Account.filter(portfolio_id=home.id).values_list("id")}
    if any(account_id not in accounts for account_id, _ in places):
        raise missing
    if None in await instruments_by_id([instrument_id for _, instrument_id in places]):
        raise missing


def _visible(actor: Actor) -> Subquery:
    rows = Tag.all() if actor.is_system else Tag.filter(owner_id=actor.user_id)
    return Subquery(rows.values("id"))


async def _locked_tags(actor: Actor) -> list[Tag]:
    """Return all tags of the actor's, locked: what changes them stands in a line."""
    return await Tag.filter(owner_id=actor.user_id).select_for_update()


def _own(known: Sequence[Tag], tag_id: UUID) -> Tag:
    found = next((tag for tag in known if tag.id == tag_id), None)
    if found is None:
        raise NotFound("no such tag", field=("tag_id",))
    return found


def _checked_color(color: str | None) -> str | None:
    if color is not None and not _COLOR.fullmatch(color):
        raise InvalidInput(f"expected a color like #1f77b4, got {color[:20]!r}", field=("color",))
    return None if color is None else color.lower()


def _taken(name: str) -> NameTaken:
    return NameTaken(f"expected a name that no other tag has, got {name!r}", field=("name",))
