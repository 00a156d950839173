"""Stress tests: what is known of the market's betas comes out, each refusal, and runs that are found again."""

import pytest

from domain.risk.scenarios import SCENARIOS
from schema.context import Context
from schema.shared.node import global_id
from tests.factories.portfolios import FRIDAY, short_sale
from tests.factories.risk import BETAS
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import codes
from tests.support.statements import counted_statements

AT = "2022-11-18T22:00:00.000Z"


@pytest.fixture
async def portfolio(holding):
    return await holding("1000", AAA="10", BBB="20")


async def test_a_sector_moves_what_is_in_it_alone(ask, portfolio):
    found = (await ask("Stress", id=portfolio, scenario="TECHNOLOGY_DOWN_30", asOf=AT))["stressTest"]

    assert found["positions"] == [{"symbol": "AAA", "profitAndLoss": -300.0}, {"symbol": "BBB", "profitAndLoss": 0.0}]
    assert (found["profitAndLoss"], found["fraction"]) == (-300.0, pytest.approx(-0.075))
    assert found["unavailable"] == []


async def test_a_scenario_of_one_s_own_comes_by_the_betas(ask, portfolio):
    shocks = {"MARKET": -0.2, "SIZE": 0.1, "VALUE": 0.05, "MOMENTUM": -0.1}
    own = {"name": "Mine", "shocks": [{"factor": code, "change": by} for code, by in shocks.items()]}

    found = (await ask("StressCustom", id=portfolio, scenario=own, asOf=AT))["customStressTest"]

    moved = [sum(b * by for b, by in zip(BETAS[symbol], shocks.values(), strict=True)) for symbol in ("AAA", "BBB")]
    assert [each["shock"] for each in found["positions"]] == pytest.approx(moved, abs=1e-9)
    assert found["fraction"] == pytest.approx(0.25 * moved[0] + 0.5 * moved[1], abs=1e-9)
    assert found["scenario"] == {"name": "Mine", "kind": "CUSTOM"}


async def test_what_is_left_out_says_its_part(ask, holding):
    found = await ask("Stress", id=await holding(AAA="10", YOUNG="30"), scenario="MARKET_DOWN_20", asOf=AT)

    (left,) = [each for each in found["stressTest"]["unavailable"] if each["field"] == "YOUNG"]
    assert left["message"].endswith("75.0% of the portfolio is left out")


async def test_all_scenarios_at_once(ask, portfolio, forget):
    with counted_statements() as cold:
        first = (await ask("StressAll", id=portfolio, asOf=AT))["stressTests"]
    await forget()
    with counted_statements() as stored:
        second = (await ask("StressAll", id=portfolio, asOf=AT))["stressTests"]

    assert [each["scenario"]["code"] for each in first] == list(SCENARIOS)
    assert second == first
    # One statement finds all that is stored; what was computed is written beside, at some time.
    reads = [sum(each.startswith("SELECT") for each in statements) for statements in (stored, cold)]
    assert reads[0] <= reads[1] <= 20


async def test_all_scenarios_with_their_positions(ask, portfolio):
    found = (await ask("StressGrid", id=portfolio, asOf=AT))["stressTests"]

    assert [each["scenario"]["code"] for each in found] == list(SCENARIOS)
    for each in found:
        columns = each["positionColumns"]
        assert columns["symbols"] == ["AAA", "BBB"]
        assert sum(columns["profitAndLoss"]) == pytest.approx(each["profitAndLoss"])


async def test_columns_are_the_positions(ask, portfolio):
    (found,) = (await ask("StressSome", id=portfolio, scenarios=["CRASH_1987"], asOf=AT))["stressTests"]

    assert len(found["positions"]) == 2
    rows = [(each["symbol"], each["profitAndLoss"], each["shock"]) for each in found["positions"]]
    columns = found["positionColumns"]
    assert list(zip(columns["symbols"], columns["profitAndLoss"], columns["shocks"], strict=True)) == rows


async def test_ten_scenarios_fit_with_objects_and_all_of_them_do_not(client, portfolio):
    for count, expected in ((10, []), (20, ["COST_LIMIT"])):
        given = {"id": portfolio, "asOf": AT, "scenarios": list(SCENARIOS)[:count]}
        assert codes(await client.execute(DOCUMENTS["StressSome"], given)) == expected


async def test_columns_are_budgeted(client, portfolio, monkeypatch):
    given = {"id": portfolio, "asOf": AT}
    # Two positions in each of 20 scenarios, over sessions of the one window.
    spent = []
    count = Context.spend_sessions

    def counted(self, sessions):
        spent.append(sessions)
        count(self, sessions)

    monkeypatch.setattr(Context, "spend_sessions", counted)
    await client.data(DOCUMENTS["StressGrid"], given)
    monkeypatch.setattr("schema.context.MAXIMUM_SESSIONS", sum(spent) - 1)

    assert spent[-20:] == [2] * 20
    assert codes(await client.execute(DOCUMENTS["StressGrid"], given)) == ["COST_LIMIT"]


