"""Symbols of listed options, as the Options Clearing Corporation spells them: root, yymmdd, C or P, strike × 1,000."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.kernel.money import EXACT
from domain.market.types import OptionRight, OptionStyle

# The root is padded to six characters in the 21 that clearing uses, and not padded elsewhere.
_SYMBOL = re.compile(r"([A-Z][A-Z0-9.]{0,5}) {0,5}(\d{2})(\d{2})(\d{2})([CP])(\d{8})", re.ASCII)
_THOUSAND = Decimal(1000)
_LARGEST_STRIKE = Decimal(99_999_999)
# Roots of index options, whose underlying is listed here under another name; they are exercised at expiry alone.
# Source: Cboe, contract specifications of SPX and SPXW options.
_INDEX_ROOTS = {"SPX": "SP500", "SPXW": "SP500"}


@dataclass(frozen=True, slots=True, order=True)
class OccSymbol:
    """What the symbol of an option says."""

    root: str
    expiry: date
    right: OptionRight
    strike: Decimal

    def __str__(self) -> str:
        thousandths = int(EXACT.multiply(self.strike, _THOUSAND))
        return f"{self.root}{self.expiry:%y%m%d}{self.right.value[0]}{thousandths:08}"

    @property
    def padded(self) -> str:
        """The symbol in 21 characters."""
        plain = str(self)
        return f"{self.root:<6}{plain[len(self.root) :]}"

    @property
    def underlying(self) -> str:
        """The symbol of what the contract is written on."""
        return _INDEX_ROOTS.get(self.root, self.root)

    @property
    def style(self) -> OptionStyle:
        """When the contract can be exercised."""
        return OptionStyle.EUROPEAN if self.root in _INDEX_ROOTS else OptionStyle.AMERICAN

    @property
    def possible_underlyings(self) -> tuple[str, str]:
        """The symbols of what it may be written on: a split adds a digit to the root."""
        return self.underlying, self.root.rstrip("0123456789")

    def is_on(self, symbol: str) -> bool:
        """Whether this could be a contract on what has this symbol: roots have no point, those adjusted a digit."""
        return self.underlying == symbol or self.root.rstrip("0123456789") == symbol.replace(".", "")


def parse_occ(text: str) -> OccSymbol | None:
    """Return what an option's symbol says, None for what is no such symbol."""
    found = _SYMBOL.fullmatch(text)
    if found is None:
        return None
    root, year, month, day, right, thousandths = found.groups()
    try:
        expiry = date(2000 + int(year), int(month), int(day))
    except ValueError:
        return None
    strike = EXACT.divide(Decimal(thousandths), _THOUSAND)
    if not strike:
        return None
    return OccSymbol(root, expiry, OptionRight.CALL if right == "C" else OptionRight.PUT, strike)


def occ_symbol(root: str, expiry: date, right: OptionRight, strike: Decimal) -> OccSymbol | None:
    """Return the symbol of a contract; None where OCC has none: a strike of more than three decimal places, say."""
    thousandths = EXACT.multiply(strike, _THOUSAND)
    if thousandths != thousandths.to_integral_value() or not 0 < thousandths <= _LARGEST_STRIKE:
        return None
    return parse_occ(f"{root}{expiry:%y%m%d}{right.value[0]}{int(thousandths):08}")
