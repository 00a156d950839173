"""Files of companies' figures as they are read, and what is decided of them."""

from collections.abc import Iterable, Mapping, Sequence

from domain.companies.pipeline.types import Applied, Decided, Proposal
from domain.companies.reading.tables import Cell, FileFormat, Refused, Table
from domain.kernel.ids import new_id


def read_of(columns: Mapping[str, Sequence[Cell]], refused: Sequence[Refused] = ()) -> Table:
    """Return the table that reading a file of these columns gives; its first row stands in line 2."""
    rows = list(zip(*columns.values(), strict=True))
    numbers = list(range(2, len(rows) + 2))
    return Table(FileFormat.CSV, tuple(columns), rows, numbers, tuple(refused), len(refused))


def csv_of(columns: Mapping[str, Sequence[Cell]]) -> bytes:
    """Return a file of these columns."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode()


def approved(proposals: Iterable[Proposal]) -> Decided:
    """Return proposals as an administrator has approved them."""
    applied = [
        Applied(new_id(), each.row, each.field, each.kind, each.after, each.reason, each.drops_row, each.other)
        for each in proposals
    ]
    cells = {(each.row, code) for each in applied for code in (each.field, each.other) if code is not None}
    return Decided(applied, frozenset(cells))


def rejected(proposals: Iterable[Proposal]) -> Decided:
    """Return what an administrator has said of cells that are right as they are seen."""
    return Decided(
        (), frozenset((each.row, code) for each in proposals for code in (each.field, each.other) if code is not None)
    )
