"""The fields of a company as data: 33 numbers and 6 that identify.

A number is kept in the unit of its field: percent as 15.5 and not 0.155, market value, revenue and EBITDA in millions
of US dollars, prices and earnings per share in the currency of the listing. Validation, screening, tables and
documentation all read what is written here: another metric is one more entry.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.companies.exchanges import FEED_EXCHANGES


class Group(StrEnum):
    """Under what a field is shown."""

    IDENTITY = "IDENTITY"
    VALUATION = "VALUATION"
    PROFITABILITY = "PROFITABILITY"
    HEALTH = "HEALTH"
    PERFORMANCE = "PERFORMANCE"
    FUNDAMENTAL = "FUNDAMENTAL"
    COMPANION = "COMPANION"  # no field of ours: read beside the fields because it proves or refutes them


class Kind(StrEnum):
    """What a value of a field is."""

    TEXT = "TEXT"
    ENUM = "ENUM"
    NUMBER = "NUMBER"
    INTEGER = "INTEGER"


class Unit(StrEnum):
    """What a number of a field counts."""

    NONE = "NONE"
    RATIO = "RATIO"
    PERCENT = "PERCENT"
    PRICE = "PRICE"  # in the currency of the listing
    USD_MN = "USD_MN"
    COUNT = "COUNT"


class Basis(StrEnum):
    """Whether a number looks ahead (estimates) or back (what was reported or traded)."""

    FORWARD = "FORWARD"
    TRAILING = "TRAILING"


RATINGS = ("Strong Buy", "Buy", "Hold", "Underperform", "Sell")
# ... and as enums have them.
RATING_CONSTANTS = {rating: rating.upper().replace(" ", "_") for rating in RATINGS}

# What one US dollar is worth, to the nearest half of a power of ten: bounds of prices need no more. Currencies that are
# not here are worth about a dollar.
_UNITS_OF_A_DOLLAR = {"KRW": 1_000.0, "JPY": 100.0, "IDR": 10_000.0, "VND": 30_000.0, "HUF": 300.0, "CLP": 1_000.0,
                      "COP": 3_000.0, "TWD": 30.0, "INR": 100.0, "GBX": 100.0, "THB": 30.0, "PHP": 100.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is named, counted and bounded, and how feeds call it.

    `scales` are the aliases whose numbers must be multiplied to be in the unit of the field: fractions by 100.
    `zeroless` numbers are never exactly zero: a zero there means that nothing is known. `universal` values exist for
    every listed company that a source covers at all.
    """

    code: str
    label: str
    group: Group
    kind: Kind = Kind.NUMBER
    unit: Unit = Unit.RATIO
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    basis: Basis | None = None
    higher_is_better: bool | None = None
    aliases: tuple[str, ...] = ()
    scales: tuple[tuple[str, float], ...] = ()
    zeroless: bool = False
    universal: bool = False
    pattern: str | None = None
    values: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it is one of the metrics."""
        return self.kind in {Kind.NUMBER, Kind.INTEGER}

    @property
    def constant(self) -> str:
        """Its name as enums have it: EV_EBITDA."""
        return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "_", self.code).upper()

    def bounds(self, currency: str = "USD") -> tuple[float, float]:
        """Return the least and the greatest value that is believed, in the unit of the field and that currency."""
        factor = _UNITS_OF_A_DOLLAR.get(currency, 1.0) if self.unit is Unit.PRICE else 1.0
        low = float("-inf") if self.minimum is None else self.minimum * factor
        high = float("inf") if self.maximum is None else self.maximum * factor
        return low, high


def _text(code: str, label: str, *aliases: str, kind: Kind = Kind.TEXT, required: bool = False,
          pattern: str | None = None, values: tuple[str, ...] = ()) -> Field:  # fmt: skip
    return Field(code, label, Group.IDENTITY, kind, Unit.NONE, required=required, aliases=aliases, pattern=pattern,
                 values=values, universal=code in {"name", "industry"})  # fmt: skip


_V, _P, _H, _R, _F = Group.VALUATION, Group.PROFITABILITY, Group.HEALTH, Group.PERFORMANCE, Group.FUNDAMENTAL
_FWD, _TTM = Basis.FORWARD, Basis.TRAILING


def _ratio(code: str, label: str, group: Group, bounds: tuple[float, float], basis: Basis, *aliases: str,
           better: bool | None = None, zeroless: bool = True) -> Field:  # fmt: skip
    return Field(code, label, group, minimum=bounds[0], maximum=bounds[1], basis=basis, higher_is_better=better,
                 aliases=aliases, zeroless=zeroless, universal=code == "beta5Y")  # fmt: skip


def _percent(code: str, label: str, group: Group, bounds: tuple[float, float], basis: Basis, *fractions: str,
             better: bool | None = None, universal: bool = False) -> Field:  # fmt: skip
    # The columns of fractions are those with names of their own: 0.155 where the field says 15.5.
    return Field(code, label, group, unit=Unit.PERCENT, minimum=bounds[0], maximum=bounds[1], basis=basis,
                 higher_is_better=better, scales=tuple((name, 100.0) for name in fractions),
                 universal=universal)  # fmt: skip


def _money(code: str, label: str, low: float, high: float, basis: Basis, *dollars: str,
           better: bool | None = None, aliases: tuple[str, ...] = ()) -> Field:  # fmt: skip
    return Field(code, label, _F, unit=Unit.USD_MN, minimum=low, maximum=high, basis=basis, higher_is_better=better,
                 aliases=aliases, scales=tuple((name, 1e-6) for name in dollars), zeroless=True,
                 universal=low >= 0)  # fmt: skip


FIELDS: tuple[Field, ...] = (
    _text("ticker", "Ticker", "symbol", required=True, pattern=r"^[A-Z0-9.-]+$"),
    _text("name", "Name", "corpName", "company", "company name", required=True),
    _text("industry", "Industry", "gics sub-industry"),
    _text("exchange", "Exchange", kind=Kind.ENUM, values=tuple(FEED_EXCHANGES)),
    _text("analyst", "Analyst"),
    _text("rating", "Rating", kind=Kind.ENUM, values=RATINGS),
    _ratio("per", "P/E", _V, (0, 1000), _TTM, "PER", "p/e", "pe ratio", better=False),
    _ratio("pbr", "P/B", _V, (0, 100), _TTM, "PBR", "p/b", better=False),
    _ratio("evEbitda", "EV/EBITDA", _V, (-50, 500), _FWD, "ev_ebitda", better=False),
    _ratio("evSales", "EV/Sales", _V, (0, 100), _FWD, "ev_sales", better=False),
    _ratio("priceToSales", "Price/Sales", _V, (0, 100), _TTM, "psr", "p/s", better=False),
    _ratio("priceToCashFlow", "Price/Cash Flow", _V, (0, 200), _TTM, "pcfr", "p/cf", better=False),
    _percent("dividendYield", "Dividend Yield", _V, (0, 30), _FWD, "dividend_yield", better=True),
    _percent("payoutRatio", "Payout Ratio", _V, (0, 200), _FWD, "payout_ratio"),
    _percent("roe", "ROE", _P, (-100, 200), _FWD, "roe", better=True),
    _percent("roa", "ROA", _P, (-100, 100), _FWD, "roa", better=True),
    _percent("roic", "ROIC", _P, (-100, 200), _FWD, "roic", better=True),
    _percent("grossMargin", "Gross Margin", _P, (-50, 100), _FWD, "gross_margin", better=True),
    _percent("operatingMargin", "Operating Margin", _P, (-100, 100), _FWD, "operating_margin", better=True),
    _percent("netMargin", "Net Margin", _P, (-100, 100), _FWD, "net_margin", better=True),
    _ratio("debtToEquity", "Debt/Equity", _H, (0, 1000), _FWD, "debt_to_equity", better=False, zeroless=False),
    _ratio("currentRatio", "Current Ratio", _H, (0, 50), _FWD, "current_ratio", better=True),
    _ratio("quickRatio", "Quick Ratio", _H, (0, 50), _FWD, "quick_ratio", better=True),
    _ratio("interestCoverage", "Interest Coverage", _H, (-100, 1000), _FWD, "interest_coverage", better=True),
    _ratio("cashToDebt", "Cash/Debt", _H, (0, 100), _TTM, "cash_to_debt", better=True, zeroless=False),
    _ratio("assetTurnover", "Asset Turnover", _H, (0, 10), _FWD, "asset_turnover", better=True),
    _ratio("inventoryTurnover", "Inventory Turnover", _H, (0, 100), _FWD, "inventory_turnover", better=True),
    _percent("return1Y", "Return (1Y)", _R, (-99, 1000), _TTM, "change_1y", better=True, universal=True),
    _percent("return3Y", "Return (3Y)", _R, (-99, 2000), _TTM, "change_3y", better=True),
    _percent("return5Y", "Return (5Y)", _R, (-99, 5000), _TTM, "change_5y", better=True),
    _ratio("beta5Y", "Beta (5Y)", _R, (-5, 5), _TTM, "beta_5y_monthly"),
    Field("high52W", "52W High", _R, unit=Unit.PRICE, minimum=0, maximum=100_000, basis=_TTM, aliases=("high_52w",),
          zeroless=True, universal=True),
    Field("low52W", "52W Low", _R, unit=Unit.PRICE, minimum=0, maximum=100_000, basis=_TTM, aliases=("low_52w",),
          zeroless=True, universal=True),
    Field("avgVolume3M", "Avg Volume (3M)", _R, Kind.INTEGER, Unit.COUNT, minimum=0, basis=_TTM,
          aliases=("avg_volume_3m",), zeroless=True, universal=True),
    _percent("floatShort", "Float Short (%)", _R, (0, 100), _TTM, "float_short", better=False),
    _money("marketCapUsdMn", "Market Cap (USD mn)", 0, 10_000_000, _TTM, "market_cap", better=True,
           aliases=("(USD mn)", "market cap")),
    _money("revenue", "Revenue (USD mn)", 0, 1_000_000, _FWD, "revenue_ttm", better=True, aliases=("revenue",)),
    _money("ebitda", "EBITDA (USD mn)", -100_000, 500_000, _FWD, "ebitda_ttm", better=True, aliases=("ebitda",)),
    Field("eps", "EPS", _F, unit=Unit.PRICE, minimum=-1000, maximum=10_000, basis=_FWD, higher_is_better=True,
          aliases=("eps_ttm",), zeroless=False, universal=True),
)  # fmt: skip

BY_CODE: Mapping[str, Field] = {field.code: field for field in FIELDS}
METRICS: tuple[Field, ...] = tuple(field for field in FIELDS if field.is_number)


def codes_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the codes of fields, in their order."""
    return tuple(field.code for field in fields)
