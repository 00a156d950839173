"""A file of company metrics as columns: texts as they were written, numbers in the units of their fields."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from domain.companies.catalogue import Field, Unit
from domain.companies.columns import Matched, Matching, absolute_factor, match_columns
from domain.companies.values import (
    Cell,
    Written,
    read_numbers,
    scaled,
    with_decimal_point,
    writes_decimal_commas,
)
from domain.quant.arrays import Numbers


@dataclass(frozen=True)
class Column:
    """One field of all companies.

    `numbers` are in the unit of the field and NaN where there is none; for texts there are none. `others` are the cells
    that were not written plainly. A number of the field is `scale` times what is written.
    """

    field: Field
    texts: Sequence[str]
    numbers: Numbers
    others: Mapping[int, Cell]
    scale: float = 1.0

    def multiplied(self, factor: float) -> Numbers:
        """Return the numbers in another unit: those that say their own, as 15 % and 1.2 bn, are in it already."""
        said = [row for row, cell in self.others.items() if cell.in_percent or cell.absolute]
        found = np.array([scaled(number, factor) for number in self.numbers.tolist()])
        found[said] = self.numbers[said]
        return found


@dataclass(frozen=True)
class Table:
    """Companies by row, fields by column."""

    columns: Mapping[str, Column]
    rows: int
    matching: Matching = field(default_factory=lambda: Matching((), (), ()))

    def texts(self, code: str) -> Sequence[str]:
        """Return the texts of a field, empty ones where the file has no such column."""
        column = self.columns.get(code)
        return [""] * self.rows if column is None else column.texts

    @cached_property
    def tickers(self) -> list[str]:
        """The tickers as they were written."""
        return list(self.texts("ticker"))

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        """The numbers of each field that has any."""
        return {code: column.numbers for code, column in self.columns.items() if column.field.is_number}


_LARGEST = 1e30


def _number(cell: Cell, matched: Matched) -> float:
    if cell.written is Written.PERCENT:
        return cell.number if matched.field.unit is Unit.PERCENT else scaled(cell.number, 0.01 * matched.scale)
    if cell.absolute:
        return scaled(cell.number, absolute_factor(matched.field))
    return scaled(cell.number, matched.scale)


def _column(matched: Matched, texts: Sequence[str], *, decimal_commas: bool) -> Column:
    if not matched.field.is_number:
        return Column(matched.field, texts, np.empty(0), {})
    pointed = [with_decimal_point(text) for text in texts] if decimal_commas else texts
    # All scales are powers of ten.
    plain, others = read_numbers(pointed, round(math.log10(matched.scale)))
    numbers = np.asarray(plain, dtype=np.float64)
    for row, cell in others:
        numbers[row] = _number(cell, matched)
    # No company has so much of anything, and products of such numbers are none.
    beyond = np.flatnonzero(np.abs(numbers) > _LARGEST)
    others += [(int(row), Cell(np.nan, Written.UNREADABLE)) for row in beyond]
    numbers[beyond] = np.nan
    if matched.field.zeroless:
        # Zero is what some feeds write for nothing, where no company can have it.
        others += [(int(row), Cell(np.nan, Written.TOKEN)) for row in np.flatnonzero(numbers == 0)]
        numbers[numbers == 0] = np.nan
    return Column(matched.field, texts, numbers, dict(others), matched.scale)


def read_table(names: Sequence[str], columns: Sequence[Sequence[str]]) -> Table:
    """Return the columns of a file that are fields, read.  Raises `ValueError` when columns differ in length.

    Whether 1.234 is a thousand or about one is the same for all of a file.
    """
    lengths = {len(column) for column in columns}
    if len(lengths) > 1 or len(names) != len(columns):
        raise ValueError(f"expected {len(names)} columns of one length, got {len(columns)} of {sorted(lengths)}")
    matching = match_columns(names)
    of_numbers = [columns[matched.position] for matched in matching.matched if matched.field.is_number]
    commas = writes_decimal_commas(of_numbers)
    read = {
        matched.field.code: _column(matched, columns[matched.position], decimal_commas=commas)
        for matched in matching.matched
    }
    return Table(read, lengths.pop() if lengths else 0, matching)
