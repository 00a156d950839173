"""Names that differ from provider to provider, in our words."""

from collections.abc import Mapping
from typing import Final

# Source: ISO 10383, the operating codes of the listing markets.
_MARKETS: Final[Mapping[str, str]] = {
    "NASDAQ": "XNAS", "NMS": "XNAS", "NGM": "XNAS", "NCM": "XNAS", "NASDAQGS": "XNAS", "XNGS": "XNAS", "XNMS": "XNAS",
    "XNCM": "XNAS", "XNAS": "XNAS", "NYSE": "XNYS", "NYQ": "XNYS", "XNYS": "XNYS", "AMEX": "XASE", "ASE": "XASE",
    "NYSE AMERICAN": "XASE", "NYSE MKT": "XASE", "XASE": "XASE", "ARCA": "ARCX", "PCX": "ARCX", "NYSE ARCA": "ARCX",
    "NYSEARCA": "ARCX", "ARCX": "ARCX", "BATS": "BATS", "BTS": "BATS", "CBOE": "BATS",
}  # fmt: skip

# Sectors of Morningstar, which several providers use, as the Global Industry Classification Standard has them.
_SECTORS: Final[Mapping[str, str]] = {
    "technology": "Information Technology",
    "financial services": "Financials",
    "financial": "Financials",
    "healthcare": "Health Care",
    "consumer cyclical": "Consumer Discretionary",
    "consumer defensive": "Consumer Staples",
    "basic materials": "Materials",
}

_COUNTRIES: Final[Mapping[str, str]] = {"USA": "US", "UNITED STATES": "US", "UNITED STATES OF AMERICA": "US"}


def market_code(name: str | None) -> str | None:
    """Return the MIC of an exchange, None where the name is not known."""
    return None if name is None else _MARKETS.get(name.upper())


def sector_name(name: str | None) -> str | None:
    """Return a sector as the Global Industry Classification Standard calls it; one that is not known as it is."""
    return None if name is None else _SECTORS.get(name.lower(), name[:80])


def country_code(name: str | None) -> str | None:
    """Return the ISO 3166-1 code of a country, None where the name is not known."""
    if name is None:
        return None
    return name.upper() if len(name) == 2 and name.isalpha() else _COUNTRIES.get(name.upper())
