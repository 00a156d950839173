"""What the columns of the sources are in the units of our fields: plain arithmetic, each with its text."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from domain.companies.demonstration.tracing import Formula

Named = Mapping[str, Fraction]


def _formula(code: str, text: str, names: str, compute: Callable[[Named], Fraction]) -> Formula:
    return Formula(code=code, names=tuple(names.split()), text=text, compute=compute)


def _same(code: str, column: str) -> Formula:
    return _formula(code, column, column, lambda cells: cells[column])


def _millions(code: str, name: str) -> Formula:
    return _formula(code, f"{name} / 1000000", name, lambda cells: cells[name] / 1_000_000)


def _ratio(code: str, above: str, below: str) -> Formula:
    return _formula(code, f"{above} / {below}", f"{above} {below}", lambda cells: cells[above] / cells[below])


def _percent(code: str, above: str, below: str) -> Formula:
    text = f"100 * {above} / {below}"
    return _formula(code, text, f"{above} {below}", lambda cells: 100 * cells[above] / cells[below])


PRICE = _same("price", "price")

QUOTED: tuple[Formula, ...] = (
    _same("per", "per"),
    _formula("dividendYield", "100 * dividend_yield", "dividend_yield", lambda cells: 100 * cells["dividend_yield"]),
    _same("eps", "eps_ttm"),
    _same("low52W", "low_52w"),
    _same("high52W", "high_52w"),
    _millions("marketCapUsdMn", "market_cap"),
    _millions("ebitda", "ebitda_ttm"),
    _same("priceToSales", "psr"),
    _same("pbr", "pbr"),
)
"""Of the snapshots of a day: a name is a column."""

_SALES = "RevenueFromContractWithCustomerExcludingAssessedTax"
_INCOME, _OPERATING, _EQUITY = "NetIncomeLoss", "OperatingIncomeLoss", "StockholdersEquity"
_DEBTS = ("CommercialPaper", "LongTermDebtCurrent", "LongTermDebtNoncurrent")
_CASH = "CashAndCashEquivalentsAtCarryingValue"
_DEBT = f"({' + '.join(_DEBTS)})"
_WEAR = "DepreciationDepletionAndAmortization"
_CURRENT, _OWED = "AssetsCurrent", "LiabilitiesCurrent"


def _debt(cells: Named) -> Fraction:
    return sum((cells[name] for name in _DEBTS), Fraction(0))


REPORTED: tuple[Formula, ...] = (
    _percent("payoutRatio", "PaymentsOfDividends", _INCOME),
    _percent("roe", _INCOME, _EQUITY),
    _percent("roa", _INCOME, "Assets"),
    _percent("grossMargin", "GrossProfit", _SALES),
    _percent("operatingMargin", _OPERATING, _SALES),
    _percent("netMargin", _INCOME, _SALES),
    _formula(
        "debtToEquity",
        f"{_DEBT} / {_EQUITY}",
        f"{' '.join(_DEBTS)} {_EQUITY}",
        lambda cells: _debt(cells) / cells[_EQUITY],
    ),
    _ratio("currentRatio", _CURRENT, _OWED),
    _formula(
        "quickRatio",
        f"({_CURRENT} - InventoryNet) / {_OWED}",
        f"{_CURRENT} InventoryNet {_OWED}",
        lambda cells: (cells[_CURRENT] - cells["InventoryNet"]) / cells[_OWED],
    ),
    _ratio("interestCoverage", _OPERATING, "InterestExpense"),
    _formula(
        "cashToDebt", f"{_CASH} / {_DEBT}", f"{_CASH} {' '.join(_DEBTS)}", lambda cells: cells[_CASH] / _debt(cells)
    ),
    _ratio("assetTurnover", _SALES, "Assets"),
    _ratio("inventoryTurnover", "CostOfGoodsAndServicesSold", "InventoryNet"),
    _millions("revenue", _SALES),
    _formula(
        "ebitda",
        f"({_OPERATING} + {_WEAR}) / 1000000",
        f"{_OPERATING} {_WEAR}",
        lambda cells: (cells[_OPERATING] + cells[_WEAR]) / 1_000_000,
    ),
    _same("eps", "EarningsPerShareDiluted"),
)
"""Of one annual report: a name is a concept of its fiscal year, of money as of the year's last day."""

CONCEPTS: tuple[str, ...] = tuple(sorted({name for formula in REPORTED for name in formula.names}))
