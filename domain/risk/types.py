"""What is asked of risk, and what is said of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.kernel.absence import Absence

FEWEST_OBSERVATIONS = 20
"""Returns under which nothing is estimated from their distribution."""


class RiskBasis(StrEnum):
    """Which returns a number is computed from.

    REALIZED: the portfolio's own daily time-weighted returns.  CURRENT_HOLDINGS: what the positions at the end of the
    range would have made in each of its sessions, held constant.
    """

    REALIZED = "REALIZED"
    CURRENT_HOLDINGS = "CURRENT_HOLDINGS"


@dataclass(frozen=True, slots=True)
class AskedReturns:
    """A portfolio, the days from which and to which, both included, and the symbol that it is compared with."""

    portfolio_id: UUID
    first: date
    last: date
    benchmark: str


@dataclass(frozen=True, slots=True)
class Unqualified:
    """A position that a calculation has to leave out, the part of the portfolio that it is, and why."""

    symbol: str
    weight: float | None
    absence: Absence


class FactorKind(StrEnum):
    """What a factor is about: the whole market, a style, a sector, or a region."""

    MARKET = "MARKET"
    STYLE = "STYLE"
    SECTOR = "SECTOR"
    REGION = "REGION"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """A force that moves many prices, and the symbol of the instrument whose returns stand for it.

    All but the market count by what their proxy returns beyond the market.  Everybody has the same.
    """

    id: UUID
    code: str
    name: str
    kind: FactorKind
    description: str
    proxy: str
    display_order: int
    is_active: bool
