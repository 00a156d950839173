"""Polygon's live feed of US equities: arrays of events in JSON, times in milliseconds."""

from collections.abc import Sequence
from typing import Any, Final

import orjson

from domain.market.providers.provider import Credentials
from domain.market.streaming.dialect import Dialect, number, positive, text
from domain.market.streaming.types import BidAsk, Message, Minute, Notice, NoticeKind, Trade

# Conditions of trades that never are the last price: average price (2), bunched and sold (5), cash sale (7),
# derivatively priced (10), extended hours (12, 13), official close and open of a market centre (15, 16), next day (20),
# price variation (21), prior reference price (22), seller (29), sold out of sequence (32, 33), odd lot (37), contingent
# (52, 53).  Source: Polygon, "Conditions and Indicators", the column of what updates the last price.
_NOT_LAST = frozenset({2, 5, 7, 10, 12, 13, 15, 16, 20, 21, 22, 29, 32, 33, 37, 52, 53})

_NOTICES = {
    "connected": NoticeKind.GREETED,
    "auth_success": NoticeKind.AUTHENTICATED,
    "success": NoticeKind.SUBSCRIBED,
    "auth_failed": NoticeKind.REFUSED,
    "not_authorized": NoticeKind.REFUSED,
    "auth_timeout": NoticeKind.BROKEN,
    "max_connections": NoticeKind.CROWDED,
    "force_disconnect": NoticeKind.BROKEN,
}


def _authenticate(credentials: Credentials) -> bytes:
    return orjson.dumps({"action": "auth", "params": credentials.key})


def _subscribe(symbols: Sequence[str]) -> bytes:
    channels = (f"{kind}.{symbol}" for symbol in symbols for kind in ("T", "Q", "AM"))
    return orjson.dumps({"action": "subscribe", "params": ",".join(channels)})


def _trade(event: dict[str, Any]) -> Trade:
    return Trade(
        text(event["sym"]),
        number(event["p"]),
        int(event["s"]),
        int(event["t"]) * 1000,
        int(event["q"]),
        # An exchange numbers its trades without regard to the others.
        f"{event['x']}:{text(event['i'])}",
        _NOT_LAST.isdisjoint(event.get("c") or ()),
    )


def _bid_ask(event: dict[str, Any]) -> BidAsk:
    return BidAsk(
        text(event["sym"]),
        positive(event.get("bp", 0)),
        positive(event.get("ap", 0)),
        int(event.get("bs", 0)),
        int(event.get("as", 0)),
        int(event["t"]) * 1000,
        int(event["q"]),
    )


def _minute(event: dict[str, Any]) -> Minute:
    return Minute(
        text(event["sym"]),
        number(event["o"]),
        number(event["h"]),
        number(event["l"]),
        number(event["c"]),
        int(event["v"]),
        int(event["av"]),
        int(event["s"]) * 1000,
    )


def _status(event: dict[str, Any]) -> Message | None:
    kind = _NOTICES.get(event["status"])
    return None if kind is None else Notice(kind, str(event.get("message", event["status"])))


POLYGON: Final = Dialect(
    name="polygon",
    socket_url="wss://socket.massive.com/stocks",
    kind_field="ev",
    authenticate=_authenticate,
    subscribe=_subscribe,
    read={"T": _trade, "Q": _bid_ask, "AM": _minute, "status": _status},
)
