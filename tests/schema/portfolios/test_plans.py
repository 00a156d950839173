"""Targets, allocations, plans and templates, as a client sends and sees them."""

import pytest

from domain.portfolios.models import Target, Template, Transaction
from schema.shared.node import global_id, parse_global_id
from tests.factories.portfolios import TODAY, buy, contribution, open_portfolio
from tests.factories.portfolios import record as record_in
from tests.schema.portfolios.plans_documents import PLANS
from tests.support.graphql import codes
from tests.support.statements import counted_statements


@pytest.fixture
def portfolio_id(portfolio):
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
async def invested(small_market, owner, portfolio):
    """Of 1,000: 155 in AAA, 188 in BBB."""
    await record_in(
        small_market,
        owner,
        portfolio.id,
        contribution("1000"),
        buy("AAA", "10", "15.5", TODAY),
        buy("BBB", "2", "94", TODAY),
    )


@pytest.fixture
def aiming(ask, portfolio_id):
    async def send(*targets, actor=None, **more):
        told = [{"kind": "INSTRUMENT", "name": name, "weight": weight} for name, weight in targets]
        wanted = {"portfolioId": portfolio_id, "targets": told, **more}
        return await ask(PLANS["SetTargets"], actor=actor, input=wanted)

    return send


def problem(payload):
    assert {value for name, value in payload.items() if name != "userErrors"} == {None}
    (error,) = payload["userErrors"]
    return error["code"], error["field"]


async def test_targets_are_set(aiming, portfolio, portfolio_id, invested):
    payload = await aiming(("AAA", "0.31"), driftThreshold="0.2", rebalancesItself=True)

    assert payload == {
        "portfolio": {
            "id": portfolio_id,
            "allocation": {
                "id": global_id("PortfolioAllocation", portfolio.id, ""),
                "driftThreshold": "0.2",
                "rebalancesItself": True,
                "needsRebalancing": False,
            },
        },
        "userErrors": [],
    }


@pytest.mark.parametrize(
    ("targets", "more", "code", "field"),
    [
        ([("AAA", "0.6"), ("BBB", "0.6")], {}, "INVALID_INPUT", ["targets"]),
        ([("ZZZ", "0.6")], {}, "UNKNOWN_INSTRUMENT", ["targets", "0", "name"]),
        ([("AAA", "-1")], {}, "INVALID_INPUT", ["targets", "0", "weight"]),
        ([("AAA", "0.5")], {"driftThreshold": "2"}, "INVALID_INPUT", ["driftThreshold"]),
        ([("AAA", "0.5")], {"portfolioId": "nonsense"}, "NOT_FOUND", ["portfolioId"]),
    ],
)
async def test_refused_targets_are_not_set(aiming, targets, more, code, field):
    assert problem(await aiming(*targets, **more)) == (code, field)
    assert await Target.all().count() == 0


async def test_a_stranger_sets_none(aiming, stranger):
    assert problem(await aiming(("AAA", "0.5"), actor=stranger)) == ("NOT_FOUND", ["portfolioId"])


async def test_an_allocation_is_shown(client, aiming, portfolio_id, invested, stranger):
    await aiming(("AAA", "0.31"))

    with counted_statements() as statements:
        data = await client.data(PLANS["Allocation"], {"id": portfolio_id})

    found = data["portfolio"]["allocation"]
    assert (found["needsRebalancing"], found["driftThreshold"], found["unavailable"]) == (True, "0.05", [])
    assert found["slices"][0] == {
        "kind": "INSTRUMENT",
        "name": "AAA",
        "targetWeight": "0.31",
        "isTargeted": True,
        "value": "155",
        "weight": 0.155,
        "drift": -0.155,
    }
    assert [(each["name"], each["isTargeted"]) for each in found["slices"][1:]] == [("BBB", False), (None, True)]
    # The portfolio, the clock, and its valuation; the portfolio again, its targets and its tags.
    assert len(statements) <= 10
    assert (await client.on_behalf_of(stranger).data(PLANS["Allocation"], {"id": portfolio_id}))["portfolio"] is None


async def test_several_allocations_are_read_together(client, small_market, owner, portfolio_id, invested):
    asked = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Portfolio { allocation { needsRebalancing } } } }"
    ids = [portfolio_id]
    with counted_statements() as one:
        await client.data(asked, {"ids": ids})
    ids += [global_id("Portfolio", (await open_portfolio(small_market, owner, name)).id) for name in "abc"]

    with counted_statements() as four:
        data = await client.data(asked, {"ids": ids})

    assert [each["allocation"]["needsRebalancing"] for each in data["nodes"]] == [None] * 4
    # One more at most: the ledgers that were not known.
    assert len(four) <= len(one) + 1


