"""Scenarios that portfolios are stressed with: what factors and sectors did, or might do, at once.

Historical ones are compiled from published prices, as each says; `tests/domain/risk/test_scenarios.py` does it again.
Of the market: the S&P 500, from close to close.  Of a style: what its fund returned beyond the index.  Of a sector: the
mean return of those of the demonstration's twenty companies that are in it.  Of volatility: the Cboe Volatility Index,
from close to close (data set `finance-vix`, public domain).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class ScenarioKind(StrEnum):
    """Whether a scenario has happened, is thought up, or was asked for."""

    HISTORICAL = "HISTORICAL"
    HYPOTHETICAL = "HYPOTHETICAL"
    CUSTOM = "CUSTOM"


@dataclass(frozen=True, slots=True)
class Shock:
    """What a factor returns at once; of all but the market, beyond the market."""

    factor: str
    change: float


@dataclass(frozen=True, slots=True)
class SectorShock:
    """What a sector returns at once, market and all."""

    sector: str
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What happens at once; `volatility_change` is added to every volatility that options are priced at."""

    code: str
    name: str
    kind: ScenarioKind
    description: str
    source: str
    shocks: tuple[Shock, ...]
    sectors: tuple[SectorShock, ...] = ()
    volatility_change: float = 0.0
    first: date | None = None
    last: date | None = None


_PRICES: Final = "Closes of skfolio 1.12.2 (the demonstration's prices); volatility: Cboe, data set finance-vix"
_SECTORS: Final = (
    "Consumer Discretionary",
    "Consumer Staples",
    "Energy",
    "Financials",
    "Health Care",
    "Industrials",
    "Information Technology",
)
_STYLES: Final = ("SIZE", "VALUE", "MOMENTUM", "QUALITY", "LOW_VOLATILITY")


def _past(
    code: str,
    name: str,
    days: tuple[date, date],
    market: float,
    volatility: float,
    sectors: tuple[float, ...] = (),
    styles: tuple[float, ...] = (),
    note: str = "",
) -> Scenario:
    told = f"From the close of {days[0]} to that of {days[1]}.{note}"
    return Scenario(
        code=code,
        name=name,
        kind=ScenarioKind.HISTORICAL,
        description=told,
        source=_PRICES,
        shocks=(
            Shock("MARKET", market),
            *(Shock(factor, change) for factor, change in zip(_STYLES, styles, strict=bool(styles))),
        ),
        sectors=tuple(SectorShock(sector, change) for sector, change in zip(_SECTORS, sectors, strict=bool(sectors))),
        volatility_change=volatility,
        first=days[0],
        last=days[1],
    )


