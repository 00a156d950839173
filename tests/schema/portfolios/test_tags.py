"""Tags and strategies: made, changed, put on positions, limited, and nobody else's."""

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.ids import new_id
from domain.market.queries import instruments_by_symbol
from domain.portfolios.models import Account, PositionTag, Strategy, StrategyMember, Tag
from schema.shared.node import global_id
from tests.factories.portfolios import buy, contribution, open_portfolio, record


@pytest.fixture
async def held(small_market, owner, portfolio):
    await record(
        small_market, owner, portfolio.id, contribution("1000"), buy("AAA", "30", "10"), buy("BBB", "2", "100")
    )
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
def send(ask):
    """Send a mutation and return its payload."""

    async def run(name, /, *, actor=None, **given):
        return await ask(name, actor=actor, input=given)

    return run


@pytest.fixture
def done(send):
    """Send a mutation that must be done."""

    async def run(name, /, **given):
        payload = await send(name, **given)
        assert payload["userErrors"] == []
        return payload

    return run


@pytest.fixture
def refused(send):
    """Send a mutation that must be refused, and return code and field; nothing may have changed."""

    async def run(name, /, *, actor=None, **given):
        async def stored():
            kinds = (Tag, PositionTag, Strategy, StrategyMember, AuditEntry)
            return [await kind.all().order_by("id").values() for kind in kinds]

        before = await stored()
        payload = await send(name, actor=actor, **given)
        assert await stored() == before
        assert all(value in (None, []) for key, value in payload.items() if key != "userErrors")
        (error,) = payload["userErrors"]
        return error["code"], error["field"]

    return run


@pytest.fixture
async def ids(ask, held):
    """The ids of the positions, by symbol."""
    found = await ask("Positions", id=held)
    return {edge["node"]["instrument"]["symbol"]: edge["node"]["id"] for edge in found["positions"]["edges"]}


async def tag(done, name, **more):
    return (await done("CreateTag", name=name, **more))["tag"]["id"]


async def strategy(done, portfolio_id, name):
    return (await done("CreateStrategy", portfolioId=portfolio_id, name=name))["strategy"]["id"]


async def test_a_tag_is_made_changed_and_deleted(ask, done):
    made = (await done("CreateTag", name="  Core ", color="#1F77B4"))["tag"]
    assert (made["name"], made["color"]) == ("Core", "#1f77b4")
    assert (await ask("Tags"))["tags"] == [made]

    renamed = (await done("UpdateTag", tagId=made["id"], name="Kern"))["tag"]
    assert (renamed["name"], renamed["color"]) == ("Kern", "#1f77b4")
    plain = (await done("UpdateTag", tagId=made["id"], color=None))["tag"]
    assert (plain["name"], plain["color"]) == ("Kern", None)
    assert (await done("UpdateTag", tagId=made["id"], name="Kern"))["tag"] == plain
    assert await ask("query($id: ID!) { node(id: $id) { id ... on Tag { name } } }", id=made["id"]) == {
        "id": made["id"],
        "name": "Kern",
    }

    assert (await done("DeleteTag", tagId=made["id"]))["deletedTagId"] == made["id"]
    assert (await ask("Tags"))["tags"] == []
    actions = [each.action for each in await AuditEntry.filter(action__startswith="tag.").order_by("id")]
    assert actions == ["tag.create", "tag.update", "tag.update", "tag.update", "tag.delete"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": ""}, ("INVALID_INPUT", ["name"])),
        ({"name": "x" * 51}, ("INVALID_INPUT", ["name"])),
        ({"name": "a\u202eb"}, ("INVALID_INPUT", ["name"])),
        ({"name": "Core"}, ("NAME_TAKEN", ["name"])),
        ({"name": "x", "color": "red"}, ("INVALID_INPUT", ["color"])),
        ({"name": "x", "color": "#12345G"}, ("INVALID_INPUT", ["color"])),
    ],
)
async def test_what_is_no_tag_is_refused(done, refused, given, expected):
    await tag(done, "Core")
    other = await tag(done, "Other")

    assert await refused("CreateTag", **given) == expected
    assert await refused("UpdateTag", tagId=other, **given) == expected


async def test_a_user_has_at_most_100_tags(owner, done, refused, stranger, send):
    rows = [
        Tag(tenant_id=owner.tenant_id, owner_id=owner.user_id, name=f"{n}", created_at="2022-01-01T00:00:00Z")
        for n in range(99)
    ]
    await Tag.bulk_create(rows)
    await tag(done, "the last")

    assert await refused("CreateTag", name="one more") == ("LIMIT_REACHED", None)
    # Those of one are no matter to another.
    assert (await send("CreateTag", actor=stranger, name="the last"))["userErrors"] == []


