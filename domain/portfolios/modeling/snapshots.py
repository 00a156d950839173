"""The text in which what a session came to is stored."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.portfolios.modeling.types import Figures, Impacts, PositionImpact, SectorImpact

_NOT_STORED = [
    (name, AbsenceReason.NOT_COVERED, "this snapshot was stored before this was compared")
    for name in (
        *("longExposure", "shortExposure", "grossExposure", "netExposure"),
        *("realizedGain", "realizedShortTerm", "realizedLongTerm"),
    )
]


def text_of(impacts: Impacts) -> str:
    """Return impacts as they are stored: the same impacts give the same text."""
    return json.dumps(asdict(impacts), default=_plain, sort_keys=True, separators=(",", ":"))


def impacts_in(text: str) -> Impacts:
    """Return the impacts that this text stores."""
    told = json.loads(text)
    told["session_id"] = UUID(told["session_id"])
    told["as_of"] = None if told["as_of"] is None else datetime.fromisoformat(told["as_of"])
    told |= {name: _figures(told[name]) for name in ("before", "after", "difference")}
    told["positions"] = tuple(_position(each) for each in told["positions"])
    told["sectors"] = tuple(_sector(each) for each in told.get("sectors", ()))
    return Impacts(**told)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _figures(told: Mapping[str, Any]) -> Figures:
    amounts = {name: None if value is None else Decimal(value) for name, value in told.items() if name != "absences"}
    # What was stored before exposures and realized gains were compared has none.
    missing = () if "realized_gain" in told else tuple(Absence(*each) for each in _NOT_STORED)
    return Figures(**amounts, absences=(*_absences(told["absences"]), *missing))


def _sector(told: Mapping[str, Any]) -> SectorImpact:
    amounts = {name: None if told[name] is None else Decimal(told[name]) for name in ("before", "after")}
    return SectorImpact(sector=told["sector"], **amounts)


def _position(told: dict[str, Any]) -> PositionImpact:
    told |= {name: UUID(told[name]) for name in ("account_id", "instrument_id")}
    told |= {name: Decimal(told[name]) for name in ("quantity_before", "quantity_after")}
    return PositionImpact(**{**told, "absences": _absences(told["absences"])})


def _absences(told: list[dict[str, Any]]) -> tuple[Absence, ...]:
    return tuple(Absence(**{**each, "reason": AbsenceReason(each["reason"])}) for each in told)
