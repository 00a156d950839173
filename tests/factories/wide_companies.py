"""A cross-section with every field of the catalogue, and companions beside them: as wide as feeds come."""

import numpy as np

from domain.companies.catalogue import RATINGS
from domain.quant.arrays import Numbers
from tests.factories.companies import Cells, cross_section, symbols


def wide_cross_section(count: int, seed: int) -> Cells:
    """Return the columns of a feed of 50 columns, among them all 39 fields; what is defined by others agrees."""
    cells = cross_section(count, seed)
    chance = np.random.default_rng(seed + 1)
    of = {
        name: _read(cells[name]) for name in cells if name not in {"symbol", "name", "sector", "industry", "exchange"}
    }
    enterprise = of["market_cap"] + of["total_debt"] - of["cash"]
    shares = of["market_cap"] / of["price"]
    assets = of["net_income_ttm"] / of["roa"]
    flow = np.abs(of["fcf_ttm"]) * 1.3
    with np.errstate(all="ignore"):
        ebitda = np.where(np.isnan(of["ev_ebitda"]), -0.02 * of["revenue_ttm"], enterprise / of["ev_ebitda"])
        more = {
            "ev_sales": enterprise / of["revenue_ttm"],
            "pcfr": of["market_cap"] / flow,
            "payout_ratio": np.where(of["per"] > 0, of["dividend_yield"] * of["per"], np.nan),
            "cash_to_debt": of["cash"] / of["total_debt"],
            "asset_turnover": of["revenue_ttm"] / assets,
            "inventory_turnover": np.exp(chance.normal(1.8, 0.5, count)),
            "change_3y": np.exp(chance.normal(0.2, 0.4, count)) - 1,
            "change_5y": np.exp(chance.normal(0.4, 0.5, count)) - 1,
            "float_short": np.clip(np.abs(chance.normal(0.03, 0.02, count)), 0.001, 0.4),
            "ebitda_ttm": ebitda,
            "eps_ttm": of["net_income_ttm"] / shares,
            "enterprise_value": enterprise,
            "ocf_ttm": flow,
            "equity": of["market_cap"] / of["pbr"],
            "total_assets": assets,
        }
    written = {name: [f"{each:.8g}" if np.isfinite(each) else "" for each in values] for name, values in more.items()}
    volumes = _read(cells["volume"]) * np.exp(chance.normal(0, 0.1, count))
    written["avg_volume_3m"] = [str(round(each)) for each in volumes.tolist()]
    texts = {
        "Analyst": [f"House {each}" for each in chance.integers(20, size=count)],
        "Rating": [RATINGS[each] for each in chance.integers(len(RATINGS), size=count)],
        "country": ["US"] * count,
        "currency": ["USD"] * count,
    }
    return {**cells, "symbol": _tickers(count), **texts, **written}


def _read(texts: list[str]) -> Numbers:
    return np.array([float(text) if text else np.nan for text in texts])


def _tickers(count: int) -> list[str]:
    # As many as there are of three letters.
    assert count <= 17_576
    return symbols(count)