async def test_the_tags_of_a_position(ask, done, held, ids):
    core, green = await tag(done, "core"), await tag(done, "green")

    payload = await done("SetPositionTags", positionId=ids["AAA"], tagIds=[green, core, green])
    assert [each["name"] for each in payload["tags"]] == ["core", "green"]
    assert payload["position"] == {
        "id": ids["AAA"],
        "tags": [{"id": core, "name": "core"}, {"id": green, "name": "green"}],
    }
    await done("SetPositionTags", positionId=ids["BBB"], tagIds=[core])

    async def symbols(*tags):
        found = await ask("Positions", id=held, filter={"tagIds": list(tags)})
        return [edge["node"]["instrument"]["symbol"] for edge in found["positions"]["edges"]]

    assert [await symbols(core), await symbols(green), await symbols(green, core)] == [
        ["AAA", "BBB"],
        ["AAA"],
        ["AAA", "BBB"],
    ]
    groups = (await ask("PositionGroups", id=held, by="TAG"))["positionGroups"]
    assert [(each["key"], each["label"], each["count"], each["marketValue"]) for each in groups] == [
        (core, "core", 2, "653"),
        (green, "green", 1, "465"),
    ]
    # They replace what was there; a tag that goes takes itself off.
    assert (await done("SetPositionTags", positionId=ids["AAA"], tagIds=[green]))["tags"][0]["name"] == "green"
    await done("DeleteTag", tagId=green)
    assert await symbols(core) == ["BBB"]
    assert (await done("SetPositionTags", positionId=ids["BBB"], tagIds=[]))["tags"] == []
    assert await PositionTag.all().count() == 0


async def test_a_position_has_at_most_10_tags(done, refused, ids):
    tags = [await tag(done, f"{number}") for number in range(11)]

    assert await refused("SetPositionTags", positionId=ids["AAA"], tagIds=tags) == ("LIMIT_REACHED", ["tagIds"])
    assert len((await done("SetPositionTags", positionId=ids["AAA"], tagIds=tags[:10]))["tags"]) == 10


async def test_another_s_tags_and_positions_are_not_there(ask, done, refused, send, ids, stranger):
    mine = await tag(done, "mine")
    theirs = (await send("CreateTag", actor=stranger, name="theirs"))["tag"]["id"]

    assert await refused("SetPositionTags", positionId=ids["AAA"], tagIds=[theirs]) == ("NOT_FOUND", ["tagIds"])
    for given in (ids["AAA"], global_id("Position", *[new_id()] * 3, ""), "nothing"):
        payload = {"positionId": given, "tagIds": [theirs]}
        assert await refused("SetPositionTags", actor=stranger, **payload) == ("NOT_FOUND", ["positionId"])
    for key in (mine, global_id("Tag", new_id()), "nothing"):
        assert await refused("UpdateTag", actor=stranger, tagId=key, name="x") == ("NOT_FOUND", ["tagId"])
        assert await refused("DeleteTag", actor=stranger, tagId=key) == ("NOT_FOUND", ["tagId"])
    assert [each["name"] for each in (await ask("Tags", actor=stranger))["tags"]] == ["theirs"]
    assert await ask("query($id: ID!) { node(id: $id) { id } }", id=mine, actor=stranger) is None


async def test_an_instrument_or_account_that_is_not_there_cannot_be_tagged(portfolio, refused, done, ids):
    from_id = {"tagIds": [await tag(done, "core")]}
    account = await Account.get(portfolio_id=portfolio.id)
    aaa = (await instruments_by_symbol(["AAA"]))["AAA"].id
    for parts in ((account.id, new_id()), (new_id(), aaa)):
        key = global_id("Position", portfolio.id, *parts, "")
        assert await refused("SetPositionTags", positionId=key, **from_id) == ("NOT_FOUND", ["positionId"])


