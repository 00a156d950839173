"""Sharing through the API: what each sees, and that it ends at once."""

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.errors import NothingThere
from domain.kernel.ids import new_id
from domain.portfolios.marking import mark_portfolios
from schema.context import Context
from schema.root import build_schema
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.portfolios import FRIDAY, NOW, TODAY, buy, contribution, record
from tests.schema.portfolios.documents import DOCUMENTS
from tests.schema.portfolios.sharing_documents import OWN
from tests.schema.portfolios.test_portfolio_update import Stream
from tests.support.statements import counted_statements


@pytest.fixture
async def friend(small_market):
    return (await make_person(small_market, "friend@example.com")).actor


@pytest.fixture
async def grown(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("1000"), buy("AAA", "30", "10"))
    async with small_market.unit_of_work(SYSTEM) as work:
        await mark_portfolios(work, [portfolio.id], FRIDAY, NOW)
    return portfolio


@pytest.fixture
def share(ask, portfolio):
    async def run(email="friend@example.com", permission="VIEWER", *, actor=None, **more):
        given = {"portfolioId": global_id("Portfolio", portfolio.id), "email": email, "permission": permission, **more}
        return await ask(OWN["SharePortfolio"], actor=actor, input=given)

    return run


@pytest.fixture
def unshare(ask, portfolio):
    async def run(email="friend@example.com", *, actor=None):
        given = {"portfolioId": global_id("Portfolio", portfolio.id), "email": email}
        return await ask(OWN["UnsharePortfolio"], actor=actor, input=given)

    return run


@pytest.fixture
def look(ask, portfolio):
    async def run(actor):
        return await ask(OWN["SharedPortfolio"], actor=actor, id=global_id("Portfolio", portfolio.id))

    return run


async def test_a_portfolio_is_shared_listed_and_taken_back(ask, share, unshare, friend):
    made = await share(hidesAmounts=True)

    share_ = made["share"]
    assert made["userErrors"] == []
    assert (share_["email"], share_["permission"], share_["hidesAmounts"]) == ("friend@example.com", "VIEWER", True)
    assert made["portfolio"]["shares"] == [share_]
    nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert await ask(nodes, ids=[share_["id"]]) == [{"id": share_["id"]}]
    assert await ask(nodes, actor=friend, ids=[share_["id"]]) == [None]

    assert (await unshare())["portfolio"]["shares"] == []
    refused = await unshare()
    assert [(each["code"], each["field"]) for each in refused["userErrors"]] == [("NOT_FOUND", ["email"])]


async def test_an_address_without_an_account_is_answered_alike(share, friend):
    known, unknown = await share(), await share("nobody@example.com")

    def told(payload):
        return {**payload["share"], "id": None, "email": None}, payload["userErrors"]

    assert told(known) == told(unknown)


async def test_the_statements_are_the_same_whether_somebody_has_the_address(share, friend):
    with counted_statements() as known:
        await share()
    with counted_statements() as unknown:
        await share("nobody@example.com")

    assert len(known) == len(unknown)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "x"}, ["email"]),
        ({"email": "owner@example.com"}, ["email"]),
        ({"permission": "EDITOR", "hidesAmounts": True}, ["hidesAmounts"]),
    ],
)
async def test_what_is_wrong_is_said_with_its_field(share, given, field):
    refused = await share(**given)

    assert [(each["code"], each["field"]) for each in refused["userErrors"]] == [("INVALID_INPUT", field)]
    assert refused["share"] is None


async def test_neither_viewer_nor_editor_nor_stranger_shares(share, unshare, friend, stranger):
    await share(permission="EDITOR")

    for actor in (friend, stranger):
        for refused in (await share("more@example.com", actor=actor), await unshare(actor=actor)):
            assert [(each["code"], each["field"]) for each in refused["userErrors"]] == [("NOT_FOUND", ["portfolioId"])]


async def test_what_is_shared_is_in_the_viewer_s_list(ask, share, unshare, grown, friend, owner):
    await share(permission="EDITOR")

    found = (await ask(OWN["SharedPortfolios"], actor=friend))["sharedPortfolios"]
    assert found["totalCount"] == 1
    (edge,) = found["edges"]
    assert (edge["node"]["permission"], edge["node"]["hidesAmounts"]) == ("EDITOR", False)
    assert edge["node"]["valuation"]["totalValue"] == "1165"
    assert (await ask(OWN["SharedPortfolios"]))["sharedPortfolios"]["edges"] == []
    await unshare()
    assert (await ask(OWN["SharedPortfolios"], actor=friend))["sharedPortfolios"]["totalCount"] == 0


