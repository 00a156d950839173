"""What one operation reads of companies, together."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.companies import metric_history, snapshots
from domain.companies.board import Board, Boards
from domain.companies.metric_history import Asked, Observation
from domain.companies.types import Snapshot
from domain.market.queries import instruments_by_symbol
from domain.market.types import InstrumentRow
from schema.context import Context

AsOf = tuple[UUID, date, datetime]


class CompanyLoaders:
    """The loaders of companies.  Who asks makes no difference: what is known of companies is everybody's."""

    def __init__(self, context: Context) -> None:
        self._resources = context.resources
        self._boards: DataLoader[None, Board] = DataLoader(load_fn=self._latest)
        self.snapshots: DataLoader[UUID, Snapshot | None] = DataLoader(load_fn=_snapshots, max_batch_size=1_000)
        self.snapshots_as_of: DataLoader[AsOf, Snapshot | None] = DataLoader(load_fn=_snapshots_as_of)
        self.instruments: DataLoader[str, InstrumentRow | None] = DataLoader(load_fn=_instruments)
        self.histories: DataLoader[Asked, list[Observation]] = DataLoader(load_fn=self._histories)

    async def board(self) -> Board:
        """Return the latest numbers of all companies, the same throughout the operation."""
        return await self._boards.load(None)

    async def _latest(self, keys: list[None]) -> Sequence[Board]:
        board = await self._resources.shared(Boards).latest()
        return [board for _ in keys]

    async def _histories(self, asked: list[Asked]) -> Sequence[list[Observation]]:
        return await metric_history.observations(self._resources.compute, asked)


async def _instruments(symbols: list[str]) -> Sequence[InstrumentRow | None]:
    found = await instruments_by_symbol(symbols)
    return [found.get(symbol) for symbol in symbols]


async def _snapshots(keys: list[UUID]) -> Sequence[Snapshot | None]:
    return await snapshots.snapshots_by_id(keys)


async def _snapshots_as_of(keys: list[AsOf]) -> Sequence[Snapshot | None]:
    """One statement for each day and instant."""
    asked: dict[tuple[date, datetime], list[UUID]] = {}
    for company_id, as_of, known_at in keys:
        asked.setdefault((as_of, known_at), []).append(company_id)
    found: dict[AsOf, Snapshot | None] = {}
    for (as_of, known_at), ids in asked.items():
        read = await snapshots.snapshots_as_of(ids, as_of, known_at)
        found |= {(company_id, as_of, known_at): each for company_id, each in zip(ids, read, strict=True)}
    return [found[key] for key in keys]
