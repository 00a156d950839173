"""What happens to portfolios.  Thin: who listens reads the state afresh."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PortfolioChanged(Event):
    """The ledger of a portfolio has grown to this sequence, or the portfolio is gone."""

    CHANNEL: ClassVar[str] = "portfolio:{portfolio_id}"

    portfolio_id: UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class PortfolioShared(Event):
    """Somebody may see a portfolio who might not before, or the other way round, or sees more or less of it."""

    CHANNEL: ClassVar[str] = "portfolio:{portfolio_id}:shared"

    portfolio_id: UUID


@dataclass(frozen=True, kw_only=True)
class PortfolioMarked(Event):
    """A portfolio was valued at the close of a session."""

    CHANNEL: ClassVar[str] = "portfolio:{portfolio_id}:marked"

    portfolio_id: UUID
    session: date
