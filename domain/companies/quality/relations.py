"""What the columns of a company say of each other.

A relation is zero where it holds: the logarithm of a product of powers, such as price/earnings × earnings ÷ price. How
widely it is missed by companies whose data are right is learned from the table itself, with a least width for each.
An **exact** one defines a ratio by its parts; a **loose** one compares numbers that go together, as margins do.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from domain.companies.quality.pairs import WRONG_SIGN, Above, Order, Undetermined
from domain.quant.arrays import Numbers

Values = Mapping[str, Numbers]

_HUNDRED = math.log(100)


class Relation(Protocol):
    """What can be asked of a relation."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""

    @property
    def width(self) -> float:
        """The least deviation that counts as one."""

    @property
    def exact(self) -> bool:
        """Whether it defines one of its columns by the others."""

    @property
    def floating(self) -> bool:
        """Whether its center is learned: the columns go together, and none defines another."""

    def misses(self, values: Values) -> Numbers:
        """Return by how much each company misses it, NaN where it says nothing."""

    def solve(self, code: str, values: Values) -> Numbers:
        """Return what a column would be if it held, NaN where that is not determined."""


@dataclass(frozen=True)
class Product:
    """A product of powers of columns that is 1, or `constant` in logarithms; `signed` when the signs multiply to +."""

    powers: tuple[tuple[str, int], ...]
    width: float
    constant: float = 0.0
    exact: bool = True
    signed: bool = True
    floating: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return tuple(code for code, _ in self.powers)

    def misses(self, values: Values) -> Numbers:
        """Return the logarithm of the product; a wrong sign counts as a factor that nothing explains."""
        total: Numbers = np.full(len(values[self.powers[0][0]]), -self.constant)
        signs = np.ones(len(total))
        for code, power in self.powers:
            numbers = values[code]
            total = total + power * np.log(np.abs(numbers))
            signs = signs * np.sign(numbers)
        total = np.where(np.isfinite(total), total, np.nan)
        return np.asarray(np.where(signs < 0, WRONG_SIGN + 0 * total, total)) if self.signed else total

    def solve(self, code: str, values: Values) -> Numbers:
        """Return what a column would be if the product were 1."""
        total: Numbers = np.full(len(values[code]), self.constant)
        signs = np.ones(len(total))
        own = 1
        for each, power in self.powers:
            if each == code:
                own = power
                continue
            total = total - power * np.log(np.abs(values[each]))
            signs = signs * np.sign(values[each])
        found = signs * np.exp(total / own)
        return np.where(np.isfinite(found) & (signs != 0), found, np.nan)


@dataclass(frozen=True)
class Start(Undetermined):
    """Where in the range of its year a price stood before a return: -1 at the lowest, 1 at the highest."""

    code: str
    width: float = 0.7
    floating: ClassVar[bool] = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return (self.code, "price", "high52W", "low52W")

    def misses(self, values: Values) -> Numbers:
        """Return the place."""
        start = np.log(values["price"]) - _growth(values[self.code])
        high, low = np.log(values["high52W"]), np.log(values["low52W"])
        return np.asarray((2 * start - high - low) / np.maximum(np.abs(high - low), 0.05))


@dataclass(frozen=True)
class Window(Undetermined):
    """A return that must lie between those from the highest and from the lowest price of a year."""

    code: str
    width: float

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return (self.code, "price", "high52W", "low52W")

    def misses(self, values: Values) -> Numbers:
        """Return how far the price at the start would lie outside the range of the year, in logarithms."""
        start = np.log(values["price"]) - _growth(values[self.code])
        above = start - np.log(values["high52W"])
        below = np.log(values["low52W"]) - start
        return np.maximum(np.maximum(above, below), np.where(np.isnan(start), np.nan, 0.0))


@dataclass(frozen=True)
class Enterprise:
    """EV/EBITDA by net debt/EBITDA: one plus market value to net debt, times net debt to EBITDA."""

    width: float = 0.02
    exact: bool = True
    floating: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return ("evEbitda", "netDebtToEbitda", "marketCapUsdMn", "totalDebt", "cash")

    def _defined(self, values: Values) -> Numbers:
        debt, cash = values["totalDebt"], values["cash"]
        net = debt - cash
        # Where debt and cash nearly cancel, rounding decides.
        net = np.where(np.abs(net) > 0.05 * (debt + cash), net, np.nan)
        return values["netDebtToEbitda"] * (1 + values["marketCapUsdMn"] / net)

    def misses(self, values: Values) -> Numbers:
        """Return the logarithm of EV/EBITDA over what its parts say."""
        ratio = values["evEbitda"] / self._defined(values)
        missed = np.log(np.abs(ratio))
        return np.where(ratio < 0, WRONG_SIGN, np.where(np.isfinite(missed), missed, np.nan))

    def solve(self, code: str, values: Values) -> Numbers:
        """Return EV/EBITDA as its parts say; the parts are not solved for."""
        return self._defined(values) if code == "evEbitda" else np.full(len(values[code]), np.nan)


