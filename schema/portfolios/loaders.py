"""The batch reads of one operation."""

from collections.abc import Sequence
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.kernel.actor import Actor
from domain.portfolios import queries
from domain.portfolios.queries import AccountRow, Asked, PortfolioRow, PostingRow, TransactionRow
from domain.portfolios.types import Valuation
from schema.context import Context
from schema.market.loaders import MarketLoaders, present


class PortfolioLoaders:
    """Valuations, accounts and transactions, each read once in an operation, however many fields ask."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._actor: Actor = context.actor
        # Those that the actor sees, if only in outline.
        self.rows: DataLoader[UUID, PortfolioRow | None] = DataLoader(load_fn=self._find_portfolios)
        self.valuations: DataLoader[Asked, Valuation | None] = DataLoader(load_fn=self._value)
        self.accounts: DataLoader[UUID, list[AccountRow]] = DataLoader(load_fn=self._find_accounts)
        self.postings: DataLoader[UUID, list[PostingRow]] = DataLoader(load_fn=self._find_postings)
        self.transactions: DataLoader[UUID, TransactionRow | None] = DataLoader(load_fn=self._find_transactions)

    async def _value(self, asked: list[Asked]) -> Sequence[Valuation | None]:
        found = await self.rows.load_many(list({each.portfolio_id for each in asked}))
        seen = {row.id: row for row in found if row is not None}
        instruments = self._context.loaders(MarketLoaders).known
        return await queries.valuations_of(self._actor, seen, asked, await present(self._context), instruments)

    async def _find_portfolios(self, portfolio_ids: list[UUID]) -> Sequence[PortfolioRow | None]:
        return await queries.portfolios_by_id(self._actor, portfolio_ids)

    async def _find_accounts(self, portfolio_ids: list[UUID]) -> Sequence[list[AccountRow]]:
        return await queries.accounts_of(self._actor, portfolio_ids)

    async def _find_postings(self, transaction_ids: list[UUID]) -> Sequence[list[PostingRow]]:
        return await queries.postings_of(self._actor, transaction_ids)

    async def _find_transactions(self, transaction_ids: list[UUID]) -> Sequence[TransactionRow | None]:
        return await queries.transactions_by_id(self._actor, transaction_ids)
