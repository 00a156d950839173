"""Technical indicators through the API: `operations_own/indicators.graphql`, its statements, and refusals."""

import numpy as np
import pytest

from domain.kernel.errors import BadUserInput
from domain.market.demonstration.prices import read_prices
from domain.quant import indicators
from tests.schema.market.conftest import Ask
from tests.support.graphql import OPERATIONS
from tests.support.statements import counted_statements

DOCUMENT = (OPERATIONS.parent / "operations_own" / "indicators.graphql").read_text()


async def test_columns_of_a_range_know_what_was_before(ask: Ask):
    days = {"from": "2022-11-01", "to": "2022-11-29"}
    with counted_statements() as sent:
        found = (await ask(DOCUMENT, symbol="AAPL", **days))["instrument"]["indicators"]
    assert len(sent) == 3

    table = read_prices()
    closes = np.array([row[table.symbols.index("AAPL")] for row in table.closes[:-20]])
    assert len(found["dates"]) == 20
    assert (found["dates"][0], found["dates"][-1]) == ("2022-11-01", "2022-11-29")
    bands, trend = indicators.bollinger(closes), indicators.macd(closes)
    for shown, expected in (
        (found["sma"], indicators.sma(closes, 3)),
        (found["ema"], indicators.ema(closes, 3)),
        (found["rsi"], indicators.rsi(closes)),
        (found["rateOfChange"], indicators.rate_of_change(closes)),
        (found["macd"]["signal"], trend.signal),
        (found["macd"]["histogram"], trend.histogram),
        (found["bollinger"]["upper"], bands.upper),
        (found["bollinger"]["percentB"], bands.percent_b),
    ):
        np.testing.assert_allclose(shown, expected[-20:], rtol=1e-9, atol=1e-9)

    early = (await ask(DOCUMENT, symbol="AAPL", **{"from": "1990-01-01", "to": "2005-02-01"}))["instrument"]
    assert early["indicators"]["sma"][:2] == [None, None]
    assert early["indicators"]["sma"][2] is not None


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("sma(window: 0)", "expected window from 1 to 500, got 0"),
        ("rsi(window: 501)", "expected window from 1 to 500, got 501"),
        ("macd(fast: 26, slow: 12) { line }", "expected fast under slow, got 26 and 12"),
        ("bollinger(deviations: 0) { upper }", "expected deviations above 0 and at most 10, got 0.0"),
    ],
)
async def test_refuses_windows_that_are_none(ask: Ask, field: str, message: str):
    with pytest.raises(BadUserInput) as refused:
        await ask(
            f'{{ instrument(symbol: "AAPL") {{ indicators(from: "2022-01-01", to: "2022-02-01") {{ {field} }} }} }}'
        )

    assert refused.value.message == message
