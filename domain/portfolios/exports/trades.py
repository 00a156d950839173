"""Trades as a broker takes them: a table, and orders of FIX 4.4 (FIX Trading Community, FIX 4.4 with errata).

Each line of the FIX file is one NewOrderSingle (35=D), its fields ended by SOH.  BodyLength (9) counts the bytes after
its own field up to CheckSum (10), which is the sum of all bytes before it modulo 256, in three digits.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from domain.kernel.dates import session_close
from domain.kernel.money import ZERO
from domain.market.occ import parse_occ
from domain.market.types import OptionRight
from domain.portfolios.exports.rows import Exported, Names, Row, number_text
from domain.portfolios.types import Side, TransactionKind

COLUMNS: Final = tuple(
    "id trade_date settlement_date action symbol quantity price fees amount currency account".split()
)
NUMBERS: Final = frozenset({"quantity", "price", "fees", "amount"})

_SOH: Final = "\x01"
_ACTIONS: Final = {
    TransactionKind.BUY: "BUY",
    TransactionKind.SELL: "SELL",
    TransactionKind.SHORT_SALE: "SELL_SHORT",
    TransactionKind.COVER_SHORT: "BUY_TO_COVER",
}
# Side (54) and PositionEffect (77): 1 buys, 2 sells, 5 sells short; O opens, C closes.
_SIDES: Final = {
    "BUY": ("1", None),
    "SELL": ("2", None),
    "SELL_SHORT": ("5", "O"),
    "BUY_TO_COVER": ("1", "C"),
    "BUY_TO_OPEN": ("1", "O"),
    "SELL_TO_OPEN": ("2", "O"),
    "BUY_TO_CLOSE": ("1", "C"),
    "SELL_TO_CLOSE": ("2", "C"),
}


def trades_among(entries: Sequence[Exported]) -> list[Exported]:
    """Return the entries that are trades, in their order."""
    return [entry for entry in entries if entry.kind in _ACTIONS or entry.kind in _OPTION_TRADES]


_OPTION_TRADES: Final = {TransactionKind.OPTION_OPEN: "OPEN", TransactionKind.OPTION_CLOSE: "CLOSE"}


def action_of(entry: Exported) -> str:
    """Return what was done, in the words of brokers: BUY, SELL_SHORT, BUY_TO_OPEN and so on."""
    if entry.kind in _ACTIONS:
        return _ACTIONS[entry.kind]
    return f"{(entry.terms.side or Side.BUY).value}_TO_{_OPTION_TRADES[entry.kind]}"


def trade_rows(trades: Sequence[Exported], names: Names) -> list[Row]:
    """Return the rows of trades; `amount` is what cash changed by, fees included."""
    return [
        {
            "id": str(trade.key),
            "trade_date": trade.trade_date.isoformat(),
            "settlement_date": trade.settlement_date.isoformat(),
            "action": action_of(trade),
            "symbol": _symbol(trade, names),
            "quantity": number_text(trade.quantity),
            "price": number_text(trade.price),
            "fees": number_text(sum(trade.fees.values(), ZERO)),
            "amount": number_text(trade.amount),
            "currency": trade.currency,
            "account": names.accounts[trade.account_id],
        }
        for trade in trades
    ]


def fix_of(trades: Sequence[Exported], names: Names, sent_at: datetime) -> bytes:
    """Return trades as orders, one a line."""
    sent = _timestamp(sent_at)
    lines = [_message(number, trade, names, sent) for number, trade in enumerate(trades, 1)]
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _message(number: int, trade: Exported, names: Names, sent: str) -> str:
    side, effect = _SIDES[action_of(trade)]
    fields: list[tuple[int, str | None]] = [
        (35, "D"),
        (49, "FOLIOGRAPH"),
        (56, "BROKER"),
        (34, str(number)),
        (52, sent),
        (11, str(trade.key)),
        (77, effect),
        *_instrument(_symbol(trade, names)),
        (54, side),
        (60, _close(trade.trade_date)),
        (38, number_text(trade.quantity)),
        (40, "2"),
        (44, number_text(trade.price)),
        (15, trade.currency),
    ]
    body = "".join(f"{tag}={value}{_SOH}" for tag, value in fields if value is not None)
    head = f"8=FIX.4.4{_SOH}9={len(body.encode('ascii'))}{_SOH}"
    return f"{head}{body}10={sum((head + body).encode('ascii')) % 256:03}{_SOH}"


@lru_cache(maxsize=4_096)
def _close(day: date) -> str:
    return _timestamp(session_close(day))


def _timestamp(instant: datetime) -> str:
    return f"{instant:%Y%m%d-%H:%M:%S}"


@lru_cache(maxsize=4_096)
def _instrument(symbol: str) -> list[tuple[int, str | None]]:
    """Return Symbol (55); of an option SecurityType (167), MaturityDate (541), PutOrCall (201), StrikePrice (202)."""
    option = parse_occ(symbol)
    if option is None:
        return [(55, symbol)]
    return [
        (55, option.root),
        (167, "OPT"),
        (541, f"{option.expiry:%Y%m%d}"),
        (201, "1" if option.right is OptionRight.CALL else "0"),
        (202, number_text(option.strike)),
    ]


def _symbol(trade: Exported, names: Names) -> str:
    assert trade.instrument_id is not None
    return names.symbols[trade.instrument_id]
