"""A figure with all that is needed to find it again: the cells of its source as they are written there, and a formula.

A formula of cells is computed in fractions and rounded once, so that a figure is the same to the last bit everywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from domain.companies.catalogue import METRICS
from domain.companies.exchanges import FEED_EXCHANGES
from domain.kernel.absence import AbsenceReason


class Origin(StrEnum):
    """Who published what a figure is made of, as NOTICE names it."""

    SNAPSHOTS = "S&P 500 Companies with Financial Information"
    FILINGS = "U.S. Securities and Exchange Commission"
    PRICES = "skfolio 1.12.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a source: `raw` as it is written there, `name` as the formula calls it."""

    name: str
    file: str
    row: Mapping[str, str]
    column: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number in the unit of its field, and what it was made of.

    `source` tells a reader where it is from. `formula` is arithmetic over the names of the cells, in the signs of
    Python, or words where it is more than arithmetic.
    """

    code: str
    value: float
    origin: Origin
    source: str
    formula: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a field is computed of cells: as text, and as what computes it of their numbers, by name."""

    code: str
    names: tuple[str, ...]
    text: str
    compute: Callable[[Mapping[str, Fraction]], Fraction]

    def of(self, cells: Sequence[Cell]) -> float:
        """Return the figure.  Raises `KeyError` where a cell is missing and `ValueError` where one is no number."""
        return float(self.compute({cell.name: Fraction(cell.raw) for cell in cells}))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFigures:
    """What is known of one company as of a day: numbers by the code of their field, and companions beside them."""

    ticker: str
    as_of: date
    figures: Mapping[str, Figure]
    companions: Mapping[str, Figure]

    @property
    def absences(self) -> dict[str, AbsenceReason]:
        """The codes of all other metrics, each with why it is null."""
        return {field.code: AbsenceReason.NOT_COVERED for field in METRICS if field.code not in self.figures}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What identifies a company; nothing where no source covers it. `exchange` is a MIC."""

    ticker: str
    name: str
    exchange: str
    industry: str | None
    sector: str | None
    currency: str

    def __post_init__(self) -> None:
        if self.exchange not in FEED_EXCHANGES.values():
            raise ValueError(f"expected the MIC of an exchange of {self.ticker}, got {self.exchange!r}")

    @property
    def absences(self) -> dict[str, AbsenceReason]:
        """The codes of the fields that identify and are null: nobody's opinion is in a public source."""
        missing = ("analyst", "rating") if self.industry is not None else ("industry", "analyst", "rating")
        return dict.fromkeys(missing, AbsenceReason.NOT_COVERED)
