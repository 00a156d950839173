"""The price of a European option to 40 digits: slow, and by another way than the product's."""

from decimal import Decimal, localcontext
from itertools import count

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")


def normal(x: Decimal) -> Decimal:
    """Return the standard normal distribution: 1/2 + density * (x + x**3/3 + x**5/(3*5) + …), for |x| up to 12."""
    term = total = x
    for odd in count(3, 2):
        term = term * x * x / odd
        total += term
        if abs(term) < Decimal("1e-75"):
            break
    return Decimal("0.5") + total * (-x * x / 2).exp() / (2 * PI).sqrt()


def option_price(
    spot: float, strike: float, years: float, rate: float, dividend_yield: float, volatility: float, is_call: bool
) -> float:
    """Return what `price` returns, of exactly these floats."""
    with localcontext() as context:
        # A tail of e**-72 keeps 40 digits, of sums that go up to e**72.
        context.prec = 120
        s, k, t, r, q, v = map(Decimal, (spot, strike, years, rate, dividend_yield, volatility))
        deviation = v * t.sqrt()
        d1 = ((s / k).ln() + (r - q + v * v / 2) * t) / deviation
        sign = 1 if is_call else -1
        shares, money = s * (-q * t).exp() * normal(sign * d1), k * (-r * t).exp() * normal(sign * (d1 - deviation))
        return float(sign * (shares - money))
