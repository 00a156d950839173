"""Inputs of `recordTransaction` as the domain takes them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from domain.kernel.errors import InvalidInput
from domain.portfolios import entries
from domain.portfolios.entries import SHAPES, Entry
from domain.portfolios.types import FeeKind, TransactionKind
from schema.portfolios.inputs import FeesInput, LotChoice, TransactionInput, TransferredLotInput
from schema.shared.node import parse_global_id

# A trade that names more lots than these is read as a mistake.
_MOST_LOTS = 1_000


def entry_of(input: TransactionInput) -> Entry:
    """Return what is to be recorded.  Raises `InvalidInput`."""
    for field in fields(input):
        member = getattr(input, field.name)
        if member is not None:
            return _entry(field.name, member.value)
    raise AssertionError("a one-of input has exactly one member")


def _entry(name: str, value: Any) -> Entry:
    kind = TransactionKind(name.upper())
    told = {field.name: getattr(value, field.name) for field in fields(value)}
    path = ("transaction", name)
    if "fee_parts" in told:
        told["fee_parts"] = _fees(told["fee_parts"])
    for lots in ("lots", "choices"):
        if lots in told:
            told[lots] = _lots(told[lots] or (), (*path, lots))
    return SHAPES[kind](kind=kind, **told)


def _fees(parts: FeesInput | None) -> Mapping[FeeKind, Decimal] | None:
    if parts is None:
        return None
    told = {
        FeeKind.COMMISSION: parts.commission,
        FeeKind.SEC: parts.sec,
        FeeKind.TAF: parts.taf,
        FeeKind.OTHER: parts.other,
    }
    return {kind: fee for kind, fee in told.items() if fee is not None}


def _lots(lots: Sequence[LotChoice | TransferredLotInput], path: Sequence[str]) -> tuple[Any, ...]:
    if len(lots) > _MOST_LOTS:
        raise InvalidInput(f"expected at most {_MOST_LOTS} lots, got {len(lots)}", field=path)
    return tuple(_choice(lot, path) if isinstance(lot, LotChoice) else _arriving(lot) for lot in lots)


def _choice(choice: LotChoice, path: Sequence[str]) -> entries.LotChoice:
    parsed = parse_global_id(choice.lot_id)
    # Portfolio, key, then what the lot was asked with.
    parts = parsed[1].split(":") if parsed is not None and parsed[0] == "Lot" else []
    if len(parts) < 2 or not parts[1]:
        raise InvalidInput(f"expected the id of a lot, got {choice.lot_id[:60]!r}", field=path)
    return entries.LotChoice(parts[1], choice.quantity)


def _arriving(lot: TransferredLotInput) -> entries.TransferredLot:
    return entries.TransferredLot(lot.opened_on, lot.quantity, lot.cost_basis)
