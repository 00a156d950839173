"""Plausible cross-sections of companies by a seed, as a feed would write them: fractions, dollars, five digits.

What a ratio is made of is drawn, and the ratio computed, so that all definitions hold as in real reports. Who earns
nothing has no price/earnings ratio, and banks have no margins and no current ratio.
"""

from collections.abc import Mapping

import numpy as np

from domain.quant.arrays import Flags, Numbers

Cells = dict[str, list[str]]

_SECTORS = ("Energy", "Materials", "Industrials", "Health Care", "Information Technology", "Utilities", "Financials")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def symbols(count: int) -> list[str]:
    """Return different tickers of three letters."""
    return [_LETTERS[n // 676 % 26] + _LETTERS[n // 26 % 26] + _LETTERS[n % 26] for n in range(count)]


def _written(numbers: Numbers, known: Flags | bool = True, digits: int = 5) -> list[str]:
    shown = np.isfinite(numbers) & known
    return [f"{number:.{digits}g}" if show else "" for number, show in zip(numbers.tolist(), shown, strict=True)]


def _pieces(numbers: Numbers) -> list[str]:
    return [str(round(number)) for number in numbers.tolist()]


def cross_section(count: int, seed: int) -> Cells:
    """Return the columns of a feed, each by its name."""
    chance = np.random.default_rng(seed)
    sector = chance.integers(len(_SECTORS), size=count)
    industries = [f"{_SECTORS[each]} {kind}" for each, kind in zip(sector, chance.integers(4, size=count), strict=True)]
    cells: Cells = {
        "symbol": symbols(count),
        "name": [f"Company {number}" for number in range(count)],
        "sector": [_SECTORS[each] for each in sector],
        "industry": industries,
        "exchange": ["NYSE" if each else "Nasdaq" for each in chance.integers(2, size=count)],
    }
    bank = sector == _SECTORS.index("Financials")
    reported = _reported(count, chance)
    return {**cells, **_prices(count, chance), **_ratios(reported, bank)} | _market(reported, chance)


def _reported(count: int, chance: np.random.Generator) -> dict[str, Numbers]:
    revenue = np.exp(chance.normal(23.3, 1.2, count))
    operating = np.clip(chance.normal(0.18, 0.09, count), -0.15, 0.6)
    net = operating * np.clip(chance.normal(0.7, 0.12, count), 0.2, 1.2)
    assets = revenue * np.exp(chance.normal(0.6, 0.5, count))
    equity = assets * np.clip(chance.normal(0.38, 0.14, count), 0.05, 0.9)
    debt = assets * np.clip(chance.normal(0.28, 0.12, count), 0.01, 0.6)
    income = revenue * net
    current = np.exp(chance.normal(0.3, 0.4, count))
    value = np.abs(income) * np.exp(chance.normal(3.0, 0.45, count))
    return {
        "revenue": revenue, "operating": operating, "net": net, "assets": assets, "equity": equity, "debt": debt,
        "income": income, "value": value, "current": current,
        "gross": np.clip(operating + np.abs(chance.normal(0.22, 0.12, count)), 0.03, 0.97),
        "ebitda": revenue * (operating + np.abs(chance.normal(0.06, 0.02, count))),
        "free": income * np.exp(chance.normal(-0.1, 0.5, count)),
        "cash": assets * np.abs(chance.normal(0.07, 0.04, count)) + 1e6,
        "quick": current * chance.uniform(0.5, 1.0, count),
        "coverage": operating * revenue / (debt * chance.uniform(0.03, 0.06, count)),
        "payout": np.where(chance.random(count) < 0.2, 0.0, np.clip(chance.normal(0.4, 0.18, count), 0.05, 1.2)),
        "beta": np.clip(chance.normal(1.0, 0.33, count), 0.1, 3.0),
    }  # fmt: skip


def _ratios(of: Mapping[str, Numbers], bank: Flags) -> Cells:
    earns = of["income"] > 0
    return {
        "market_cap": _pieces(of["value"]),
        "per": _written(of["value"] / of["income"], earns),
        "pbr": _written(of["value"] / of["equity"]),
        "psr": _written(of["value"] / of["revenue"]),
        "ev_ebitda": _written((of["value"] + of["debt"] - of["cash"]) / of["ebitda"], of["ebitda"] > 0),
        "fcf_yield": _written(of["free"] / of["value"]),
        "dividend_yield": _written(np.where(earns, of["payout"] * of["income"] / of["value"], 0.0)),
        "roe": _written(of["income"] / of["equity"]),
        "roa": _written(of["income"] / of["assets"]),
        "roic": _written(of["income"] / (of["equity"] + of["debt"])),
        "gross_margin": _written(of["gross"], ~bank),
        "operating_margin": _written(of["operating"], ~bank),
        "net_margin": _written(of["net"]),
        "current_ratio": _written(of["current"], ~bank),
        "quick_ratio": _written(of["quick"], ~bank),
        "debt_to_equity": _written(of["debt"] / of["equity"]),
        "net_debt_ebitda": _written((of["debt"] - of["cash"]) / of["ebitda"], of["ebitda"] > 0),
        "interest_coverage": _written(of["coverage"], ~bank),
        "total_debt": _pieces(of["debt"]),
        "cash": _pieces(of["cash"]),
        "beta_5y_monthly": _written(of["beta"]),
        "revenue_ttm": _pieces(of["revenue"]),
        "net_income_ttm": _pieces(of["income"]),
        "fcf_ttm": _pieces(of["free"]),
    }


def _prices(count: int, chance: np.random.Generator) -> Cells:
    # Weekly closes of a year, of which the range and all returns are those of one path.
    steps = chance.normal(0.002, 0.04, (count, 52))
    paths = np.exp(chance.normal(4.7, 0.7, count))[:, None] * np.exp(np.cumsum(steps, axis=1))
    price = np.round(paths[:, -1], 2)
    return {
        "price": [f"{each:.2f}" for each in price],
        "high_52w": _written(np.maximum(paths.max(axis=1), price) * 1.01, digits=6),
        "low_52w": _written(np.minimum(paths.min(axis=1), price) * 0.99, digits=6),
        "change_1m": _written(price / paths[:, -5] - 1),
        "change_3m": _written(price / paths[:, -13] - 1),
        "change_1y": _written(price / paths[:, 0] - 1),
    }


def _market(of: Mapping[str, Numbers], chance: np.random.Generator) -> Cells:
    return {"volume": _pieces(of["value"] * np.exp(chance.normal(-9.6, 0.5, len(of["value"]))))}


def a_week_before(cells: Mapping[str, list[str]], seed: int) -> Cells:
    """Return the same companies a week before: other prices and what depends on them, and some other reports."""
    chance = np.random.default_rng(seed)
    moved = np.exp(chance.normal(0, 0.04, len(cells["symbol"])))
    before = {name: list(texts) for name, texts in cells.items()}
    for name in ("price", "market_cap", "per", "pbr", "psr"):
        before[name] = _times(cells[name], moved)
    for name in ("fcf_yield", "dividend_yield"):
        before[name] = _times(cells[name], 1 / moved)
    before["beta_5y_monthly"] = _times(cells["beta_5y_monthly"], np.exp(chance.normal(0, 0.03, len(moved))))
    for name in ("change_1m", "change_3m", "change_1y"):
        before[name] = [f"{(1 + float(text)) * float(by) - 1:.5g}" for text, by in zip(cells[name], moved, strict=True)]
    return before


def _times(texts: list[str], factors: Numbers) -> list[str]:
    return [f"{float(text) * float(by):.8g}" if text else "" for text, by in zip(texts, factors, strict=True)]
