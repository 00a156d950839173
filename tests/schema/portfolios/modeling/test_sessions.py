"""Modeling sessions through the API: documents, refusals, few statements, nothing of another's."""

from typing import Any

import pytest

from domain.kernel.actor import NOBODY
from domain.kernel.ids import new_id
from domain.portfolios.models import Portfolio, Transaction
from schema.shared.node import global_id
from tests.schema.portfolios.own_documents import MODELLING
from tests.support.graphql import codes
from tests.support.statements import counted_statements

SALE = {"sell": {"symbol": "AAA", "quantity": "10", "price": "15", "tradeDate": "2022-11-21"}}
PURCHASE = {"buy": {"symbol": "BBB", "quantity": "2", "price": "90", "tradeDate": "2022-11-21"}}


def problem(payload):
    """The only user error of a payload in which everything else is null."""
    assert {value for name, value in payload.items() if name != "userErrors"} == {None}
    (error,) = payload["userErrors"]
    return error["code"], error["field"]


async def test_a_session_is_made_and_found(ask, begin, key):
    payload = await begin("What if")

    assert payload["userErrors"] == []
    session = payload["modelingSession"]
    fork = await Portfolio.get(name="What if")
    assert session == {
        "id": global_id("ModelingSession", fork.id),
        "name": "What if",
        "baseVersion": 2,
        "baseIsBehind": False,
        "committedAt": None,
        "createdAt": session["createdAt"],
        "portfolio": {
            "id": global_id("Portfolio", fork.id),
            "name": "What if",
            "baseCurrency": "USD",
            "version": 2,
        },
        "base": {"id": key, "name": "Savings", "version": 2},
    }
    found = await ask(MODELLING["ModelingSession"], id=session["id"])
    assert {name: found[name] for name in session} == session
    of_fork = await ask(MODELLING["ModelingSessionsOfPortfolio"], id=session["portfolio"]["id"])
    assert of_fork["modelingSession"] == {"id": session["id"], "base": {"id": key}}


async def test_a_session_is_in_the_lists_of_sessions_alone(ask, session, key):
    viewer = await ask(MODELLING["ModelingSessions"])
    assert (viewer["modelingSessions"]["totalCount"], viewer["modelingSessions"]["edges"][0]["node"]) == (1, session)
    found = await ask(MODELLING["ModelingSessionsOfPortfolio"], id=key)
    assert found["modelingSession"] is None
    (edge,) = found["modelingSessions"]["edges"]
    assert edge["node"].pop("impacts")["difference"] == {"totalValue": "0", "unrealizedGain": "0"}
    assert edge["node"] == session
    portfolios = (await ask("Portfolios"))["portfolios"]
    assert [each["node"]["id"] for each in portfolios["edges"]] == [key]
    assert portfolios["totalCount"] == 1


async def test_trades_are_tried(ask, attempt, session, key):
    payload = await attempt(SALE, PURCHASE)

    assert payload["userErrors"] == []
    assert [(each["kind"], each["sequence"], each["amount"]) for each in payload["transactions"]] == [
        ("SELL", 3, "150"),
        ("BUY", 4, "-180"),
    ]
    assert payload["modelingSession"]["portfolio"]["version"] == 4
    assert await attempt(SALE, PURCHASE) == payload
    found = await ask(MODELLING["ModelingSession"], id=session["id"])
    impacts = found["impacts"]
    assert impacts["id"] == global_id("ModelingImpacts", (await Portfolio.get(name="If")).id, "")
    assert [impacts[name]["totalValue"] for name in ("before", "after", "difference")] == ["1165", "1168", "3"]
    assert impacts["difference"] == {
        "totalValue": "3",
        "investedValue": "33",
        "cashBalance": "-30",
        # 200 and 180, and before 300.
        "costBasis": "80",
        "unrealizedGain": "-47",
        "longExposure": "33",
        "shortExposure": "0",
        "grossExposure": "33",
        "netExposure": "33",
        "realizedGain": "50",
        "realizedShortTerm": "50",
        "realizedLongTerm": "0",
        "unavailable": [],
    }
    assert [(each["symbol"], each["quantityBefore"], each["quantityAfter"]) for each in impacts["positions"]] == [
        ("AAA", "30", "20"),
        ("BBB", "0", "2"),
    ]
    assert [each["instrument"]["symbol"] for each in impacts["positions"]] == ["AAA", "BBB"]
    assert impacts["positions"][1]["weightDifference"] == 188 / 1168
    assert found["proFormaTrades"]["totalCount"] == 2
    # Every question that a portfolio answers.
    fork = await ask("Portfolio", id=session["portfolio"]["id"])
    assert (fork["valuation"]["totalValue"], fork["cash"]) == ("1168", [{"currency": "USD", "amount": "670"}])
    assert (await ask("Portfolio", id=key))["valuation"]["totalValue"] == "1165"


