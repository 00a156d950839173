"""The stored runs about a portfolio, as the API shows them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.risk.runs import portfolio_runs, visible_runs
from schema.calculations.types import CalculationRun, run_of
from schema.context import Context, Info
from schema.portfolios.types import Portfolio
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.extension import extends
from schema.shared.node import loads_nodes


@extends(Portfolio)
@strawberry.type
class PortfolioWithRuns:
    """What stored runs add to a portfolio."""

    @strawberry.field(
        description="The calculations about it that are stored, oldest first; of one kind, if one is given."
    )
    async def risk_analyses(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        kind: str | None = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[CalculationRun] | None:
        """Show a page of the runs."""
        request = requested(first, after, last, before, key=(datetime.fromisoformat, UUID))
        total = selects(info, "totalCount")
        page = await portfolio_runs(info.context.actor, root.key, kind, request, with_total=total)
        if page is None:
            return None
        return connection(page, node=run_of, key=lambda row: (row.computed_at.isoformat(), row.id))


@loads_nodes("CalculationRun")
async def _find_runs(context: Context, keys: Sequence[UUID]) -> list[CalculationRun | None]:
    return [None if row is None else run_of(row) for row in await visible_runs(context.actor, keys)]
