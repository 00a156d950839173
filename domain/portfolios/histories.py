"""Reads what histories of portfolios are made of, and has them made off the event loop."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from domain.kernel.actor import Actor
from domain.kernel.dates import EARLIEST_DATE, last_known_close
from domain.kernel.ports import Compute
from domain.market import history as closes
from domain.market import queries as market
from domain.market.contracts import contracts_by_id
from domain.market.history import Line
from domain.market.instruments import Instruments
from domain.market.rate_history import rate_lines
from domain.market.types import InstrumentKind
from domain.portfolios.access import Permission, reached_among
from domain.portfolios.history import History, Prices, history_of, keys_of
from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Portfolio
from domain.portfolios.option_lines import Wanted, option_lines
from domain.portfolios.queries import ledgers_known
from domain.portfolios.timeline_columns import NO_COLUMNS, Columns, columns_of


@dataclass(frozen=True, slots=True)
class Range:
    """A portfolio from one day to another, both included; from its first transaction where there is no first day.

    `codes` are currencies whose rates are wanted beside those of what was held.  `known_at`: by what was recorded up
    to then.
    """

    portfolio_id: UUID
    first: date | None
    last: date
    codes: frozenset[str] = frozenset()
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A portfolio's ledger, and its history over a range."""

    ledger: Ledger
    history: History


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPast:
    """All that a history is computed from, read: a ledger, prices, and the part of a range for which there is anything.

    Both days are included: there is at least one.
    """

    portfolio: Portfolio
    ledger: Ledger
    prices: Prices
    first: date
    last: date


# Told how many sessions are about to be computed, at most; refuses by raising what it likes.
Spend = Callable[[int], None]
# So many positions take as long as one session of a series does.
_POSITIONS = 20


async def histories(
    actor: Actor, asked: Sequence[Range], now: datetime, compute: Compute, spend: Spend
) -> list[Past | None]:
    """Return the past of portfolios in the order asked, None where the actor sees none.  `now` is the market's.

    A history begins no earlier than the first transaction, and nothing in it is later than the last close that is known
    at `now`.  Statements and refusals are those of `prepare`.
    """
    prepared = await prepare(actor, asked, now, compute, spend)
    pasts = {id(each): await past_of(each, compute) for each in prepared if each is not None}
    return [pasts.get(id(each)) for each in prepared]


async def prepare(
    actor: Actor,
    asked: Sequence[Range],
    now: datetime,
    compute: Compute,
    spend: Spend,
    instruments: Instruments | None = None,
) -> list[PreparedPast | None]:
    """Read what the past of portfolios is computed from, in the order asked, None where the actor sees none.

    One statement for all portfolios, one more where some are another's, one for the benchmark, and one for ledgers that
    are not known, two for each that is asked for as it was known at some time; for each range two at most, and two more
    where there are several currencies, with closes that are kept; see `domain.market.history` for others.
    Raises what `spend` raises.
    """
    reading = _Reading(now, compute, Instruments() if instruments is None else instruments)
    portfolios = await reached_among(actor, Permission.VIEW, {each.portfolio_id for each in asked})
    found = await ledgers_known(portfolios, {(each.portfolio_id, each.known_at) for each in asked})
    pasts = {}
    for each in dict.fromkeys(asked):
        if each.portfolio_id in portfolios:
            ledger = found[each.portfolio_id, each.known_at]
            pasts[each] = await _prepared(portfolios[each.portfolio_id], ledger, each, reading, spend)
    return [pasts.get(each) for each in asked]


