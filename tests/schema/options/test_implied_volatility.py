"""`impliedVolatility`: the inverse of the formula, or why there is none."""

import pytest

from domain.quant import american, black_scholes
from tests.schema.options.conftest import ask


@pytest.fixture
def databases(sqlite_databases):
    """No database is asked."""
    return sqlite_databases


TERMS = {"right": "PUT", "spot": 100, "strike": 110, "years": 0.5, "rate": 0.03, "dividendYield": 0.01}


async def test_a_price_gives_its_volatility_back(resources):
    price = float(black_scholes.price(100, 110, 0.5, 0.03, 0.01, 0.42, False))

    found = await ask(resources, "ImpliedVolatility", input={**TERMS, "price": price})

    assert found == {"volatility": pytest.approx(0.42, abs=1e-12), "unavailable": []}


async def test_an_american_price_gives_its_volatility_back(resources):
    price = float(american.price(100, 110, 0.5, 0.03, 0.01, 0.42, False))

    found = await ask(resources, "ImpliedVolatility", input={**TERMS, "price": price, "style": "AMERICAN"})
    exercised = await ask(resources, "ImpliedVolatility", input={**TERMS, "price": 10, "style": "AMERICAN"})

    assert found == {"volatility": pytest.approx(0.42, abs=1e-6), "unavailable": []}
    assert exercised["unavailable"][0]["message"] == "expected a price above 10, what exercise brings now, got 10"


@pytest.mark.parametrize(("price", "reason"), [(1, "UNDEFINED"), (1e300, "UNDEFINED"), (-1, "INVALID_INPUT")])
async def test_a_price_that_implies_none_says_why(resources, price, reason):
    found = await ask(resources, "ImpliedVolatility", input={**TERMS, "price": price})

    (absence,) = found["unavailable"]
    assert (found["volatility"], absence["field"], absence["reason"]) == (None, "volatility", reason)
