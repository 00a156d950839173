"""The data that every contestant serves: synthetic, the same at every run, in the shape of the API's own schema."""

import base64
import json
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

INSTRUMENTS = 60  # one for each position
PAGE = 50
LIVE_SYMBOLS = 26
AS_OF = "2022-12-28T21:00:00.000Z"

SECTORS = ("Energy", "Materials", "Industrials", "Health Care", "Financials", "Information Technology")
NAMESPACE = uuid.UUID("6f1d0c7e-52a1-4b0e-9a53-9c5b1f6f0a11")


def build() -> dict[str, Any]:
    """Return `{"instruments": [...], "portfolio": {...}}`: decimals as strings, as they travel."""
    instruments = [_instrument(number) for number in range(1, INSTRUMENTS + 1)]
    return {"instruments": instruments, "portfolio": _portfolio(instruments)}


def write(path: Path) -> None:
    """Write the data as JSON, for the peers to load."""
    path.write_text(json.dumps(build()), encoding="utf-8")


def symbols(count: int) -> list[str]:
    """Return the symbols of the first `count` instruments."""
    return [_symbol(number) for number in range(1, count + 1)]


def _symbol(number: int) -> str:
    return f"BM{number:02d}"


def _identifier(kind: str, name: str) -> str:
    return base64.urlsafe_b64encode(f"{kind}:{uuid.uuid5(NAMESPACE, name)}".encode()).decode()


def _instrument(number: int) -> dict[str, Any]:
    symbol = _symbol(number)
    previous = Decimal(2000 + 137 * number) / 100
    change = Decimal((number * 37) % 200 - 100) / 100
    price = previous + change
    return {
        "id": _identifier("Instrument", symbol),
        "symbol": symbol,
        "name": f"Benchmark Holdings {number:02d} Incorporated",
        "kind": "STOCK",
        "exchange": "XNYS",
        "currency": "USD",
        "sector": SECTORS[number % len(SECTORS)],
        "quote": {
            "id": _identifier("Quote", symbol),
            "symbol": symbol,
            "price": str(price),
            "change": str(change),
            "changePercent": float(change / previous * 100),
            "open": str(previous + Decimal("0.11")),
            "high": str(max(price, previous) + Decimal("0.57")),
            "low": str(min(price, previous) - Decimal("0.43")),
            "previousClose": str(previous),
            "volume": str(1_000_000 + 7_919 * number),
            "at": AS_OF,
            "source": "REPLAY",
            "quality": "FAIR",
            "stale": False,
            "unavailable": [],
        },
    }


def _portfolio(instruments: list[dict[str, Any]]) -> dict[str, Any]:
    held = [_holding(number, instrument) for number, instrument in enumerate(instruments, start=1)]
    cost = sum((Decimal(position["costBasis"]) for position in held), Decimal(0))
    invested = sum((Decimal(position["marketValue"]) for position in held), Decimal(0))
    cash = Decimal("25000.50")
    for position in held:
        position["weight"] = float(Decimal(position["marketValue"]) / (invested + cash))
    portfolio_id = _identifier("Portfolio", "benchmark")
    return {
        "id": portfolio_id,
        "name": "Benchmark portfolio",
        "baseCurrency": "USD",
        "version": INSTRUMENTS + 1,
        "valuation": {
            "id": _identifier("PortfolioValuation", "benchmark"),
            "totalValue": str(invested + cash),
            "investedValue": str(invested),
            "cashBalance": str(cash),
            "costBasis": str(cost),
            "unrealizedGain": str(invested - cost),
            "dayChange": "1234.56",
            "dayChangePercent": 0.4321,
            "at": AS_OF,
            "unpriced": [],
            "unavailable": [],
        },
        "cash": [{"currency": "USD", "amount": str(cash)}],
        "positions": held,
    }


def _holding(number: int, instrument: dict[str, Any]) -> dict[str, Any]:
    quantity = Decimal(10 + number)
    price = Decimal(instrument["quote"]["price"])
    average = Decimal(instrument["quote"]["previousClose"]) - Decimal("1.25")
    return {
        "id": _identifier("Position", instrument["symbol"]),
        "symbol": instrument["symbol"],
        "kind": "LONG",
        "quantity": str(quantity),
        "averageCost": str(average),
        "costBasis": str(average * quantity),
        "price": str(price),
        "marketValue": str(price * quantity),
        "unrealizedGain": str((price - average) * quantity),
        "weight": 0.0,
        "unavailable": [],
    }
