"""Snapshots as the text that stores them.  Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson

from domain.companies.types import Origin
from domain.market.types import DataQuality

_NONE: Final = "{}"


def texts_text(texts: Mapping[str, str | None]) -> str:
    """Return what identifies a company as text, without what is not known."""
    return orjson.dumps({name: text for name, text in texts.items() if text is not None}).decode()


def read_texts(text: str) -> dict[str, str]:
    """Return what identifies a company of the text that stands for it."""
    found: dict[str, str] = orjson.loads(text)
    return found


def figures_text(figures: Mapping[str, float]) -> str:
    """Return numbers by code as text; each is read again as exactly the same number."""
    return orjson.dumps(figures).decode() if figures else _NONE


def read_figures(text: str) -> dict[str, float]:
    """Return the numbers that a text stands for."""
    found: dict[str, float] = orjson.loads(text)
    return found


def origins_text(origins: Mapping[str, Origin]) -> str:
    """Return origins by code as text."""
    if not origins:
        return _NONE
    return orjson.dumps({code: _told(origin) for code, origin in origins.items()}).decode()


def read_origins(text: str) -> dict[str, Origin]:
    """Return the origins that a text stands for."""
    return {} if text == _NONE else {code: _read(told) for code, told in orjson.loads(text).items()}


def _told(origin: Origin) -> dict[str, Any]:
    told = {name: getattr(origin, name) for name in Origin.__slots__}
    return {name: value for name, value in told.items() if value is not None}


def _read(told: Mapping[str, str]) -> Origin:
    return Origin(
        source=told.get("source"),
        grade=DataQuality(told["grade"]) if "grade" in told else None,
        as_of=date.fromisoformat(told["as_of"]) if "as_of" in told else None,
        note=told.get("note"),
        correction=UUID(told["correction"]) if "correction" in told else None,
    )
