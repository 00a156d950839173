"""Where changes of companies stand, as the events of subscriptions name it."""

from uuid import UUID

from domain.companies.board import Board
from domain.companies.types import ChangePosition
from schema.shared.event_ids import event_id, place_of
from schema.shared.live import Position

# Where nothing was ever known of any company.
NOWHERE = ChangePosition(UUID(int=0), 0)


def position_of_board(board: Board) -> ChangePosition:
    """Return where a board stands."""
    return board.at or NOWHERE


def named(at: ChangePosition) -> str:
    """Return the id of the event at a position."""
    return event_id(str(at.epoch), at.sequence)


def order_of(at: ChangePosition) -> Position:
    """Return a position as updates are ordered by it."""
    # Epochs are UUIDs of version 7, which sort by the time they were made.
    return (at.epoch.int, at.sequence)


def read_position(since: str) -> ChangePosition | None:
    """Return the position that an event id names, None for what is no event id of companies."""
    found = place_of(since)
    if found is None or len(found[1]) != 1 or not 0 <= found[1][0] < 2**63:
        return None
    try:
        return ChangePosition(UUID(found[0]), found[1][0])
    except ValueError:
        return None


def resumed(since: str) -> Position | None:
    """Return the position that an event id names as updates are ordered by it."""
    at = read_position(since)
    return None if at is None else order_of(at)
