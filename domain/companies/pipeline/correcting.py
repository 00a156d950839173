"""A table with corrections in force: made anew of the table as it was read, each time.  Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from domain.companies.pipeline.types import Applied
from domain.companies.tables import Column, Table


def corrected(table: Table, applied: Iterable[Applied]) -> Table:
    """Return a table with corrections, all rows in their places; those that are to be left out are still there."""
    columns = dict(table.columns)
    of_cells: dict[str, list[Applied]] = {}
    swaps = []
    for each in applied:
        if each.drops_row or each.field not in columns:
            continue
        if each.row is None:
            columns[each.field] = _multiplied(columns[each.field], each.after)
        elif each.other is not None and each.other in columns:
            swaps.append(each)
        else:
            of_cells.setdefault(each.field, []).append(each)
    for code, cells in of_cells.items():
        columns[code] = _mended(columns[code], cells)
    for each in swaps:
        assert each.row is not None
        assert each.other is not None
        columns[each.field], columns[each.other] = _swapped(columns[each.field], columns[each.other], each.row)
    return replace(table, columns=columns)


def dropped_rows(applied: Iterable[Applied]) -> frozenset[int]:
    """Return the rows that corrections leave out."""
    return frozenset(each.row for each in applied if each.drops_row and each.row is not None)


def part(table: Table, rows: Sequence[int]) -> Table:
    """Return some rows of a table, in this order."""
    if len(rows) == table.rows:
        return table
    places = {row: place for place, row in enumerate(rows)}
    chosen = np.array(rows, dtype=np.intp)
    columns = {
        code: replace(
            column,
            texts=[column.texts[row] for row in rows],
            numbers=column.numbers[chosen] if column.field.is_number else column.numbers,
            others={places[row]: cell for row, cell in column.others.items() if row in places},
        )
        for code, column in table.columns.items()
    }
    return replace(table, columns=columns, rows=len(rows))


def _multiplied(column: Column, factor: float | str | None) -> Column:
    assert isinstance(factor, float | int)
    return replace(column, numbers=column.multiplied(factor), scale=column.scale * factor)


def _mended(column: Column, cells: Sequence[Applied]) -> Column:
    texts = list(column.texts)
    numbers = column.numbers.copy()
    others = dict(column.others)
    for each in cells:
        assert each.row is not None
        others.pop(each.row, None)
        if column.field.is_number:
            assert isinstance(each.after, float | int)
            numbers[each.row] = each.after
            texts[each.row] = repr(each.after / column.scale)
        else:
            texts[each.row] = "" if each.after is None else str(each.after)
    return replace(column, texts=texts, numbers=numbers, others=others)


def _swapped(one: Column, other: Column, row: int) -> tuple[Column, Column]:
    return _put(one, row, float(other.numbers[row])), _put(other, row, float(one.numbers[row]))


def _put(column: Column, row: int, number: float) -> Column:
    numbers = column.numbers.copy()
    numbers[row] = number
    texts = list(column.texts)
    texts[row] = repr(number / column.scale)
    return replace(column, texts=texts, numbers=numbers, others={k: v for k, v in column.others.items() if k != row})
