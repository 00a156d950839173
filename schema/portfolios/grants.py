"""What who asks may do with portfolios, read once in an operation."""

from collections.abc import Sequence
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.portfolios import shares
from domain.portfolios.shares import Grant, ShareRow
from schema.context import Context


class GrantLoaders:
    """Grants and shares by portfolio."""

    def __init__(self, context: Context) -> None:
        self._actor = context.actor
        self.grants: DataLoader[UUID, Grant | None] = DataLoader(load_fn=self._find_grants)
        self.shares: DataLoader[UUID, list[ShareRow]] = DataLoader(load_fn=self._find_shares)

    async def _find_grants(self, portfolio_ids: list[UUID]) -> Sequence[Grant | None]:
        return await shares.grants(self._actor, portfolio_ids)

    async def _find_shares(self, portfolio_ids: list[UUID]) -> Sequence[list[ShareRow]]:
        return await shares.shares_of(self._actor, portfolio_ids)
