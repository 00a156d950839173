"""Templates that everybody has, over the instruments of the demonstration."""

from decimal import Decimal
from uuid import UUID

from domain.portfolios.targets import TargetWeight
from domain.portfolios.template_types import TemplateRow
from domain.portfolios.types import TargetKind

_COMPANIES = "AAPL AMD BAC BBY CVX GE HD JNJ JPM KO LLY MRK MSFT PEP PFE PG RRC UNH WMT XOM".split()
_SECTORS = (
    "Consumer Discretionary",
    "Consumer Staples",
    "Energy",
    "Financials",
    "Health Care",
    "Industrials",
    "Information Technology",
)


def _template(number: int, name: str, description: str, *targets: tuple[TargetKind, str, str]) -> TemplateRow:
    weights = tuple(sorted(TargetWeight(kind, named, Decimal(weight)) for kind, named, weight in targets))
    return TemplateRow(UUID(f"00000000-0000-7000-8000-0000000007{number:02}"), name, description, weights, None)


def _instruments(**weights: str) -> list[tuple[TargetKind, str, str]]:
    return [(TargetKind.INSTRUMENT, symbol, weight) for symbol, weight in weights.items()]


BUILT_IN = (
    _template(
        1,
        "Five factors",
        "Value, momentum, quality, size and low volatility of US companies, a fifth each.",
        *_instruments(VLUE="0.2", MTUM="0.2", QUAL="0.2", SIZE="0.2", USMV="0.2"),
    ),
    _template(
        2,
        "Value and momentum",
        "Value and momentum of US companies, and a tenth in cash.",
        *_instruments(VLUE="0.45", MTUM="0.45"),
        (TargetKind.CASH, "", "0.1"),
    ),
    _template(
        3,
        "Defensive",
        "Low volatility and quality, and a fifth in cash.",
        *_instruments(USMV="0.5", QUAL="0.3"),
        (TargetKind.CASH, "", "0.2"),
    ),
    _template(
        4,
        "Equal companies",
        "Twenty companies, a twentieth each.",
        *_instruments(**dict.fromkeys(_COMPANIES, "0.05")),
    ),
    _template(
        5,
        "Equal sectors",
        "What is held of seven sectors, 14 % each; the rest in cash.",
        *((TargetKind.SECTOR, sector, "0.14") for sector in _SECTORS),
    ),
)
