"""`risk`: numbers that are known from how the market was made, nothing of another's, runs that are found again."""

import numpy as np
import pytest

from domain.calculations.models import CalculationRun
from tests.factories.portfolios import FRIDAY, buy, short_sale
from tests.factories.risk import BETAS, DAYS, factor_moves
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import codes
from tests.support.statements import counted_statements

RANGE = {"from": str(DAYS[1]), "to": str(FRIDAY)}
# 1,000 in cash, 10 AAA and 20 BBB at 100.
HELD = factor_moves() @ np.array([BETAS["AAA"], BETAS["BBB"]]).T @ [0.25, 0.5]


@pytest.fixture
async def portfolio(holding):
    return await holding("1000", AAA="10", BBB="20")


async def test_what_may_be_lost_is_of_the_positions_at_the_end(ask, portfolio):
    found = (await ask("Risk", id=portfolio, **RANGE))["risk"]

    losses = np.sort(-HELD)[::-1]
    size = 0.05 * len(losses)
    worst = int(np.ceil(size - 1e-9))
    # The last of them counts in part: so many cases are 5 % of all.
    mean = (losses[: worst - 1].sum() + (size - worst + 1) * losses[worst - 1]) / size
    historical = found["historical"]
    assert historical["fraction"] == pytest.approx(losses[worst - 1], rel=1e-9)
    assert historical["amount"] == pytest.approx(4_000 * losses[worst - 1], rel=1e-9)
    assert historical["expectedShortfall"] == pytest.approx(mean, rel=1e-9)
    assert historical["expectedShortfallAmount"] == pytest.approx(4_000 * mean, rel=1e-9)
    normal = 1.6448536269514722 * np.std(HELD, ddof=1) - HELD.mean()
    assert found["normal"]["fraction"] == pytest.approx(normal, rel=1e-9)
    assert found["cornishFisher"]["valid"] is True
    assert found["unavailable"] == []


async def test_contributions_sum_to_the_volatility_of_what_is_held(ask, portfolio):
    found = (await ask("Risk", id=portfolio, **RANGE))["risk"]["contributions"]

    assert [each["symbol"] for each in found] == ["AAA", "BBB"]
    assert sum(each["contribution"] for each in found) == pytest.approx(np.std(HELD, ddof=1) * np.sqrt(252), rel=1e-9)
    assert [each["weight"] for each in found] == pytest.approx([0.25, 0.5], rel=1e-12)


async def test_a_basis_overrides_and_is_answered(ask, portfolio):
    found = (await ask("Risk", id=portfolio, **RANGE, basis="CURRENT_HOLDINGS"))["risk"]

    assert found["basis"] == "CURRENT_HOLDINGS"
    assert found["observations"] == len(HELD)
    assert found["volatility"] == pytest.approx(np.std(HELD, ddof=1) * np.sqrt(252), rel=1e-9)
    compared = factor_moves()[:, 0]
    assert found["beta"] == pytest.approx(np.cov(HELD, compared)[0, 1] / np.var(compared, ddof=1), rel=1e-9)


async def test_measures_are_of_what_was_earned(ask, holding):
    everything = await holding(AAA="10")

    found = (await ask("Risk", id=everything, **RANGE))["risk"]

    own = factor_moves() @ np.array(BETAS["AAA"])
    assert found["basis"] is None
    assert found["observations"] == len(own)
    assert found["volatility"] == pytest.approx(np.std(own, ddof=1) * np.sqrt(252), rel=1e-6)


async def test_a_number_that_is_not_there_is_null_and_said_so(ask, portfolio):
    short = {"from": str(DAYS[-5]), "to": str(FRIDAY)}

    found = (await ask("Risk", id=portfolio, **short))["risk"]

    missing = {each["field"]: each["reason"] for each in found["unavailable"]}
    assert found["annualizedReturn"] is None
    assert missing["annualizedReturn"] == "INSUFFICIENT_HISTORY"
    assert (found["contributions"], missing["contributions"]) == ([], "INSUFFICIENT_HISTORY")
    told = (await ask("RiskRuns", id=portfolio, **short))["risk"]["valueAtRisk"]
    assert (told["fraction"], told["amount"]) == (None, None)
    assert {each["field"] for each in told["unavailable"]} == {
        *("fraction", "amount"),
        *("expectedShortfall", "expectedShortfallAmount"),
    }


