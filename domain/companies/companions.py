"""Columns that are no fields of ours, but prove or refute them: prices, parts of ratios, sectors, currencies.

A feed may have them or not. They are checked as the fields are, because a wrong part would accuse a right ratio.
"""

from domain.companies.catalogue import Field, Group, Kind, Unit

_G = Group.COMPANION


def _part(code: str, label: str, *dollars: str, zeroless: bool = False, universal: bool = False) -> Field:
    return Field(code, label, _G, unit=Unit.USD_MN, scales=tuple((name, 1e-6) for name in dollars), zeroless=zeroless,
                 universal=universal)  # fmt: skip


def _share(code: str, label: str, *fractions: str, minimum: float | None = None, universal: bool = False) -> Field:
    return Field(code, label, _G, unit=Unit.PERCENT, minimum=minimum, scales=tuple((name, 100.0) for name in fractions),
                 universal=universal)  # fmt: skip


COMPANIONS: tuple[Field, ...] = (
    Field("sector", "Sector", _G, Kind.TEXT, Unit.NONE, aliases=("gics sector",), universal=True),
    Field("country", "Country", _G, Kind.TEXT, Unit.NONE, universal=True),
    Field("currency", "Currency", _G, Kind.TEXT, Unit.NONE, universal=True),
    Field("price", "Price", _G, unit=Unit.PRICE, minimum=0, aliases=("close", "last price"), zeroless=True,
          universal=True),
    _part("enterpriseValue", "Enterprise value", "enterprise_value"),
    _part("netIncome", "Net income", "net_income_ttm", universal=True),
    _part("operatingCashFlow", "Operating cash flow", "ocf_ttm"),
    _part("freeCashFlow", "Free cash flow", "fcf_ttm", universal=True),
    _part("totalDebt", "Total debt", "total_debt", universal=True),
    _part("cash", "Cash", "cash", universal=True),
    _part("netDebt", "Net debt", "net_debt"),
    _part("equity", "Equity", "equity"),
    _part("totalAssets", "Total assets", "total_assets", zeroless=True),
    Field("sharesOutstanding", "Shares outstanding", _G, unit=Unit.COUNT, minimum=0, aliases=("shares_outstanding",),
          zeroless=True),
    Field("bookValuePerShare", "Book value per share", _G, unit=Unit.PRICE, aliases=("book_value_per_share",)),
    Field("peg", "PEG", _G, minimum=0, aliases=("peg",), zeroless=True),
    Field("netDebtToEbitda", "Net debt/EBITDA", _G, aliases=("net_debt_ebitda",)),
    _share("freeCashFlowYield", "Free cash flow yield", "fcf_yield"),
    _share("earningsYield", "Earnings yield", "earnings_yield"),
    _share("ebitdaMargin", "EBITDA margin", "ebitda_margin"),
    _share("freeCashFlowMargin", "Free cash flow margin", "fcf_margin"),
    _share("debtToAssets", "Debt/assets", "debt_to_assets"),
    _share("equityRatio", "Equity/assets", "equity_ratio"),
    _share("change1D", "Change (1D)", "change_1d", minimum=-99, universal=True),
    _share("change1W", "Change (1W)", "change_1w", minimum=-99, universal=True),
    _share("change1M", "Change (1M)", "change_1m", minimum=-99, universal=True),
    _share("change3M", "Change (3M)", "change_3m", minimum=-99, universal=True),
    _share("change6M", "Change (6M)", "change_6m", minimum=-99, universal=True),
    Field("volume", "Volume", _G, Kind.INTEGER, Unit.COUNT, minimum=0, zeroless=True, universal=True),
)  # fmt: skip
