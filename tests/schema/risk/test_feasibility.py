"""`feasibility`, `diagnostics`, `riskAnalyses` and runs as nodes."""

import numpy as np
import pytest

from tests.factories.portfolios import FRIDAY, option
from tests.factories.risk import BETAS, DAYS, factor_moves
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import codes
from tests.support.statements import counted_statements

AT = "2022-11-18T22:00:00.000Z"
RANGE = {"from": str(DAYS[1]), "to": str(FRIDAY)}
NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on CalculationRun { kind } } }"


@pytest.fixture
async def portfolio(holding):
    return await holding("1000", AAA="10", BBB="20")


async def test_all_that_is_old_enough_qualifies(ask, portfolio):
    found = (await ask("RiskFeasibility", id=portfolio, **RANGE))["feasibility"]["calculations"]

    of = {each["calculation"]: each for each in found}
    for name in ("MEASURES", "VALUE_AT_RISK", "CONTRIBUTIONS", "CORRELATIONS", "FACTOR_EXPOSURES", "STRESS_TEST"):
        got = of[name]
        assert (got["possible"], got["eligible"], got["total"], got["weightCovered"]) == (True, 2, 2, 1.0), name
    assert (of["GREEKS"]["possible"], of["GREEKS"]["total"]) == (False, 0)
    assert [each["reason"] for each in of["GREEKS"]["reasons"]] == ["NOT_APPLICABLE"]
    assert {each["field"] for each in of["FACTOR_EXPOSURES"]["reasons"]} == {"GROWTH", "QUALITY", "LOW_VOLATILITY"}
    assert {each["field"] for each in of["DIAGNOSTICS"]["reasons"]} == {"AAA", "BBB"}


async def test_what_is_too_young_does_not_and_why(ask, holding):
    portfolio = await holding(AAA="10", YOUNG="30")

    found = (await ask("RiskFeasibility", id=portfolio, **RANGE))["feasibility"]["calculations"]

    (got,) = [each for each in found if each["calculation"] == "VALUE_AT_RISK"]
    assert (got["possible"], got["eligible"], got["total"]) == (True, 1, 2)
    assert got["weightCovered"] == pytest.approx(0.25)
    assert [(each["field"], each["reason"]) for each in got["reasons"]] == [("YOUNG", "INSUFFICIENT_HISTORY")]


async def test_a_short_range_is_too_short_for_all(ask, portfolio):
    days = {"from": str(DAYS[-3]), "to": str(FRIDAY)}

    found = (await ask("RiskFeasibility", id=portfolio, **days))["feasibility"]["calculations"]

    of = {each["calculation"]: each for each in found}
    for name in ("MEASURES", "VALUE_AT_RISK", "CORRELATIONS"):
        assert of[name]["possible"] is False
        assert of[name]["reasons"][0]["reason"] == "INSUFFICIENT_HISTORY"
    assert of["STRESS_TEST"]["possible"] is True


async def test_options_are_what_greeks_are_of(ask, portfolio, book):
    await book(portfolio, option("AAA230120C00100000", "1", "5", FRIDAY))

    found = (await ask("RiskFeasibility", id=portfolio, **RANGE))["feasibility"]["calculations"]

    (got,) = [each for each in found if each["calculation"] == "GREEKS"]
    assert (got["eligible"], got["total"], got["weightCovered"]) == (1, 1, 1.0)


async def test_diagnostics_are_those_of_the_sizes(ask, portfolio):
    found = (await ask("Diagnostics", id=portfolio, asOf=AT))["diagnostics"]

    assert (found["largestSymbol"], found["observations"]) == ("BBB", 252)
    assert found["largestWeight"] == pytest.approx(2 / 3)
    assert found["topFiveWeight"] == pytest.approx(1.0)
    assert found["herfindahl"] == pytest.approx(5 / 9)
    assert found["effectiveNames"] == pytest.approx(9 / 5)
    made = (factor_moves() @ np.array([BETAS["AAA"], BETAS["BBB"]]).T)[-252:]
    own = np.std(made, axis=0, ddof=1) @ [1, 2] / np.std(made @ [1, 2], ddof=1)
    assert found["diversificationRatio"] == pytest.approx(own, rel=1e-9)
    # No volumes are known in this market.
    assert found["liquidityDays"] is None
    reasons = {each["field"]: each["reason"] for each in found["unavailable"]}
    assert reasons == dict.fromkeys(("liquidityDays", "AAA", "BBB"), "NOT_COVERED")


