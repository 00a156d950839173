"""The latest values of all companies as arrays: what is screened, ranked and searched (decision 23).

12,500 companies take some 20 MB.  A process keeps one board and brings it up to date by what has changed since.
"""

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import numpy as np

from domain.companies.catalogue import METRICS
from domain.companies.preparing import position
from domain.companies.snapshot_text import read_figures
from domain.companies.types import TEXTS, ChangePosition
from domain.kernel.lasting import made_to_stay
from domain.kernel.ports import Compute, Resources
from domain.quant.arrays import Numbers
from domain.storage import statements
from domain.storage.readings import as_date, as_uuid
from domain.storage.statements import statement

_COLUMNS: Final = f"""
    c.id, c.ticker, {", ".join(f"c.{name}" for name in TEXTS)}, c.is_active, c.version, c.sequence,
    c.snapshot_id, s.as_of, s.quality, s.figures
"""
_ROWS: Final = statement(f"""
    SELECT {_COLUMNS} FROM (
        SELECT * FROM companies WHERE sequence > $1 AND id > $2::uuid ORDER BY id LIMIT $3
    ) c LEFT JOIN company_snapshots s ON s.id = c.snapshot_id ORDER BY c.id
""")  # noqa: S608 - no input is part of the text

# So many are read at once: some 10 ms of the event loop on SQLite.
_PART: Final = 2_500
_BEFORE_ALL: Final = UUID(int=0)

# The column of each metric.
PLACES: Final[Mapping[str, int]] = {field.code: place for place, field in enumerate(METRICS)}


@dataclass(frozen=True, slots=True)
class BoardCompany:
    """A company beside its numbers.  `sequence` is the position of its last change; a row of no snapshot has no day."""

    id: UUID
    ticker: str
    name: str
    industry: str | None
    sector: str | None
    exchange: str | None
    country: str | None
    currency: str | None
    analyst: str | None
    rating: str | None
    is_active: bool
    version: int
    sequence: int
    snapshot_id: UUID | None
    as_of: date | None
    quality: float | None


# Companies as they were read, and their numbers: (n, metrics).
Read = tuple[list[BoardCompany], Numbers]


@dataclass(frozen=True, slots=True)
class Board:
    """Companies by row, in the order of their tickers, and their numbers: a row a company, a column a metric.

    Nothing of it is ever changed: who holds one may go on reading it.  Those that are not active are in it.
    """

    at: ChangePosition | None
    companies: Sequence[BoardCompany]
    matrix: Numbers = field(repr=False)
    rows: Mapping[UUID, int] = field(repr=False)
    tickers: Mapping[str, int] = field(repr=False)

    def numbers(self, code: str) -> Numbers:
        """Return a metric of all companies, in the unit of the catalogue, NaN for none."""
        return self.matrix[:, PLACES[code]]

    def value(self, row: int, code: str) -> float | None:
        """Return a metric of one company, None where it has none."""
        found = float(self.matrix[row, PLACES[code]])
        return None if math.isnan(found) else found


EMPTY: Final = Board(None, (), np.empty((0, len(METRICS)), order="F"), {}, {})


class Boards:
    """What a process keeps of companies: one board, brought up to date when it is asked for."""

    def __init__(self, resources: Resources) -> None:
        self._compute: Compute = resources.compute
        self._board = EMPTY
        self._loading = asyncio.Lock()

    @property
    def present(self) -> Board:
        """The board as it was last brought up to date."""
        return self._board

    async def latest(self) -> Board:
        """Return the board of the present: one statement where nothing has changed."""
        at = await position()
        if self._board.at == at:
            return self._board
        async with self._loading:
            if self._board.at != at:
                with made_to_stay():
                    self._board = await self._brought_to(at)
            return self._board

    async def _brought_to(self, at: ChangePosition | None) -> Board:
        known = self._board
        if at is None or known.at is None or known.at.epoch != at.epoch or known.at.sequence > at.sequence:
            known = EMPTY
        since = -1 if known.at is None else known.at.sequence
        parts: list[Read] = []
        last, count = _BEFORE_ALL, _PART
        while count == _PART:
            rows = await statements.fetch(_ROWS, since, last, _PART)
            count = len(rows)
            if count:
                last = as_uuid(rows[-1][0])
                parts.append(await self._compute.run(_read_all, rows))
        return await self._compute.run(brought_up_to_date, known, at, parts)


def brought_up_to_date(old: Board, at: ChangePosition | None, parts: Sequence[Read]) -> Board:
    """Return a board with what was read of some companies in the place of what it had of them."""
    read = [company for companies, _ in parts for company in companies]
    changed = {company.id for company in read}
    kept = [row for row, company in enumerate(old.companies) if company.id not in changed]
    companies = [old.companies[row] for row in kept] + read
    matrix = np.concatenate([old.matrix[kept], *(numbers for _, numbers in parts)])
    order = sorted(range(len(companies)), key=lambda row: companies[row].ticker)
    companies = [companies[row] for row in order]
    return Board(
        at,
        companies,
        np.asfortranarray(matrix[order]),
        {company.id: row for row, company in enumerate(companies)},
        {company.ticker: row for row, company in enumerate(companies)},
    )


def _read_all(rows: Sequence[Any]) -> Read:
    read = [_read(row) for row in rows]
    return [company for company, _ in read], np.array([numbers for _, numbers in read], dtype=np.float64)


def _read(row: Sequence[Any]) -> tuple[BoardCompany, list[float]]:
    key, ticker, *rest = row
    texts, (is_active, version, sequence, snapshot, as_of, quality, figures) = rest[: len(TEXTS)], rest[len(TEXTS) :]
    found = (None, None, None) if snapshot is None else (as_uuid(snapshot), as_date(as_of), quality)
    described: Any = (as_uuid(key), ticker, *texts, bool(is_active), version, sequence, *found)
    company = BoardCompany(*described)
    told = {} if figures is None else read_figures(figures)
    return company, [told.get(code, math.nan) for code in PLACES]
