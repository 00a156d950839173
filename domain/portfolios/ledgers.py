"""Ledgers, read once for each version: one of a portfolio never changes, the next version is another."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Portfolio
from domain.portfolios.types import Movement, TransactionKind
from domain.storage import statements
from domain.storage.readings import as_date, as_decimal, as_uuid
from domain.storage.statements import statement

# Movements, and ledgers, that are kept in all: some 30 MB.
_CAPACITY = 100_000

_SELECT = """
    SELECT portfolio_id, id, reverses_id, kind, trade_date, sequence, account_id, instrument_id, quantity, amount,
           currency
    FROM transactions
"""
_MOVEMENTS = statement(_SELECT + "WHERE portfolio_id = ANY($1::uuid[]) ORDER BY portfolio_id, trade_date, sequence")
_MOVEMENTS_OF_INSTRUMENT = statement(
    _SELECT + "WHERE portfolio_id = $1 AND account_id = $2 AND instrument_id = $3 ORDER BY trade_date, sequence"
)


class _Kept:
    """The ledgers that were used last, by portfolio and version."""

    def __init__(self) -> None:
        self._ledgers: OrderedDict[tuple[UUID, int], Ledger] = OrderedDict()
        self._size = 0

    def find(self, portfolio_id: UUID, version: int) -> Ledger | None:
        key = (portfolio_id, version)
        ledger = self._ledgers.get(key)
        if ledger is not None:
            self._ledgers.move_to_end(key)
        return ledger

    def keep(self, portfolio_id: UUID, version: int, ledger: Ledger) -> None:
        forgotten = self._ledgers.pop((portfolio_id, version), None)
        self._size += _size(ledger) - (0 if forgotten is None else _size(forgotten))
        self._ledgers[portfolio_id, version] = ledger
        while self._size > _CAPACITY:
            _, dropped = self._ledgers.popitem(last=False)
            self._size -= _size(dropped)


def _size(ledger: Ledger) -> int:
    # An empty one takes its place too.
    return len(ledger.movements) + 1


_kept = _Kept()


async def ledgers(portfolios: Iterable[Portfolio]) -> dict[UUID, Ledger]:
    """Return what stands in the ledger of each portfolio at its version, in order of trade date and sequence.

    Reversals and what they cancel are left out.
    """
    versions: dict[UUID, int] = {portfolio.id: portfolio.version for portfolio in portfolios}
    found = {key: ledger for key, version in versions.items() if (ledger := _kept.find(key, version)) is not None}
    missing = {key: version for key, version in versions.items() if key not in found}
    if not missing:
        return found
    rows = await statements.fetch(_MOVEMENTS, list(missing))
    # An entry that was recorded after the version was read belongs to a later one.
    known = [row for row in rows if row[5] <= missing[as_uuid(row[0])]]
    read: dict[UUID, list[Movement]] = {key: [] for key in missing}
    for portfolio_id, movement in _standing(known):
        read[portfolio_id].append(movement)
    found |= {key: Ledger(tuple(movements)) for key, movements in read.items()}
    # What an open transaction sees may never be: a version of it could come again with other entries.
    if not statements.sees_uncommitted():
        for key, version in missing.items():
            _kept.keep(key, version, found[key])
    return found


async def movements_of_instrument(
    portfolio_id: UUID, account_id: UUID, instrument_id: UUID, *, without: UUID | None = None
) -> list[Movement]:
    """Return what an account did with an instrument, as it stands now; `without` leaves one transaction out."""
    rows = await statements.fetch(_MOVEMENTS_OF_INSTRUMENT, portfolio_id, account_id, instrument_id)
    return [
        movement for _, movement in _standing([row for row in rows if without is None or as_uuid(row[1]) != without])
    ]


def _standing(rows: Sequence[Any]) -> list[tuple[UUID, Movement]]:
    """Leave out what was reversed, and the reversals."""
    cancelled = {row[2] for row in rows if row[2] is not None}
    return [(as_uuid(row[0]), _movement(list(row)[3:])) for row in rows if row[2] is None and row[1] not in cancelled]


def _movement(columns: Sequence[Any]) -> Movement:
    kind, trade_date, sequence, account_id, instrument_id, quantity, amount, currency = columns
    exact = as_decimal(amount)
    assert exact is not None
    return Movement(
        TransactionKind(kind),
        as_date(trade_date),
        sequence,
        as_uuid(account_id),
        None if instrument_id is None else as_uuid(instrument_id),
        as_decimal(quantity),
        exact,
        currency,
    )