@dataclass(frozen=True)
class Level(Undetermined):
    """How one column is spread over the companies, by itself: the logarithm of its size, or of a return's growth."""

    code: str
    width: float
    grows: bool = False
    floating: ClassVar[bool] = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return (self.code,)

    def misses(self, values: Values) -> Numbers:
        """Return the logarithm."""
        numbers = values[self.code]
        if self.grows:
            return _growth(numbers)
        found = np.log(np.abs(numbers))
        return np.where(np.isfinite(found), found, np.nan)


@dataclass(frozen=True)
class Difference(Undetermined):
    """A return now and in the snapshot before, in points."""

    code: str
    width: float
    floating: ClassVar[bool] = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return (self.code, before(self.code))

    def misses(self, values: Values) -> Numbers:
        """Return the difference."""
        return values[self.code] - values[before(self.code)]


def _growth(percent: Numbers) -> Numbers:
    # Nothing falls by more than all of it.
    growth = 1 + percent / 100
    return np.where(
        growth > 0, np.log(np.where(growth > 0, growth, 1.0)), np.where(np.isnan(growth), np.nan, -WRONG_SIGN)
    )


def before(code: str) -> str:
    """Return the name of a column of the snapshot before."""
    return f"before:{code}"


def _exact(text: str, hundreds: int = 0, width: float = 0.01) -> Product:
    return Product(_powers(text), width, hundreds * _HUNDRED)


def _loose(text: str, width: float, signed: bool = True) -> Product:
    return Product(_powers(text), width, exact=False, signed=signed, floating=True)


def _powers(text: str) -> tuple[tuple[str, int], ...]:
    above, _, below = text.partition("/")
    return (*((code, 1) for code in above.split()), *((code, -1) for code in below.split()))


EXACT: tuple[Relation, ...] = (
    _exact("per eps / price"),
    _exact("per earningsYield /", 1),
    _exact("priceToSales revenue / marketCapUsdMn"),
    _exact("netMargin revenue / netIncome", 1),
    _exact("freeCashFlowMargin revenue / freeCashFlow", 1),
    _exact("freeCashFlowYield marketCapUsdMn / freeCashFlow", 1),
    _exact("priceToCashFlow operatingCashFlow / marketCapUsdMn"),
    _exact("pbr equity / marketCapUsdMn"),
    _exact("pbr bookValuePerShare / price", width=0.05),
    _exact("pbr totalDebt / debtToEquity marketCapUsdMn"),
    _exact("pbr netIncome / roe marketCapUsdMn", -1),
    _exact("roe totalDebt / debtToEquity netIncome", 1),
    _exact("roe equity / netIncome", 1),
    _exact("roa totalAssets / netIncome", 1),
    _exact("roe equityRatio / roa", 1),
    _exact("debtToEquity equity / totalDebt"),
    _exact("debtToAssets totalAssets / totalDebt", 1),
    _exact("equityRatio totalAssets / equity", 1),
    _exact("evEbitda ebitda / enterpriseValue"),
    _exact("evSales revenue / enterpriseValue"),
    _exact("ebitdaMargin revenue / ebitda", 1),
    _exact("evSales revenue / evEbitda ebitda"),
    _exact("netDebtToEbitda ebitda / netDebt"),
    _exact("cashToDebt totalDebt / cash"),
    _exact("assetTurnover totalAssets / revenue"),
    _exact("netMargin assetTurnover / roa"),
    # Shares are counted one by one, and market values in millions: a million is three hundreds multiplied.
    _exact("sharesOutstanding price / marketCapUsdMn", 3, width=0.02),
    Enterprise(),
)

# Shares are counted at other days and with other dilution, so that these are missed by tens of percent.
_NEAR: tuple[Relation, ...] = (
    Product(_powers("marketCapUsdMn eps / price netIncome"), 0.3, exact=False),
    Product(_powers("per netIncome / marketCapUsdMn"), 0.3, exact=False),
    Product(_powers("payoutRatio / dividendYield per"), 0.3, exact=False),
)

