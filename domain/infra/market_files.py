"""Reads files of bars in one folder, as if a server answered."""

import asyncio
import io
import re
from pathlib import Path
from typing import Final

from domain.kernel.ports import Clock
from domain.kernel.web import Answer, Request, Unreachable

# The folder of chains of options.
_CHAINS: Final = "chains/"
# A symbol, and nothing that could lead out of the folder.
_SYMBOL: Final = re.compile(r"[A-Z0-9]{1,16}(?:[.-][A-Z0-9]{1,8})?", re.ASCII)
_LARGEST: Final = 32 * 2**20
# Rows of a Parquet file: more than decades of days.
_MOST_ROWS: Final = 100_000
_ROWS_AT_A_TIME: Final = 1_000
_PREFIX: Final = "file:"
# What instruments are: no symbol has small letters.
_MASTER: Final = "instruments"


class FolderWeb:
    """Answers with the files of a folder and its folder `chains`, each named after a symbol."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    async def get(self, request: Request, *, within: float) -> Answer:
        """Return a file as CSV; 404 where there is none.  Raises `Unreachable` for one that cannot be read."""
        symbol = request.url.removeprefix(_PREFIX)
        if symbol != _MASTER and _SYMBOL.fullmatch(symbol.removeprefix(_CHAINS)) is None:
            return Answer(404, {}, b"no symbol", self._clock.now())
        try:
            async with asyncio.timeout(within):
                body = await asyncio.to_thread(self._read, symbol)
        except TimeoutError:
            raise Unreachable(f"expected a file within {within:g} s, got none") from None
        except ImportError:
            raise Unreachable("expected the extra `parquet` to be installed, which reads Parquet files") from None
        except (OSError, ValueError) as error:
            raise Unreachable(f"expected a file {symbol} that can be read, got {type(error).__name__}") from None
        if body is None:
            return Answer(404, {}, b"no file", self._clock.now())
        return Answer(200, {"content-type": "text/csv"}, body, self._clock.now())

    def _read(self, symbol: str) -> bytes | None:
        for suffix in (".csv", ".parquet"):
            path = self._folder / f"{symbol}{suffix}"
            if not path.is_file():
                continue
            if not path.resolve().is_relative_to(self._folder.resolve()):
                # A link that leads elsewhere.
                return None
            if path.stat().st_size > _LARGEST:
                raise ValueError("too large")
            content = path.read_bytes()
            return content if suffix == ".csv" else _as_csv(content)
        return None


def _as_csv(content: bytes) -> bytes:
    """Return a Parquet file as CSV.  Raises ValueError."""
    # 40 MB, for who has such files: the extra `parquet`.
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(io.BytesIO(content))
    if file.metadata.num_rows > _MOST_ROWS:
        raise ValueError("too many rows")
    # Lists and structures of columns have no form in CSV, and are none of a bar's.
    flat = [column.name for column in file.schema_arrow if not pa.types.is_nested(column.type)]
    written = io.BytesIO()
    schema = pa.schema([file.schema_arrow.field(name) for name in flat])
    with pyarrow.csv.CSVWriter(written, schema) as writer:
        # Part by part: a small file may hold one long text many times over.
        for batch in file.iter_batches(_ROWS_AT_A_TIME, columns=flat):
            writer.write_batch(batch)
            if written.tell() > _LARGEST:
                raise ValueError("too large")
    return written.getvalue()