async def test_the_portfolio_of_a_session_has_its_base_s_entries_and_accounts(ask, attempt, session, portfolio, key):
    await attempt(SALE)
    document = """query($id: ID!, $first: Int, $after: String) { portfolio(id: $id) {
        accounts { id isDefault }
        transactions(first: $first, after: $after) {
            totalCount pageInfo { endCursor } edges { node { sequence kind } } } } }"""

    fork, base = [await ask(document, id=each) for each in (session["portfolio"]["id"], key)]

    assert fork["accounts"] == base["accounts"]
    assert len(fork["accounts"]) == 1
    entries = [(edge["node"]["sequence"], edge["node"]["kind"]) for edge in fork["transactions"]["edges"]]
    assert entries == [(1, "CONTRIBUTION"), (2, "BUY"), (3, "SELL")]
    assert (fork["transactions"]["totalCount"], base["transactions"]["totalCount"]) == (3, 2)
    seen, after = [], None
    for _ in range(3):
        page = (await ask(document, id=session["portfolio"]["id"], first=1, after=after))["transactions"]
        seen += [edge["node"]["sequence"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == [1, 2, 3]


async def test_one_trade_is_recorded_as_in_any_portfolio_and_reversed(ask, session, key):
    told = {
        "portfolioId": session["portfolio"]["id"],
        "idempotencyKey": "one",
        "expectedVersion": 2,
        "transaction": SALE,
    }
    payload = await ask("RecordTransaction", input=told)
    assert (payload["userErrors"], payload["portfolio"]["version"]) == ([], 3)

    reversal = await ask(
        "ReverseTransaction", input={"transactionId": payload["transaction"]["id"], "idempotencyKey": "two"}
    )

    assert (reversal["userErrors"], reversal["portfolio"]["id"]) == ([], session["portfolio"]["id"])
    assert (await ask("Portfolio", id=key))["version"] == 2


async def test_what_a_session_began_with_is_reversed_in_it_and_not_for_real(ask, session, portfolio, key):
    begun = await Transaction.get(portfolio_id=portfolio.id, sequence=2)
    told = {"transactionId": global_id("Transaction", begun.id), "idempotencyKey": "two"}
    fork = session["portfolio"]["id"]

    payload = await ask("ReverseTransaction", input={**told, "portfolioId": fork})

    assert (payload["userErrors"], payload["portfolio"]["id"]) == ([], fork)
    again = await ask("ReverseTransaction", input={**told, "idempotencyKey": "three", "portfolioId": fork})
    assert problem(again) == ("ALREADY_REVERSED", ["transactionId"])
    assert problem(await ask("ReverseTransaction", input={**told, "portfolioId": "?"})) == (
        "NOT_FOUND",
        ["portfolioId"],
    )
    assert await Transaction.filter(reverses_id=begun.id, portfolio_id=portfolio.id).count() == 0
    assert (await ask("Portfolio", id=key))["version"] == 2
    # Keys of a session are its own.
    assert (await ask("ReverseTransaction", input={**told, "portfolioId": key}))["userErrors"] == []
    assert (await ask("Portfolio", id=key))["version"] == 3


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": " "}, "INVALID_INPUT", ["name"]),
        ({"idempotency_key": "x" * 201}, "INVALID_INPUT", ["idempotencyKey"]),
        ({"expectedVersion": 1}, "VERSION_CONFLICT", ["expectedVersion"]),
        ({"portfolioId": "nonsense"}, "NOT_FOUND", ["portfolioId"]),
    ],
)
async def test_a_refused_session_is_not_made(begin, change, code, field):
    assert problem(await begin(**change)) == (code, field)
    assert await Portfolio.all().count() == 1


