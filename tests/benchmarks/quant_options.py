"""Options here and in a loop over QuantLib: the same work for both, whose numbers can be compared."""

import importlib
import importlib.util
from typing import Any

import numpy as np

from domain.quant import american, black_scholes
from domain.quant.implied_volatility import implied_volatility

quantlib: Any = importlib.import_module("QuantLib") if importlib.util.find_spec("QuantLib") else None
"""Absent where only our side is measured."""

Terms = list[np.ndarray]


def terms(count: int) -> Terms:
    """Return so many options whose expiries are whole days, as the arguments of `black_scholes.value`."""
    chance = np.random.default_rng(7)
    bounds = [(50, 150), (50, 150), (1, 730), (0, 0.05), (0, 0.03), (0.05, 0.8)]
    drawn = [chance.uniform(low, high, count) for low, high in bounds]
    drawn[2] = np.round(drawn[2]) / 365
    return [*drawn, (chance.random(count) < 0.5).astype(float)]


def ours_value(given: Terms) -> tuple[np.ndarray, ...]:
    """Return prices and five Greeks, each (n,)."""
    found = black_scholes.value(*given)
    greeks = (found.delta, found.gamma, found.vega_per_point, found.theta_per_day, found.rho_per_point)
    return (found.price, *greeks)


def rows(found: Any) -> np.ndarray:
    """Return prices and Greeks, of either side as it has them, as (6, n): to make one array of them is no contest."""
    return np.array(found).T if isinstance(found, list) else np.array(found)


def peer_value(given: Terms) -> list[tuple[float, ...]]:
    """Return what `ours_value` does, one by one, by `BlackCalculator`, which is the quickest that QuantLib has."""
    found: list[tuple[float, ...]] = []
    for spot, strike, years, rate, dividend_yield, volatility, is_call in zip(*_plain(given), strict=True):
        growth, discount = np.exp((rate - dividend_yield) * years), np.exp(-rate * years)
        right = quantlib.Option.Call if is_call else quantlib.Option.Put
        calculator = quantlib.BlackCalculator(
            quantlib.PlainVanillaPayoff(right, strike), spot * growth, volatility * years**0.5, discount
        )
        found.append(
            (
                calculator.value(),
                calculator.delta(spot),
                calculator.gamma(spot),
                calculator.vega(years) / 100,
                calculator.theta(spot, years) / 365,
                calculator.rho(years) / 100,
            )
        )
    return found


def peer_engine_value(given: Terms) -> list[tuple[float, ...]]:
    """Return what `peer_value` does, by the way QuantLib's manual shows: an option and an `AnalyticEuropeanEngine`."""
    quotes, process, day = _market()
    engine = quantlib.AnalyticEuropeanEngine(process)
    found: list[tuple[float, ...]] = []
    for row in zip(*_plain(given), strict=True):
        option = _option(quotes, day, row, quantlib.EuropeanExercise)
        option.setPricingEngine(engine)
        greeks = (option.delta(), option.gamma(), option.vega() / 100, option.theta() / 365, option.rho() / 100)
        found.append((option.NPV(), *greeks))
    return found


def implied_terms(count: int) -> Terms:
    """Return options with their prices in place of volatilities, as the arguments of `implied_volatility`."""
    given = terms(count)
    return [black_scholes.price(*given), *given[:5], given[6]]


def ours_implied(given: Terms) -> np.ndarray:
    """Return implied volatilities, (n,)."""
    return implied_volatility(*given)


def peer_implied(given: Terms) -> np.ndarray:
    """Return what `ours_implied` does, NaN where QuantLib refuses."""
    found = []
    for option_price, spot, strike, years, rate, dividend_yield, is_call in zip(*_plain(given), strict=True):
        right = quantlib.Option.Call if is_call else quantlib.Option.Put
        forward, discount = spot * np.exp((rate - dividend_yield) * years), np.exp(-rate * years)
        try:
            deviation = quantlib.blackFormulaImpliedStdDev(right, strike, forward, option_price, discount)
        except RuntimeError:
            deviation = np.nan
        found.append(deviation / years**0.5)
    return np.array(found)


def own_pricing(given: Terms) -> np.ndarray:
    """Price the options, and return the volatilities that it took, (n,)."""
    black_scholes.price(*given)
    return given[5]


def repriced(given: Terms, volatilities: np.ndarray) -> np.ndarray:
    """Return the prices at implied volatilities: what prices tell no longer is another volatility of the same price."""
    _, spot, strike, years, rate, dividend_yield, is_call = given
    return black_scholes.price(spot, strike, years, rate, dividend_yield, volatilities, is_call)


def ours_american(given: Terms) -> np.ndarray:
    """Return prices of American options, (n,)."""
    return american.price(*given)


def peer_american(given: Terms) -> np.ndarray:
    """Return what `ours_american` does, by the fast scheme of `QdFpAmericanEngine`."""
    return _american(given, quantlib.QdFpAmericanEngine.fastScheme())


def exact_american(given: Terms) -> np.ndarray:
    """Return what `ours_american` does, by the scheme of high precision, 20 ms an option: to tell both errors."""
    return _american(given, quantlib.QdFpAmericanEngine.highPrecisionScheme())


def _american(given: Terms, scheme: Any) -> np.ndarray:
    quotes, process, day = _market()
    engine, found = quantlib.QdFpAmericanEngine(process, scheme), []
    for row in zip(*_plain(given), strict=True):
        option = _option(quotes, day, row, lambda expiry: quantlib.AmericanExercise(day, expiry))
        option.setPricingEngine(engine)
        found.append(option.NPV())
    return np.array(found)


def _plain(given: Terms) -> list[list[float]]:
    """Return Python's numbers: a loop is quicker over them."""
    return [each.tolist() for each in given]


def _market() -> tuple[tuple[Any, ...], Any, Any]:
    """Return quotes of spot, rate, yield and volatility, the process that follows them, and its day."""
    day = quantlib.Date(2, 1, 2025)
    quantlib.Settings.instance().evaluationDate = day
    counter = quantlib.Actual365Fixed()
    spot, rate, dividend_yield, volatility = quotes = tuple(
        quantlib.SimpleQuote(each) for each in (100, 0.05, 0.02, 0.2)
    )

    def curve(quote: Any) -> Any:
        return quantlib.YieldTermStructureHandle(quantlib.FlatForward(day, quantlib.QuoteHandle(quote), counter))

    level = quantlib.BlackConstantVol(day, quantlib.NullCalendar(), quantlib.QuoteHandle(volatility), counter)
    process = quantlib.BlackScholesMertonProcess(
        quantlib.QuoteHandle(spot), curve(dividend_yield), curve(rate), quantlib.BlackVolTermStructureHandle(level)
    )
    return quotes, process, day


def _option(quotes: tuple[Any, ...], day: Any, row: tuple[float, ...], exercise: Any) -> Any:
    """Return an option after setting the quotes to its row."""
    spot, strike, years, rate, dividend_yield, volatility, is_call = row
    for quote, number in zip(quotes, (spot, rate, dividend_yield, volatility), strict=True):
        quote.setValue(number)
    right = quantlib.Option.Call if is_call else quantlib.Option.Put
    return quantlib.VanillaOption(quantlib.PlainVanillaPayoff(right, strike), exercise(day + round(years * 365)))
