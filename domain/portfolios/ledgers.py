"""Ledgers, read once for each version: one of a portfolio never changes, the next version grows from it."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.kernel.lasting import made_to_stay
from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Portfolio
from domain.portfolios.movements import ONE, Movement, terms_of
from domain.portfolios.types import TransactionKind
from domain.storage import statements
from domain.storage.readings import as_date, as_decimal, as_uuid
from domain.storage.statements import Statement, statement

# Movements, and ledgers, that are kept in all: some 150 MB.
_CAPACITY = 200_000
# More than so many are folded in a thread, and read in pages, so that the loop runs meanwhile.
_LARGE = 2_000
_PAGE = 10_000

_SELECT = """
    SELECT t.portfolio_id, t.sequence, r.sequence, t.kind, t.trade_date, t.account_id, t.instrument_id,
           t.other_instrument_id, t.quantity, t.amount, t.currency, t.fx_rate, t.details
    FROM transactions t LEFT JOIN transactions r ON r.id = t.reverses_id
"""
_FROM_NOTHING = statement(
    _SELECT + " WHERE t.portfolio_id = ANY($1::uuid[]) ORDER BY t.portfolio_id, t.sequence LIMIT $2"
)
_SINCE = statement(
    _SELECT + " WHERE t.portfolio_id = $1 AND t.sequence > $2 AND t.sequence <= $3 ORDER BY t.sequence LIMIT $4"
)
# Of several, each since a sequence of its own.
_SINCE_EACH = Statement(
    postgres=f"{_SELECT.strip()} JOIN unnest($1::uuid[], $2::int[]) AS own (id, since)"
    " ON t.portfolio_id = own.id AND t.sequence > own.since ORDER BY t.portfolio_id, t.sequence LIMIT $3",
    sqlite=f"{_SELECT.strip()} JOIN json_each(?) AS own ON t.portfolio_id = own.value"
    " JOIN json_each(?) AS since ON since.key = own.key AND t.sequence > since.value"
    " ORDER BY t.portfolio_id, t.sequence LIMIT ?",
)
_VERSION_KNOWN = statement("""
    SELECT MAX(sequence) FROM transactions
    WHERE portfolio_id = $1 AND sequence <= $2 AND recorded_at <= $3