async def test_a_position_that_is_left_out_is_named_with_its_part(ask, holding):
    found = (await ask("RiskRuns", id=await holding(AAA="10", YOUNG="30"), **RANGE))["risk"]

    own = factor_moves() @ np.array(BETAS["AAA"]) * 0.25
    fraction = np.sort(-own)[::-1][int(np.ceil(0.05 * len(own) - 1e-9)) - 1]
    assert found["valueAtRisk"]["fraction"] == pytest.approx(fraction, rel=1e-9)
    for where in (found["valueAtRisk"]["unavailable"], found["unavailable"]):
        (left,) = [each for each in where if each["field"] == "YOUNG"]
        assert left["reason"] == "INSUFFICIENT_HISTORY"
        assert left["message"].endswith("75.0% of the portfolio is left out")


async def test_a_portfolio_of_less_than_nothing_says_so(book, ask, holding):
    portfolio = await holding("1000", AAA="1")
    await book(portfolio, short_sale("BBB", "100", "80", FRIDAY))

    told = (await ask("RiskRuns", id=portfolio, **RANGE))["risk"]["valueAtRisk"]

    assert told["fraction"] is None
    assert {each["reason"] for each in told["unavailable"]} == {"UNDEFINED"}
    assert "positive worth" in told["unavailable"][0]["message"]


async def test_the_tail_and_what_it_is_made_of(ask, portfolio):
    found = (await ask("RiskTail", id=portfolio, **RANGE))["risk"]

    assert found["tailRisk"]["observations"] == len(HELD)
    assert found["tailRisk"]["unavailable"] == []
    # 250 sessions before the first that is told, and at least 50 that are.
    assert found["valueAtRiskBacktest"]["zone"] == "UNKNOWN"
    assert found["valueAtRiskBacktest"]["unavailable"][0]["reason"] == "INSUFFICIENT_HISTORY"
    explained = found["explanation"]
    assert (explained["basis"], explained["benchmark"], explained["periodsPerYear"]) == ("REALIZED", "SP500", 252)
    assert all(each["source"] and each["formula"] for each in explained["numbers"])


@pytest.mark.parametrize(
    "more",
    [
        {"riskFreeRate": 2.0},
        {"benchmark": "NOBODY"},
        {"from": "2022-11-18", "to": "2022-11-17"},
        {"from": "2000-01-01", "to": "2099-01-01"},
    ],
)
async def test_what_cannot_be_asked_is_refused(client, portfolio, more):
    found = await client.execute(DOCUMENTS["Risk"], {"id": portfolio, **RANGE, **more})

    if "2099" in str(more):
        assert codes(found) in ([], ["BAD_USER_INPUT"])
    else:
        assert set(codes(found)) == {"BAD_USER_INPUT"}


@pytest.mark.parametrize("given", ["confidence: 0.4", "confidence: 1", "horizonDays: 0", "horizonDays: 253"])
async def test_a_value_at_risk_that_makes_no_sense_is_refused(client, portfolio, given):
    document = (
        "query($id: ID!, $from: Date!, $to: Date!) { portfolio(id: $id) { risk(from: $from, to: $to) "
        f"{{ volatility valueAtRisk({given}) {{ fraction }} }} }} }}"
    )

    found = await client.execute(document, {"id": portfolio, **RANGE})

    assert codes(found) == ["BAD_USER_INPUT"]
    # One number that is refused takes no other with it.
    assert found["data"]["portfolio"]["risk"]["volatility"] is not None


async def test_another_s_risk_is_not_seen(ask, portfolio, stranger):
    assert await ask("Risk", id=portfolio, **RANGE, actor=stranger) is None


async def test_who_sees_no_amounts_sees_no_risk(ask, portfolio, veiled, stranger):
    await veiled(portfolio)

    assert (await ask("Risk", id=portfolio, **RANGE, actor=stranger))["risk"] is None


async def test_the_same_is_answered_from_the_stored_run(ask, portfolio, forget):
    first = (await ask("RiskRuns", id=portfolio, **RANGE))["risk"]
    await forget()
    second = (await ask("RiskRuns", id=portfolio, **RANGE))["risk"]

    assert second == first
    assert await CalculationRun.all().count() == 2


async def test_other_data_make_another_run(book, ask, portfolio, forget):
    first = (await ask("RiskRuns", id=portfolio, **RANGE))["risk"]
    await forget()
    await book(portfolio, buy("CCC", "1", "100", FRIDAY))

    second = (await ask("RiskRuns", id=portfolio, **RANGE))["risk"]

    assert second["valueAtRisk"]["run"]["id"] != first["valueAtRisk"]["run"]["id"]


async def test_how_many_statements_it_takes(ask, portfolio, forget):
    await ask("Risk", id=portfolio, **RANGE)
    await forget()

    with counted_statements() as stored:
        await ask("Risk", id=portfolio, **RANGE)
    with counted_statements() as kept:
        await ask("Risk", id=portfolio, **RANGE)

    # The portfolio, the clock, the benchmark, its returns, valuation: instruments and closes; then two batches of runs.
    assert (len(stored), len(kept)) == (8, 6)