async def test_a_plan_can_be_carried_out_as_it_is_shown(ask, client, aiming, portfolio, portfolio_id, invested):
    await aiming(("NEW", "0.3"))
    plan = (await client.data(PLANS["RebalancePlan"], {"id": portfolio_id}))["portfolio"]["rebalancePlan"]
    assert [(each["side"], each["symbol"], each["quantity"], each["amount"]) for each in plan["trades"]] == [
        ("SELL", "AAA", "10", "155"),
        ("SELL", "BBB", "2", "188"),
        ("BUY", "NEW", "5", "300"),
    ]
    assert (plan["cashAfter"], plan["estimatedShortTermGain"], plan["unavailable"]) == ("700", "0", [])
    (lot,) = plan["trades"][0]["lots"]
    assert parse_global_id(lot["lotId"]) == ("Lot", f"{portfolio.id}:2:SPECIFIC::")
    assert (lot["quantity"], lot["openedOn"], lot["term"], lot["gain"]) == ("10", "2022-11-21", "SHORT", "0")

    for number, trade in enumerate(plan["trades"]):
        told = {name: trade[name] for name in ("symbol", "quantity", "price", "tradeDate")}
        lots = [{"lotId": each["lotId"], "quantity": each["quantity"]} for each in trade["lots"]]
        entry = {**told, "lots": lots} if lots else told
        payload = await ask(
            "RecordTransaction",
            input={
                "portfolioId": portfolio_id,
                "accountId": trade["accountId"],
                "idempotencyKey": f"plan {number}",
                "transaction": {trade["side"].lower(): entry},
            },
        )
        assert payload["userErrors"] == []

    again = (await client.data(PLANS["RebalancePlan"], {"id": portfolio_id}))["portfolio"]["rebalancePlan"]
    assert (again["trades"], again["cashAfter"]) == ([], "700")


async def test_a_plan_is_made_as_it_is_asked_and_records_nothing(
    client, aiming, portfolio, portfolio_id, invested, stranger
):
    await aiming(("NEW", "0.33"))
    wanted = {"id": portfolio_id, "cash": "500.0", "minTrade": "200", "wholeUnits": True, "method": "HIFO"}
    before = await Transaction.all().count()

    plan = (await client.data(PLANS["RebalancePlan"], wanted))["portfolio"]["rebalancePlan"]

    assert [(each["symbol"], each["quantity"]) for each in plan["trades"]] == [("NEW", "8")]
    assert parse_global_id(plan["id"]) == ("RebalancePlan", f"{portfolio.id}::500:200:True:HIFO")
    assert await Transaction.all().count() == before
    assert (await client.on_behalf_of(stranger).data(PLANS["RebalancePlan"], wanted))["portfolio"] is None


async def test_without_targets_a_plan_says_why_it_is_empty(client, portfolio_id, invested):
    plan = (await client.data(PLANS["RebalancePlan"], {"id": portfolio_id}))["portfolio"]["rebalancePlan"]

    assert (plan["trades"], plan["cashAfter"]) == ([], None)
    assert [each["field"] for each in plan["unavailable"]] == [
        "trades",
        "estimatedShortTermGain",
        "estimatedLongTermGain",
        "cashAfter",
    ]


async def test_an_amount_that_cannot_be_is_an_error(client, portfolio_id):
    response = await client.execute(PLANS["RebalancePlan"], {"id": portfolio_id, "minTrade": "-1"})

    assert codes(response) == ["BAD_USER_INPUT"]


async def test_a_template_is_kept_applied_and_deleted(ask, client, portfolio_id, invested, stranger):
    halves = {"name": "Halves", "targets": [{"kind": "INSTRUMENT", "name": "AAA", "weight": "0.5"}]}
    kept = (await ask(PLANS["CreateTemplate"], input=halves))["template"]
    assert (kept["isBuiltIn"], kept["targets"]) == (
        False,
        [{"kind": "INSTRUMENT", "name": "AAA", "weight": "0.5"}],
    )
    shown = (await client.data(PLANS["PortfolioTemplates"]))["portfolioTemplates"]
    assert [each["isBuiltIn"] for each in shown] == [True] * 5 + [False]
    assert shown[5] == kept
    theirs = (await client.on_behalf_of(stranger).data(PLANS["PortfolioTemplates"]))["portfolioTemplates"]
    assert theirs == shown[:5]

    applied = await ask(PLANS["ApplyTemplate"], input={"portfolioId": portfolio_id, "templateId": kept["id"]})
    assert applied["portfolio"]["allocation"]["slices"][0]["targetWeight"] == "0.5"

    gone = await ask(PLANS["DeleteTemplate"], input={"templateId": kept["id"]})
    assert gone == {"deletedTemplateId": kept["id"], "userErrors": []}
    assert await Template.all().count() == 0


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": " "}, "INVALID_INPUT", ["name"]),
        ({"targets": []}, "INVALID_INPUT", ["targets"]),
        ({"targets": [{"kind": "TAG", "name": "core", "weight": "1"}]}, "INVALID_INPUT", ["targets", "0", "name"]),
        ({"description": "x" * 2001}, "INVALID_INPUT", ["description"]),
    ],
)
async def test_a_refused_template_is_not_kept(ask, change, code, field):
    halves = {"name": "Halves", "targets": [{"kind": "INSTRUMENT", "name": "AAA", "weight": "0.5"}]}

    assert problem(await ask(PLANS["CreateTemplate"], input={**halves, **change})) == (code, field)
    assert await Template.all().count() == 0


async def test_another_s_template_is_not_there(ask, client, stranger, portfolio_id):
    halves = {"name": "Halves", "targets": [{"kind": "INSTRUMENT", "name": "AAA", "weight": "0.5"}]}
    kept = (await ask(PLANS["CreateTemplate"], actor=stranger, input=halves))["template"]["id"]

    wanted = {"portfolioId": portfolio_id, "templateId": kept}
    assert problem(await ask(PLANS["ApplyTemplate"], input=wanted)) == ("NOT_FOUND", ["templateId"])
    assert problem(await ask(PLANS["DeleteTemplate"], input={"templateId": kept})) == ("NOT_FOUND", ["templateId"])
    data = await client.data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [kept]})
    assert data["nodes"] == [None]
