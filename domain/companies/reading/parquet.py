"""Reads Parquet: columns of texts, numbers, truth values, dates and times."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as files

from domain.companies.reading import child
from domain.companies.reading.gathering import Gathering
from domain.companies.reading.tables import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    FaultKind,
    FileFault,
)

_MAGIC: Final = b"PAR1"
# What describes 500 columns is far shorter.
_LONGEST_FOOTER: Final = 2**21
_ROWS_AT_A_TIME: Final = 1_000
_RATIO_COUNTS_FROM: Final = 2**20


def main(given: BinaryIO, told: BinaryIO) -> None:
    """Read a file in a process of its own."""
    child.answer(read, given, told)


def read(data: bytes, gathering: Gathering) -> None:
    """Read a Parquet file.  Raises `FileFault`."""
    footer = int.from_bytes(data[-8:-4], "little")
    if len(data) < 12 or data[-4:] != _MAGIC or footer > len(data) - 12:
        raise FileFault(FaultKind.FORMAT, "expected a whole Parquet file, got one that is cut off or encrypted")
    if footer > _LONGEST_FOOTER:
        message = f"expected a description of at most {_LONGEST_FOOTER} bytes, got {footer}"
        raise FileFault(FaultKind.TOO_LARGE, message)
    try:
        _read(data, gathering)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileFault(FaultKind.FORMAT, f"expected a Parquet file, got one with {str(error)[:200]!r}") from None


def _read(data: bytes, gathering: Gathering) -> None:
    file = files.ParquetFile(BytesIO(data), page_checksum_verification=True)
    _check(file.metadata, len(data))
    # A dictionary stays one: a long text that stands in each row is kept once.
    texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
    file = files.ParquetFile(BytesIO(data), read_dictionary=texts, page_checksum_verification=True)
    gathering.take_columns([field.name for field in file.schema_arrow])
    gathering.take_rows(enumerate(_rows(file), 1))


def _check(metadata: Any, packed: int) -> None:
    if metadata.num_columns > MOST_COLUMNS:
        message = f"expected at most {MOST_COLUMNS} columns, got {metadata.num_columns}"
        raise FileFault(FaultKind.TOO_MANY_COLUMNS, message)
    if metadata.num_rows > MOST_ROWS or metadata.num_rows * metadata.num_columns > MOST_CELLS:
        message = f"expected at most {MOST_ROWS} rows and {MOST_CELLS} cells, got {metadata.num_rows} rows"
        raise FileFault(FaultKind.TOO_MANY_ROWS, message)
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    columns = (group.column(place) for group in groups for place in range(group.num_columns))
    unpacked = sum(column.total_uncompressed_size for column in columns)
    if unpacked > MOST_UNPACKED or (unpacked > _RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed):
        message = (
            f"expected at most {MOST_UNPACKED} bytes unpacked, and {MOST_RATIO} times those packed ({packed}), "
            f"got {unpacked}"
        )
        raise FileFault(FaultKind.UNPACKS_TOO_FAR, message)


def _rows(file: Any) -> Iterator[list[Any]]:
    for batch in file.iter_batches(_ROWS_AT_A_TIME, use_threads=False):
        columns = [_cells(column) for column in batch.columns]
        yield from map(list, zip(*columns, strict=True))


def _cells(column: Any) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        # Nanoseconds have no place in a time of Python's.
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    if pa.types.is_dictionary(column.type):
        texts = column.dictionary.to_pylist()
        return [None if index is None else texts[index] for index in column.indices.to_pylist()]
    cells: list[Any] = column.to_pylist()
    if pa.types.is_decimal(column.type):
        return [None if cell is None else str(cell) for cell in cells]
    return cells