HISTORICAL: Final = (
    Scenario(
        code="CRASH_1987",
        name="October 1987",
        kind=ScenarioKind.HISTORICAL,
        description=(
            "The month of October 1987, with Black Monday in it: the market of US shares. There was no index of "
            "volatility yet: it stays as it is."
        ),
        source="Kenneth R. French, Data Library: Mkt-RF and RF of 1987-10, as in arch 8.0.0",
        shocks=(Shock("MARKET", -0.2264),),
        first=date(1987, 9, 30),
        last=date(1987, 10, 31),
    ),
    _past("DOT_COM_2000", "End of the internet bubble", (date(2000, 3, 24), date(2002, 10, 9)), -0.4915, 0.1882),
    _past(
        "FINANCIAL_CRISIS_2008",
        "Financial crisis",
        (date(2007, 10, 9), date(2009, 3, 9)),
        -0.5678,
        0.3356,
        (-0.4651, -0.2347, -0.2681, -0.7855, -0.4852, -0.8071, -0.6106),
    ),
    _past(
        "FLASH_CRASH_2010",
        "Flash crash",
        (date(2010, 5, 5), date(2010, 5, 7)),
        -0.0472,
        0.1604,
        (-0.0475, -0.0253, -0.0586, -0.0605, -0.0350, -0.0674, -0.0523),
        note=" Within the 6th of May prices were lower still.",
    ),
    _past(
        "DEBT_CEILING_2011",
        "Debt ceiling and euro crisis",
        (date(2011, 7, 22), date(2011, 8, 8)),
        -0.1677,
        0.3048,
        (-0.1988, -0.0721, -0.1809, -0.2750, -0.1442, -0.1896, -0.1488),
    ),
    _past(
        "CHINA_2015",
        "Devaluation in China",
        (date(2015, 8, 17), date(2015, 8, 25)),
        -0.1117,
        0.2300,
        (-0.0277, -0.1001, -0.1206, -0.1306, -0.1038, -0.1122, -0.1105),
        (0.0332, 0.0227, 0.0102, 0.0051, 0.0167),
    ),
    _past(
        "FOURTH_QUARTER_2018",
        "Fourth quarter of 2018",
        (date(2018, 9, 20), date(2018, 12, 24)),
        -0.1978,
        0.2427,
        (-0.3177, -0.0364, -0.2788, -0.2425, -0.0589, -0.4439, -0.3213),
        (0.0117, -0.0239, -0.0140, -0.0052, 0.0727),
    ),
    _past(
        "PANDEMIC_2020",
        "Pandemic",
        (date(2020, 2, 19), date(2020, 3, 23)),
        -0.3392,
        0.4721,
        (-0.3832, -0.2211, -0.3825, -0.4506, -0.2320, -0.5150, -0.2912),
        (-0.0519, -0.0484, -0.0016, -0.0013, 0.0090),
    ),
    _past(
        "RATES_2022",
        "Rise of interest rates",
        (date(2022, 1, 3), date(2022, 10, 12)),
        -0.2543,
        0.1697,
        (-0.3303, -0.0888, 0.4913, -0.3406, 0.0290, -0.3251, -0.3910),
        (0.0264, 0.0183, 0.0001, -0.0191, 0.0815),
    ),
)


def _thought(code: str, name: str, description: str, *shocks: Shock, volatility: float = 0.0) -> Scenario:
    return Scenario(
        code=code,
        name=name,
        kind=ScenarioKind.HYPOTHETICAL,
        description=description,
        source="Thought up: round numbers",
        shocks=shocks,
        volatility_change=volatility,
    )


def _sector(code: str, sector: str, change: float) -> Scenario:
    return Scenario(
        code=code,
        name=f"{sector} {change:+.0%}",
        kind=ScenarioKind.HYPOTHETICAL,
        description="One sector alone.",
        source="Thought up: round numbers",
        shocks=(),
        sectors=(SectorShock(sector, change),),
    )


_ALONE = "The market alone; styles stay where they are beside it."

HYPOTHETICAL: Final = (
    _thought("MARKET_DOWN_10", "Market -10%", _ALONE, Shock("MARKET", -0.10), volatility=0.10),
    _thought("MARKET_DOWN_20", "Market -20%", _ALONE, Shock("MARKET", -0.20), volatility=0.20),
    _thought("MARKET_DOWN_40", "Market -40%", _ALONE, Shock("MARKET", -0.40), volatility=0.40),
    _thought("MARKET_UP_10", "Market +10%", _ALONE, Shock("MARKET", 0.10), volatility=-0.03),
    _thought("VOLATILITY_UP_20", "Volatility +20 points", "Volatility alone: options.", volatility=0.20),
    _thought(
        "MOMENTUM_CRASH",
        "Momentum crash",
        "What had risen falls, and what was cheap rises, while the market gains.",
        Shock("MARKET", 0.05),
        Shock("MOMENTUM", -0.20),
        Shock("VALUE", 0.08),
    ),
    _thought(
        "FLIGHT_TO_QUALITY",
        "Flight to quality",
        "Money leaves small and cheap companies for steady and profitable ones.",
        Shock("MARKET", -0.15),
        Shock("SIZE", -0.06),
        Shock("VALUE", -0.06),
        Shock("QUALITY", 0.04),
        Shock("LOW_VOLATILITY", 0.06),
        volatility=0.15,
    ),
    _sector("TECHNOLOGY_DOWN_30", "Information Technology", -0.30),
    _sector("FINANCIALS_DOWN_40", "Financials", -0.40),
    _sector("ENERGY_DOWN_40", "Energy", -0.40),
    _sector("HEALTH_CARE_DOWN_20", "Health Care", -0.20),
)

SCENARIOS: Final = {each.code: each for each in (*HISTORICAL, *HYPOTHETICAL)}
