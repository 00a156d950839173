"""What is said of positions, read once in an operation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.kernel.actor import Actor
from domain.portfolios.histories import Past, Range, histories
from domain.portfolios.overview import Realized, last_session, realized_this_year
from domain.portfolios.positions import Labels, opened_days
from domain.portfolios.queries import AccountRow, Asked, accounts_by_id
from domain.portfolios.records import Key
from domain.portfolios.strategies import Grouped, strategies_of
from domain.portfolios.tags import Place, TagRow, position_tags
from schema.context import Context
from schema.market.loaders import present


class PositionLoaders:
    """What is said of positions and portfolios: tags, strategies, accounts, dates, realized gains, sessions."""

    def __init__(self, context: Context) -> None:
        self._actor: Actor = context.actor
        self._context = context
        self.tags: DataLoader[UUID, Mapping[Place, list[TagRow]]] = DataLoader(load_fn=self._find_tags)
        self.strategies: DataLoader[UUID, list[Grouped]] = DataLoader(load_fn=self._find_strategies)
        self.accounts: DataLoader[UUID, AccountRow | None] = DataLoader(load_fn=self._find_accounts)
        self.opened: DataLoader[Asked, Mapping[Key, date]] = DataLoader(load_fn=self._find_opened)
        self.realized: DataLoader[Asked, Realized | None] = DataLoader(load_fn=self._find_realized)
        self.sessions: DataLoader[datetime | None, date] = DataLoader(load_fn=self._find_sessions)
        self.pasts: DataLoader[Range, Past | None] = DataLoader(load_fn=self._find_pasts)

    async def labels(self, portfolio_id: UUID, *, tags: bool, strategies: bool) -> Labels:
        """Return what is said of a portfolio's positions, of what is needed."""
        return Labels(
            await self.tags.load(portfolio_id) if tags else {},
            await self.strategies.load(portfolio_id) if strategies else (),
        )

    async def _find_tags(self, portfolio_ids: list[UUID]) -> Sequence[Mapping[Place, list[TagRow]]]:
        return await position_tags(self._actor, portfolio_ids)

    async def _find_strategies(self, portfolio_ids: list[UUID]) -> Sequence[list[Grouped]]:
        return await strategies_of(self._actor, portfolio_ids)

    async def _find_accounts(self, account_ids: list[UUID]) -> Sequence[AccountRow | None]:
        return await accounts_by_id(self._actor, account_ids)

    async def _find_opened(self, asked: list[Asked]) -> Sequence[Mapping[Key, date]]:
        return await opened_days(self._actor, asked, await present(self._context))

    async def _find_realized(self, asked: list[Asked]) -> Sequence[Realized | None]:
        return await realized_this_year(self._actor, asked, await present(self._context))

    async def _find_sessions(self, instants: list[datetime | None]) -> Sequence[date]:
        now = await present(self._context)
        return [await last_session(now if each is None else min(each, now)) for each in instants]

    async def _find_pasts(self, asked: list[Range]) -> Sequence[Past | None]:
        compute, spend = self._context.resources.compute, self._context.spend_sessions
        return await histories(self._actor, asked, await present(self._context), compute, spend)