async def test_the_shocks_of_a_reverse_stress_lose_what_was_asked(ask, portfolio):
    found = (await ask("StressReverse", id=portfolio, loss=0.15, asOf=AT))["reverseStress"]

    changes = [each for each in found["shocks"] if each["change"] is not None]
    assert "MARKET" in {each["factor"] for each in changes}
    for each in changes:
        again = await ask("StressCustom", id=portfolio, scenario={"shocks": [each]}, asOf=AT)
        assert again["customStressTest"]["fraction"] == pytest.approx(-0.15, abs=1e-9)


async def test_what_is_short_on_balance_loses_when_the_market_rises(ask, book, holding):
    portfolio = await holding("1000", DDD="10")
    await book(portfolio, short_sale("AAA", "15", "100", FRIDAY))

    found = (await ask("StressReverse", id=portfolio, loss=0.1, asOf=AT))["reverseStress"]

    (market,) = [each for each in found["shocks"] if each["factor"] == "MARKET"]
    assert market["change"] > 0
    again = await ask("StressCustom", id=portfolio, scenario={"shocks": [market]}, asOf=AT)
    assert again["customStressTest"]["fraction"] == pytest.approx(-0.1, abs=1e-9)


async def test_a_sector_that_nothing_is_in_is_said_so(ask, portfolio):
    own = {"sectorShocks": [{"sector": "Information Technology", "change": -0.3}, {"sector": "Tech", "change": -0.5}]}

    found = (await ask("StressCustom", id=portfolio, scenario=own, asOf=AT))["customStressTest"]

    assert found["profitAndLoss"] == -300.0
    assert found["unavailable"] == [{"field": "Tech", "reason": "NOT_APPLICABLE"}]


async def test_a_portfolio_of_nothing_loses_no_fraction_and_says_so(ask, holding):
    empty = await holding()

    found = (await ask("Stress", id=empty, scenario="MARKET_DOWN_20", asOf=AT))["stressTest"]
    back = (await ask("StressReverse", id=empty, loss=0.1, asOf=AT))["reverseStress"]

    assert found["fraction"] is None
    assert {"field": "fraction", "reason": "UNDEFINED"}.items() <= found["unavailable"][-1].items()
    assert (back["shocks"], back["unavailable"][-1]["field"]) == ([], "shocks")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Stress", {"scenario": "NOTHING"}),
        ("StressAll", {"scenarios": ["NOTHING"]}),
        ("StressAll", {"scenarios": ["CRASH_1987"] * 51}),
        ("StressReverse", {"loss": 0.0}),
        ("StressReverse", {"loss": 1.0}),
        ("StressCustom", {"scenario": {"name": "x" * 101}}),
        ("StressCustom", {"scenario": {"shocks": [{"factor": "MARKET", "change": -1.1}]}}),
        ("StressCustom", {"scenario": {"shocks": [{"factor": "MARKET", "change": -0.1}] * 2}}),
        ("StressCustom", {"scenario": {"sectorShocks": [{"sector": "Energy", "change": 11}]}}),
        ("StressCustom", {"scenario": {"volatilityChange": 6}}),
    ],
)
async def test_what_cannot_be_asked_is_refused(client, portfolio, name, given):
    assert codes(await client.execute(DOCUMENTS[name], {"id": portfolio, **given})) == ["BAD_USER_INPUT"]


async def test_ids_are_of_the_arguments_as_given(ask, portfolio):
    now = (await ask("Stress", id=portfolio, scenario="CRASH_1987"))["stressTest"]["id"]
    then = (await ask("Stress", id=portfolio, scenario="CRASH_1987", asOf=AT))["stressTest"]["id"]
    other = (await ask("Stress", id=portfolio, scenario="MARKET_UP_10"))["stressTest"]["id"]

    assert len({now, then, other, global_id("StressTest", "x")}) == 4


async def test_another_s_stress_is_not_seen(ask, portfolio, stranger, veiled):
    assert await ask("Stress", id=portfolio, scenario="CRASH_1987", actor=stranger) is None
    await veiled(portfolio)
    assert (await ask("Stress", id=portfolio, scenario="CRASH_1987", actor=stranger))["stressTest"] is None
    assert (await ask("StressAll", id=portfolio, actor=stranger))["stressTests"] == []


async def test_anybody_reads_the_library(ask):
    found = await ask("StressScenarios", kind="HISTORICAL")

    assert [each["code"] for each in found] == [code for code, each in SCENARIOS.items() if each.first]
    assert all(each["source"] for each in found)
    assert len(await ask("StressScenarios")) == len(SCENARIOS)