async def test_owner_viewer_and_stranger_see_what_is_theirs_to_see(look, share, grown, owner, friend, stranger):
    await share()
    own, theirs = await look(owner), await look(friend)

    assert (own["permission"], theirs["permission"]) == ("OWNER", "VIEWER")
    assert (len(own["shares"]), theirs["shares"]) == (1, [])
    assert {**own, "permission": None, "shares": None} == {**theirs, "permission": None, "shares": None}
    assert await look(stranger) is None


async def test_hidden_amounts_are_null_with_their_reason(look, share, grown, owner, friend):
    whole = await look(owner)
    await share(hidesAmounts=True)

    found = await look(friend)

    assert (found["hidesAmounts"], found["cash"]) == (True, [])
    assert found["transactions"] == found["marks"] == {"totalCount": 0, "edges": []}
    valuation = found["valuation"]
    hidden = {"totalValue", "investedValue", "cashBalance", "costBasis", "unrealizedGain", "dayChange"}
    assert {name for name, shown in valuation.items() if shown is None} == hidden
    assert valuation["dayChangePercent"] == whole["valuation"]["dayChangePercent"]
    assert {each["field"] for each in valuation["unavailable"]} == hidden
    assert {(each["reason"], each["message"]) for each in valuation["unavailable"]} == {
        ("NOT_APPLICABLE", "hidden by the owner")
    }
    ((position,), (before,)) = ([edge["node"] for edge in each["positions"]["edges"]] for each in (found, whole))
    unseen = {"quantity", "averageCost", "costBasis", "marketValue", "unrealizedGain", "dayChange"}
    assert {name for name, shown in position.items() if shown is None} == unseen - {"dayChange"}
    assert {each["field"] for each in position["unavailable"]} == unseen
    assert (position["id"], position["weight"], position["price"]) == (before["id"], before["weight"], before["price"])


async def test_marks_are_not_renewed_by_who_only_looks(ask, share, friend, portfolio):
    document = "mutation($id: ID!) { refreshMarks(input: {portfolioId: $id}) { job { id } userErrors { code } } }"
    key = global_id("Portfolio", portfolio.id)
    await share()
    refused = await ask(document, actor=friend, id=key)
    await share(permission="EDITOR")
    taken = await ask(document, actor=friend, id=key)

    assert (refused["job"], refused["userErrors"]) == (None, [{"code": "NOT_FOUND"}])
    assert taken["userErrors"] == []


@pytest.fixture
def follow(small_market, portfolio):
    async def run(actor):
        events = await build_schema().subscribe(
            DOCUMENTS["PortfolioLive"],
            variable_values={"id": global_id("Portfolio", portfolio.id)},
            context_value=Context(actor=actor, resources=small_market, request_id="test"),
        )
        return Stream(aiter(events))

    return run


async def test_what_is_followed_ends_when_it_is_taken_back(small_market, follow, share, unshare, grown, owner, friend):
    await share()
    theirs, own = await follow(friend), await follow(owner)
    assert (await theirs.next())["portfolio"] == (await own.next())["portfolio"]

    await unshare()
    await record(small_market, owner, grown.id, contribution("35", TODAY))

    with pytest.raises(NothingThere):
        await theirs.next()
    with pytest.raises(StopAsyncIteration):
        await theirs.next()
    assert (await own.next())["portfolio"]["valuation"]["totalValue"] == "1200"


async def test_it_ends_without_waiting_for_another_change(follow, share, unshare, grown, friend):
    await share()
    theirs = await follow(friend)
    await theirs.next()

    await unshare()

    with pytest.raises(NothingThere):
        await theirs.next()


async def test_amounts_that_are_hidden_meanwhile_come_no_more(small_market, follow, share, grown, owner, friend):
    await share()
    theirs = await follow(friend)
    assert (await theirs.next())["portfolio"]["valuation"]["totalValue"] == "1165"

    await share(hidesAmounts=True)
    await record(small_market, owner, grown.id, contribution("35", TODAY))

    assert (await theirs.next())["portfolio"]["valuation"]["totalValue"] is None


async def test_what_is_not_there_is_not_found(ask):
    for name, more in (("SharePortfolio", {"permission": "VIEWER"}), ("UnsharePortfolio", {})):
        given = {"portfolioId": global_id("Portfolio", new_id()), "email": "a@b.cd", **more}

        refused = await ask(OWN[name], input=given)

        assert [(each["code"], each["field"]) for each in refused["userErrors"]] == [("NOT_FOUND", ["portfolioId"])]
