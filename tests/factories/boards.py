"""Boards of companies without a database."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from domain.companies.board import PLACES, Board, BoardCompany
from domain.companies.types import ChangePosition

_TEXTS = ("industry", "sector", "exchange", "country", "currency", "analyst", "rating")


def board_of(companies: Sequence[Mapping[str, Any]]) -> Board:
    """Return a board of companies by their tickers: what is not given is not known, numbers are by code."""
    ordered = sorted(companies, key=lambda each: str(each["ticker"]))
    made = [_company(number, each) for number, each in enumerate(ordered, 1)]
    numbers = [[each.get(code, math.nan) for code in PLACES] for each in ordered]
    return Board(
        ChangePosition(UUID(int=1), 1),
        made,
        np.asfortranarray(np.array(numbers, dtype=np.float64).reshape(len(made), len(PLACES))),
        {company.id: row for row, company in enumerate(made)},
        {company.ticker: row for row, company in enumerate(made)},
    )


def _company(number: int, of: Mapping[str, Any]) -> BoardCompany:
    texts: dict[str, Any] = {name: of.get(name) for name in _TEXTS}
    return BoardCompany(
        id=UUID(int=number),
        ticker=of["ticker"],
        name=of.get("name", of["ticker"]),
        **texts,
        is_active=of.get("is_active", True),
        version=1,
        sequence=1,
        snapshot_id=UUID(int=number),
        as_of=of.get("as_of", date(2026, 8, 17)),
        quality=of.get("quality"),
    )
