"""Alpaca's live feed of US equities: arrays of events in JSON, times as text with nanoseconds."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

from domain.market.providers.provider import Credentials
from domain.market.streaming.dialect import Dialect, number, positive, text
from domain.market.streaming.types import BidAsk, Cancelled, Message, Minute, Notice, NoticeKind, Status, Trade

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Conditions of trades that never are the last price, the same as Polygon's by the letters of the consolidated tape:
# average price (W, on tapes A and B the letter B, which on tape C is a bunched trade), bunched and sold (G), cash sale
# (C), derivatively priced (4), extended hours (T, U), official close and open of a market centre (M, Q), next day (N),
# price variation (H), prior reference price (P), seller (R), sold out of sequence (Z), odd lot (I), contingent (V, 7).
_NOT_LAST = frozenset("WBGC4TUMQNHPRZIV7")

# 402 wrong key, 405 more symbols and 409 other data than the plan has, 400 and 410 not understood: it would be the same
# again.  406 too many connections.  403 says that the key was sent twice, which does no harm.  All others end it.
_ERRORS = dict.fromkeys((400, 402, 405, 409, 410), NoticeKind.REFUSED) | {406: NoticeKind.CROWDED}
_HARMLESS = 403

_SUCCESSES = {"connected": NoticeKind.GREETED, "authenticated": NoticeKind.AUTHENTICATED}


def _authenticate(credentials: Credentials) -> bytes:
    return orjson.dumps({"action": "auth", "key": credentials.key, "secret": credentials.secret})


def _subscribe(symbols: Sequence[str]) -> bytes:
    return orjson.dumps({"action": "subscribe"} | {channel: list(symbols) for channel in ("trades", "quotes", "bars")})


def _at(event: dict[str, Any]) -> int:
    moment = datetime.fromisoformat(event["t"])
    if moment.tzinfo is None:
        raise ValueError("expected a time with its zone")
    return (moment - _EPOCH) // _MICROSECOND


def _key(event: dict[str, Any]) -> str:
    # An exchange numbers its trades without regard to the others.
    return f"{event['x']}:{event['i']}"


def _trade(event: dict[str, Any]) -> Trade:
    return Trade(
        text(event["S"]),
        number(event["p"]),
        int(event["s"]),
        _at(event),
        0,
        _key(event),
        _NOT_LAST.isdisjoint(event.get("c") or ()),
    )


def _bid_ask(event: dict[str, Any]) -> BidAsk:
    bid, ask = positive(event["bp"]), positive(event["ap"])
    # Without sizes: they are in round lots, and how many shares one has depends on the price (SEC release 34-101070).
    return BidAsk(text(event["S"]), bid, ask, None, None, _at(event), 0)


def _minute(event: dict[str, Any]) -> Minute:
    return Minute(
        text(event["S"]),
        number(event["o"]),
        number(event["h"]),
        number(event["l"]),
        number(event["c"]),
        int(event["v"]),
        None,
        _at(event),
    )


def _status(event: dict[str, Any]) -> Status:
    return Status(text(event["S"]), str(event["sm"]))


def _cancelled(event: dict[str, Any]) -> Cancelled:
    return Cancelled(text(event["S"]), _key(event))


def _success(event: dict[str, Any]) -> Message | None:
    kind = _SUCCESSES.get(event["msg"])
    return None if kind is None else Notice(kind, event["msg"])


def _subscription(event: dict[str, Any]) -> Message:
    return Notice(NoticeKind.SUBSCRIBED, f"{len(event['trades'])} symbols")


def _error(event: dict[str, Any]) -> Message | None:
    code = int(event["code"])
    return None if code == _HARMLESS else Notice(_ERRORS.get(code, NoticeKind.BROKEN), f"{code} {event.get('msg', '')}")


ALPACA: Final = Dialect(
    name="alpaca",
    socket_url="wss://stream.data.alpaca.markets/v2/iex",
    kind_field="T",
    authenticate=_authenticate,
    subscribe=_subscribe,
    read={
        "t": _trade,
        "q": _bid_ask,
        "b": _minute,
        "s": _status,
        "x": _cancelled,
        "success": _success,
        "subscription": _subscription,
        "error": _error,
    },
)
