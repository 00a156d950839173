"""A row of our own export to the entry that it was."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from domain.kernel.errors import RefusalCode
from domain.portfolios.entries import SHAPES, Entry, LotChoice, Transfer, TransferredLot
from domain.portfolios.imports.mapping import Field
from domain.portfolios.imports.rows import Cells
from domain.portfolios.types import FeeKind, Side, TransactionKind

_WHOLE: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_UNITS: Final = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,10})?", re.ASCII)
_FEES: Final = {
    FeeKind.COMMISSION: Field.FEE_COMMISSION,
    FeeKind.SEC: Field.FEE_SEC,
    FeeKind.TAF: Field.FEE_TAF,
    FeeKind.OTHER: Field.FEE_OTHER,
}
_MOST_LOTS: Final = 1_000
_SIGNED: Final = frozenset({TransactionKind.INTEREST, TransactionKind.DIVIDEND})


def ledger_entries(cells: Cells) -> tuple[Entry, ...]:
    """Return the entry of one row.  Raises `RowRefused`."""
    word = cells.text(Field.ACTION)
    if word == TransactionKind.REVERSAL:
        return ()
    if word not in TransactionKind.__members__:
        cells.refuse(f"expected a kind of transaction, as BUY, got {word[:40]!r}", Field.ACTION)
    kind = TransactionKind(word)
    shape = SHAPES[kind]
    names = [field.name for field in fields(shape) if field.name != "kind"]
    told = {name: _READERS[name](cells) for name in names}
    if shape is Transfer and told["symbol"] is not None:
        told["amount"] = None
    elif kind not in _SIGNED and told.get("amount") is not None:
        told["amount"] = told["amount"].copy_abs()
    if shape is not Transfer and "lots" in told:
        told["lots"] = _choices(cells)
    _check_needed(cells, shape, told)
    cells.check()
    return (shape(kind=kind, **told),)


def _check_needed(cells: Cells, shape: type[Any], told: dict[str, Any]) -> None:
    # A field without a default must be there.
    for field in fields(shape):
        needed = field.name in told and "None" not in str(field.type) and field.name not in ("lots", "choices")
        if needed and told[field.name] is None and not cells.problems:
            cells.note(
                "expected a value, got nothing", _COLUMNS.get(field.name, Field.AMOUNT), RefusalCode.INVALID_INPUT
            )


def _text(field: Field) -> Callable[[Cells], str | None]:
    return lambda cells: cells.text(field) or None


def _number(field: Field) -> Callable[[Cells], Decimal | None]:
    return lambda cells: cells.number(field)


def _whole(field: Field) -> Callable[[Cells], int | None]:
    def read(cells: Cells) -> int | None:
        text = cells.text(field)
        if text and _WHOLE.fullmatch(text) is None:
            cells.note(f"expected a whole number, got {text[:40]!r}", field, RefusalCode.INVALID_INPUT)
            return None
        return int(text) if text else None

    return read


def _side(cells: Cells) -> Side | None:
    text = cells.text(Field.SIDE)
    if text and text not in Side.__members__:
        cells.note(f"expected BUY or SELL, got {text[:40]!r}", Field.SIDE, RefusalCode.INVALID_INPUT)
        return None
    return Side(text) if text else None


def _fee_parts(cells: Cells) -> Mapping[FeeKind, Decimal] | None:
    parts = {kind: cells.number(field) for kind, field in _FEES.items()}
    return {kind: fee for kind, fee in parts.items() if fee} or None


def _parts(cells: Cells, field: Field, count: int) -> list[list[str]]:
    text = cells.text(field)
    parts = [part.split("*") for part in text.split("|")] if text else []
    if len(parts) > _MOST_LOTS or any(len(part) != count for part in parts):
        cells.refuse(f"expected at most {_MOST_LOTS} lots of {count} parts each, got {text[:40]!r}", field)
    return parts


def _lots(cells: Cells) -> tuple[TransferredLot, ...]:
    try:
        return tuple(
            TransferredLot(date.fromisoformat(day), _exact(units), _exact(cost))
            for day, units, cost in _parts(cells, Field.LOTS, 3)
        )
    except (ValueError, InvalidOperation):
        cells.refuse(f"expected lots as 2021-03-15*150*18598.5, got {cells.text(Field.LOTS)[:40]!r}", Field.LOTS)


def _choices(cells: Cells) -> tuple[LotChoice, ...]:
    try:
        return tuple(LotChoice(lot[:100], _exact(units)) for lot, units in _parts(cells, Field.CHOICES, 2))
    except (ValueError, InvalidOperation):
        cells.refuse(f"expected choices as 12*5, got {cells.text(Field.CHOICES)[:40]!r}", Field.CHOICES)


def _exact(text: str) -> Decimal:
    if _UNITS.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


_COLUMNS: Final[Mapping[str, Field]] = {
    "symbol": Field.SYMBOL,
    "quantity": Field.QUANTITY,
    "price": Field.PRICE,
    "amount": Field.AMOUNT,
    "currency": Field.CURRENCY,
    "fees": Field.FEES,
    "new_symbol": Field.NEW_SYMBOL,
    "numerator": Field.NUMERATOR,
    "denominator": Field.DENOMINATOR,
    "cost_fraction": Field.COST_FRACTION,
    "cash_in_lieu": Field.CASH_IN_LIEU,
    "cash_per_unit": Field.CASH_PER_UNIT,
    "new_price": Field.NEW_PRICE,
    "bought": Field.BOUGHT,
    "bought_currency": Field.BOUGHT_CURRENCY,
    "sold": Field.SOLD,
    "sold_currency": Field.SOLD_CURRENCY,
}
_TEXTS: Final = frozenset({"symbol", "currency", "new_symbol", "bought_currency", "sold_currency"})
_RATIOS: Final = frozenset({"numerator", "denominator"})

_READERS: Final[Mapping[str, Callable[[Cells], Any]]] = {
    **{
        name: (_text if name in _TEXTS else _whole if name in _RATIOS else _number)(field)
        for name, field in _COLUMNS.items()
    },
    "trade_date": lambda cells: cells.needed_day(),
    "settlement_date": lambda cells: cells.day(Field.SETTLEMENT),
    "note": lambda cells: cells.prose(Field.NOTE),
    "side": _side,
    "fee_parts": _fee_parts,
    "lots": _lots,
    "choices": _choices,
}
