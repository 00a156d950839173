"""What differs between live feeds: how one is spoken to, and how what it says is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.market.providers.provider import Credentials
from domain.market.streaming.types import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The language of a feed, as data.

    `read` maps the kind of an event, which the feed calls `kind_field`, to what makes a message of it; None says that
    the event concerns nobody.  A reader raises KeyError, TypeError or ValueError for what is not as expected.
    """

    name: str
    socket_url: str
    kind_field: str
    authenticate: Callable[[Credentials], bytes]
    subscribe: Callable[[Sequence[str]], bytes]
    read: Mapping[str, Callable[[Any], Message | None]]


def positive(value: Any) -> float | None:
    """Return a price, or None where the feed writes a zero for none.  Raises TypeError for what is no number."""
    return number(value) or None


def number(value: Any) -> float:
    """Return a number as a float.  Raises TypeError for anything else, also for true, a number to Python alone."""
    if type(value) is not float and type(value) is not int:
        raise TypeError(f"expected a number, got {type(value).__name__}")
    return float(value)


def text(value: Any) -> str:
    """Return a string that is not empty.  Raises TypeError for anything else."""
    if type(value) is not str or not value:
        raise TypeError(f"expected text, got {type(value).__name__}")
    return value
