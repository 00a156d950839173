"""Ids of positions: they are computed, and their ids say what of."""

import re
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import strawberry

from domain.portfolios.queries import Asked
from domain.portfolios.tags import Place
from schema.portfolios.types import asked_with
from schema.shared.node import global_id, parse_global_id

_SIDES = ("long", "short")
_INSTANT = r"[0-9T.:-]+\+00:00"
_REST = re.compile(rf"(?P<as_of>|{_INSTANT})(:(?P<known_at>{_INSTANT}))?(?P<short>:short)?")


def side_name(text: str) -> str:
    """Return the name of a side.  Raises `ValueError` for what is none."""
    if text not in _SIDES:
        raise ValueError("no side of ours")
    return text


class PositionId(NamedTuple):
    """A side of an instrument in an account of a portfolio, and when and by which knowledge it was asked."""

    asked: Asked
    place: Place
    is_short: bool


def position_id(key: PositionId) -> strawberry.ID:
    """Return the id of a position."""
    # Both sides of one instrument may be held.
    side = ("short",) if key.is_short else ()
    asked = key.asked
    return global_id("Position", asked.portfolio_id, *key.place, *asked_with(asked.as_of, asked.known_at), *side)


def parsed_position_id(value: str) -> PositionId | None:
    """Return what the id of a position says, None for what is no such id."""
    parsed = parse_global_id(value)
    # Instants have colons of their own.
    parts = parsed[1].split(":", 3) if parsed is not None and parsed[0] == "Position" else []
    rest = _REST.fullmatch(parts[3]) if len(parts) == 4 else None
    if rest is None:
        return None
    try:
        portfolio, account, instrument = map(UUID, parts[:3])
        asked = Asked(portfolio, _instant(rest["as_of"]), _instant(rest["known_at"]))
    except ValueError:
        return None
    key = PositionId(asked, (account, instrument), rest["short"] is not None)
    # UUIDs and instants can be spelled in several ways, ids in one.
    return key if position_id(key) == value else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
