"""Reads what risk is computed from, batch first: what a portfolio has returned, and what it holds."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import numpy as np

from domain.calculations.digests import digest_of
from domain.kernel.actor import Actor
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Compute
from domain.market import history as closes
from domain.market import queries as market
from domain.market.history import Line, Ordinals, carried
from domain.market.instruments import Instruments
from domain.market.rate_history import RateLines, rate_lines
from domain.market.types import InstrumentRow, Vector
from domain.portfolios import performances
from domain.portfolios.performance_part import part_of
from domain.portfolios.performances import MAXIMUM_SESSIONS, AskedPerformance, Measured
from domain.portfolios.types import Valuation
from domain.risk.holdings import Holdings, Market, followed_by, holdings_of
from domain.risk.reading_types import AskedHoldings, HoldingsData, Prepared, Realized
from domain.risk.remembered import Remembered, RememberedReturns
from domain.risk.types import AskedReturns
from domain.storage import statements

# One for each open database.
_remembered: WeakKeyDictionary[Any, Remembered] = WeakKeyDictionary()
_returns_kept: WeakKeyDictionary[Any, RememberedReturns] = WeakKeyDictionary()


async def realized_returns(
    actor: Actor,
    asked: Sequence[AskedReturns],
    now: datetime,
    compute: Compute,
    spend: Callable[[int], None],
    instruments: Instruments | None = None,
) -> list[Realized | None]:
    """Return what portfolios have returned in the order asked, None where the actor sees none.  `now` is the market's.

    Statements and refusals are those of `performances`.
    """
    wanted = [AskedPerformance(each.portfolio_id, each.first, each.last, each.benchmark) for each in asked]
    prepared = await performances.prepare(actor, wanted, now, compute, spend, instruments)
    return [None if each is None else await _returned(each, compute) for each in prepared]


async def _returned(prepared: performances.Prepared, compute: Compute) -> Realized:
    kept = _returns_kept.setdefault(statements.connection(), RememberedReturns())
    found = kept.find(prepared)
    if found is None:
        found = await compute.run(_realized, await performances.measured(prepared, compute))
        kept.keep(prepared, found)
    return found


def _realized(measured: Measured) -> Realized:
    history, performance = measured.past.history, measured.performance
    benchmark, line = measured.benchmark.instrument, measured.benchmark.line
    part = part_of(history, performance.first, performance.last)
    sessions = history.sessions[part.opening + part.start : part.closing + 1]
    rates = history.market.rates.of(benchmark.currency, history.currency, sessions)
    returns = performance.daily[part.start :]
    compared = _returns(carried([line], sessions)[0] * rates)
    return Realized(
        returns=returns,
        compared=compared,
        absences=performance.absences,
        digest=digest_of([history.currency, sessions, returns, compared]),
    )


async def holdings_data(
    asked: Sequence[AskedHoldings],
    now: datetime,
    compute: Compute,
    spend: Callable[[int], None],
    instruments: Instruments | None = None,
) -> list[HoldingsData]:
    """Return what valuations would have made, held constant over sessions before them.  `now` is the market's.

    One statement for underlyings of options that are not held, one for what is compared with, and those of closes and
    rates that are not kept.  Raises `BadUserInput` for a range that ends before it begins or is longer than 5,000
    sessions, and for a symbol that is not known; and what `spend` raises.
    """
    prepared = await prepare(asked, now, spend, instruments)
    return [await _computed(each, prices, compute) for each, prices in zip(asked, prepared, strict=True)]


async def _computed(asked: AskedHoldings, prepared: Prepared, compute: Compute) -> HoldingsData:
    kept = _remembered.setdefault(statements.connection(), Remembered())
    found = kept.find(asked, prepared)
    if found is None:
        found = await compute.run(held_over, asked, prepared)
        kept.keep(asked, prepared, found)
    return found


async def prepare(
    asked: Sequence[AskedHoldings],
    now: datetime,
    spend: Callable[[int], None],
    instruments: Instruments | None = None,
) -> list[Prepared]:
    """Return the closes and rates that holdings are computed from, in the order asked.

    Statements and refusals are those of `holdings_data`.
    """
    reading = Instruments() if instruments is None else instruments
    for each in asked:
        if each.first > each.last:
            raise BadUserInput(f"expected from no later than to, got {each.first} and {each.last}")
        spend(int(np.busday_count(each.first, each.last)) * (1 + len(each.valuation.positions) // 20))
    symbols = sorted({symbol for each in asked for symbol in (market.BENCHMARK, *each.symbols)})
    others = {row.symbol: row for row in await reading.known(symbols)}
    rows = {row.id: row for row in others.values()} | await _followed(asked, reading)
    until = max((each.last for each in asked), default=now.date())
    found = await closes.closes(list(rows.values()), until, now, adjusted=True)
    lines = {row.id: line for row, line in zip(rows.values(), found, strict=True)}
    prepared = []
    for each in asked:
        pairs = _pairs(each.valuation, [others[symbol] for symbol in each.symbols])
        rates = await rate_lines(pairs, each.last, now)
        calendar = lines[others[market.BENCHMARK].id]
        compared = [(others[symbol], lines[others[symbol].id]) for symbol in each.symbols]
        held, underlyings = followed_by(each.valuation)
        own = {key: lines[key] for key in sorted({*held, *underlyings})}
        prepared.append(Prepared(calendar, Market(own, rates), compared))
    return prepared


async def _followed(asked: Sequence[AskedHoldings], instruments: Instruments) -> dict[UUID, InstrumentRow]:
    own: dict[UUID, InstrumentRow] = {}
    missing = set()
    for each in asked:
        held, underlyings = followed_by(each.valuation)
        own |= held
        missing |= underlyings
    rows = await instruments.by_id(sorted(missing - own.keys()))
    return own | {row.id: row for row in rows if row is not None}


def _pairs(valuation: Valuation, others: Sequence[InstrumentRow]) -> set[tuple[str, str]]:
    codes = {each.instrument.currency for each in valuation.positions} | {code for code, _ in valuation.cash}
    codes |= {row.currency for row in others}
    return {(code, valuation.currency) for code in codes if code != valuation.currency}


def held_over(asked: AskedHoldings, prepared: Prepared) -> HoldingsData:
    """Return what a valuation would have made, of closes and rates that were read for one that holds the same."""
    sessions = _sessions(asked, prepared.calendar)
    holdings = holdings_of(asked.valuation, sessions, prepared.prices)
    rates = prepared.prices.rates
    columns = [_in_base(row, line, sessions, rates, holdings.currency) for row, line in prepared.compared]
    others = np.array(columns, dtype=np.float64).reshape(len(columns), len(sessions) - 1).T
    return HoldingsData(
        holdings=holdings,
        symbols=asked.symbols,
        compared=others,
        digest=_digest(holdings, asked.symbols, others),
        is_lasting=asked.valuation.as_of is not None,
    )


def _sessions(asked: AskedHoldings, calendar: Line) -> Ordinals:
    start, end = np.searchsorted(calendar.sessions, (asked.first.toordinal(), asked.last.toordinal() + 1))
    if end - start > MAXIMUM_SESSIONS:
        raise BadUserInput(f"expected at most {MAXIMUM_SESSIONS} sessions, got {end - start}: ask for a shorter range")
    found = calendar.sessions[max(0, start - 1, end - 1 - asked.window) : end]
    return found if len(found) else np.array([asked.last.toordinal()], dtype=np.int32)


def _in_base(row: InstrumentRow, line: Line, sessions: Ordinals, rates: RateLines, base: str) -> Vector:
    return _returns(carried([line], sessions)[0] * rates.of(row.currency, base, sessions))


def _returns(worth: Vector) -> Vector:
    found: Vector = worth[1:] / worth[:-1] - 1
    return found


def _digest(holdings: Holdings, symbols: Sequence[str], compared: Vector) -> str:
    terms = [f"{each.symbol}:{each.worth!r}:{each.option}:{each.sector}" for each in holdings.held]
    terms += [f"{each.symbol}:{each.weight!r}:{each.absence}" for each in holdings.unqualified]
    equity = np.array([holdings.equity])
    # What is no option makes its worth times its move.
    options = [place for place, each in enumerate(holdings.held) if each.option is not None]
    numbers = (holdings.sessions, holdings.moves.T, holdings.gains.T[options], compared.T, equity)
    return digest_of([holdings.currency, *symbols, *terms, *numbers])
