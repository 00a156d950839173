"""The mutations of portfolios, as front ends send them."""

import json
from typing import Any

import pytest

from domain.jobs.models import Job
from domain.kernel.actor import NOBODY
from domain.kernel.ids import new_id
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from schema.shared.node import global_id
from tests.factories.portfolios import TODAY, buy, contribution, open_portfolio, record, sell
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import codes
from tests.support.ledger import check_ledger
from tests.support.statements import counted_statements

TRADE = {"symbol": "AAA", "quantity": "2", "price": "10.50", "tradeDate": "2022-11-15"}
CASH = {"amount": "100", "tradeDate": "2022-11-14"}


@pytest.fixture
def recording(ask, portfolio):
    """Send a transaction; return the payload."""

    async def send(*, actor=None, portfolio_id=None, key="key", more=None, **transaction):
        payload = {
            "portfolioId": portfolio_id or global_id("Portfolio", portfolio.id),
            "idempotencyKey": key,
            "transaction": transaction,
            **(more or {}),
        }
        return await ask("RecordTransaction", actor=actor, input=payload)

    return send


def problem(payload):
    """The only user error of a payload in which everything else is null."""
    assert {value for name, value in payload.items() if name != "userErrors"} == {None}
    (error,) = payload["userErrors"]
    assert error["message"].startswith(("expected", "no such", "the "))
    return error["code"], error["field"]


async def counts():
    return [await model.all().count() for model in (Portfolio, Account, Transaction, Posting, Job)]


async def test_a_portfolio_is_created(ask, owner):
    payload = await ask("CreatePortfolio", input={"name": "Rente"})

    stored = await Portfolio.get()
    assert payload == {
        "portfolio": {
            "id": global_id("Portfolio", stored.id),
            "name": "Rente",
            "baseCurrency": "USD",
            "version": 0,
        },
        "userErrors": [],
    }
    assert stored.owner_id == owner.user_id


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": " "}, "INVALID_INPUT", ["name"]),
        ({"description": "x" * 2001}, "INVALID_INPUT", ["description"]),
        ({"baseCurrency": "DOGE"}, "UNKNOWN_CURRENCY", ["baseCurrency"]),
        ({"idempotencyKey": ""}, "INVALID_INPUT", ["idempotencyKey"]),
    ],
)
async def test_a_refused_portfolio_is_not_created(ask, owner, change, code, field):
    assert problem(await ask("CreatePortfolio", input={"name": "Rente", **change})) == (code, field)
    assert await Portfolio.all().count() == 0


