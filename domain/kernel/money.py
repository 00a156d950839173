"""Exact amounts: how many digits they have, and where they are rounded."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal

# Products of two 28-digit numbers, and their sums, are exact in 60 digits.
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)

PRICE_PLACES = 10
MONEY_PLACES = 8
DIGITS = 28

_PRICE_UNIT = Decimal(1).scaleb(-PRICE_PLACES)
_MONEY_UNIT = Decimal(1).scaleb(-MONEY_PLACES)
ZERO = Decimal(0)


def to_money(amount: Decimal) -> Decimal:
    """Return the amount rounded half-even to 8 places: done once, at the posting."""
    return amount.quantize(_MONEY_UNIT, context=EXACT)


def to_price(number: Decimal) -> Decimal:
    """Return a price or quantity rounded half-even to 10 places."""
    return number.quantize(_PRICE_UNIT, context=EXACT)


def product(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact product, not rounded."""
    return EXACT.multiply(left, right)


def quotient(left: Decimal, right: Decimal) -> Decimal:
    """Return the quotient to 60 digits."""
    return EXACT.divide(left, right)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum."""
    result = ZERO
    for amount in amounts:
        result = EXACT.add(result, amount)
    return result


def fits(number: Decimal, places: int) -> bool:
    """Whether a number can be stored with 28 digits, this many of them decimal places, without losing any."""
    if not number.is_finite():
        return False
    normal = number.normalize(EXACT)
    if normal != number:
        return False
    _, digits, exponent = normal.as_tuple()
    assert isinstance(exponent, int)
    return exponent >= -places and len(digits) + exponent <= DIGITS - places
