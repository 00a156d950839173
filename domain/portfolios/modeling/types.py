"""What a modeling session comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Amounts of a valuation in the portfolio's base currency, or the differences of two.

    Exposures are market values, options with theirs.  Realized gains are those of the calendar year until then, by the
    lots that were named or the oldest, before wash sales.
    """

    total_value: Decimal | None
    invested_value: Decimal | None
    cash_balance: Decimal | None
    cost_basis: Decimal | None
    unrealized_gain: Decimal | None
    absences: tuple[Absence, ...]
    long_exposure: Decimal | None = None
    short_exposure: Decimal | None = None
    gross_exposure: Decimal | None = None
    net_exposure: Decimal | None = None
    realized_gain: Decimal | None = None
    realized_short_term: Decimal | None = None
    realized_long_term: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorImpact:
    """Net exposure to a sector, before and after; None is what has no sector, and what is not known."""

    sector: str | None
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionImpact:
    """One side of an instrument in one account, before and after: short quantities and weights are negative.

    Weights are fractions of the total value; 0 where nothing is held.
    """

    account_id: UUID
    instrument_id: UUID
    symbol: str
    is_short: bool
    quantity_before: Decimal
    quantity_after: Decimal
    weight_before: float | None
    weight_after: float | None
    weight_difference: float | None
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impacts:
    """What the trades of a session change: `before` is the portfolio at `base_version`, `after` the session's."""

    session_id: UUID
    as_of: datetime | None
    base_version: int
    version: int
    currency: str
    before: Figures
    after: Figures
    difference: Figures
    positions: Sequence[PositionImpact]
    sectors: Sequence[SectorImpact] = ()
