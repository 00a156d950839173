"""What is asked of a portfolio's risk, and the returns that it is answered from."""

from dataclasses import dataclass
from datetime import date

import strawberry

from domain.kernel.absence import Absence
from domain.risk import questions
from domain.risk.correlations import why_no_contributions
from domain.risk.holdings import left_out
from domain.risk.questions import Returns
from domain.risk.reading_types import HoldingsData, Realized
from domain.risk.types import AskedReturns
from domain.risk.types import RiskBasis as Basis
from schema.context import Info
from schema.portfolios.types import Portfolio
from schema.risk.loaders import RiskLoaders, Window, held_over, instant_of

RiskBasis = strawberry.enum(
    Basis,
    name="RiskBasis",
    description=(
        "Which returns a number is computed from. REALIZED: the portfolio's own daily time-weighted returns. "
        "CURRENT_HOLDINGS: what the positions at the end of the range would have made in each session, held constant."
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a portfolio."""

    portfolio: Portfolio
    first: date
    last: date
    benchmark: str
    basis: Basis | None

    async def realized(self, info: Info) -> Realized | None:
        """Return what the portfolio has returned."""
        asked = AskedReturns(self.portfolio.key, self.first, self.last, self.benchmark)
        return await info.context.loaders(RiskLoaders).realized.load(asked)

    async def held(self, info: Info) -> HoldingsData | None:
        """Return what it holds at the end, over the sessions of the range."""
        as_of = await instant_of(info, self.last)
        return await held_over(info, self.portfolio, Window(self.first, self.last, as_of, (self.benchmark,)))

    async def series(self, info: Info, default: Basis) -> Returns | None:
        """Return the returns of the basis that was asked for, or else of a default."""
        if (self.basis or default) is Basis.REALIZED:
            past = await self.realized(info)
            return None if past is None else questions.realized(past, self.benchmark)
        data = await self.held(info)
        return None if data is None else questions.held(data)

    async def worth(self, info: Info) -> float | None:
        """Return what the portfolio is worth at the end of the range; None unless that is positive."""
        data = await self.held(info)
        return None if data is None or not data.holdings.equity > 0 else data.holdings.equity

    async def left_out(self, info: Info) -> list[Absence]:
        """Return why there are no contributions, why positions are left out of what is computed from holdings, and the
        part that each of them is.
        """
        data = await self.held(info)
        if data is None:
            return []
        cause = why_no_contributions(data.holdings)
        return left_out(data.holdings) if cause is None else [cause, *left_out(data.holdings)]