_TOGETHER: tuple[Relation, ...] = (
    _loose("roa / netMargin", 0.6),
    _loose("roa / roe", 0.5),
    _loose("roic / roe", 0.6, signed=False),
    _loose("roic / roa", 0.5, signed=False),
    _loose("operatingMargin / netMargin", 0.5, signed=False),
    _loose("grossMargin / operatingMargin", 0.5, signed=False),
    _loose("evEbitda / per", 0.5, signed=False),
    _loose("per ebitda / marketCapUsdMn", 0.5, signed=False),
    _loose("priceToSales ebitda / marketCapUsdMn", 0.5, signed=False),
    _loose("dividendYield per /", 0.7, signed=False),
    _loose("dividendYield roe / pbr", 0.9, signed=False),
    _loose("interestCoverage totalDebt / ebitda", 0.7, signed=False),
    _loose("quickRatio / currentRatio", 0.25),
    _loose("price / high52W", 0.2),
    _loose("price / low52W", 0.25),
    _loose("high52W / low52W", 0.25),
    _loose("volume price / marketCapUsdMn", 0.6),
    _loose("avgVolume3M / volume", 0.5),
    _loose("eps / price", 0.6, signed=False),
    _loose("cash / revenue", 1.0),
    _loose("totalDebt / revenue", 1.2),
)

_LEVELS: tuple[Relation, ...] = (
    *(Level(code, 0.4) for code in ("grossMargin", "currentRatio", "quickRatio", "beta5Y", "per")),
    *(Level(code, 0.6) for code in ("operatingMargin", "netMargin", "roe", "roa", "roic", "dividendYield", "evEbitda",
                                    "pbr", "priceToSales", "evSales", "payoutRatio", "debtToEquity")),
    *(Level(code, 0.8) for code in ("marketCapUsdMn", "revenue", "price", "volume", "avgVolume3M", "eps", "floatShort",
                                    "interestCoverage", "inventoryTurnover", "assetTurnover", "cashToDebt")),
    *(Level(code, 1.0) for code in ("totalDebt", "netIncome", "freeCashFlow", "operatingCashFlow", "ebitda")),
    *(Level(code, width, grows=True) for code, width in (("change1D", 0.02), ("change1W", 0.03), ("change1M", 0.04),
                                                         ("change3M", 0.08), ("change6M", 0.12), ("return1Y", 0.2))),
)  # fmt: skip

_WINDOWS: tuple[Relation, ...] = tuple(
    Window(code, width)
    for code, width in (("change1D", 0.005), ("change1W", 0.008), ("change1M", 0.01), ("change3M", 0.015),
                        ("change6M", 0.02), ("return1Y", 0.03))
)  # fmt: skip

# A price of the day may be a little outside a range of closes.
_ORDERED: tuple[Relation, ...] = (
    Order("low52W", "high52W", 0.002),
    Order("low52W", "price", 0.02),
    Order("price", "high52W", 0.02),
    Order("quickRatio", "currentRatio", 0.02),
)

# Who loses on what is sold earns nothing by selling it.  What operations earn has the other sign than what is earned in
# the end at some large companies in a hundred, by what was written off: that alone accuses nobody.
_SIGNS: tuple[Relation, ...] = (
    *(Above("grossMargin", where) for where in ("operatingMargin", "roic", "ebitdaMargin", "netMargin")),
    Above("operatingMargin", "netMargin"),
)

_STARTS: tuple[Relation, ...] = tuple(Start(code) for code in ("change3M", "change6M", "return1Y"))

RETURNS = ("change1D", "change1W", "change1M", "change3M", "change6M", "return1Y", "return3Y", "return5Y")


def relations_of(values: Values) -> list[Relation]:
    """Return the relations whose columns are there, with those to the snapshot before where there is one."""
    known = [*EXACT, *_NEAR, *_TOGETHER, *_LEVELS, *_WINDOWS, *_STARTS, *_ORDERED, *_SIGNS]
    known += [_to_before(code) for code in values if before(code) in values]
    return [each for each in known if all(code in values for code in each.codes)]


def _to_before(code: str) -> Relation:
    if code in RETURNS:
        return Difference(code, 0.5)
    return Product(((code, 1), (before(code), -1)), 0.05, exact=False, floating=True)
