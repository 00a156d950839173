"""Companies that are like one another, as the API shows them."""

from typing import Annotated

import strawberry

from domain.companies.peers import PeerBoards
from domain.companies.screens import Screens
from schema.companies.filters import MetricPeers
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_SECONDS = 0.01


@strawberry.type(description="A company that is like another.")
class CompanyPeer:
    """One peer."""

    company: Company = strawberry.field(description="The company.")
    distance: float = strawberry.field(
        description=(
            "How far apart the two are: 0 for twins, about 1.4 for strangers. The root of the mean square difference "
            "of their metrics, each in robust deviations from the median of all, at most 3: size by its logarithm and "
            "five times; a metric that only one has counts as between strangers."
        )
    )
    shared_metrics: int = strawberry.field(description="How many of the metrics that are compared both have.")


@strawberry.type(description="The active companies that are most like one.")
class CompanyPeers:
    """Peers."""

    id: strawberry.ID = strawberry.field(description="Names the company and how many were asked for.")
    within: MetricPeers = strawberry.field(  # type: ignore[valid-type]
        description=(
            "Among whom they were looked for: its industry, or where fewer than five others are of it its sector, or "
            "else all."
        )
    )
    peers: list[CompanyPeer] = strawberry.field(
        description="The nearest first, equals by their tickers: at most 50. Who shares no metric with it is left out.",
        metadata=sized(10),
    )


@extends(Company)
@strawberry.type
class CompanyWithPeers:
    """The peers of a company."""

    @strawberry.field(description="The active companies that are most like it, in its business, size and numbers.")
    async def peers(
        self,
        info: Info,
        root: strawberry.Parent[Company],
        first: Annotated[int, strawberry.argument(description="At most so many: 1 to 50.")] = 10,
    ) -> CompanyPeers | None:
        """Find those that are nearest."""
        info.context.spend_computing(_SECONDS)
        resources = info.context.resources
        board = await info.context.loaders(CompanyLoaders).board()
        scores = await resources.shared(PeerBoards).scores_of(resources.shared(Screens).columns_of(board))
        # What a document reads is of one board, on which what it has found stands.
        found = scores.peers(board.rows[root.row.id], first)
        return CompanyPeers(
            id=global_id("CompanyPeers", root.row.id, first),
            within=MetricPeers(found.within),
            peers=[
                CompanyPeer(
                    company=company_of(info.context, board, each.row),
                    distance=each.distance,
                    shared_metrics=each.shared,
                )
                for each in found.peers
            ],
        )
