"""The timelines of a ledger as arrays.  Pure; estimates are floats."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from domain.market.history import Ordinals
from domain.market.types import Vector
from domain.portfolios.ledger import Ledger
from domain.portfolios.records import Key, Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A timeline as arrays: days as ordinals and what it stood at, (n,)."""

    of: Timeline
    days: Ordinals
    amounts: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """All timelines of a ledger."""

    sides: Mapping[Key, Column]
    purses: Mapping[str, Column]


NOTHING = Column(Timeline(), np.empty(0, dtype=np.int32), np.empty(0))
NO_COLUMNS = Columns({}, {})


def columns_of(ledger: Ledger, before: Columns = NO_COLUMNS) -> Columns:
    """Return a ledger's timelines as arrays; what an earlier version has in common with it is taken from there."""
    fold = ledger.fold
    return Columns(
        {key: _column(line, before.sides.get(key)) for key, line in fold.timelines.items()},
        {code: _column(line, before.purses.get(code)) for code, line in fold.purses.items()},
    )


def _column(line: Timeline, before: Column | None) -> Column:
    # A timeline that goes on is another object: what is the same object has not changed.
    if before is not None and before.of is line:
        return before
    days = np.array([day.toordinal() for day in line.days], dtype=np.int32)
    return Column(line, days, np.array([float(state.quantity) for state in line.states]))
