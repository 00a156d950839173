"""Parquet files that are meant to do harm, made when they are asked for."""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as files


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    """Return a Parquet file of these columns."""
    written = io.BytesIO()
    files.write_table(pa.table(columns), written, **options)
    return written.getvalue()


def endless_rows() -> bytes:
    """Return 5 million rows in a few bytes."""
    return parquet({"a": pa.array([1] * 5_000_000)}, compression="zstd")


def bomb() -> bytes:
    """Return 100 MB of one letter."""
    return parquet({"a": ["x" * 10_000_000] * 10}, compression="zstd", use_dictionary=False)


def repeated() -> bytes:
    """Return one text of 40 MB that stands in each of 10,000 rows."""
    text = pa.array(["x" * 40_000_000])
    return parquet({"a": pa.DictionaryArray.from_arrays([0] * 10_000, text)}, compression="zstd")


def repeated_briefly() -> bytes:
    """Return one text of 900,000 letters in each of 40,000 rows."""
    text = pa.array(["x" * 900_000])
    return parquet({"a": pa.DictionaryArray.from_arrays([0] * 40_000, text)}, compression="zstd")


def cut_off() -> bytes:
    """Return the first half of a file."""
    whole = parquet({"a": list(range(10_000))})
    return whole[: len(whole) // 2]


def broken_pages() -> bytes:
    """Return a file whose pages are zeros."""
    whole = parquet({"a": [float(number) for number in range(10_000)]}, write_page_checksum=True)
    return whole[:100] + bytes(5_000) + whole[5_100:]


def lying_footer() -> bytes:
    """Return a description that is said to be larger than the file."""
    return parquet({"a": [1]})[:-8] + (2**31 - 1).to_bytes(4, "little") + b"PAR1"


def wide() -> bytes:
    """Return 5,000 columns."""
    return parquet({f"c{number}": [1] for number in range(5_000)})
