"""A folded ledger as bytes: the same state gives the same bytes, on every database and however it was come to."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.kernel.money import EXACT
from domain.portfolios.fold import Fold
from domain.portfolios.inventory import Inventory
from domain.portfolios.lots import Lot
from domain.portfolios.movements import Movement
from domain.portfolios.records import Disposal, Key, Timeline

Naming = Callable[[UUID], str]


def canonical(fold: Fold, name: Naming = str) -> bytes:
    """Return lots, cash, timelines, flows, income and disposals as JSON; `name` says what stands for an id."""
    told = {
        "cash": [[code, _told(amount, name)] for code, amount in sorted(fold.cash.items())],
        "purses": [[code, _timeline(line, name)] for code, line in sorted(fold.purses.items())],
        "inventories": _by_key(fold.inventories, name, lambda held: _told(held, name)),
        "timelines": _by_key(fold.timelines, name, lambda line: _timeline(line, name)),
        "flows": [_told(flow, name) for flow in fold.flows],
        "earned": [_told(each, name) for each in fold.earned],
        "disposals": [_told(each, name) for each in fold.disposals],
        "method": fold.method.value,
    }
    return json.dumps(told, separators=(",", ":")).encode()


def is_same(left: Fold, right: Fold) -> bool:
    """Whether two folds have the same bytes: sooner told than by writing them down."""
    sides = [{key: _inventory(held) for key, held in fold.inventories.items()} for fold in (left, right)]
    return sides[0] == sides[1] and all(getattr(left, name) == getattr(right, name) for name in _TOLD)


_TOLD = ("method", "cash", "purses", "timelines", "flows", "earned", "disposals")


def _inventory(held: Inventory) -> tuple[object, ...]:
    """Return what an inventory comes to; in which order it would take lots is not a part of it."""
    return list(held.lots), held.quantity, held.cost, held.base_cost, held.adjustment


def _by_key(states: dict[Key, Any], name: Naming, tell: Callable[[Any], object]) -> list[object]:
    told = [([name(key.account_id), name(key.instrument_id), key.is_short], state) for key, state in states.items()]
    return [[key, tell(state)] for key, state in sorted(told, key=lambda pair: pair[0])]


def _timeline(line: Timeline, name: Naming) -> list[object]:
    return [[day.isoformat(), _told(state, name)] for day, state in zip(line.days, line.states, strict=True)]


def _told(value: Any, name: Naming) -> object:
    for kind, tell in _TELLING.items():
        if isinstance(value, kind):
            return tell(value, name)
    return value


def _told_fields(value: Any, name: Naming) -> object:
    return [_told(getattr(value, each.name), name) for each in fields(value) if not each.name.startswith("_")]


def _told_items(value: Any, name: Naming) -> object:
    return [_told(each, name) for each in value]


def plain(number: Decimal) -> str:
    """Return an exact number in its one spelling: no exponent, no needless zeros, no minus before nothing."""
    return f"{number.normalize(EXACT):f}" if number else "0"


# A movement is in the ledger already: which it was, is enough.
_TELLING: dict[type | tuple[type, ...], Callable[[Any, Naming], object]] = {
    Decimal: lambda value, _: plain(value),
    UUID: lambda value, name: name(value),
    date: lambda value, _: value.isoformat(),
    Movement: lambda value, _: value.sequence,
    StrEnum: lambda value, _: value.value,
    (tuple, list): _told_items,
    Inventory: lambda value, name: _told(_inventory(value), name),
    (Disposal, Lot): _told_fields,
}
