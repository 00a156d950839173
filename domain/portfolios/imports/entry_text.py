"""Entries as the text in which rows of imports keep them: the same entry gives the same text."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

import orjson

from domain.kernel.money import EXACT
from domain.portfolios.entries import SHAPES, Entry, LotChoice, TransferredLot
from domain.portfolios.types import FeeKind, Side, TransactionKind

_NAMES: Final = {shape: tuple(field.name for field in fields(shape)) for shape in set(SHAPES.values())}
_AS_TOLD: Final = frozenset(
    {"symbol", "new_symbol", "currency", "bought_currency", "sold_currency", "note", "numerator", "denominator"}
)


def entry_text(entry: Entry) -> str:
    """Return an entry as text."""
    told = {
        name: _told(value)
        for name in _NAMES[type(entry)]
        if (value := getattr(entry, name)) is not None and value != ()
    }
    return orjson.dumps(told).decode()


def entry_of(told: dict[str, Any]) -> Entry:
    """Return the entry that a text kept, from what was in it."""
    kind = TransactionKind(told["kind"])
    values = {name: _value(name, value, kind) for name, value in told.items() if name != "kind"}
    return SHAPES[kind](kind=kind, **values)


def _told(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize(EXACT):f}"
    if isinstance(value, LotChoice):
        return [value.lot, _told(value.quantity)]
    if isinstance(value, TransferredLot):
        return [value.opened_on.isoformat(), _told(value.quantity), _told(value.cost_basis)]
    if isinstance(value, Mapping):
        return {str(key): _told(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    # Texts, enums, dates and whole numbers as JSON has them.
    return value


def _value(name: str, value: Any, kind: TransactionKind) -> Any:
    if name in _AS_TOLD:
        return value
    if name in ("lots", "choices"):
        arrives = name == "lots" and kind in (TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT)
        return tuple(_lot(*each) if arrives else LotChoice(each[0], Decimal(each[1])) for each in value)
    return _READERS.get(name, Decimal)(value)


def _lot(day: str, units: str, cost: str) -> TransferredLot:
    return TransferredLot(date.fromisoformat(day), Decimal(units), Decimal(cost))


def _fee_parts(value: Mapping[str, str]) -> Mapping[FeeKind, Decimal]:
    return {FeeKind(kind): Decimal(fee) for kind, fee in value.items()}


_READERS: Final[Mapping[str, Callable[[Any], object]]] = {
    "trade_date": date.fromisoformat,
    "settlement_date": date.fromisoformat,
    "side": Side,
    "fee_parts": _fee_parts,
}
