"""What a live feed says, in one form: what was traded, quoted and summed up, and what concerns the connection."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade.  `at` is in microseconds since 1970 in UTC.

    `sequence` is the feed's own, 0 where it has none; `key` tells trades of a symbol apart.  `counts` is False where
    its conditions keep it from being the last price.
    """

    symbol: str
    price: float
    size: int
    at: int
    sequence: int
    key: str
    counts: bool


@dataclass(frozen=True, slots=True)
class BidAsk:
    """What is bid and asked, with sizes in units, None where it is not known how many a lot has.

    `at` as for a trade; a side that nobody offers is None.
    """

    symbol: str
    bid: float | None
    ask: float | None
    bid_size: int | None
    ask_size: int | None
    at: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Minute:
    """A minute summed up.  `at`, when it begins, as for a trade; `day_volume` is None where the feed has none."""

    symbol: str
    open: float
    high: float
    low: float
    close: float
    volume: int
    day_volume: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a symbol is traded, in the exchange's words."""

    symbol: str
    message: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A trade that was reported before and is void."""

    symbol: str
    key: str


class NoticeKind(StrEnum):
    """What a feed says of the connection.

    GREETED: it is open.  AUTHENTICATED: the key is right.  SUBSCRIBED: symbols are followed.  REFUSED: it will be
    refused again, until an administrator changes something.  CROWDED: this account has too many connections.  BROKEN:
    this connection is over, and another may do better.
    """

    GREETED = "GREETED"
    AUTHENTICATED = "AUTHENTICATED"
    SUBSCRIBED = "SUBSCRIBED"
    REFUSED = "REFUSED"
    CROWDED = "CROWDED"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the connection, in the feed's words."""

    kind: NoticeKind
    message: str


Tick = Trade | BidAsk | Minute | Status | Cancelled
Message = Tick | Notice
