"""Files that are meant to do harm are refused at once, with what was expected and what came."""

import tracemalloc
from collections.abc import Awaitable, Callable

import pytest

from domain.companies.reading.reading import format_of
from domain.companies.reading.tables import FaultKind, FileFault, Table
from domain.companies.reading.wire import table_from
from tests.support import hostile_files as files
from tests.support import hostile_parquet as parquet
from tests.support.measured_reading import measured

Read = Callable[[bytes], Awaitable[Table]]

HOSTILE = [
    (files.zip_bomb, FaultKind.UNPACKS_TOO_FAR, None),
    (files.lying_bomb, FaultKind.UNPACKS_TOO_FAR, None),
    (files.overlapping_bomb, FaultKind.UNPACKS_TOO_FAR, None),
    (files.crowded_archive, FaultKind.UNPACKS_TOO_FAR, None),
    (files.huge_cell, FaultKind.UNPACKS_TOO_FAR, None),
    (files.nested_bomb, FaultKind.ACTIVE_CONTENT, None),
    (files.disguised_archive, FaultKind.ACTIVE_CONTENT, None),
    (files.linked, FaultKind.ACTIVE_CONTENT, None),
    (files.climbing, FaultKind.ACTIVE_CONTENT, None),
    (files.macros, FaultKind.ACTIVE_CONTENT, None),
    (files.billion_laughs, FaultKind.ACTIVE_CONTENT, None),
    (files.external_entity, FaultKind.ACTIVE_CONTENT, None),
    (files.disguised_entity, FaultKind.ENCODING, None),
    (files.far_cell, FaultKind.TOO_LARGE, None),
    (files.wide_csv, FaultKind.TOO_MANY_COLUMNS, 1),
    (files.endless_line, FaultKind.TOO_LONG, 2),
    (files.cell_of_10_mb, FaultKind.TOO_LONG, 2),
    (files.open_quote, FaultKind.FORMAT, 2),
    (files.nul_bytes, FaultKind.CHARACTER, 3),
    (files.mixed_encodings, FaultKind.ENCODING, 3),
    (files.too_many_cells, FaultKind.TOO_MANY_ROWS, 50_002),
    (files.deep_json, FaultKind.FORMAT, None),
    (files.many_objects, FaultKind.TOO_MANY_ROWS, 50_001),
    (files.many_names, FaultKind.TOO_MANY_COLUMNS, 501),
    (parquet.endless_rows, FaultKind.TOO_MANY_ROWS, None),
    (parquet.bomb, FaultKind.UNPACKS_TOO_FAR, None),
    (parquet.repeated, FaultKind.UNPACKS_TOO_FAR, None),
    (parquet.repeated_briefly, FaultKind.TOO_LONG, 1),
    (parquet.cut_off, FaultKind.FORMAT, None),
    (parquet.broken_pages, FaultKind.FORMAT, None),
    (parquet.lying_footer, FaultKind.FORMAT, None),
    (parquet.wide, FaultKind.TOO_MANY_COLUMNS, None),
]
# Of a processor's time, the start of the process included.
SECONDS = 1.0
# Python takes 16 MiB, and Arrow 66, before they have read anything.
MEBIBYTES = 50 + 66


@pytest.mark.parametrize(("make", "kind", "row"), HOSTILE, ids=lambda value: getattr(value, "__name__", None))
def test_is_refused_at_once(make: Callable[[], bytes], kind: FaultKind, row: int | None):
    data = make()

    reading = measured(data)

    with pytest.raises(FileFault, match=r"^expected .*, got ") as refused:
        table_from(reading.told, format_of(data))
    assert (refused.value.kind, refused.value.row) == (kind, row)
    assert reading.seconds < SECONDS
    assert reading.mebibytes < MEBIBYTES


@pytest.mark.parametrize("make", [files.sparse_grid, files.repeated_text])
async def test_what_needs_too_much_memory_ends_its_own_process_alone(read: Read, make: Callable[[], bytes]):
    data = make()

    with pytest.raises(FileFault, match="for want of memory") as refused:
        await read(data)
    assert refused.value.kind is FaultKind.READER_BROKE
    # The address space is bounded, and with it what is filled.
    assert (reading := measured(data)).mebibytes < 256
    assert reading.seconds < SECONDS


@pytest.mark.parametrize(
    "make", [files.zip_bomb, files.billion_laughs, files.too_many_cells, files.many_objects, files.repeated_text]
)
async def test_the_server_itself_takes_no_memory_for_it(read: Read, make: Callable[[], bytes]):
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(FileFault):
            await read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 50 * 2**20


async def test_a_file_that_is_too_large_is_not_read(read: Read):
    with pytest.raises(FileFault, match="expected a file of at most 10485760 bytes, got 10485761") as refused:
        await read(files.too_large())

    assert refused.value.kind is FaultKind.TOO_LARGE


async def test_a_harmless_workbook_is_read(read: Read):
    table = await read(files.plain_workbook())

    assert table.rows == [("AAPL", 31.5)]


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b'{"columns":["a"]}',
        b'{"columns":["a"]}\n[1,2]\n',
        b'{"columns":["a"]}\n[2,{"b":1}]\n{"rows":1,"refused":[],"refused_count":0}',
        b'{"columns":["a"]}\n[2,[1]]\n{"rows":1,"refused":[],"refused_count":0}',
        b'{"columns":["a"]}\n[2,1,1]\n{"rows":1,"refused":[],"refused_count":0}',
        b'{"columns":["a"]}\n{"rows":1,"refused":[],"refused_count":0}',
        b'{"columns":[1]}\n{"rows":0,"refused":[],"refused_count":0}',
        b'{"fault":"NONE","message":"x","row":null,"column":null}',
        b"[" * 100_000,
        b"\x80\x04\x95",
    ],
)
def test_a_reader_that_was_taken_over_is_not_believed(told: bytes):
    with pytest.raises(FileFault, match="expected a table from the reader") as refused:
        table_from(told, format_of(b"a,b"))

    assert refused.value.kind is FaultKind.READER_BROKE
