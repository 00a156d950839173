"""`correlations` and `riskChecks`."""

import numpy as np
import pytest

from tests.factories.portfolios import FRIDAY
from tests.factories.risk import BETAS, DAYS, factor_moves
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import codes

RANGE = {"from": str(DAYS[1]), "to": str(FRIDAY)}


@pytest.fixture
async def portfolio(holding):
    return await holding("1000", AAA="10", BBB="20")


async def test_correlations_are_those_of_the_returns(ask, portfolio):
    found = (await ask("Correlations", id=portfolio, **RANGE))["correlations"]

    made = factor_moves() @ np.array([BETAS["AAA"], BETAS["BBB"]]).T
    assert found["symbols"] == ["AAA", "BBB"]
    assert np.allclose(found["matrix"], np.corrcoef(made.T), atol=1e-12)
    assert (found["observations"], found["repaired"]) == (299, False)


async def test_a_range_that_ends_before_it_begins_is_refused(client, portfolio):
    found = await client.execute(DOCUMENTS["Correlations"], {"id": portfolio, "from": "2022-11-18", "to": "2022-11-17"})

    assert codes(found) == ["BAD_USER_INPUT"]


async def test_another_s_correlations_and_checks_are_not_seen(ask, portfolio, stranger, veiled):
    assert await ask("Correlations", id=portfolio, **RANGE, actor=stranger) is None
    assert await ask("RiskXRay", id=portfolio, actor=stranger) is None
    await veiled(portfolio)
    assert (await ask("Correlations", id=portfolio, **RANGE, actor=stranger))["correlations"] is None
    assert (await ask("RiskXRay", id=portfolio, actor=stranger))["riskChecks"] is None


async def test_rules_are_checked(ask, portfolio):
    checks = {each["rule"]: each for each in (await ask("RiskXRay", id=portfolio))["riskChecks"]["checks"]}

    assert (checks["SINGLE_NAME"]["verdict"], checks["SINGLE_NAME"]["subject"]) == ("FAIL", "BBB")
    assert checks["SINGLE_NAME"]["observed"] == pytest.approx(0.5)
    assert (checks["SECTOR"]["verdict"], checks["SECTOR"]["subject"]) == ("FAIL", "Financials")
    assert (checks["CURRENCY"]["verdict"], checks["CURRENCY"]["observed"]) == ("PASS", 0.0)
    assert checks["EMERGENCY_CASH"]["observed"] == pytest.approx(0.25)
    assert checks["FEES"]["verdict"] == "PASS"


async def test_thresholds_are_the_owner_s(ask, portfolio):
    given = {"singleName": 0.6, "emergencyCash": 0.3}
    found = (await ask("RiskXRay", id=portfolio, thresholds=given))["riskChecks"]

    verdicts = {each["rule"]: each["verdict"] for each in found["checks"]}
    assert (verdicts["SINGLE_NAME"], verdicts["EMERGENCY_CASH"]) == ("PASS", "FAIL")


async def test_a_threshold_that_is_none_is_refused(client, portfolio):
    found = await client.execute(DOCUMENTS["RiskXRay"], {"id": portfolio, "thresholds": {"fees": 1.5}})

    assert codes(found) == ["BAD_USER_INPUT"]
