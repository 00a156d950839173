"""Defects of the kinds that feeds of company metrics have, put into a table by a seed, with labels that tell where."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

Columns = dict[str, list[str]]

FRACTIONS = ("roe", "roa", "gross_margin", "operating_margin", "net_margin", "dividend_yield", "change_1m", "change_1y")
MONEY = ("market_cap",)
NULLABLE = ("per", "pbr", "ev_ebitda", "current_ratio", "interest_coverage", "beta_5y_monthly", "sector")
TOKENS = ("N/A", "-", "None", "", "∞", "0")

COLUMNS: dict[str, tuple[str, ...]] = {
    "scale_x100": FRACTIONS,
    "percent_string": ("gross_margin", "net_margin", "roe"),
    "suffix_string": MONEY,
    "thousands": MONEY,
    "missing_token": NULLABLE,
    "sign_flip": ("per",),
    "swapped": ("high_52w",),
    "symbol_format": ("symbol",),
    "duplicate_row": ("symbol",),
    "conflicting_row": ("symbol",),
}

# The same kinds in other columns.
WIDER: dict[str, tuple[str, ...]] = {
    **COLUMNS,
    "scale_x100": (*FRACTIONS, "roic", "fcf_yield", "change_3m"),
    "percent_string": (*FRACTIONS, "roic", "fcf_yield"),
    "suffix_string": ("market_cap", "revenue_ttm", "total_debt", "cash", "net_income_ttm", "volume"),
    "thousands": ("market_cap", "revenue_ttm", "total_debt", "net_income_ttm", "fcf_ttm"),
    "missing_token": (*NULLABLE, "psr", "quick_ratio", "net_margin", "high_52w"),
    "sign_flip": ("per", "pbr", "psr", "eps_ttm", "net_margin", "roe"),
}


@dataclass(frozen=True)
class Label:
    """One defect: the company, the column (`*` for a row), its kind, and what the cell was."""

    symbol: str
    column: str
    kind: str
    true_value: str


@dataclass
class Spoiled:
    """A table with defects, and what they are."""

    columns: Columns
    labels: list[Label] = field(default_factory=list)


def _is_number(text: str) -> bool:
    return bool(text) and text.lstrip("-").replace(".", "").replace("e-", "").isdigit()


def _suffixed(number: float) -> str:
    size = next((size for size in (1e12, 1e9, 1e6, 1e3) if abs(number) >= size), 1.0)
    return f"{number / size:.2f}{ {1e12: 'T', 1e9: 'B', 1e6: 'M', 1e3: 'K', 1.0: ''}[size] }"


def _spoil_number(change: Callable[[float], str]) -> Callable[[str, np.random.Generator], str | None]:
    def spoil(text: str, chance: np.random.Generator) -> str | None:
        if not _is_number(text) or float(text) == 0:
            return None
        return change(float(text))

    return spoil


def _spoil_symbol(text: str, chance: np.random.Generator) -> str:
    return (text.lower(), f"{text}.US", f" {text} ")[chance.integers(3)]


def _spoil_missing(text: str, chance: np.random.Generator) -> str | None:
    token = TOKENS[chance.integers(len(TOKENS))]
    if not text or (token in {"0", "∞"} and not _is_number(text)):
        return None
    return token


_SPOIL: Mapping[str, Callable[[str, np.random.Generator], str | None]] = {
    "scale_x100": _spoil_number(lambda number: repr(number * 100)),
    "percent_string": _spoil_number(lambda number: f"{number * 100:.2f}%"),
    "suffix_string": _spoil_number(_suffixed),
    "thousands": _spoil_number(lambda number: repr(number / 1000)),
    "sign_flip": _spoil_number(lambda number: repr(-number)),
    "missing_token": _spoil_missing,
    "symbol_format": _spoil_symbol,
}


class _Spoiling:
    def __init__(self, columns: Mapping[str, Sequence[str]], chance: np.random.Generator) -> None:
        self.columns = {name: list(cells) for name, cells in columns.items()}
        self.symbols = list(columns["symbol"])
        self.chance = chance
        self.labels: list[Label] = []
        self._taken: set[tuple[int, str]] = set()

    def cell(self, row: int, column: str, kind: str) -> bool:
        """Put a defect into a cell, unless it has one or would not change."""
        if (row, column) in self._taken:
            return False
        if kind == "swapped":
            return self._swap(row)
        before = self.columns[column][row]
        after = _SPOIL[kind](before, self.chance)
        if after is None or after == before:
            return False
        self.columns[column][row] = after
        self._label(row, column, kind, self.symbols[row] if kind == "symbol_format" else before)
        return True

    def _swap(self, row: int) -> bool:
        high, low = self.columns["high_52w"][row], self.columns["low_52w"][row]
        if not high or not low or (row, "low_52w") in self._taken:
            return False
        self.columns["high_52w"][row], self.columns["low_52w"][row] = low, high
        self._taken.add((row, "low_52w"))
        self._label(row, "high_52w", "swapped", high)
        return True

    def again(self, row: int, kind: str) -> bool:
        """Put a row in again, as it is or with another price."""
        if (row, "symbol") in self._taken or (kind == "conflicting_row" and not self.columns["price"][row]):
            return False
        for cells in self.columns.values():
            cells.append(cells[row])
        if kind == "conflicting_row":
            price = float(self.columns["price"][row]) * (
                1 + self.chance.choice([-1, 1]) * self.chance.uniform(0.02, 0.2)
            )
            self.columns["price"][-1] = f"{price:.2f}"
        self._taken.add((row, "symbol"))
        self.labels.append(Label(self.symbols[row], "*", kind, ""))
        return True

    def _label(self, row: int, column: str, kind: str, before: str) -> None:
        self._taken.add((row, column))
        self.labels.append(Label(self.symbols[row], column, kind, before))


def spoil(
    columns: Mapping[str, Sequence[str]], seed: int, rate: float, where: Mapping[str, tuple[str, ...]] = COLUMNS
) -> Spoiled:
    """Return a table with each kind of defect in `rate` of its rows, in shuffled order."""
    chance = np.random.default_rng(seed)
    spoiling = _Spoiling(columns, chance)
    rows = len(spoiling.symbols)
    for kind, names in where.items():
        wanted = max(1, round(rate * rows))
        for row in chance.permutation(rows):
            if wanted == 0:
                break
            column = names[chance.integers(len(names))]
            done = spoiling.again(int(row), kind) if kind.endswith("_row") else spoiling.cell(int(row), column, kind)
            wanted -= done
    order = chance.permutation(len(spoiling.columns["symbol"]))
    shuffled = {name: [cells[place] for place in order] for name, cells in spoiling.columns.items()}
    return Spoiled(shuffled, spoiling.labels)
