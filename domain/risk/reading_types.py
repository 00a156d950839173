"""What is asked of holdings, what it is read from, and what comes of it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.kernel.absence import Absence
from domain.market.history import Line
from domain.market.types import InstrumentRow, Vector
from domain.portfolios.performances import MAXIMUM_SESSIONS
from domain.portfolios.types import Valuation
from domain.risk.holdings import Holdings, Market


@dataclass(frozen=True, slots=True)
class AskedHoldings:
    """A valuation, the days whose sessions it is to be held over, both included, and symbols that are compared with."""

    valuation: Valuation
    first: date
    last: date
    symbols: tuple[str, ...] = ()
    # Sessions that are used at most: the last of them.
    window: int = MAXIMUM_SESSIONS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HoldingsData:
    """Holdings over some sessions; `compared` (n, k) are the returns of k other instruments in the base currency, NaN
    where one has no price.  `digest` is of all of it.
    """

    holdings: Holdings
    symbols: tuple[str, ...]
    compared: Vector
    digest: str
    # Quotes of now are others in a moment.
    is_lasting: bool
    # What several questions compute of the same numbers, by name: gone when these go.
    remembered: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def observations(self) -> int:
        """How many returns there are of each position."""
        return len(self.holdings.sessions) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What holdings over some days are computed from: it stays the same when prices of now move."""

    calendar: Line
    prices: Market
    compared: Sequence[tuple[InstrumentRow, Line]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Realized:
    """What a portfolio has returned in each session of a range, from the first on with anything in it.

    `returns` (n,) are time-weighted, `compared` (n,) the benchmark's in the same sessions, both in the base currency:
    NaN where not known, as `absences` says of the first.
    """

    returns: Vector
    compared: Vector
    absences: tuple[Absence, ...]

    digest: str
    # Closes that are known stay what they are, as a rule.
    is_lasting: bool = True

    @property
    def observations(self) -> int:
        """How many returns there are."""
        return len(self.returns)
