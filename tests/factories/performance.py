"""Histories and performances for tests: a rate of exchange, and ledgers and closes that are made in memory."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np

from domain.kernel.actor import Actor
from domain.kernel.ports import Resources
from domain.market import tables
from domain.market.history import Line
from domain.market.models import Instrument
from domain.market.rate_history import RateLines
from domain.market.types import InstrumentKind, InstrumentRow, QuoteSource
from domain.portfolios.history import History, Prices, history_of
from domain.portfolios.ledger import Ledger, ledger_of
from domain.portfolios.movements import ONE, Movement
from domain.portfolios.performance import Benchmark, Performance, measure
from domain.portfolios.performances import AskedPerformance, Measured, performances
from domain.portfolios.types import TransactionKind
from tests.factories.portfolios import NOW, SESSIONS
from tests.support.compute import ComputeHere

ACCOUNT: Final = UUID(int=1)
# A Monday.
START: Final = date(2021, 1, 4).toordinal()


def spend_nothing(_: int) -> None:
    """Let any number of sessions be computed."""


async def add_rate(symbol: str, closes: Sequence[str], number: int = 2_000) -> None:
    """Add a rate of exchange with its closes of the small market's sessions."""
    await Instrument.create(
        number=number,
        symbol=symbol,
        name=symbol,
        kind=InstrumentKind.RATE,
        currency=symbol[3:],
        first_session=SESSIONS[0],
        source="made up",
    )
    rows = [(number, day, float(close)) for day, close in zip(SESSIONS, closes, strict=True)]
    await tables.add_closes(rows, QuoteSource.HISTORY)


async def measured(
    resources: Resources,
    owner: Actor,
    portfolio_id: UUID,
    first: date,
    last: date,
    benchmark: str = "SP500",
) -> Measured:
    """Measure a portfolio, which its owner must see."""
    del resources  # Whoever asks has opened them.
    asked = AskedPerformance(portfolio_id, first, last, benchmark)
    (found,) = await performances(owner, [asked], NOW, ComputeHere(), spend_nothing)
    assert found is not None
    return found


def instrument(number: int, sector: str | None = None) -> InstrumentRow:
    """Return an instrument in USD."""
    first = date.fromordinal(START)
    return InstrumentRow(
        UUID(int=100 + number), number, f"S{number}", f"S{number}", InstrumentKind.STOCK, None, "USD", sector, first, ""
    )


def line(closes: Sequence[float]) -> Line:
    """Return closes of consecutive days from the first Monday of 2021 on."""
    return Line(np.arange(START, START + len(closes), dtype=np.int32), np.array(closes, dtype=np.float64))


def entry(
    kind: TransactionKind, day: int, sequence: int, amount: str, number: int | None = None, units: str = "0"
) -> Movement:
    """Return a movement on the day of this place, of one instrument or of money alone."""
    key = None if number is None else instrument(number).id
    quantity = None if number is None else Decimal(units)
    return Movement(
        kind, date.fromordinal(START + day), sequence, ACCOUNT, key, None, quantity, Decimal(amount), "USD", ONE
    )


def market_of(closes: Mapping[int, Sequence[float]], calendar: int) -> Prices:
    """Return what the market has of instruments with these closes, and of a calendar of so many consecutive days."""
    rows = {number: instrument(number) for number in closes}
    return Prices(
        instruments={row.id: row for row in rows.values()},
        contracts={},
        lines={rows[number].id: line(known) for number, known in closes.items()},
        rates=RateLines({}),
        calendar=line([1.0] * calendar),
    )


def history(movements: Sequence[Movement], closes: Mapping[int, Sequence[float]], days: int) -> tuple[History, Ledger]:
    """Return the history of movements over the second of so many consecutive days to the last, and the ledger."""
    ledger = ledger_of(len(movements), movements)
    first, last = date.fromordinal(START + 1), date.fromordinal(START + days - 1)
    return history_of(UUID(int=7), "USD", ledger, market_of(closes, days), first, last), ledger


def measure_days(found: History, first: int, last: int) -> Performance:
    """Measure a history from one day to another, by place."""
    compared = Benchmark(instrument(99), line([100.0] * len(found.sessions)))
    return measure(found, compared, date.fromordinal(START + first), date.fromordinal(START + last))
