"""The demonstration's prices as they lie in the project."""

import csv
import functools
import lzma
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from domain.market.types import InstrumentKind, Vector

# Grows with each change of what is loaded.
VERSION = 1
SOURCE = "skfolio 1.12.2"
# So many sessions at the end are kept back, and become known one after the other.
REPLAYED = 20

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is known of an instrument beside its prices."""

    number: int
    symbol: str
    name: str
    kind: InstrumentKind
    exchange: str | None
    currency: str
    sector: str | None


@dataclass(frozen=True, slots=True, eq=False)
class PriceTable:
    """Adjusted closes, shape (sessions, symbols), NaN where there is none."""

    sessions: tuple[date, ...]
    symbols: tuple[str, ...]
    closes: Vector


def read_listings() -> list[Listing]:
    """Read the instruments."""
    with (_FOLDER / "instruments.csv").open(newline="", encoding="utf-8") as lines:
        return [
            Listing(
                number=int(row["number"]),
                symbol=row["symbol"],
                name=row["name"],
                kind=InstrumentKind(row["kind"]),
                exchange=row["exchange"] or None,
                currency=row["currency"],
                sector=row["sector"] or None,
            )
            for row in csv.DictReader(lines)
        ]


def read_prices() -> PriceTable:
    """Read all prices: about 0.1 s of CPU, not for the event loop."""
    with lzma.open(_FOLDER / "prices.csv.xz", "rt", newline="", encoding="ascii") as lines:
        header, *rows = csv.reader(lines)
    return PriceTable(
        sessions=tuple(date.fromisoformat(row[0]) for row in rows),
        symbols=tuple(header[1:]),
        closes=np.array([[float(close) if close else np.nan for close in row[1:]] for row in rows]),
    )


@functools.cache
def replayed_prices() -> PriceTable:
    """Return the sessions that are replayed, after the one before them: 21 rows, without NaN.

    Reads the file at the first call.
    """
    table = read_prices()
    last = PriceTable(table.sessions[-REPLAYED - 1 :], table.symbols, table.closes[-REPLAYED - 1 :])
    assert not np.isnan(last.closes).any(), "every instrument of the demonstration trades in every replayed session"
    return last
