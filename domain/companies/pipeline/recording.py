"""The records that an examined table is published as.  Pure."""

import math
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import Final
from uuid import UUID

from domain.companies.exchanges import mic_of
from domain.companies.pipeline.examining import Examined
from domain.companies.pipeline.reporting import qualities
from domain.companies.pipeline.types import Applied
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.companies.snapshot_text import figures_text, origins_text, texts_text
from domain.companies.types import TEXTS, Origin, Publication, Record
from domain.companies.values import is_token
from domain.market.types import DataQuality

# As long as the columns that hold them.
_LONGEST: Final = {"name": 200, "industry": 120, "sector": 80, "country": 80, "analyst": 120}
_LONGEST_NOTE: Final = 200
_CURRENCY: Final = 3


def publication_of(examined: Examined, *, source: str, as_of: date, run_id: UUID) -> Publication:
    """Return what an examined table makes known."""
    return Publication(
        source=source, as_of=as_of, covered=list(examined.table.columns), records=records_of(examined), run_id=run_id
    )


def digests(records: Iterable[Record]) -> dict[str, bytes]:
    """Return, by ticker, what tells a record from another: far less to keep than the records themselves."""
    return {record.ticker: _digest(record) for record in records}


def changed_records(before: Mapping[str, bytes], after: Iterable[Record]) -> list[Record]:
    """Return the records that are not those of which these are the digests."""
    return [record for record in after if before.get(record.ticker) != _digest(record)]


def _digest(record: Record) -> bytes:
    told = (texts_text(record.texts), figures_text(record.figures), origins_text(record.origins), record.quality)
    return blake2b(repr(told).encode(), digest_size=16).digest()


def records_of(examined: Examined) -> list[Record]:
    """Return a record for each row that can be published.

    A value under an open error is POOR, under an open warning FAIR, and a corrected one GOOD, with what was said of
    it; what cannot be read leaves an origin without a number.
    """
    figures: list[dict[str, float]] = [{} for _ in examined.rows]
    origins: list[dict[str, Origin]] = [{} for _ in examined.rows]
    for code, column in examined.table.columns.items():
        if column.field.is_number:
            for row, number in enumerate(column.numbers.tolist()):
                if math.isfinite(number):
                    figures[row][code] = number
    for (row, code), origin in _origins(examined).items():
        if code in figures[row] or origin.grade is DataQuality.INVALID:
            origins[row][code] = origin
    rated = qualities(examined).tolist()
    texts = _texts(examined)
    return [
        Record(ticker=ticker, texts=texts[row], figures=figures[row], origins=origins[row], quality=rated[row])
        for row, ticker in enumerate(examined.tickers)
        if ticker is not None
    ]


def _origins(examined: Examined) -> dict[tuple[int, str], Origin]:
    found: dict[tuple[int, str], Origin] = {}
    for code, finding in examined.of_columns.items():
        found |= {(row, code): _accused(finding) for row in range(examined.table.rows)}
    found |= {cell: _mended(applied) for cell, applied in examined.corrections.items()}
    for (row, code), finding in examined.worst.items():
        column = examined.table.columns.get(code)
        if column is not None and column.field.is_number:
            unread = finding.kind is FindingKind.TYPE
            found[row, code] = _unreadable(finding) if unread else _accused(finding)
    return found


def _accused(finding: Finding) -> Origin:
    grade = DataQuality.POOR if finding.severity is Severity.ERROR else DataQuality.FAIR
    return Origin(grade=grade, note=f"{finding.kind}: expected {finding.expected}"[:_LONGEST_NOTE])


def _unreadable(finding: Finding) -> Origin:
    note = f"{finding.kind}: expected {finding.expected}, got {finding.seen[:80]!r}"
    return Origin(grade=DataQuality.INVALID, note=note[:_LONGEST_NOTE])


def _mended(applied: Applied) -> Origin:
    note = f"{applied.kind}: corrected, {applied.reason}"
    return Origin(grade=DataQuality.GOOD, note=note[:_LONGEST_NOTE], correction=applied.id)


def _texts(examined: Examined) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [{} for _ in examined.rows]
    for name in TEXTS:
        column = examined.table.columns.get(name)
        if column is None:
            continue
        read = {text: _text(name, text.strip(), column.field.values) for text in set(column.texts)}
        for row, text in enumerate(column.texts):
            if (said := read[text]) is not None:
                found[row][name] = said
    return found


def _text(name: str, text: str, values: tuple[str, ...]) -> str | None:
    """Return a text as it is stored, None for what says nothing or is none that is known."""
    if not text or is_token(text):
        return None
    if name == "exchange":
        return mic_of(text)
    if name == "currency":
        return text.upper() if len(text) == _CURRENCY and text.isalpha() and text.isascii() else None
    if values:
        return next((value for value in values if value.casefold() == text.casefold()), None)
    return text[: _LONGEST[name]]
