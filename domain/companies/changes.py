"""What has changed of companies since a place in the sequence of changes.  Pure over a board."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.companies.board import Board
from domain.companies.board_columns import BoardColumns, Rows
from domain.companies.types import ChangePosition


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """A place among the changes of an epoch: after the company of this ticker, of those of this sequence."""

    at: ChangePosition
    ticker: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """Rows of a board that have changed since a place, oldest change first, those that left the lists among them.

    `begins_anew` says that the place was none of this epoch, so that all there is follows from the start.  `next` is
    None where nothing was ever known of any company.
    """

    rows: Sequence[int]
    next: ChangePlace | None
    has_more: bool
    begins_anew: bool


def changed_since(columns: BoardColumns, place: ChangePlace | None, limit: int) -> Changed:
    """Return what has changed since a place, None for all there is; at most so many rows."""
    board = columns.board
    if board.at is None:
        return Changed((), None, has_more=False, begins_anew=place is not None)
    begins_anew = place is not None and not _is_in(board, place)
    rows = _told(columns)
    if place is None or begins_anew:
        # Who starts with nothing need not hear of those that have left before.
        rows = rows[columns.active[rows]]
        start = 0
    else:
        start = _first_after(columns, rows, place)
    part = rows[start : start + limit].tolist()
    has_more = start + limit < len(rows)
    if has_more and part:
        last = board.companies[part[-1]]
        found = ChangePlace(ChangePosition(board.at.epoch, last.sequence), last.ticker)
    else:
        found = ChangePlace(ChangePosition(board.at.epoch, board.at.sequence + 1))
    return Changed(part, found, has_more, begins_anew)


def changed_after(columns: BoardColumns, sequence: int) -> Sequence[int]:
    """Return the rows that have changed after a position, oldest change first."""
    rows = columns.by_change
    found: list[int] = rows[int(np.searchsorted(columns.sequences[rows], sequence, side="right")) :].tolist()
    return found


def _told(columns: BoardColumns) -> Rows:
    """Return the rows whose last change is at the board's position or before it, oldest change first.

    A board is read a part at a time: of a change that came meanwhile it may have some companies and not the others,
    and a place among the some would pass over the others.  All of them come with the next board.
    """
    at, rows = columns.board.at, columns.by_change
    assert at is not None
    return rows[: int(np.searchsorted(columns.sequences[rows], at.sequence, side="right"))]


def _is_in(board: Board, place: ChangePlace) -> bool:
    # A sequence that is still to come is of a database that was set back.
    return board.at is not None and place.at.epoch == board.at.epoch and place.at.sequence <= board.at.sequence + 1


def _first_after(columns: BoardColumns, rows: Rows, place: ChangePlace) -> int:
    sequences = columns.sequences[rows]
    low = int(np.searchsorted(sequences, place.at.sequence, side="left"))
    high = int(np.searchsorted(sequences, place.at.sequence, side="right"))
    # Of one change rows are in the order of their tickers.
    return low + bisect_right(rows[low:high], place.ticker, key=lambda row: columns.board.companies[row].ticker)
