"""What is read of one row: its entries, or what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NoReturn

from domain.kernel.errors import RefusalCode
from domain.kernel.money import ZERO
from domain.kernel.text import forbidden_character
from domain.portfolios.entries import Entry
from domain.portfolios.imports.days import NotADay, Reading, day_of
from domain.portfolios.imports.mapping import Field
from domain.portfolios.imports.numbers import Marks, NotANumber, number_of
from domain.portfolios.imports.tables import Record, Table
from domain.portfolios.spreadsheets import unguarded


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, or with the whole row; without a code it is a remark, and the row is taken."""

    message: str
    column: str | None = None
    code: RefusalCode | None = None


@dataclass(slots=True, kw_only=True)
class ParsedRow:
    """One entry of a row: `part` is its place among those of the row.

    `entry` is None where the row says nothing for a ledger, or cannot be read.  `confidence` is from 0 to 1.  `facts`
    tell the row again, where the entry does not: two rows of equal facts are the same, or twins.  `said` is the
    entry as text, `printed` a fingerprint that the file itself has.
    """

    line: int
    part: int
    text: str
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    confidence: float = 1.0
    needs_review: bool = False
    facts: str | None = None
    said: str | None = None
    printed: str | None = None
    fingerprint: str | None = None
    account: str | None = None
    currency: str | None = None
    tags: tuple[str, ...] = ()
    strategy: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong with it."""
        return any(problem.code is not None for problem in self.problems)


class RowRefused(Exception):
    """The row cannot be read; its problems are in its cells."""


@dataclass(frozen=True, slots=True)
class Readings:
    """How a file's numbers and dates are read: decided by all of its rows together."""

    marks: Marks
    days: dict[Field, Reading]
    today: date
    reported: date | None


@dataclass(slots=True)
class Cells:
    """The cells of a row by what they mean, and what was found wrong or doubtful on the way."""

    table: Table
    readings: Readings
    record: Record
    problems: list[Problem] = field(default_factory=list)
    confidence: float = 1.0
    needs_review: bool = False

    def text(self, field: Field) -> str:
        """Return a cell without spaces around; empty where there is none."""
        place = self.table.columns.get(field)
        if place is None or place >= len(self.record.cells):
            return ""
        text = self.record.cells[place].strip()
        # How spreadsheets are told to leave a text alone.
        return text[2:-1] if text.startswith('="') and text.endswith('"') else text

    def prose(self, field: Field) -> str | None:
        """Return a free text, None where it is empty; a mark against formulas is taken off."""
        return unguarded(self.text(field)) or None

    def number(self, field: Field) -> Decimal | None:
        """Return a number, None where there is none or it is wrong."""
        text = self.text(field)
        if field is Field.QUANTITY and text[-1:] in ("S", "L"):
            text = text[:-1]
        try:
            number, is_open = number_of(text, self.readings.marks)
        except NotANumber as wrong:
            self.note(str(wrong), field, RefusalCode.INVALID_INPUT)
            return None
        if is_open:
            self.doubt(f"read {text!r} as {number:f}: the file does not show how it writes decimals", field)
        return number

    def needed(self, field: Field) -> Decimal:
        """Return a number that must be there."""
        before = len(self.problems)
        number = self.number(field)
        if number is None and len(self.problems) == before:
            self.note("expected a number, got nothing", field, RefusalCode.INVALID_INPUT)
        return ZERO if number is None else number

    def day(self, field: Field = Field.DATE) -> date | None:
        """Return a date, None where there is none or it is wrong."""
        text = self.text(field)
        reading = self.readings.days.get(field)
        if not text or reading is None:
            return None
        try:
            day, is_open = day_of(text, reading)
        except NotADay as wrong:
            self.note(str(wrong), field, RefusalCode.INVALID_INPUT)
            return None
        if is_open:
            self.doubt(f"read {text!r} as {day}: the column does not show which number is the month", field)
        return day

    def needed_day(self, field: Field = Field.DATE) -> date:
        """Return a date that must be there."""
        before = len(self.problems)
        day = self.day(field)
        if day is None and len(self.problems) == before:
            self.note("expected a date, got nothing", field, RefusalCode.INVALID_INPUT)
        return self.readings.today if day is None else day

    def note(self, message: str, field: Field | None, code: RefusalCode | None) -> None:
        """Write down a problem or, without a code, a remark."""
        place = None if field is None else self.table.columns.get(field)
        column = None if place is None else self.table.header[place]
        self.problems.append(Problem(message, column, code))

    def doubt(self, message: str, field: Field | None, confidence: float = 0.5) -> None:
        """Write down what somebody should look at."""
        self.note(message, field, None)
        self.needs_review = True
        self.confidence = min(self.confidence, confidence)

    def refuse(self, message: str, field: Field | None) -> NoReturn:
        """Give the row up.  Raises `RowRefused`."""
        self.note(message, field, RefusalCode.INVALID_INPUT)
        raise RowRefused

    def check(self) -> None:
        """Raise `RowRefused` where something was wrong."""
        if any(problem.code is not None for problem in self.problems):
            raise RowRefused

    def check_characters(self) -> None:
        """Refuse a row with characters that no text may have.  Raises `RowRefused`."""
        for place, cell in enumerate(self.record.cells):
            found = forbidden_character(cell)
            if found is not None:
                header = self.table.header
                column = header[place] if place < len(header) else None
                message = f"expected printable characters, got {found}"
                self.problems.append(Problem(message, column, RefusalCode.INVALID_INPUT))
        self.check()


def shown(cells: Sequence[str], *, is_clean: bool) -> str:
    """Return a row as a text that a database holds, at most 2,000 characters of it."""
    text = ",".join(cells)[:2_000]
    if is_clean:
        return text
    return "".join("\ufffd" if forbidden_character(character) else character for character in text)