async def test_what_is_too_young_counts_by_its_size(ask, holding):
    found = (await ask("Diagnostics", id=await holding(AAA="10", YOUNG="30"), asOf=AT))["diagnostics"]

    assert (found["largestSymbol"], found["largestWeight"]) == ("YOUNG", pytest.approx(0.75))


async def test_of_a_portfolio_of_nothing_each_null_is_named(ask, holding):
    found = (await ask("Diagnostics", id=await holding(), asOf=AT))["diagnostics"]

    null = {name for name, value in found.items() if value is None}
    assert {"herfindahl", "effectiveNames", "liquidityDays", "effectiveBets"} <= null
    assert null <= {each["field"] for each in found["unavailable"]}


@pytest.mark.parametrize("given", [{"participation": 0}, {"participation": 1.1}, {"windowDays": 39}])
async def test_what_cannot_be_diagnosed_is_refused(client, portfolio, given):
    assert codes(await client.execute(DOCUMENTS["Diagnostics"], {"id": portfolio, **given})) == ["BAD_USER_INPUT"]


async def test_runs_are_listed_and_found_by_their_ids(ask, client, portfolio, forget):
    run = (await ask("Diagnostics", id=portfolio, asOf=AT))["diagnostics"]["run"]
    await ask("Stress", id=portfolio, scenario="CHINA_2015", asOf=AT)
    await forget()

    listed = (await ask("RiskAnalyses", id=portfolio))["riskAnalyses"]
    assert listed["totalCount"] == 2
    only = (await ask("RiskAnalyses", id=portfolio, kind="DIAGNOSTICS"))["riskAnalyses"]
    assert [each["node"]["id"] for each in only["edges"]] == [run["id"]]
    assert (await client.data(NODES, {"ids": [run["id"]]}))["nodes"] == [{"id": run["id"], "kind": "DIAGNOSTICS"}]

    first = (await ask("RiskAnalyses", id=portfolio, first=1))["riskAnalyses"]
    rest = (await ask("RiskAnalyses", id=portfolio, after=first["pageInfo"]["endCursor"]))["riskAnalyses"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert first["edges"] + rest["edges"] == listed["edges"]


async def test_another_s_runs_are_not_seen(ask, client, portfolio, stranger, veiled, forget):
    run = (await ask("Diagnostics", id=portfolio, asOf=AT))["diagnostics"]["run"]
    await forget()
    other = client.on_behalf_of(stranger)

    for name, given in (("Diagnostics", {}), ("RiskFeasibility", RANGE), ("RiskAnalyses", {})):
        assert await ask(name, id=portfolio, actor=stranger, **given) is None
    assert (await other.data(NODES, {"ids": [run["id"]]}))["nodes"] == [None]
    await veiled(portfolio)
    assert (await ask("RiskAnalyses", id=portfolio, actor=stranger))["riskAnalyses"] is None
    assert (await ask("Diagnostics", id=portfolio, actor=stranger))["diagnostics"] is None
    assert (await ask("RiskFeasibility", id=portfolio, actor=stranger, **RANGE))["feasibility"] is None
    assert (await other.data(NODES, {"ids": [run["id"]]}))["nodes"] == [None]


async def test_nodes_take_one_statement_for_all(ask, client, portfolio, forget):
    await ask("StressAll", id=portfolio, asOf=AT)
    await forget()
    listed = (await ask("RiskAnalyses", id=portfolio))["riskAnalyses"]["edges"]
    with counted_statements() as one:
        await client.data(NODES, {"ids": [listed[0]["node"]["id"]]})
    with counted_statements() as many:
        await client.data(NODES, {"ids": [each["node"]["id"] for each in listed]})

    assert len(one) == len(many)