async def test_a_transaction_is_recorded(recording, portfolio, clock):
    payload = await recording(buy={**TRADE, "fees": "1.25"})

    stored = await Transaction.get()
    assert payload["userErrors"] == []
    assert payload["transaction"] == {
        "id": global_id("Transaction", stored.id),
        "kind": "BUY",
        "tradeDate": "2022-11-15",
        "settlementDate": "2022-11-17",
        "instrument": {"id": global_id("Instrument", stored.instrument_id), "symbol": "AAA"},
        "quantity": "2",
        "price": "10.5",
        "fees": "1.25",
        "amount": "-22.25",
        "currency": "USD",
        "recordedAt": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    assert payload["portfolio"] == {"id": global_id("Portfolio", portfolio.id), "version": 1}


async def test_each_kind_is_recorded(recording, portfolio):
    sent = [("contribution", CASH), ("buy", TRADE), ("sell", TRADE), ("withdrawal", CASH)]
    for number, (name, fields) in enumerate(sent):
        payload = await recording(key=f"key {number}", **{name: fields})
        assert (payload["userErrors"], payload["transaction"]["kind"]) == ([], name.upper())

    assert (await check_ledger(portfolio.id)).cash == {}


@pytest.mark.parametrize(
    ("transaction", "code", "field"),
    [
        ({"buy": {**TRADE, "quantity": "0"}}, "INVALID_INPUT", "buy quantity"),
        ({"buy": {**TRADE, "price": "-1"}}, "INVALID_INPUT", "buy price"),
        ({"buy": {**TRADE, "fees": "0.0000000001"}}, "INVALID_INPUT", "buy fees"),
        (
            {"buy": {**TRADE, "quantity": "999999999999999999", "price": "999999999999"}},
            "INVALID_INPUT",
            "buy quantity",
        ),
        ({"buy": {**TRADE, "symbol": "NONE"}}, "UNKNOWN_INSTRUMENT", "buy symbol"),
        ({"buy": {**TRADE, "symbol": "SP500"}}, "UNKNOWN_INSTRUMENT", "buy symbol"),
        ({"buy": {**TRADE, "tradeDate": "2022-11-22"}}, "DATE_IN_FUTURE", "buy tradeDate"),
        ({"buy": {**TRADE, "tradeDate": "2022-11-13"}}, "DATE_OUT_OF_RANGE", "buy tradeDate"),
        ({"buy": {**TRADE, "settlementDate": "2022-11-14"}}, "DATE_OUT_OF_RANGE", "buy settlementDate"),
        ({"sell": TRADE}, "INSUFFICIENT_QUANTITY", "sell quantity"),
        ({"contribution": {**CASH, "amount": "0"}}, "INVALID_INPUT", "contribution amount"),
        ({"contribution": {**CASH, "currency": "XXX"}}, "UNKNOWN_CURRENCY", "contribution currency"),
        ({"withdrawal": {**CASH, "note": "x" * 2001}}, "INVALID_INPUT", "withdrawal note"),
    ],
)
async def test_a_refused_transaction_changes_nothing(recording, portfolio, transaction, code, field):
    before = await counts()

    assert problem(await recording(**transaction)) == (code, ["transaction", *field.split()])

    assert await counts() == before
    assert (await Portfolio.get(id=portfolio.id)).version == 0


# What is no number of ours, in a variable: T13 of the threats.
HOSTILE = [
    *("NaN", "-NaN", "sNaN", "Infinity", "-Infinity", "inf", "1e", "1e99999", "0x1F", "1_000", "1,000", "1 000", ""),
    *(" 1", "1 ", "+1", ".5", "5.", "--1", "٣", "１", "1.0.0", "1" * 41, "null", "true"),
    *(1, 1.5, 1e400, True, None, [], ["1"], {}, {"a": 1}, 10**30),
]


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
@pytest.mark.parametrize("field", ["quantity", "price", "fees"])
async def test_what_is_no_number_is_refused_before_anything_is_read(client, portfolio, ask, field, value):
    before = await counts()
    payload = {
        "portfolioId": global_id("Portfolio", portfolio.id),
        "idempotencyKey": "key",
        "transaction": {"buy": {**TRADE, field: value}},
    }

    response = await client.execute(DOCUMENTS["RecordTransaction"], {"input": payload})

    if field == "fees" and value is None:
        assert response["data"]["recordTransaction"]["userErrors"] == []
        return
    assert codes(response) == ["BAD_REQUEST"], response
    assert await counts() == before


@pytest.mark.parametrize("value", ["1e400", "-1E400", "1e9999", "1e-400", "9" * 19, "9" * 40, "0.00000000001"])
@pytest.mark.parametrize("field", ["quantity", "price", "fees"])
async def test_a_number_that_no_column_holds_is_a_user_error_with_its_field(recording, portfolio, field, value):
    before = await counts()

    assert problem(await recording(buy={**TRADE, field: value})) == ("INVALID_INPUT", ["transaction", "buy", field])

    assert await counts() == before
    assert (await Portfolio.get(id=portfolio.id)).version == 0


@pytest.mark.parametrize(
    "transaction",
    [
        {},
        {"buy": None},
        {"buy": TRADE, "sell": TRADE},
        {"buy": TRADE, "sell": None},
        {"buy": {**TRADE, "amount": "1"}},
        {"gift": TRADE},
        [],
        "buy",
        None,
    ],
)
async def test_exactly_one_kind_is_said_and_nothing_else(client, portfolio, transaction):
    payload = {
        "portfolioId": global_id("Portfolio", portfolio.id),
        "idempotencyKey": "key",
        "transaction": transaction,
    }

    response = await client.execute(DOCUMENTS["RecordTransaction"], {"input": payload})

    assert set(codes(response)) == {"BAD_REQUEST"}, response
    assert await Transaction.all().count() == 0


@pytest.mark.parametrize("name", ["ownerId", "tenantId", "version", "sequence", "recordedAt", "role", "balance"])
async def test_what_is_not_the_user_s_to_say_is_refused(client, name):
    document = "mutation($input: CreatePortfolioInput!) { createPortfolio(input: $input) { portfolio { id } } }"

    response = await client.execute(document, {"input": {"name": "Rente", name: 1}})

    assert codes(response) == ["BAD_REQUEST"]
    assert await Portfolio.all().count() == 0


async def test_a_key_is_good_for_one_input(recording):
    first = await recording(buy=TRADE)

    assert await recording(buy=TRADE) == first
    assert problem(await recording(buy={**TRADE, "quantity": "3"})) == ("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])
    assert await Transaction.all().count() == 1


async def test_a_stale_version_conflicts(recording):
    await recording(buy=TRADE)

    refused = await recording(key="other", buy=TRADE, more={"expectedVersion": 0})

    assert problem(refused) == ("VERSION_CONFLICT", ["expectedVersion"])
    assert (await recording(key="other", buy=TRADE, more={"expectedVersion": 1}))["userErrors"] == []


async def test_a_transaction_is_reversed(ask, recording, portfolio):
    first = (await recording(buy=TRADE))["transaction"]

    payload = await ask("ReverseTransaction", input={"transactionId": first["id"], "idempotencyKey": "undo"})

    assert payload == {
        "reversal": {
            "id": global_id("Transaction", (await Transaction.get(sequence=2)).id),
            "kind": "REVERSAL",
            "reverses": {"id": first["id"]},
        },
        "portfolio": {"id": global_id("Portfolio", portfolio.id), "version": 2},
        "userErrors": [],
    }
    again = await ask("ReverseTransaction", input={"transactionId": first["id"], "idempotencyKey": "again"})
    assert problem(again) == ("ALREADY_REVERSED", ["transactionId"])


async def test_strangers_find_nothing_to_change_and_nobody_is_asked_to_sign_in(
    small_market, client, ask, owner, stranger, portfolio, recording
):
    first = await record(small_market, owner, portfolio.id, contribution("5"))
    job_id = (await ask("RefreshMarks", input={}))["job"]["id"]
    before = await counts()
    mine = global_id("Portfolio", portfolio.id)
    attempts: list[tuple[str, dict[str, Any], str]] = [
        (
            "RecordTransaction",
            {"portfolioId": mine, "idempotencyKey": "k", "transaction": {"buy": TRADE}},
            "portfolioId",
        ),
        (
            "ReverseTransaction",
            {"transactionId": global_id("Transaction", first.id), "idempotencyKey": "k"},
            "transactionId",
        ),
        ("RefreshMarks", {"portfolioId": mine}, "portfolioId"),
        ("CancelJob", {"jobId": job_id}, "jobId"),
    ]
    for name, payload, field in attempts:
        kind = field[0].upper() + field[1:-2]
        keys = (payload[field], global_id(kind, new_id()), global_id("Wrong", new_id()), "nonsense", "")
        answers = [await ask(name, actor=stranger, input={**payload, field: key}) for key in keys]
        assert problem(answers[0]) == ("NOT_FOUND", [field])
        assert all(answer == answers[0] for answer in answers), name
        response = await client.on_behalf_of(NOBODY).execute(DOCUMENTS[name], {"input": payload})
        assert codes(response) == ["UNAUTHENTICATED"]

    assert await counts() == before
    assert (await Job.get()).cancel_requested is False


async def test_an_account_of_another_portfolio_is_not_found(small_market, owner, recording):
    other = await open_portfolio(small_market, owner, "Other")
    account = await Account.get(portfolio_id=other.id)

    refused = await recording(buy=TRADE, more={"accountId": global_id("Account", account.id)})

    assert problem(refused) == ("NOT_FOUND", ["accountId"])


async def test_an_account_of_the_portfolio_is_booked_on(recording, portfolio):
    account = await Account.get(portfolio_id=portfolio.id)

    payload = await recording(buy=TRADE, more={"accountId": global_id("Account", account.id)})

    assert payload["userErrors"] == []


async def test_marks_of_one_portfolio_or_all_are_asked_for(ask, owner, portfolio):
    every = (await ask("RefreshMarks", input={}))["job"]
    one = (await ask("RefreshMarks", input={"portfolioId": global_id("Portfolio", portfolio.id)}))["job"]

    assert every["state"] == one["state"] == "QUEUED"
    # What waits already is not asked for twice.
    assert (await ask("RefreshMarks", input={}))["job"] == every
    assert await Job.all().count() == 2
    arguments = [json.loads(job.arguments) for job in await Job.all().order_by("id")]
    assert arguments == [
        {"session": "2022-11-18", "owner_id": str(owner.user_id), "portfolio_id": None},
        {"session": "2022-11-18", "owner_id": str(owner.user_id), "portfolio_id": str(portfolio.id)},
    ]


async def test_the_market_s_today_can_be_traded_on(recording):
    payload = await recording(buy={**TRADE, "tradeDate": TODAY.isoformat()})

    assert payload["userErrors"] == []


async def test_the_statements_of_recording(small_market, owner, portfolio, recording):
    await recording(key="warm", buy=TRADE)

    with counted_statements() as purchase:
        await recording(key="1", buy=TRADE)
    with counted_statements() as sale:
        await recording(key="2", sell=TRADE)
    with counted_statements() as cash:
        await recording(key="3", contribution=CASH)
    with counted_statements() as again:
        await recording(key="3", contribution=CASH)

    found = [len(statements) for statements in (purchase, sale, cash, again)]
    assert found == [11, 11, 9, 3], "\n".join([*purchase, "", *sale])


async def test_what_was_just_recorded_is_in_the_answer(small_market, owner, portfolio, client):
    await record(small_market, owner, portfolio.id, contribution("100"), buy("AAA", "4", "10"), sell("AAA", "1", "12"))
    document = """mutation($input: RecordTransactionInput!) { recordTransaction(input: $input) {
        portfolio {
            version valuation { totalValue } transactions(last: 1) { totalCount edges { node { kind } } }
        } } }"""
    payload = {
        "portfolioId": global_id("Portfolio", portfolio.id),
        "idempotencyKey": "key",
        "transaction": {"withdrawal": {"amount": "10", "tradeDate": TODAY.isoformat()}},
    }

    data = await client.data(document, {"input": payload})

    # 100 - 40 + 12 - 10 and 3 x 15.5.
    assert data["recordTransaction"]["portfolio"] == {
        "version": 4,
        "valuation": {"totalValue": "108.5"},
        "transactions": {"totalCount": 4, "edges": [{"node": {"kind": "WITHDRAWAL"}}]},
    }


async def test_each_of_two_mutations_answers_with_what_it_has_left(portfolio, client):
    one = (
        'recordTransaction(input: {portfolioId: $id, idempotencyKey: "%s", transaction: {contribution: '
        '{amount: "100", tradeDate: "2022-11-14"}}}) { portfolio { version valuation { totalValue } } }'
    )
    document = f"mutation($id: ID!) {{ first: {one % 'a'} second: {one % 'b'} }}"

    data = await client.data(document, {"id": global_id("Portfolio", portfolio.id)})

    told = [(each["portfolio"]["version"], each["portfolio"]["valuation"]["totalValue"]) for each in data.values()]
    assert told == [(1, "100"), (2, "200")]