""")


class _Kept:
    """The ledgers that were used last, by portfolio and version."""

    def __init__(self) -> None:
        self._ledgers: OrderedDict[tuple[UUID, int], Ledger] = OrderedDict()
        self._latest: dict[UUID, int] = {}
        # What forks begin with: asked for when later versions are known, too.
        self._begun: set[tuple[UUID, int]] = set()
        self._sizes: dict[tuple[UUID, int], int] = {}
        self._size = 0

    def find(self, portfolio_id: UUID, version: int) -> Ledger | None:
        key = (portfolio_id, version)
        ledger = self._ledgers.get(key)
        if ledger is not None:
            self._ledgers.move_to_end(key)
        return ledger

    def find_earlier(self, portfolio_id: UUID, version: int) -> Ledger | None:
        """Return the latest that is kept, if it is no later than this version."""
        latest = self._latest.get(portfolio_id)
        return None if latest is None or latest > version else self.find(portfolio_id, latest)

    def keep(self, portfolio_id: UUID, version: int, ledger: Ledger, *, is_fork: bool) -> None:
        key, latest = (portfolio_id, version), self._latest.get(portfolio_id)
        was_begun = key in self._begun
        # An earlier version shares most of its parts with the one that has grown from it, and is asked for no more.
        if latest is not None and latest < version:
            if (portfolio_id, latest) in self._begun:
                self._weigh((portfolio_id, latest), shares=True)
            else:
                self._drop((portfolio_id, latest))
        self._drop(key)
        self._ledgers[key] = ledger
        self._weigh(key, shares=is_fork)
        if was_begun:
            self._begun.add(key)
        if latest is None or latest <= version:
            self._latest[portfolio_id] = version
        while self._size > _CAPACITY and len(self._ledgers) > 1:
            self._drop(next(iter(self._ledgers)))

    def hold(self, portfolio_id: UUID, version: int) -> None:
        """Let it stay when later versions come; it goes when it was not used for long."""
        if (portfolio_id, version) in self._ledgers:
            self._begun.add((portfolio_id, version))

    def _weigh(self, key: tuple[UUID, int], *, shares: bool) -> None:
        # Movements, the most of it, are the same objects in ledgers that begin alike.  An empty one has its place too.
        size = len(self._ledgers[key].movements) // (4 if shares else 1) + 1
        self._size += size - self._sizes.get(key, 0)
        self._sizes[key] = size

    def _drop(self, key: tuple[UUID, int]) -> None:
        self._begun.discard(key)
        if self._ledgers.pop(key, None) is not None:
            self._size -= self._sizes.pop(key)
            if self._latest.get(key[0]) == key[1]:
                del self._latest[key[0]]


_kept = _Kept()


@dataclass(slots=True)
class _Growth:
    """What is to be added to a ledger: movements, and the sequences of those that were cancelled."""

    base: Ledger = field(default_factory=Ledger)
    added: list[Movement] = field(default_factory=list)
    cancelled: set[int] = field(default_factory=set)

    def take(self, row: Sequence[Any], base_currency: str) -> None:
        if row[2] is not None:
            self.cancelled.add(row[2])
        else:
            self.added.append(_movement(row, base_currency))


async def ledgers(portfolios: Iterable[Portfolio]) -> dict[UUID, Ledger]:
    """Return the ledger of each portfolio at its version.  Reversals and what they cancel are left out.

    One statement for those of which nothing is known, and one for each that has grown since.
    """
    asked = {portfolio.id: portfolio for portfolio in portfolios}
    found = {key: ledger for key, row in asked.items() if (ledger := _kept.find(key, row.version)) is not None}
    missing = [row for key, row in asked.items() if key not in found]
    earlier = {row.id: ledger for row in missing if (ledger := _kept.find_earlier(row.id, row.version)) is not None}
    unknown = [row for row in missing if row.id not in earlier]
    plain = [row for row in unknown if row.fork_of_id is None]
    if plain:
        found |= await _read_whole(plain)
    if len(earlier) > 1:
        found |= await _grown_together([row for row in missing if row.id in earlier], earlier)
    for row in missing:
        if row.id not in found:
            found[row.id] = await (_grown(row, earlier[row.id]) if row.id in earlier else _read_fork(row))
    # What an open transaction sees may never be: a version of it could come again with other entries.
    if not statements.sees_uncommitted():
        for row in missing:
            _kept.keep(row.id, row.version, found[row.id], is_fork=row.fork_of_id is not None)
    return found


async def ledger_written_to(portfolio: Portfolio) -> Ledger:
    """Return the ledger of a portfolio whose row is locked by a unit of work that has not written to it yet.

    What it is at is committed, and kept: who only writes would otherwise read ever more since the last read.
    """
    found = await ledger(portfolio)
    _kept.keep(portfolio.id, portfolio.version, found, is_fork=portfolio.fork_of_id is not None)
    return found


async def ledger(portfolio: Portfolio) -> Ledger:
    """Return the ledger of one portfolio at its version."""
    return (await ledgers([portfolio]))[portfolio.id]


async def ledger_known(portfolio: Portfolio, version: int) -> Ledger:
    """Return the ledger of a portfolio as it stood at an earlier version."""
    if version == portfolio.version:
        return await ledger(portfolio)
    found = _kept.find(portfolio.id, version)
    if found is None:
        growth = _Growth()
        if portfolio.fork_of_id is not None:
            assert portfolio.fork_version is not None
            await _read(growth, portfolio.fork_of_id, 0, min(version, portfolio.fork_version), portfolio.base_currency)
        await _read(growth, portfolio.id, 0, version, portfolio.base_currency)
        found = await grow(growth.base, version, growth.added, growth.cancelled)
    return found


async def version_known(portfolio: Portfolio, known_at: datetime) -> int:
    """Return the version that a portfolio's ledger was at, at an instant of real time; 0 before its first entry."""
    known = await _version_known(portfolio, known_at)
    if not known and portfolio.fork_of_id is not None:
        known = await _version_known(beginning(portfolio), known_at)
    return known


async def _version_known(portfolio: Portfolio, known_at: datetime) -> int:
    rows = await statements.fetch(_VERSION_KNOWN, portfolio.id, portfolio.version, known_at.astimezone(UTC))
    return rows[0][0] or 0


async def movements_anew(portfolio: Portfolio) -> list[Movement]:
    """Return what stands in a ledger at the portfolio's version, in order, read anew: what is kept is not asked."""
    growth = _Growth()
    if portfolio.fork_of_id is not None:
        assert portfolio.fork_version is not None
        await _read(growth, portfolio.fork_of_id, 0, portfolio.fork_version, portfolio.base_currency)
    await _read(growth, portfolio.id, portfolio.fork_version or 0, portfolio.version, portfolio.base_currency)
    standing = (each for each in growth.added if each.sequence not in growth.cancelled)
    return sorted(standing, key=lambda each: each.place)


