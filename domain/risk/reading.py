"""Reads what risk is computed from, batch first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np

from domain.calculations.digests import digest_of
from domain.kernel.absence import Absence
from domain.kernel.actor import Actor
from domain.kernel.dates import last_known_close
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Compute
from domain.market import history as closes
from domain.market import queries as market
from domain.market.bars import known_instruments
from domain.market.history import Line, Ordinals, carried
from domain.market.types import InstrumentRow, Vector
from domain.portfolios.histories import Past, Range, histories
from domain.portfolios.history import History
from domain.portfolios.performance import Benchmark, measure
from domain.portfolios.performance_part import part_of
from domain.portfolios.performances import MAXIMUM_SESSIONS
from domain.risk.holdings import Holdings, Span, holdings_of, positions_of
from domain.risk.types import AskedRisk


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RiskData:
    """A portfolio over a range, as numbers.

    `realized` (n,) are its time-weighted returns from the first session on with anything in it; `compared` (n,) those
    of the benchmark in the same sessions.  `followed` (N,) and `holdings` are of all sessions of the range.
    `digest` is of all of it.  `absences` says why what is NaN in `realized` is.
    """

    asked: AskedRisk
    currency: str
    sessions: tuple[int, int]
    realized: Vector
    compared: Vector
    followed: Vector
    holdings: Holdings
    absences: tuple[Absence, ...]
    digest: str


async def risk_data(
    actor: Actor, asked: Sequence[AskedRisk], now: datetime, compute: Compute, spend: Callable[[int], None]
) -> list[RiskData | None]:
    """Read the data of portfolios in the order asked, None where the actor sees none.  `now` is the market's.

    Statements are those of `histories`, one for all benchmarks, one for the underlyings of options, and those of
    closes that are not kept.  Raises `BadUserInput` for a range that ends before it begins or is longer than 5,000
    sessions, and for an unknown benchmark; and what `spend` raises.
    """
    for each in asked:
        if each.first > each.last:
            raise BadUserInput(f"expected from no later than to, got {each.first} and {each.last}")
    rows = {row.symbol: row for row in await known_instruments(sorted({each.benchmark for each in asked}))}
    codes = frozenset(row.currency for row in rows.values())
    ranges = [Range(each.portfolio_id, each.first, each.last, codes, each.known_at) for each in asked]
    pasts = await histories(actor, ranges, now, compute, spend)
    lines = await _adjusted([past for past in pasts if past is not None], asked, list(rows.values()), now)
    found: list[RiskData | None] = []
    for each, past in zip(asked, pasts, strict=True):
        if past is None:
            found.append(None)
            continue
        sessions = len(past.history.sessions) - 1
        if sessions > MAXIMUM_SESSIONS:
            raise BadUserInput(f"expected at most {MAXIMUM_SESSIONS} sessions, got {sessions}: ask for a shorter range")
        benchmark = Benchmark(rows[each.benchmark], lines[rows[each.benchmark].id])
        found.append(await compute.run(_data, each, past, benchmark, lines, last_known_close(now)))
    return found


async def _adjusted(
    pasts: Sequence[Past], asked: Sequence[AskedRisk], benchmarks: Sequence[InstrumentRow], now: datetime
) -> dict[UUID, Line]:
    instruments = {row.id: row for row in benchmarks}
    underlyings: set[UUID] = set()
    for past in pasts:
        for held in positions_of(past.history, len(past.history.sessions) - 1):
            if held.contract is not None:
                underlyings.add(held.contract.underlying_id)
            elif held.instrument is not None:
                instruments[held.instrument.id] = held.instrument
    missing = sorted(underlyings - instruments.keys())
    instruments |= {row.id: row for row in await market.instruments_by_id(missing) if row is not None}
    rows = list(instruments.values())
    until = max((each.last for each in asked), default=now.date())
    found = await closes.closes(rows, until, now, adjusted=True)
    return {row.id: line for row, line in zip(rows, found, strict=True)}


def _data(asked: AskedRisk, past: Past, benchmark: Benchmark, lines: dict[UUID, Line], known: date) -> RiskData:
    history = past.history
    last = min(asked.last, known)
    part = part_of(history, asked.first, last)
    performance = measure(history, benchmark, asked.first, last)
    span = Span(part.opening, part.closing)
    sessions = history.sessions[span.opening : span.closing + 1]
    followed = _benchmark_returns(history, benchmark, span)
    own = _lines_of(history, span, lines)
    holdings = holdings_of(history, span, own)
    realized = performance.daily[part.start :]
    return RiskData(
        asked=asked,
        currency=history.currency,
        sessions=(int(sessions[0]), int(sessions[-1])),
        realized=realized,
        compared=followed[part.start :],
        followed=followed,
        holdings=holdings,
        absences=performance.absences,
        digest=_digest(history.currency, sessions, realized, followed, holdings),
    )


def _lines_of(history: History, span: Span, lines: dict[UUID, Line]) -> dict[UUID, Line]:
    wanted = set()
    for held in positions_of(history, span.closing):
        if held.contract is not None:
            wanted.add(held.contract.underlying_id)
        elif held.instrument is not None:
            wanted.add(held.instrument.id)
    return {key: lines[key] for key in sorted(wanted)}


def _benchmark_returns(history: History, benchmark: Benchmark, span: Span) -> Vector:
    sessions = history.sessions[span.opening : span.closing + 1]
    prices = carried([benchmark.line], sessions)[0]
    rates = history.market.rates.of(benchmark.instrument.currency, history.currency, sessions)
    worth: Vector = prices * rates
    return worth[1:] / worth[:-1] - 1


def _digest(currency: str, sessions: Ordinals, realized: Vector, followed: Vector, holdings: Holdings) -> str:
    terms = [f"{each.symbol}:{each.units!r}:{each.worth!r}:{each.contract}" for each in holdings.held] + [
        f"{each.symbol}:{each.weight!r}:{each.absence}" for each in holdings.unqualified
    ]
    equity = np.array([holdings.equity])
    return digest_of([currency, *terms, sessions, realized, followed, holdings.gains, equity])
