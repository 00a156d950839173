"""Who has entered a screen and who has left it from one board to the next, and why.  Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from domain.companies.board_columns import BoardColumns
from domain.companies.filters import Filter, Measured
from domain.companies.screening import Screened, conditions
from domain.companies.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition that is judged otherwise than before; numbers are of those that have any."""

    what: str | Measured
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A company, by its row on the later board, that entered or left, and why."""

    row: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """Who entered and who left, by ticker."""

    entered: Sequence[Move]
    left: Sequence[Move]


def moves(before: Screened, after: Screened) -> Moves:
    """Return who has entered the screen of one filter, and who has left it."""
    old, new = before.columns, after.columns
    # Companies are never deleted: all of the earlier board are on the later one, if it is of the same epoch.
    ids = [old.board.companies[row].id for row in before.rows.tolist()]
    was_in = {new.board.rows[key] for key in ids if key in new.board.rows}
    is_in = set(after.rows.tolist())
    why = _Why(old, new, after.asked)
    return Moves(
        [Move(row, why.of(row)) for row in sorted(is_in - was_in)],
        [Move(row, why.of(row)) for row in sorted(was_in - is_in)],
    )


class _Why:
    """Compares all conditions of a filter on two boards."""

    def __init__(self, old: BoardColumns, new: BoardColumns, asked: Filter) -> None:
        self._old, self._new = old, new
        self._before = list(conditions(old, asked))
        self._after = list(conditions(new, asked))

    def of(self, row: int) -> tuple[Reason, ...]:
        company = self._new.board.companies[row]
        earlier = self._old.board.rows.get(company.id)
        if earlier is None or self._old.board.companies[earlier].is_active is not company.is_active:
            return (Reason("isActive"),)
        found: Mapping[str | Measured, Reason] = {
            what: self._reason(what, earlier, row)
            for (what, was), (_, now) in zip(self._before, self._after, strict=True)
            if _judged(was, earlier) != _judged(now, row)
        }
        return tuple(found.values())

    def _reason(self, what: str | Measured, earlier: int, row: int) -> Reason:
        return Reason(what, _number(self._old, what, earlier), _number(self._new, what, row))


def _judged(verdict: Verdict, row: int) -> tuple[bool, bool]:
    return bool(verdict.holds[row]), bool(verdict.fails[row])


def _number(columns: BoardColumns, what: str | Measured, row: int) -> float | None:
    if isinstance(what, Measured):
        number = float(columns.numbers(what)[row])
    elif what == "dataQuality":
        number = float(columns.quality[row])
    else:
        return None
    return None if np.isnan(number) else number
