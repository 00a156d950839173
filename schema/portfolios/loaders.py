"""The batch reads of one operation."""

from collections.abc import Sequence
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.kernel.actor import Actor
from domain.market.queries import market_now
from domain.portfolios import queries
from domain.portfolios.queries import AccountRow, Asked, PostingRow, TransactionRow
from domain.portfolios.types import Valuation
from schema.context import Context


class PortfolioLoaders:
    """Valuations, accounts and transactions, each read once in an operation, however many fields ask."""

    def __init__(self, context: Context) -> None:
        self._actor: Actor = context.actor
        self._clock = context.resources.clock
        self.valuations: DataLoader[Asked, Valuation | None] = DataLoader(load_fn=self._value)
        self.accounts: DataLoader[UUID, list[AccountRow]] = DataLoader(load_fn=self._find_accounts)
        self.postings: DataLoader[UUID, list[PostingRow]] = DataLoader(load_fn=self._find_postings)
        self.transactions: DataLoader[UUID, TransactionRow | None] = DataLoader(load_fn=self._find_transactions)

    async def _value(self, asked: list[Asked]) -> Sequence[Valuation | None]:
        return await queries.valuations(self._actor, asked, await market_now(self._clock))

    async def _find_accounts(self, portfolio_ids: list[UUID]) -> Sequence[list[AccountRow]]:
        return await queries.accounts_of(self._actor, portfolio_ids)

    async def _find_postings(self, transaction_ids: list[UUID]) -> Sequence[list[PostingRow]]:
        return await queries.postings_of(self._actor, transaction_ids)

    async def _find_transactions(self, transaction_ids: list[UUID]) -> Sequence[TransactionRow | None]:
        return await queries.transactions_by_id(self._actor, transaction_ids)
