"""The ids of events: an epoch, and a position in it."""

import base64
import binascii
from enum import StrEnum

import strawberry

_LONGEST = 200


@strawberry.enum(
    description=(
        "SNAPSHOT: the state as it is. CHANGE: what is new since the event before. GAP: something may have been "
        "missed, and a SNAPSHOT follows."
    )
)
class EventKind(StrEnum):
    """What an event of a subscription says."""

    SNAPSHOT = "SNAPSHOT"
    CHANGE = "CHANGE"
    GAP = "GAP"


def event_id(epoch: str, *position: int) -> str:
    """Return the opaque id of the event at this position."""
    plain = ":".join((epoch, *(str(number) for number in position)))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def position_in(value: str, epoch: str) -> tuple[int, ...] | None:
    """Return the position that an event id names in this epoch, None for an id of another epoch or for what is none."""
    found = place_of(value)
    return found[1] if found is not None and found[0] == epoch else None


def place_of(value: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the epoch and the position that an event id names, None for what is none of ours."""
    if len(value) > _LONGEST:
        return None
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode("ascii")
        epoch, *numbers = plain.split(":")
        return (epoch, tuple(int(number) for number in numbers)) if numbers else None
    except (binascii.Error, ValueError):
        return None
