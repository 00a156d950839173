"""Options as brokers spell them, to OCC symbols."""

import re
from datetime import date
from decimal import Decimal

from domain.market.occ import OccSymbol, occ_symbol, parse_occ
from domain.market.types import OptionRight
from domain.portfolios.imports.mapping import Format


def option_of(text: str, mapping: Format) -> OccSymbol | None:
    """Return the contract that a text names, None where it names none."""
    plain = text.strip()
    known = parse_occ(plain)
    if known is not None:
        return known
    for pattern in mapping.options:
        found = pattern.search(plain)
        if found is not None:
            return _contract(found)
    return None


def _contract(found: re.Match[str]) -> OccSymbol | None:
    year = int(found["year"])
    try:
        expiry = date(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    right = OptionRight.CALL if found["right"].upper().startswith("C") else OptionRight.PUT
    return occ_symbol(found["root"], expiry, right, Decimal(found["strike"].replace(",", "")))