async def grow(base: Ledger, version: int, added: Sequence[Movement], cancelled: set[int]) -> Ledger:
    """Return a ledger grown by movements; in a thread where it takes long.  Raises `Shortfall`."""
    size = len(base.movements) if base.folds_anew(added, cancelled) else 0
    if size + len(added) > _LARGE:
        with made_to_stay():
            return await asyncio.to_thread(base.grown, version, added, cancelled)
    return base.grown(version, added, cancelled)


async def _read_whole(portfolios: Sequence[Portfolio]) -> dict[UUID, Ledger]:
    rows = await statements.fetch(_FROM_NOTHING, [row.id for row in portfolios], _PAGE)
    if len(rows) == _PAGE:
        return {row.id: await _grown(row, Ledger()) for row in portfolios}
    growths = {row.id: _Growth() for row in portfolios}
    known = {row.id: row for row in portfolios}
    for row in rows:
        portfolio = known[as_uuid(row[0])]
        # An entry that was recorded after the version was read belongs to a later one.
        if row[1] <= portfolio.version:
            growths[portfolio.id].take(row, portfolio.base_currency)
    return {
        key: await grow(growth.base, known[key].version, growth.added, growth.cancelled)
        for key, growth in growths.items()
    }


async def _grown_together(portfolios: Sequence[Portfolio], bases: Mapping[UUID, Ledger]) -> dict[UUID, Ledger]:
    """Return ledgers grown from what is kept of them; none where there is more to read than a page."""
    keys = [row.id for row in portfolios]
    rows = await statements.fetch(_SINCE_EACH, keys, [bases[key].version for key in keys], _PAGE)
    if len(rows) == _PAGE:
        return {}
    growths = {key: _Growth(bases[key]) for key in keys}
    known = {row.id: row for row in portfolios}
    for row in rows:
        portfolio = known[as_uuid(row[0])]
        if row[1] <= portfolio.version:
            growths[portfolio.id].take(row, portfolio.base_currency)
    return {
        key: await grow(growth.base, known[key].version, growth.added, growth.cancelled)
        for key, growth in growths.items()
    }


async def _grown(portfolio: Portfolio, base: Ledger) -> Ledger:
    growth = _Growth(base)
    with made_to_stay() if portfolio.version - base.version > _LARGE else nullcontext():
        await _read(growth, portfolio.id, base.version, portfolio.version, portfolio.base_currency)
        return await grow(base, portfolio.version, growth.added, growth.cancelled)


async def _read_fork(portfolio: Portfolio) -> Ledger:
    return await _grown(portfolio, await ledger_begun(portfolio))


async def ledger_begun(fork: Portfolio) -> Ledger:
    """Return the ledger that a fork begins with."""
    first = beginning(fork)
    found = await ledger(first)
    _kept.hold(first.id, first.version)
    return found


def beginning(fork: Portfolio) -> Portfolio:
    """Return what a fork begins with, as far as its ledger needs it: the other portfolio at the version of then."""
    assert fork.fork_of_id is not None
    assert fork.fork_version is not None
    return Portfolio(id=fork.fork_of_id, version=fork.fork_version, base_currency=fork.base_currency)


async def _read(growth: _Growth, portfolio_id: UUID, since: int, until: int, base_currency: str) -> None:
    while since < until:
        rows = await statements.fetch(_SINCE, portfolio_id, since, until, _PAGE)
        if len(rows) > _LARGE:
            await asyncio.to_thread(_take, growth, rows, base_currency)
        else:
            _take(growth, rows, base_currency)
        if len(rows) < _PAGE:
            return
        since = rows[-1][1]


def _take(growth: _Growth, rows: Sequence[Any], base_currency: str) -> None:
    for row in rows:
        growth.take(row, base_currency)


def _movement(row: Sequence[Any], base_currency: str) -> Movement:
    _, sequence, _, kind, trade_date, account_id, instrument_id, other_id, quantity, amount, currency, rate, terms = row
    exact = as_decimal(amount)
    assert exact is not None
    return Movement(
        _KINDS[kind],
        as_date(trade_date),
        sequence,
        _uuid(account_id),
        None if instrument_id is None else _uuid(instrument_id),
        None if other_id is None else _uuid(other_id),
        as_decimal(quantity),
        exact,
        currency,
        ONE if currency == base_currency else as_decimal(rate),
        terms_of(terms),
    )


# The same few ids stand in all movements: as the same objects they take no room, and are compared at once.
_uuid = lru_cache(maxsize=4_096)(as_uuid)
_KINDS = {kind.value: kind for kind in TransactionKind}