async def test_a_strategy_is_made_changed_and_deleted(ask, done, held, ids):
    made = (await done("CreateStrategy", portfolioId=held, name="Pairs", description="long and short"))["strategy"]
    assert (made["name"], made["description"]) == ("Pairs", "long and short")

    changed = (await done("UpdateStrategy", strategyId=made["id"], name="Couples"))["strategy"]
    assert (changed["name"], changed["description"]) == ("Couples", "long and short")
    assert (await done("UpdateStrategy", strategyId=made["id"], description=None))["strategy"]["description"] is None
    set_ = await done("SetStrategyPositions", strategyId=made["id"], positionIds=[ids["AAA"], ids["BBB"]])
    assert [each["id"] for each in set_["strategy"]["positions"]] == [ids["AAA"], ids["BBB"]]
    (shown,) = (await ask("Strategies", id=held))["strategies"]
    assert [each["instrument"]["symbol"] for each in shown["positions"]] == ["AAA", "BBB"]
    details = await ask("PositionDetails", id=ids["AAA"])
    assert details["strategy"] == {"id": made["id"], "name": "Couples"}

    payload = await done("DeleteStrategy", strategyId=made["id"])
    assert (payload["deletedStrategyId"], payload["portfolio"]["id"]) == (made["id"], held)
    assert (await ask("Strategies", id=held))["strategies"] == []
    assert (await ask("PositionDetails", id=ids["AAA"]))["strategy"] is None
    assert await StrategyMember.all().count() == 0


async def test_a_position_is_in_one_strategy(ask, done, held, ids):
    first, second = await strategy(done, held, "First"), await strategy(done, held, "Second")
    await done("SetStrategyPositions", strategyId=first, positionIds=[ids["AAA"], ids["BBB"]])

    await done("SetStrategyPositions", strategyId=second, positionIds=[ids["BBB"]])

    groups = (await ask("PositionGroups", id=held, by="STRATEGY"))["positionGroups"]
    assert [(each["key"], each["label"], each["marketValue"]) for each in groups] == [
        (first, "First", "465"),
        (second, "Second", "188"),
    ]
    found = await ask("Positions", id=held, filter={"strategyId": second})
    assert [edge["node"]["id"] for edge in found["positions"]["edges"]] == [ids["BBB"]]


async def test_what_is_no_strategy_is_refused(small_market, owner, stranger, done, refused, held, ids, portfolio):
    taken, other = await strategy(done, held, "Taken"), await strategy(done, held, "Other")
    assert await refused("CreateStrategy", portfolioId=held, name="Taken") == ("NAME_TAKEN", ["name"])
    assert await refused("UpdateStrategy", strategyId=other, name="Taken") == ("NAME_TAKEN", ["name"])
    assert await refused("UpdateStrategy", strategyId=other, name="") == ("INVALID_INPUT", ["name"])
    assert await refused("UpdateStrategy", strategyId=other, description="x" * 2001) == (
        "INVALID_INPUT",
        ["description"],
    )

    for key in (taken, global_id("Strategy", new_id()), "nothing"):
        expected = ("NOT_FOUND", ["strategyId"])
        assert await refused("UpdateStrategy", actor=stranger, strategyId=key, name="x") == expected
        assert await refused("DeleteStrategy", actor=stranger, strategyId=key) == expected
        assert await refused("SetStrategyPositions", actor=stranger, strategyId=key, positionIds=[]) == expected
    assert await refused("CreateStrategy", actor=stranger, portfolioId=held, name="x") == ("NOT_FOUND", ["portfolioId"])

    second = await open_portfolio(small_market, owner, "Second")
    elsewhere = await strategy(done, global_id("Portfolio", second.id), "Elsewhere")
    for position in (ids["AAA"], "nothing", global_id("Position", portfolio.id, new_id(), new_id(), "")):
        expected = ("NOT_FOUND", ["positionIds"])
        assert await refused("SetStrategyPositions", strategyId=elsewhere, positionIds=[position]) == expected


async def test_a_strategy_has_at_most_100_positions_and_a_portfolio_100_strategies(done, refused, held, portfolio, ids):
    made = await strategy(done, held, "Wide")
    many = [global_id("Position", portfolio.id, new_id(), new_id(), "") for _ in range(101)]
    assert await refused("SetStrategyPositions", strategyId=made, positionIds=many) == (
        "LIMIT_REACHED",
        ["positionIds"],
    )
    rows = [
        Strategy(
            tenant_id=portfolio.tenant_id, portfolio_id=portfolio.id, name=f"{n}", created_at="2022-01-01T00:00:00Z"
        )
        for n in range(99)
    ]
    await Strategy.bulk_create(rows)

    assert await refused("CreateStrategy", portfolioId=held, name="one more") == ("LIMIT_REACHED", None)