async def past_of(prepared: PreparedPast, compute: Compute) -> Past:
    """Compute the past of a portfolio.  No statement."""
    portfolio, ledger = prepared.portfolio, prepared.ledger
    columns = await compute.run(columns_of, ledger, _columns.get(portfolio.id, NO_COLUMNS))
    if ledger.version == portfolio.version:
        _keep(portfolio.id, columns)
    arguments = (portfolio.id, portfolio.base_currency, ledger, prepared.prices, prepared.first, prepared.last, columns)
    return Past(ledger, await compute.run(history_of, *arguments))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all that is read together has in common."""

    now: datetime
    compute: Compute
    instruments: Instruments


async def _prepared(
    portfolio: Portfolio, ledger: Ledger, asked: Range, reading: _Reading, spend: Spend
) -> PreparedPast:
    last = min(asked.last, last_known_close(reading.now))
    inception = ledger.movements[0].trade_date if ledger.movements else last
    first = min(max(asked.first or inception, inception), last)
    positions = len(keys_of(ledger, first, last))
    spend(int(np.busday_count(first, last + _DAY)) * (1 + positions // _POSITIONS))
    prices = await _prices(portfolio, ledger, (first, last), asked.codes, reading)
    return PreparedPast(portfolio, ledger, prices, first, last)


# The timelines of the portfolios that were asked for last: to make numbers of them takes half of the time.
_MOST_COLUMNS = 8
_columns: OrderedDict[UUID, Columns] = OrderedDict()


def _keep(portfolio_id: UUID, columns: Columns) -> None:
    _columns[portfolio_id] = columns
    _columns.move_to_end(portfolio_id)
    while len(_columns) > _MOST_COLUMNS:
        _columns.popitem(last=False)


async def _prices(
    portfolio: Portfolio, ledger: Ledger, days: tuple[date, date], codes: frozenset[str], reading: _Reading
) -> Prices:
    (first, last), now = days, reading.now
    known = await reading.instruments.by_symbol([market.BENCHMARK])
    calendar = (await closes.closes(list(known.values()), last, now) or [closes.NOTHING])[0]
    opening = _session_before(calendar, first)
    ids = _instrument_ids(ledger, opening, last)
    rows = [row for row in await reading.instruments.by_id(sorted(ids)) if row is not None]
    codes |= {row.currency for row in rows} | set(ledger.fold.purses)
    pairs = {(code, portfolio.base_currency) for code in codes if code != portfolio.base_currency}
    lines = dict(zip((row.id for row in rows), await closes.closes(rows, last, now), strict=True))
    contracts = await contracts_by_id([row.id for row in rows if row.kind is InstrumentKind.OPTION])
    # Options that nobody quotes have the model's prices, as in a valuation.
    wanted = [Wanted(contract, max(opening, _first_day(ledger, key))) for key, contract in contracts.items()]
    options = await option_lines(wanted, last, now, reading.compute)
    return Prices(
        instruments={row.id: row for row in rows},
        contracts=contracts,
        lines=lines | {key: option.price for key, option in options.items() if not len(lines[key].sessions)},
        options=options,
        rates=await rate_lines(pairs, last, now),
        calendar=calendar,
    )


def _session_before(calendar: Line, first: date) -> date:
    place = int(np.searchsorted(calendar.sessions, first.toordinal()))
    return date.fromordinal(int(calendar.sessions[place - 1])) if place else EARLIEST_DATE


def _first_day(ledger: Ledger, instrument_id: UUID) -> date:
    days = (line.days[0] for key, line in ledger.fold.timelines.items() if key.instrument_id == instrument_id)
    return min(days, default=EARLIEST_DATE)


def _instrument_ids(ledger: Ledger, opening: date, last: date) -> set[UUID]:
    """Return the ids of what was held since the session before the range, and what was paid or moved in between."""
    ids = {key.instrument_id for key in keys_of(ledger, opening, last)}
    start, end = (
        bisect_right(ledger.movements, day, key=lambda movement: movement.trade_date) for day in (opening, last)
    )
    # Hashing an id takes longer than all else here: of the same few objects it is done once.
    moved = {id(each.instrument_id): each.instrument_id for each in ledger.movements[start:end]}
    return ids | {instrument_id for instrument_id in moved.values() if instrument_id is not None}


_DAY = timedelta(days=1)
