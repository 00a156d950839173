"""Screens of companies as a process answers them: over its board, and with the days that changes are measured from."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from domain.companies.board import PLACES, Board, Boards
from domain.companies.board_columns import BoardColumns
from domain.companies.filters import Filter, Order, check_screen, measured_in
from domain.companies.screening import Screened, screen
from domain.companies.snapshot_text import read_figures
from domain.companies.types import ChangePosition
from domain.kernel.ports import Resources
from domain.quant.arrays import Numbers
from domain.storage import statements
from domain.storage.readings import as_uuid
from domain.storage.statements import statement

# Of so many companies a screen that was not asked before takes some 10 ms: more leave the loop.
_MOST_ON_THE_LOOP: Final = 5_000
# Of 125,000 companies a day takes 33 MB.
_DAYS_KEPT: Final = 3
# One probe of the index for each company, as in `snapshots`.
_DAY: Final = statement("""
    SELECT c.id, (
        SELECT s.figures FROM company_snapshots s WHERE s.company_id = c.id AND s.as_of <= $1::date
        AND s.publication_id NOT IN (SELECT p.id FROM company_publications p WHERE p.withdrawn_at IS NOT NULL)
        ORDER BY s.as_of DESC, s.recorded_at DESC, s.id DESC LIMIT 1
    ) FROM companies c WHERE c.is_active
""")


class Screens:
    """Answers screens.  What was computed of a board is kept until there is another."""

    def __init__(self, resources: Resources) -> None:
        self._boards = resources.shared(Boards)
        self._compute = resources.compute
        self._columns = BoardColumns(self._boards.present)
        # The numbers of a board as of days.
        self._days: OrderedDict[tuple[ChangePosition | None, date], Numbers] = OrderedDict()
        self._reading = asyncio.Lock()

    async def columns(self) -> BoardColumns:
        """Return the present by columns: one statement where nothing has changed."""
        return self.columns_of(await self._boards.latest())

    def columns_of(self, board: Board) -> BoardColumns:
        """Return a board by columns."""
        if self._columns.board is not board:
            self._columns = BoardColumns(board)
            self._days.clear()
        return self._columns

    async def screened(self, columns: BoardColumns, asked: Filter, order: Order) -> Screened:
        """Return the active companies that pass a filter, in order.

        One statement for each day that changes are measured from, the first time that it is asked of a board.  Raises
        `BadUserInput`.
        """
        check_screen(asked, order)
        days = {each.since for each in measured_in(asked, order) if each.since is not None}
        known = columns.with_days({day: await self._as_of(columns, day) for day in days}) if days else columns
        if columns.count <= _MOST_ON_THE_LOOP or columns.is_at_hand(asked, order):
            return screen(known, asked, order)
        return await self._compute.run(screen, known, asked, order)

    async def _as_of(self, columns: BoardColumns, day: date) -> Numbers:
        async with self._reading:
            key = (columns.board.at, day)
            if key not in self._days:
                rows = await statements.fetch(_DAY, day)
                self._days[key] = await self._compute.run(_matrix, columns.board, rows)
                if len(self._days) > _DAYS_KEPT:
                    self._days.popitem(last=False)
            return self._days[key]


def _matrix(board: Board, rows: Sequence[Any]) -> Numbers:
    """Return the numbers of the companies of a board as of a day, in its rows."""
    found = np.full((len(board.companies), len(PLACES)), np.nan, order="F")
    for key, figures in rows:
        row = board.rows.get(as_uuid(key))
        if row is not None and figures is not None:
            told = read_figures(figures)
            found[row] = [told.get(code, math.nan) for code in PLACES]
    return found
