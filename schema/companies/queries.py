"""What anybody may ask of companies."""

from typing import Annotated

import strawberry

from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.permissions import Access, allowed


@strawberry.type
class CompaniesQuery:
    """The queries of companies."""

    @strawberry.field(
        description="The company of this ticker, also one that has left the lists; null where there is none.",
        metadata=allowed(Access.ANYBODY),
    )
    async def company(
        self,
        info: Info,
        ticker: Annotated[str, strawberry.argument(description="Ticker, exactly as it is spelled.")],
    ) -> Company | None:
        """Find a company."""
        board = await info.context.loaders(CompanyLoaders).board()
        row = board.tickers.get(ticker)
        return None if row is None else company_of(info.context, board, row)
