"""Companies, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import strawberry

from domain.companies.board import PLACES, Board, BoardCompany
from domain.companies.catalogue import RATING_CONSTANTS
from domain.kernel.dates import LATEST_DATE
from schema.companies.catalogue import enum_of_data
from schema.companies.groups import (
    CODES,
    CompanyFinancialHealth,
    CompanyFundamental,
    CompanyPerformance,
    CompanyProfitability,
    CompanyValuation,
    asked_with,
    group_as_of,
)
from schema.companies.loaders import CompanyLoaders
from schema.context import Context
from schema.shared.node import Node, global_id, loads_nodes
from schema.shared.plain_fields import plain_without_arguments

# Its values are the ratings as they are stored.
CompanyRating: Any = enum_of_data(
    "CompanyRating",
    {constant: rating for rating, constant in RATING_CONSTANTS.items()},
    "What an analyst says of a company's shares.",
)
_RATINGS: Final = {member.value: member for member in CompanyRating}
# The columns of each group on a board: those of one group stand together.
_SLICES: Final = {kind: slice(PLACES[codes[0]], PLACES[codes[-1]] + 1) for kind, codes in CODES.items()}

AsOf = Annotated[
    date | None, strawberry.argument(description="As it was on this day: the latest that was known until then.")
]
KnownAt = Annotated[
    datetime | None,
    strawberry.argument(description="As it was known at this instant: without what was published or withdrawn since."),
]


def _group_field(kind: Any, description: str) -> Any:
    def resolve(self: "Company", as_of: AsOf = None, known_at: KnownAt = None) -> kind | None:
        if as_of is None and known_at is None:
            return self.latest(kind)
        return self.past(kind, as_of, known_at)

    def latest(company: "Company") -> Any:
        return company.latest(kind)

    return strawberry.field(resolver=resolve, description=description, metadata=plain_without_arguments(latest))


@strawberry.type(description="A company whose shares are listed, and what is known of it: the same for everybody.")
class Company(Node):
    """A company."""

    ticker: str = strawberry.field(description="Ticker of the primary listing, in capitals.")
    name: str = strawberry.field(description="Name.")
    industry: str | None = strawberry.field(description="Industry, as the source calls it.")
    sector: str | None = strawberry.field(description="Sector, as the source calls it.")
    exchange: str | None = strawberry.field(description="Exchange of the primary listing, as its MIC (ISO 10383).")
    country: str | None = strawberry.field(description="Country of its seat, as the source calls it.")
    currency: str | None = strawberry.field(description="Currency of the listing (ISO 4217).")
    analyst: str | None = strawberry.field(description="Who rates it.")
    rating: CompanyRating | None = strawberry.field(description="What the analyst says of it.")
    is_active: bool = strawberry.field(description="Whether it is in lists; one that has left is still found.")
    version: int = strawberry.field(description="Grows with each change of it: `expectedVersion` of mutations.")
    as_of: date | None = strawberry.field(description="The day of its latest numbers; null where it has none.")
    data_quality: float | None = strawberry.field(
        description="Score of its latest numbers, 0 to 100: percent of those that apply which no check accuses."
    )
    row: strawberry.Private[BoardCompany]
    numbers: strawberry.Private[Sequence[float]]
    context: strawberry.Private[Context]

    valuation = _group_field(CompanyValuation, "What it costs for what it has and earns.")
    profitability = _group_field(CompanyProfitability, "What it earns.")
    financial_health = _group_field(CompanyFinancialHealth, "How it is financed.")
    performance = _group_field(CompanyPerformance, "How its shares have done.")
    fundamental = _group_field(CompanyFundamental, "How large it is.")

    def latest(self, kind: Any) -> Any:
        """Return a group with the latest numbers."""
        values = self.numbers[_SLICES[kind]]
        return kind(
            id=global_id(kind.__name__, self.row.id, ""),
            as_of=self.as_of,
            held=None,
            snapshot_id=self.row.snapshot_id,
            context=self.context,
            # What is not known is NaN on the board, which alone differs from itself.
            **{code: value if value == value else None for code, value in zip(CODES[kind], values, strict=True)},  # noqa: PLR0124
        )

    async def past(self, kind: Any, as_of: date | None, known_at: datetime | None) -> Any:
        """Return a group as it was."""
        asked = (self.row.id, as_of or LATEST_DATE, known_at or self.context.resources.clock.now())
        snapshot = await self.context.loaders(CompanyLoaders).snapshots_as_of.load(asked)
        return group_as_of(kind, self.context, self.row.id, snapshot, asked_with(as_of, known_at))


def company_of(context: Context, board: Board, row: int) -> Company:
    """Return the company of a row of a board, as the API shows it."""
    found = board.companies[row]
    return Company(
        id=global_id("Company", found.id),
        ticker=found.ticker,
        name=found.name,
        industry=found.industry,
        sector=found.sector,
        exchange=found.exchange,
        country=found.country,
        currency=found.currency,
        analyst=found.analyst,
        rating=_RATINGS.get(found.rating),
        is_active=found.is_active,
        version=found.version,
        as_of=found.as_of,
        data_quality=found.quality,
        row=found,
        numbers=board.matrix[row].tolist(),
        context=context,
    )


@loads_nodes("Company")
async def find_companies(context: Context, keys: Sequence[UUID]) -> list[Company | None]:
    """Return the companies of these ids, None where there is none."""
    board = await context.loaders(CompanyLoaders).board()
    return [company_of(context, board, board.rows[key]) if key in board.rows else None for key in keys]
