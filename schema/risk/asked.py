"""What is asked of a portfolio's risk, and the returns that it is answered from."""

from dataclasses import dataclass
from datetime import date

import strawberry

from domain.kernel.absence import Absence
from domain.risk.measuring import Series
from domain.risk.reading import HoldingsData, Realized
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
class Found:
    """Returns, what they were made of, and which they are."""

    series: Series
    data: HoldingsData | Realized
    basis: Basis


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

    async def series(self, info: Info, default: Basis) -> Found | None:
        """Return the returns of the basis that was asked for, or else of a default."""
        basis = self.basis or default
        if basis is Basis.REALIZED:
            realized = await self.realized(info)
            if realized is None:
                return None
            return Found(
                Series(realized.returns, realized.compared, self.benchmark, realized.absences), realized, basis
            )
        held = await self.held(info)
        if held is None:
            return None
        compared = held.compared[:, 0]
        return Found(Series(held.holdings.total, compared, self.benchmark, _worthless(held)), held, basis)

    async def worth(self, info: Info) -> float | None:
        """Return what the portfolio is worth at the end of the range; None unless that is positive."""
        data = await self.held(info)
        return None if data is None or not data.holdings.equity > 0 else data.holdings.equity


def _worthless(data: HoldingsData) -> tuple[Absence, ...]:
    return tuple(each.absence for each in data.holdings.unqualified)
