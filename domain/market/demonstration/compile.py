"""Compiles the demonstration's prices from the data sets of the package skfolio.

    python -m domain.market.demonstration.compile FOLDER

FOLDER holds the three data sets as gzipped CSV files with a column `date` and one column a symbol.  The result is
one file, the same to the byte for the same input: `prices.csv.xz`, with a row a session and an empty field where
there is no price.
"""

import csv
import gzip
import lzma
import sys
from pathlib import Path

SOURCES = (
    "skfolio_sp500_20stocks_2005_2022.csv.gz",
    "skfolio_factor_etfs_2014_2022.csv.gz",
    "skfolio_sp500_index_1990_2022.csv.gz",
)
RESULT = Path(__file__).with_name("prices.csv.xz")


def compile_prices(folder: Path) -> bytes:
    """Return the compressed table of all sources.  Raises ValueError for a price that is not a positive number."""
    prices: dict[str, dict[str, str]] = {}
    symbols: list[str] = []
    for name in SOURCES:
        with gzip.open(folder / name, "rt", newline="") as lines:
            header, *rows = csv.reader(lines)
        symbols += header[1:]
        for session, *closes in rows:
            for symbol, close in zip(header[1:], closes, strict=True):
                if close and not 0 < float(close) < float("inf"):
                    raise ValueError(f"expected a positive price of {symbol} on {session}, got {close!r}")
                prices.setdefault(session, {})[symbol] = close
    columns = sorted(symbols)
    lines_out = [",".join(("date", *columns))]
    lines_out += [",".join((day, *(prices[day].get(symbol, "") for symbol in columns))) for day in sorted(prices)]
    # The settings are named because the default preset may change, and the bytes with it.
    return lzma.compress(
        ("\n".join(lines_out) + "\n").encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=9
    )


if __name__ == "__main__":
    RESULT.write_bytes(compile_prices(Path(sys.argv[1])))
