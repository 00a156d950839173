"""Reads a file: bytes to rows.  Pure; a long file takes seconds, so it belongs off the event loop."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.portfolios.entries import Entry
from domain.portfolios.fingerprints import is_fingerprint
from domain.portfolios.imports.activity import activity_entries
from domain.portfolios.imports.catalogue import FORMATS, format_of
from domain.portfolios.imports.days import NotADay, Reading, day_of, reading_of
from domain.portfolios.imports.decoding import decoded
from domain.portfolios.imports.entry_text import entry_text
from domain.portfolios.imports.ledger_rows import ledger_entries
from domain.portfolios.imports.mapping import DATES, NUMBERS, DateOrder, Field, Format, Shape
from domain.portfolios.imports.numbers import marks_of
from domain.portfolios.imports.positions import position_entries
from domain.portfolios.imports.rows import Cells, ParsedRow, Readings, RowRefused, shown
from domain.portfolios.imports.splits import resolve_splits
from domain.portfolios.imports.tables import Record, Table, table_of

_SHAPES: Final[Mapping[Shape, Callable[[Cells], tuple[Entry, ...]]]] = {
    Shape.POSITIONS: position_entries,
    Shape.ACTIVITY: activity_entries,
    Shape.LEDGER: ledger_entries,
}
_MOST_TAGS: Final = 20
_LONGEST_WORD: Final = 50


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its format, how its dates were read, and its rows in the order of their lines."""

    format: Format
    date_order: DateOrder
    rows: Sequence[ParsedRow]


def read_file(data: bytes, name: str | None, asked: DateOrder | None, today: date) -> Document:
    """Read a file of the named format, or of the one that its header shows.

    `asked` says how dates of both orders are to be read; without it each column decides for itself.  Raises
    `InvalidInput` where the file as a whole cannot be read; what is wrong with a row is in the row.
    """
    formats = FORMATS.values() if name is None else [format_of(name)]
    table = table_of(decoded(data), formats)
    readings = _readings(table, asked, today)
    rows = [row for record in table.records for row in _rows(table, readings, record)]
    resolve_splits(rows)
    mark(rows, lambda row: row.account)
    return Document(table.format, readings.days[Field.DATE].order, rows)


def _readings(table: Table, asked: DateOrder | None, today: date) -> Readings:
    usual = table.format.date_order
    days = {
        field: reading_of(_column(table, field), asked, usual)
        for field in DATES
        if field in table.columns or field is Field.DATE
    }
    numbers = (text for field in NUMBERS for text in _column(table, field))
    return Readings(
        marks_of(numbers, likely_comma=table.separator == ";"), days, today, _reported(table, days[Field.DATE])
    )


def _column(table: Table, field: Field) -> Iterator[str]:
    place = table.columns.get(field)
    if place is not None:
        yield from (record.cells[place] for record in table.records if place < len(record.cells))


def _reported(table: Table, reading: Reading) -> date | None:
    """Return the day of a snapshot, which stands before the table or after it."""
    pattern = table.format.reported
    if pattern is None:
        return None
    after = " ".join(record.cells[0] for record in table.records[-5:] if _is_aside(table, record))
    found = pattern.search(f"{table.preamble} {after}")
    try:
        return None if found is None else day_of(found["day"], reading)[0]
    except NotADay:
        return None


def _is_aside(table: Table, record: Record) -> bool:
    """Whether a record is a remark beside the table: a disclaimer, the date of the download."""
    cells = record.cells
    if len(table.header) < 4 or (len(cells) > 1 and cells[0] and cells[1]):
        return False
    return sum(1 for cell in cells if cell and not cell.isspace()) == 1


def _rows(table: Table, readings: Readings, record: Record) -> Iterator[ParsedRow]:
    text = shown(record.cells, is_clean=table.is_clean)
    if _is_aside(table, record) and not record.is_unclosed:
        yield ParsedRow(line=record.line, part=0, text=text)
        return
    cells = Cells(table, readings, record)
    try:
        if not table.is_clean:
            cells.check_characters()
        if record.is_unclosed:
            cells.refuse(f"expected a closing quote, got none in {record.lines} lines", None)
        entries = _SHAPES[table.format.shape](cells)
    except RowRefused:
        yield ParsedRow(line=record.line, part=0, text=text, problems=tuple(cells.problems), confidence=0.0)
        return
    if not entries:
        yield ParsedRow(line=record.line, part=0, text=text, problems=tuple(cells.problems))
    for part, entry in enumerate(entries):
        yield _row(cells, text, part, entry)


def _row(cells: Cells, text: str, part: int, entry: Entry) -> ParsedRow:
    row = ParsedRow(
        line=cells.record.line,
        part=part,
        text=text,
        entry=entry,
        problems=tuple(cells.problems),
        confidence=cells.confidence,
        needs_review=cells.needs_review,
    )
    columns = cells.table.columns
    if Field.CURRENCY in columns:
        row.currency = cells.text(Field.CURRENCY)[:3] or None
    if Field.TAGS in columns:
        row.tags = _words(cells.text(Field.TAGS))
    if Field.STRATEGY in columns:
        row.strategy = cells.text(Field.STRATEGY)[:_LONGEST_WORD] or None
    if Field.ACCOUNT in columns:
        row.account = cells.text(Field.ACCOUNT)[:200] or None
    if Field.FINGERPRINT in columns:
        printed = cells.text(Field.FINGERPRINT)
        row.printed = printed if is_fingerprint(printed) else None
    return row


def _words(text: str) -> tuple[str, ...]:
    words = (word.strip()[:_LONGEST_WORD] for word in text.replace(";", ",").replace("|", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST_TAGS]


def mark(rows: Sequence[ParsedRow], places: Callable[[ParsedRow], object]) -> None:
    """Give each entry its fingerprint: what it says, and its number among those of one place that say the same.

    What a file of our own has printed is taken as it is.
    """
    seen: Counter[tuple[object, int, str]] = Counter()
    for row in rows:
        if row.entry is None or row.is_refused:
            continue
        row.said = row.said or entry_text(row.entry)
        row.facts = row.facts or row.said
        key = places(row), row.part, row.facts
        seen[key] += 1
        row.fingerprint = row.printed or hashlib.sha256(f"{key[1:]} {seen[key]}".encode()).hexdigest()
