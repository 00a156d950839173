"""The batch reads of modeling sessions in one operation."""

from collections.abc import Sequence
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.kernel.actor import Actor
from domain.market.queries import market_now
from domain.portfolios.modeling import queries
from domain.portfolios.modeling.types import Impacts
from domain.portfolios.queries import Asked, PortfolioRow, portfolios_by_id
from schema.context import Context


class ModelingLoaders:
    """Sessions, what they began with and what they come to, each read once however many fields ask."""

    def __init__(self, context: Context) -> None:
        self._actor: Actor = context.actor
        self._clock = context.resources.clock
        self.sessions: DataLoader[UUID, PortfolioRow | None] = DataLoader(load_fn=self._find_sessions)
        self.bases: DataLoader[UUID, PortfolioRow | None] = DataLoader(load_fn=self._find_bases)
        self.impacts: DataLoader[Asked, Impacts | None] = DataLoader(load_fn=self._compare)

    async def _find_sessions(self, session_ids: list[UUID]) -> Sequence[PortfolioRow | None]:
        return await queries.sessions_by_id(self._actor, session_ids)

    async def _find_bases(self, portfolio_ids: list[UUID]) -> Sequence[PortfolioRow | None]:
        return await portfolios_by_id(self._actor, portfolio_ids)

    async def _compare(self, asked: list[Asked]) -> Sequence[Impacts | None]:
        return await queries.impacts(self._actor, asked, await market_now(self._clock))