@pytest.mark.parametrize(
    ("transactions", "more", "code", "field"),
    [
        ([], {}, "INVALID_INPUT", ["transactions"]),
        ([SALE] * 101, {}, "INVALID_INPUT", ["transactions"]),
        ([SALE] * 4, {}, "INSUFFICIENT_QUANTITY", ["transactions", "3", "sell", "quantity"]),
        (
            [PURCHASE, {"buy": {**PURCHASE["buy"], "symbol": "NONE"}}],
            {},
            "UNKNOWN_INSTRUMENT",
            ["transactions", "1", "buy", "symbol"],
        ),
        (
            [SALE, {"sell": {**SALE["sell"], "lots": [{"lotId": "x", "quantity": "1"}]}}],
            {},
            "INVALID_INPUT",
            ["transactions", "1", "sell", "lots"],
        ),
        ([SALE], {"idempotency_key": ""}, "INVALID_INPUT", ["idempotencyKey"]),
        ([SALE], {"expectedVersion": 3}, "VERSION_CONFLICT", ["expectedVersion"]),
        ([SALE], {"accountId": global_id("Account", new_id())}, "NOT_FOUND", ["accountId"]),
        ([SALE], {"accountId": "nonsense"}, "NOT_FOUND", ["accountId"]),
    ],
)
async def test_refused_trades_change_nothing(attempt, transactions, more, code, field):
    assert problem(await attempt(*transactions, **more)) == (code, field)

    assert (await Portfolio.get(name="If")).version == 2
    assert await Transaction.all().count() == 2


async def test_a_session_is_saved(ask, send, attempt, session):
    await attempt(SALE, PURCHASE)
    impacts = (await ask(MODELLING["ModelingSession"], id=session["id"]))["impacts"]

    payload = await send("SaveModelingSession", name="Then", expectedVersion=4)

    assert payload["userErrors"] == []
    snapshot = payload["snapshot"]
    assert (snapshot["name"], snapshot["version"], payload["modelingSession"]["snapshots"]["totalCount"]) == (
        "Then",
        4,
        1,
    )
    # The same, under a name of its own.
    assert snapshot["impacts"].pop("id") != impacts.pop("id")
    assert snapshot["impacts"] == impacts
    await attempt(SALE, idempotency_key="more")
    (edge,) = (await ask(MODELLING["ModelingSession"], id=session["id"]))["snapshots"]["edges"]
    assert edge["node"] == {name: snapshot[name] for name in ("id", "name", "version", "createdAt")}
    stored = (await ask(MODELLING["ModelingSnapshot"], id=snapshot["id"]))["impacts"]
    assert (stored["after"], stored["positions"]) == (impacts["after"], impacts["positions"])


async def test_a_session_is_committed_once(ask, send, attempt, session, key):
    await attempt(SALE, PURCHASE)
    payload = await send("CommitModelingSession", expectedVersion=2, idempotencyKey="go")

    assert payload["userErrors"] == []
    assert [(each["kind"], each["sequence"]) for each in payload["transactions"]] == [("SELL", 3), ("BUY", 4)]
    assert payload["portfolio"] == {"id": key, "version": 4}
    assert payload["modelingSession"]["committedAt"] is not None
    assert payload["modelingSession"]["baseIsBehind"] is True
    assert (await ask("Portfolio", id=key))["valuation"]["totalValue"] == "1168"
    for again in ("go", "another"):
        assert await send("CommitModelingSession", expectedVersion=2, idempotencyKey=again) == payload
    assert problem(await attempt(SALE, idempotency_key="more")) == ("INVALID_INPUT", None)
    # What it was is still there to be looked at.
    found = await ask(MODELLING["ModelingSession"], id=session["id"])
    assert found["impacts"]["difference"]["totalValue"] == "3"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"expectedVersion": 3}, "VERSION_CONFLICT", ["expectedVersion"]),
        ({"idempotencyKey": ""}, "INVALID_INPUT", ["idempotencyKey"]),
        ({"session_id": "nonsense"}, "NOT_FOUND", ["sessionId"]),
    ],
)
async def test_a_refused_commit_changes_nothing(ask, send, attempt, key, change, code, field):
    await attempt(SALE)
    told = {"expectedVersion": 2, "idempotencyKey": "go", **change}

    assert problem(await send("CommitModelingSession", **told)) == (code, field)

    assert (await ask("Portfolio", id=key))["version"] == 2


