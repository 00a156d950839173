"""Companies and the instruments that are their shares: one symbol names both."""

import strawberry

from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.market.types import Instrument, instrument_of
from schema.shared.extension import extends


@extends(Instrument)
@strawberry.type
class InstrumentWithCompany:
    """What companies add to an instrument."""

    @strawberry.field(description="The company whose ticker is its symbol; null where there is none.")
    async def company(self, info: Info, root: strawberry.Parent[Instrument]) -> Company | None:
        """Find it."""
        board = await info.context.loaders(CompanyLoaders).board()
        row = board.tickers.get(root.symbol)
        return None if row is None else company_of(info.context, board, row)


@extends(Company)
@strawberry.type
class CompanyWithInstrument:
    """What the market adds to a company."""

    @strawberry.field(description="The instrument whose symbol is its ticker; null where there is none.")
    async def instrument(self, info: Info, root: strawberry.Parent[Company]) -> Instrument | None:
        """Find it together with those of other companies."""
        row = await info.context.loaders(CompanyLoaders).instruments.load(root.ticker)
        return None if row is None else instrument_of(info.context, row)
