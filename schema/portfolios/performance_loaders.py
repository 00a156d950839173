"""The performances of one operation: each computed once, however many fields ask."""

from collections.abc import Sequence

from strawberry.dataloader import DataLoader

from domain.portfolios import attributions, performances
from domain.portfolios.gains_by_session import Gains
from domain.portfolios.performances import AskedPerformance, Measured
from schema.context import Context
from schema.market.loaders import present


class PerformanceLoaders:
    """Performances by what is asked, and the gains by session of what was measured."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.performances: DataLoader[AskedPerformance, Measured | None] = DataLoader(load_fn=self._measure)
        self.gains: DataLoader[Measured, Gains] = DataLoader(load_fn=self._gains)

    async def _measure(self, asked: list[AskedPerformance]) -> Sequence[Measured | None]:
        resources = self._context.resources
        now = await present(self._context)
        spend = self._context.spend_sessions
        return await performances.performances(self._context.actor, asked, now, resources.compute, spend)

    async def _gains(self, measured: list[Measured]) -> Sequence[Gains]:
        compute = self._context.resources.compute
        return [await attributions.gains_of_measured(each, compute) for each in measured]
