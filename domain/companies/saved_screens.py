"""Screens that users have named: a filter and an order, seen and changed by their owner alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from domain.companies.filter_text import filter_text, order_text, read_filter, read_order
from domain.companies.filters import Filter, Order, check_screen
from domain.companies.models import SavedScreen
from domain.kernel.actor import Actor
from domain.kernel.errors import BadUserInput, InvalidInput, LimitReached, NameTaken, NotFound, VersionConflict
from domain.kernel.text import as_name
from domain.kernel.work import Subject, Work

# What the mirror slice of the schema reads, without naming the table.
SavedScreenRow: TypeAlias = SavedScreen

MOST_SCREENS = 100
LONGEST_NAME = 100
# A filter of 500 tickers has some 5 KB.
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenChanges:
    """What is to change of a screen; None leaves it as it is."""

    name: str | None = None
    asked: Filter | None = None
    order: Order | None = None


async def screens_of(actor: Actor, owner_id: UUID) -> list[SavedScreen]:
    """Return an owner's screens by name; none of another's."""
    if not _may_see(actor, owner_id):
        return []
    return await SavedScreen.filter(owner_id=owner_id).order_by("name", "id")


async def screens_by_id(actor: Actor, screen_ids: Sequence[UUID]) -> list[SavedScreen | None]:
    """Return screens in the order asked, None where the actor sees none."""
    rows = await SavedScreen.filter(id__in=set(screen_ids))
    found = {row.id: row for row in rows if _may_see(actor, row.owner_id)}
    return [found.get(screen_id) for screen_id in screen_ids]


def filter_in(row: SavedScreen) -> Filter:
    """Return the filter of a screen."""
    return read_filter(row.conditions)


def order_in(row: SavedScreen) -> Order:
    """Return the order of a screen."""
    return read_order(row.ordering)


async def create_screen(work: Work, *, name: str, asked: Filter, order: Order) -> SavedScreen:
    """Name a filter and an order.  Raises `InvalidInput`, `NameTaken`, `LimitReached`."""
    checked = _checked_name(name)
    texts = _checked(asked, order)
    known = await _locked_screens(work.actor)
    if len(known) >= MOST_SCREENS:
        raise LimitReached(f"expected at most {MOST_SCREENS} screens of a user")
    screen = SavedScreen(
        tenant_id=work.actor.tenant_id,
        owner_id=work.actor.user_id,
        name=checked,
        conditions=texts[0],
        ordering=texts[1],
        created_at=work.now,
        changed_at=work.now,
    )
    # A twin that is being made in parallel is waited for: PostgreSQL would end this transaction with an error.
    await SavedScreen.bulk_create([screen], ignore_conflicts=True)
    if not await SavedScreen.exists(id=screen.id):
        raise _taken(checked)
    await work.record("screen.create", Subject("SavedScreen", screen.id), None, _told(screen))
    return screen


async def update_screen(
    work: Work, screen_id: UUID, changes: ScreenChanges, *, expected_version: int | None = None
) -> SavedScreen:
    """Change a screen of the actor's.  Raises `NotFound`, `InvalidInput`, `NameTaken`, `VersionConflict`."""
    known = await _locked_screens(work.actor)
    screen = _own(known, screen_id)
    if expected_version not in (None, screen.version):
        message = f"expected version {expected_version}, got {screen.version}"
        raise VersionConflict(message, field=("expected_version",))
    before = _told(screen)
    if changes.name is not None:
        screen.name = _checked_name(changes.name)
        if any(other.name == screen.name for other in known if other is not screen):
            raise _taken(screen.name)
    asked = filter_in(screen) if changes.asked is None else changes.asked
    order = order_in(screen) if changes.order is None else changes.order
    screen.conditions, screen.ordering = _checked(asked, order)
    screen.version += 1
    screen.changed_at = work.now
    await screen.save(update_fields=["name", "conditions", "ordering", "version", "changed_at"])
    await work.record("screen.update", Subject("SavedScreen", screen_id), before, _told(screen))
    return screen


async def delete_screen(work: Work, screen_id: UUID) -> UUID:
    """Delete a screen of the actor's.  Raises `NotFound`."""
    screen = _own(await _locked_screens(work.actor), screen_id)
    await screen.delete()
    await work.record("screen.delete", Subject("SavedScreen", screen_id), _told(screen), None)
    return screen_id


def _may_see(actor: Actor, owner_id: object) -> bool:
    return actor.is_system or (actor.is_authenticated and actor.user_id == owner_id)


async def _locked_screens(actor: Actor) -> list[SavedScreen]:
    """Return all screens of the actor's, locked: what changes them stands in a line."""
    return await SavedScreen.filter(owner_id=actor.user_id).select_for_update()


def _own(known: Sequence[SavedScreen], screen_id: UUID) -> SavedScreen:
    found = next((screen for screen in known if screen.id == screen_id), None)
    if found is None:
        raise NotFound("no such screen", field=("screen_id",))
    return found


def _checked_name(name: str) -> str:
    try:
        checked = as_name(name)
    except ValueError as error:
        raise InvalidInput(str(error), field=("name",)) from None
    if not 1 <= len(checked) <= LONGEST_NAME:
        raise InvalidInput(f"expected a name of 1 to {LONGEST_NAME} characters, got {len(checked)}", field=("name",))
    return checked


def _checked(asked: Filter, order: Order) -> tuple[str, str]:
    """Return a filter and an order as they are stored."""
    try:
        check_screen(asked, order)
    except BadUserInput as error:
        raise InvalidInput(error.message, field=("filter",)) from None
    text = filter_text(asked)
    if len(text) > _LONGEST_TEXT:
        raise InvalidInput(f"expected a filter of at most {_LONGEST_TEXT} characters as JSON", field=("filter",))
    return text, order_text(order)


def _told(screen: SavedScreen) -> dict[str, object]:
    return {"name": screen.name, "filter": screen.conditions, "order": screen.ordering}


def _taken(name: str) -> NameTaken:
    return NameTaken(f"expected a name that no other screen has, got {name!r}", field=("name",))