async def test_a_session_is_discarded(ask, send, attempt, session, key):
    await attempt(SALE)
    assert problem(await send("DiscardModelingSession", expectedVersion=2)) == ("VERSION_CONFLICT", ["expectedVersion"])

    payload = await send("DiscardModelingSession", expectedVersion=3)

    assert payload == {"discardedSessionId": session["id"], "userErrors": []}
    assert await ask(MODELLING["ModelingSession"], id=session["id"]) is None
    assert await ask("Portfolio", id=session["portfolio"]["id"]) is None
    assert (await ask(MODELLING["ModelingSessions"]))["modelingSessions"]["totalCount"] == 0
    assert problem(await send("DiscardModelingSession")) == ("NOT_FOUND", ["sessionId"])
    assert (await ask("Portfolio", id=key))["version"] == 2


async def test_deleting_the_portfolio_takes_its_sessions(ask, attempt, session, key):
    await ask(MODELLING["DeletePortfolio"], input={"portfolioId": key, "expectedVersion": 2})

    assert await ask(MODELLING["ModelingSession"], id=session["id"]) is None
    assert problem(await attempt(SALE)) == ("NOT_FOUND", ["sessionId"])


async def test_a_session_has_no_marks(ask, session):
    payload = await ask("RefreshMarks", input={"portfolioId": session["portfolio"]["id"]})

    assert problem(payload) == ("INVALID_INPUT", ["portfolioId"])


async def test_a_stranger_sees_and_changes_nothing(ask, client, send, begin, session, stranger):
    saved = (await send("SaveModelingSession", name="Mine"))["snapshot"]["id"]
    sent: dict[str, dict[str, Any]] = {
        "AddProFormaTrades": {"transactions": [SALE], "idempotencyKey": "k"},
        "SaveModelingSession": {"name": "n"},
        "CommitModelingSession": {"expectedVersion": 2, "idempotencyKey": "k"},
        "DiscardModelingSession": {},
    }
    for operation, told in sent.items():
        for session_id in (session["id"], global_id("ModelingSession", new_id()), session["portfolio"]["id"]):
            payload = await send(operation, actor=stranger, session_id=session_id, **told)
            assert problem(payload) == ("NOT_FOUND", ["sessionId"]), operation
        response = await client.on_behalf_of(NOBODY).execute(
            MODELLING[operation], {"input": {"sessionId": session["id"], **told}}
        )
        assert codes(response) == ["UNAUTHENTICATED"]
    assert problem(await begin(actor=stranger)) == ("NOT_FOUND", ["portfolioId"])
    ids = [session["id"], session["portfolio"]["id"], saved]
    nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert await ask(nodes, actor=stranger, ids=ids) == [None] * 3
    assert await ask(nodes, ids=ids) == [{"id": each} for each in ids]
    assert (await ask(MODELLING["ModelingSessions"], actor=stranger))["modelingSessions"]["totalCount"] == 0


async def test_lists_of_sessions_take_few_statements(ask, begin, key):
    async def statements(document, **variables):
        with counted_statements() as found:
            await ask(MODELLING[document], **variables)
        return len(found)

    await begin("0")
    await ask(MODELLING["ModelingSessionsOfPortfolio"], id=key)
    few = [await statements("ModelingSessions"), await statements("ModelingSessionsOfPortfolio", id=key)]
    for number in range(1, 20):
        await begin(str(number))
    # Their ledgers are read once.
    await ask(MODELLING["ModelingSessionsOfPortfolio"], id=key)

    many = [await statements("ModelingSessions"), await statements("ModelingSessionsOfPortfolio", id=key)]

    # The user, the page and its count, the bases; the portfolio in place of the user, the sessions, and the prices.
    assert few == many
    assert few[0] == 4
    assert few[1] <= 8
