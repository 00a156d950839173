"""What a portfolio was worth at the close of each session in a range, and what came from outside.  Estimates: floats.

A transaction of a day without a session counts in the next one, as in a valuation at that close.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.market.history import Line, Ordinals, carried, sessions_of
from domain.market.rate_history import RateLines
from domain.market.types import ContractRow, InstrumentRow, Vector
from domain.portfolios.ledger import Ledger
from domain.portfolios.option_lines import OptionLine
from domain.portfolios.records import Flow, Key, Timeline
from domain.portfolios.timeline_columns import NO_COLUMNS, NOTHING, Column, Columns, columns_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """What the market has of all that is needed: by instrument, and the sessions of the benchmark.

    `options` is what the model says of all contracts; `lines` has its prices of those that nobody quotes.
    """

    instruments: Mapping[UUID, InstrumentRow]
    contracts: Mapping[UUID, ContractRow]
    lines: Mapping[UUID, Line]
    rates: RateLines
    calendar: Line
    options: Mapping[UUID, OptionLine] = field(default_factory=dict)


class DatedFlow(NamedTuple):
    """What came from outside: on which day (an ordinal), in which session, and what it was worth in the base currency
    at the close of that session; NaN where that is not known.
    """

    day: int
    session: int
    amount: float
    flow: Flow


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """A portfolio by session, in its base currency.

    `sessions` (n,) are ordinals; the first is the last session before the range, or the day before it where there is
    none, so that the range has n - 1.  `values` (n,) is the worth at each close, NaN where a part of it is not known.
    `flows` (n,) is what came from outside, or went there, in its session: units at its close; the first is 0.
    `quantities` (keys, n) are units held, short ones negative; `prices` (keys, n) what one of them comes to, with
    multiplier and rate; `worths` (keys, n) their product, 0 where nothing is held.  `cash` (currencies, n) is in its
    own currency, `rates` (currencies, n) what one unit of that cost.
    """

    portfolio_id: UUID
    version: int
    currency: str
    first: date
    last: date
    market: Prices
    keys: tuple[Key, ...]
    currencies: tuple[str, ...]
    sessions: Ordinals
    values: Vector
    flows: Vector
    quantities: Vector
    prices: Vector
    worths: Vector
    cash: Vector
    rates: Vector
    dated_flows: tuple[DatedFlow, ...]

    @property
    def positions(self) -> Vector:
        """The worth of each key at each close: (sessions, keys)."""
        return self.worths.T

    def unpriced(self, start: int, end: int) -> list[Absence]:
        """Return why values from one place of `sessions` to another, both included, are not known; at most 10 reasons.

        `field` is the symbol, or the currency.
        """
        missing = np.isnan(self.worths[:, start : end + 1])
        found = [
            self._no_price(self.keys[row], start + int(np.argmax(missing[row])))
            for row in np.flatnonzero(missing.any(axis=1))
        ]
        owed = np.isnan(self.rates[:, start : end + 1]) & (self.cash[:, start : end + 1] != 0)
        found += [
            self._no_rate(self.currencies[row], start + int(np.argmax(owed[row])))
            for row in np.flatnonzero(owed.any(axis=1))
        ]
        unknown = [flow for flow in self.dated_flows if start < flow.session <= end and np.isnan(flow.amount)]
        return list(dict.fromkeys([*found, *map(self._no_worth, unknown)]))[:10]

    def _no_price(self, key: Key, place: int) -> Absence:
        row = self.market.instruments[key.instrument_id]
        day = date.fromordinal(int(self.sessions[place]))
        line = self.market.lines[key.instrument_id]
        if len(line.sessions) and line.sessions[0] <= self.sessions[place]:
            return self._no_rate(row.currency, place)
        if row.id in self.market.contracts:
            message = f"no close of {row.symbol} is known on {day}, and too few of its underlying to model one"
            mend = "load a close of its underlying on this day, and at least 21 before"
            return Absence(row.symbol, AbsenceReason.NO_PRICE, message, mend)
        message = f"no close of {row.symbol} is known on {day}"
        return Absence(row.symbol, AbsenceReason.NO_PRICE, message, "load bars that reach back to this day")

    def _no_rate(self, code: str, place: int) -> Absence:
        day = date.fromordinal(int(self.sessions[place]))
        message = f"no rate from {code} to {self.currency} is known on {day}"
        return Absence(code, AbsenceReason.NOT_COVERED, message, f"load bars of the rate {code}{self.currency}")

    def _no_worth(self, flow: DatedFlow) -> Absence:
        row = None if flow.flow.instrument_id is None else self.market.instruments[flow.flow.instrument_id]
        if row is None:
            return self._no_rate(str(flow.flow.currency), flow.session)
        day = date.fromordinal(int(self.sessions[flow.session]))
        message = f"what {row.symbol} was worth is not known on {day}, when units of it were transferred"
        return Absence(row.symbol, AbsenceReason.NO_PRICE, message, "load bars that reach back to this day")


def keys_of(ledger: Ledger, opening: date, last: date) -> tuple[Key, ...]:
    """Return the sides that had units at some time from one day to another, or moved then."""
    return tuple(key for key, line in ledger.fold.timelines.items() if _is_alive(line, opening, last))


def _is_alive(line: Timeline, opening: date, last: date) -> bool:
    if line.days[0] > last:
        return False
    if line.days[-1] >= opening:
        return True
    return bool(line.states[-1].quantity)


def history_of(
    portfolio_id: UUID,
    currency: str,
    ledger: Ledger,
    market: Prices,
    first: date,
    last: date,
    columns: Columns = NO_COLUMNS,
) -> History:
    """Return the history of a ledger from one day to another, both included.  Pure.

    `market` has all instruments of `keys_of` since the session before, and of what moved, and their currencies' rates.
    `columns` are of this ledger, or of an earlier version.
    """
    columns = columns_of(ledger, columns)
    lines = market.lines
    sessions = _sessions(market, first, last)
    keys = keys_of(ledger, date.fromordinal(int(sessions[0])), last)
    currencies = sorted({*columns.purses, *(row.currency for row in market.instruments.values())})
    known = {code: market.rates.of(code, currency, sessions) for code in currencies}
    order = list(lines)
    place = {key: row for row, key in enumerate(order)}
    worth = carried([lines[key] for key in order], sessions)
    for row, key in enumerate(order):
        instrument = market.instruments[key]
        contract = market.contracts.get(key)
        worth[row] *= known[instrument.currency] * (1 if contract is None else contract.multiplier)
    prices = worth[[place[key.instrument_id] for key in keys]] if keys else np.empty((0, len(sessions)))
    quantities = _states([columns.sides[key] for key in keys], sessions)
    quantities *= np.array([-1.0 if side.is_short else 1.0 for side in keys]).reshape(len(keys), 1)
    worths = np.zeros_like(quantities)
    np.multiply(quantities, prices, out=worths, where=quantities != 0)
    cash = _states([columns.purses.get(code, NOTHING) for code in currencies], sessions)
    rates = np.array([known[code] for code in currencies]).reshape(len(currencies), len(sessions))
    money = np.zeros_like(cash)
    np.multiply(cash, rates, out=money, where=cash != 0)
    flows = _flows(ledger, sessions, known, worth, place)
    return History(
        portfolio_id=portfolio_id,
        version=ledger.version,
        currency=currency,
        first=first,
        last=last,
        market=market,
        keys=keys,
        currencies=tuple(currencies),
        sessions=sessions,
        values=worths.sum(axis=0) + money.sum(axis=0),
        flows=_summed(flows, len(sessions)),
        quantities=quantities,
        prices=prices,
        worths=worths,
        cash=cash,
        rates=rates,
        dated_flows=tuple(flows),
    )


def _sessions(market: Prices, first: date, last: date) -> Ordinals:
    lines = [market.calendar, *market.lines.values()]
    start, end = first.toordinal(), last.toordinal()
    before = [int(line.sessions[place - 1]) for line in lines if (place := _count_before(line, start))]
    inside = sessions_of(lines, start, end)
    return np.concatenate(([max(before, default=start - 1)], inside)).astype(np.int32)


def _count_before(line: Line, start: int) -> int:
    return int(np.searchsorted(line.sessions, start))


def _states(lines: Sequence[Column], sessions: Ordinals) -> Vector:
    """Return what each timeline stands at at the end of each session: (lines, sessions)."""
    count = len(sessions)
    if not lines:
        return np.zeros((0, count))
    days = np.concatenate([line.days for line in lines])
    amounts = np.concatenate([line.amounts for line in lines])
    sizes = np.array([len(line.days) for line in lines], dtype=np.int64)
    # Before the first of its states a line stands at nothing: one more for each, at its start.
    starts = np.cumsum(sizes) - sizes
    places = np.insert(np.searchsorted(sessions, days), starts, 0)
    amounts = np.insert(amounts, starts, 0.0)
    ends = np.append(places[1:], 0)
    ends[starts + np.arange(len(lines)) + sizes] = count
    return np.repeat(amounts, ends - places).reshape(len(lines), count)


def _flows(
    ledger: Ledger,
    sessions: Ordinals,
    rates: Mapping[str, Vector],
    worth: Vector,
    place: Mapping[UUID, int],
) -> list[DatedFlow]:
    before, last = date.fromordinal(int(sessions[0]) + 1), date.fromordinal(int(sessions[-1]))
    found = []
    for flow in ledger.flows(before, last):
        day = flow.day.toordinal()
        session = int(np.searchsorted(sessions, day))
        if flow.instrument_id is None:
            assert flow.currency is not None
            amount = float(flow.amount) * rates[flow.currency][session]
        else:
            amount = float(flow.units) * worth[place[flow.instrument_id], session]
        found.append(DatedFlow(day, session, float(amount), flow))
    return found


def _summed(flows: Sequence[DatedFlow], count: int) -> Vector:
    found: Vector = np.zeros(count)
    np.add.at(found, [flow.session for flow in flows], [flow.amount for flow in flows])
    return found
