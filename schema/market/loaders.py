"""What one operation reads of the market, together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.market import queries
from domain.market.consensus import Consensus
from domain.market.consensus_rows import consensus_by_id
from domain.market.instruments import Instruments
from domain.market.sourcing.quoting import Untold
from domain.market.types import InstrumentRow, Quote
from schema.context import Context
from schema.market.current_quotes import bring_up_to_date


class MarketLoaders:
    """The loaders of the market.  Who asks makes no difference: prices are everybody's."""

    def __init__(self, context: Context) -> None:
        self._resources = context.resources
        # What parts of the domain read together, each once.
        self.known = Instruments()
        self.now: DataLoader[None, datetime] = DataLoader(load_fn=self._now)
        # Why quotes could not be brought up to date; None where they could, or need not be.
        self.current: DataLoader[InstrumentRow, Untold | None] = DataLoader(load_fn=self._bring_up_to_date)
        self.instruments: DataLoader[UUID, Any] = DataLoader(load_fn=_instruments, max_batch_size=1_000)
        self.consensus: DataLoader[UUID, Consensus | None] = DataLoader(load_fn=_consensus, max_batch_size=1_000)
        self.quotes: DataLoader[UUID, Quote | None] = DataLoader(load_fn=_quotes, max_batch_size=1_000)

    async def _now(self, asked: list[None]) -> Sequence[datetime]:
        found = await queries.market_now(self._resources.clock)
        return [found for _ in asked]

    async def _bring_up_to_date(self, rows: list[InstrumentRow]) -> Sequence[Untold | None]:
        untold = await bring_up_to_date(self._resources, rows)
        return [untold.get(row.id) for row in rows]


async def present(context: Context) -> datetime:
    """Return the market's present, the same for all of an operation."""
    return await context.loaders(MarketLoaders).now.load(None)


async def _instruments(keys: list[UUID]) -> Sequence[Any]:
    return await queries.instruments_by_id(keys)


async def _quotes(keys: list[UUID]) -> Sequence[Quote | None]:
    return await queries.latest_quotes(keys)


async def _consensus(keys: list[UUID]) -> Sequence[Consensus | None]:
    return await consensus_by_id(keys)
