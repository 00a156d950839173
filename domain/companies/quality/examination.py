"""A table under examination: what all checks share and compute once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.companies.catalogue import Field
from domain.companies.quality.columns_unit import ColumnUnit, units_of_columns
from domain.companies.quality.evidence import Suspect, Weighing, estimates
from domain.companies.quality.relations import before
from domain.companies.tables import Table
from domain.companies.values import Cell, Written, is_token
from domain.quant.arrays import Flags, Numbers


@dataclass(frozen=True)
class Prior:
    """The snapshot before: numbers in the units of their fields, texts, and the row of each ticker."""

    rows: Mapping[str, int]
    numbers: Mapping[str, Numbers]
    texts: Mapping[str, list[str]]


def prior_of(table: Table) -> Prior:
    """Return a table as the snapshot before another."""
    rows = {ticker: row for row, ticker in enumerate(table.tickers)}
    texts = {code: list(column.texts) for code, column in table.columns.items() if not column.field.is_number}
    return Prior(rows, table.numbers, texts)


class Examination:
    """A table, the snapshot before it if there is one, and what is learned of them.

    `in_units` are the columns that somebody has said to be in the unit of their field.
    """

    def __init__(
        self, table: Table, tickers: list[str], prior: Prior | None = None, in_units: Collection[str] = ()
    ) -> None:
        self.table = table
        self.plain_tickers = tickers
        self.prior = prior
        self._in_units = in_units

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields that are numbers."""
        return {code: column.field for code, column in self.table.columns.items() if column.field.is_number}

    @cached_property
    def prior_rows(self) -> list[int]:
        """The row of each company in the snapshot before, -1 where it was not in it."""
        known = {} if self.prior is None else self.prior.rows
        return [known.get(ticker, -1) for ticker in self.plain_tickers]

    @cached_property
    def before(self) -> dict[str, Numbers]:
        """The numbers of the snapshot before, in the order of this one."""
        if self.prior is None:
            return {}
        places = np.array(self.prior_rows, dtype=np.intp)
        return {
            code: np.where(places >= 0, numbers[places], np.nan)
            for code, numbers in self.prior.numbers.items()
            if code in self.table.columns and len(numbers)
        }

    def text_before(self, code: str, row: int) -> str | None:
        """Return what the snapshot before says of a company in words, or nothing."""
        if self.prior is None or self.prior_rows[row] < 0 or code not in self.prior.texts:
            return None
        return self.prior.texts[code][self.prior_rows[row]].strip() or None

    @cached_property
    def column_units(self) -> list[ColumnUnit]:
        """The columns whose numbers are all in another unit."""
        found = units_of_columns(self.table.numbers, self.fields, self.before)
        return [each for each in found if each.code not in self._in_units]

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        """The numbers as they were written, with columns in another unit brought to that of their field."""
        found = dict(self.table.numbers)
        for unit in self.column_units:
            found[unit.code] = self.table.columns[unit.code].multiplied(unit.factor)
        return found

    @cached_property
    def _weighed(self) -> tuple[Weighing, list[Suspect]]:
        former = {before(code): numbers for code, numbers in self.before.items()}
        weighing = Weighing({**self.numbers, **former}, self.fields)
        return weighing, weighing.suspects()

    @property
    def weighing(self) -> Weighing:
        """The relations of the table, and its numbers with the suspects mended."""
        return self._weighed[0]

    @property
    def fit(self) -> Numbers:
        """How well the numbers of each row fit each other, as they were written."""
        return self.weighing.fit

    @property
    def suspects(self) -> list[Suspect]:
        """The numbers that are likelier wrong than right."""
        return self._weighed[1]

    @cached_property
    def suspected(self) -> set[tuple[int, str]]:
        """The rows and fields of the suspects."""
        found = {(suspect.row, suspect.hypothesis.code) for suspect in self.suspects}
        return found | {(each.row, each.hypothesis.other) for each in self.suspects if each.hypothesis.other}

    def estimate(self, code: str) -> Numbers:
        """Return what the parts of a number say that it is, with the suspects mended; NaN where they do not."""
        known = self._estimates.get(code)
        if known is None:
            known = self._estimates[code] = estimates(code, self.weighing.values, self.weighing.learned)
        return known

    @cached_property
    def _estimates(self) -> dict[str, Numbers]:
        return {}

    @cached_property
    def sectors(self) -> dict[str, str]:
        """The sector of each industry that is in one only."""
        found: dict[str, set[str]] = {}
        for industry, sector in zip(self.table.texts("industry"), self.table.texts("sector"), strict=True):
            if industry and sector and not is_token(sector):
                found.setdefault(industry, set()).add(sector)
        return {industry: next(iter(sectors)) for industry, sectors in found.items() if len(sectors) == 1}

    @cached_property
    def empties(self) -> dict[str, Flags]:
        """For each field of numbers, where nothing at all is written."""
        return {code: _rows_of(self.table.columns[code].others.items(), self.table.rows) for code in self.fields}


def _rows_of(others: Iterable[tuple[int, Cell]], rows: int) -> Flags:
    found = np.zeros(rows, dtype=np.bool_)
    found[[row for row, cell in others if cell.written is Written.EMPTY]] = True
    return found
