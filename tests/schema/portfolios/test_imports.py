"""Files of brokers through the API: every document of `operations_own/imports.graphql` is run here."""

from pathlib import Path
from typing import Any

import pytest
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.kernel.actor import NOBODY
from domain.kernel.ids import new_id
from domain.portfolios.models import Transaction
from schema.shared.node import global_id
from tests.contracts.test_own_operations import OWN
from tests.factories.imports import upload
from tests.factories.portfolios import FRIDAY, record, sell
from tests.support.graphql import codes
from tests.support.statements import counted_statements

OPERATIONS = {
    name: print_ast(document)
    for name, document in separate_operations(parse((OWN / "imports.graphql").read_text())).items()
}
HEADER = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"
ROWS = (
    "2022-11-14,AAA,YAHOO,USD,10,20,buy,1,first\n"
    "2022-11-14,ZZZ,YAHOO,USD,10,1,buy,0,\n"
    "2022-11-15,AAA,YAHOO,USD,x,1,buy,0,\n"
    "2022-11-16,AAA,YAHOO,USD,0.5,20,dividend,0,\n"
)
FILE = HEADER + ROWS
CLEAN = HEADER + "".join(ROWS.splitlines(keepends=True)[::3])


@pytest.fixture
def send(ask):
    async def run(name, *, actor=None, **variables):
        return await ask(OPERATIONS[name], actor=actor, **variables)

    return run


@pytest.fixture
def previewed(small_market, owner, portfolio, send):
    """Upload a file, and preview it."""

    async def run(text=FILE, **more) -> Any:
        file = await upload(small_market, owner, text)
        ids = {"portfolioId": global_id("Portfolio", portfolio.id), "fileId": global_id("File", file.id)}
        return await send("PreviewImport", input={**ids, **more})

    return run


def counts(new=0, known=0, ignored=0, refused=0, recorded=0):
    return {"new": new, "known": known, "ignored": ignored, "refused": refused, "recorded": recorded}


def confirmation(importing, **more):
    return {"importId": importing["id"], "idempotencyKey": "one", **more}


def test_every_own_document_of_imports_has_a_test():
    text = Path(__file__).read_text()

    assert [name for name in OPERATIONS if f'"{name}"' not in text] == []


async def test_a_preview_tells_what_each_row_becomes(previewed):
    payload = await previewed()

    assert payload["userErrors"] == []
    importing = payload["import"]
    assert (importing["state"], importing["format"], importing["fileName"]) == ("PREVIEWED", "ghostfolio", "broker.csv")
    assert importing["counts"] == counts(new=2, refused=2)
    first, second, third, fourth = (edge["node"] for edge in importing["rows"]["edges"])
    assert {key: value for key, value in first.items() if key != "id"} == {
        "line": 2,
        "part": 0,
        "state": "NEW",
        "kind": "BUY",
        "symbol": "AAA",
        "quantity": "20",
        "price": "10",
        "amount": None,
        "currency": None,
        "tradeDate": "2022-11-14",
        "confidence": 1.0,
        "needsReview": False,
        "tags": [],
        "strategy": None,
        "problems": [],
    }
    assert [each["code"] for each in second["problems"]] == ["UNKNOWN_INSTRUMENT"]
    assert "'ZZZ': once it is known here, retry the import" in second["problems"][0]["message"]
    assert third["problems"] == [{"column": "price", "message": "expected a number, got 'x'", "code": "INVALID_INPUT"}]
    assert (third["state"], third["kind"]) == ("REFUSED", None)
    assert (fourth["kind"], fourth["amount"], fourth["currency"]) == ("DIVIDEND", "10", "USD")


async def test_a_file_is_recorded_known_and_undone(previewed, send, portfolio):
    importing = (await previewed(CLEAN))["import"]
    payload = await send("ConfirmImport", input=confirmation(importing))

    assert payload["userErrors"] == []
    assert payload["portfolio"] == {"id": global_id("Portfolio", portfolio.id), "version": 2}
    assert (payload["import"]["state"], payload["import"]["counts"]) == ("CONFIRMED", counts(recorded=2))
    assert await send("ConfirmImport", input=confirmation(importing)) == payload

    again = (await previewed(CLEAN))["import"]
    assert again["counts"] == counts(known=2)

    undone = await send("UndoImport", input={"importId": importing["id"], "idempotencyKey": "two"})
    assert (undone["import"]["state"], undone["portfolio"]["version"]) == ("UNDONE", 4)
    assert (await previewed(CLEAN))["import"]["counts"] == counts(new=2)


async def test_refused_rows_keep_all_out_unless_they_are_to_be_left_out(previewed, send):
    importing = (await previewed())["import"]
    payload = await send("ConfirmImport", input=confirmation(importing))

    assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [("ROWS_REFUSED", ["skipRefused"])]
    assert payload["import"]["counts"] == counts(new=2, refused=2)
    assert await Transaction.all().count() == 0

    payload = await send("ConfirmImport", input=confirmation(importing, skipRefused=True))
    assert payload["import"]["counts"] == counts(recorded=2, refused=2)


async def test_a_row_that_the_ledger_refuses_says_why(previewed, send):
    importing = (await previewed(HEADER + "2022-11-14,AAA,YAHOO,USD,10,1,sell,0,\n"))["import"]
    assert importing["counts"] == counts(new=1)

    payload = await send("ConfirmImport", input=confirmation(importing))

    assert [each["code"] for each in payload["userErrors"]] == ["ROWS_REFUSED"]
    assert payload["import"]["counts"] == counts(refused=1)
    found = await send("Import", id=importing["id"], state="REFUSED")
    (edge,) = found["rows"]["edges"]
    assert [each["code"] for each in edge["node"]["problems"]] == ["INSUFFICIENT_QUANTITY"]
    # Once it is bought, the row can be recorded.
    retried = await send("RetryImport", input={"importId": importing["id"]})
    assert retried["import"]["counts"] == counts(new=1)


async def test_an_import_is_read_with_its_rows_and_transactions(previewed, send, portfolio):
    importing = (await previewed(CLEAN))["import"]
    await send("ConfirmImport", input=confirmation(importing))

    found = await send("Import", id=importing["id"], first=1)

    assert found["rows"]["totalCount"] == 2
    assert found["rows"]["pageInfo"]["hasNextPage"]
    (edge,) = found["rows"]["edges"]
    assert edge["node"]["text"] == "2022-11-14,AAA,YAHOO,USD,10,20,buy,1,first"
    assert (edge["node"]["transaction"]["kind"], edge["node"]["transaction"]["sequence"]) == ("BUY", 1)
    rest = await send("Import", id=importing["id"], after=edge["cursor"])
    assert [each["node"]["line"] for each in rest["rows"]["edges"]] == [3]
    assert (await send("Import", id=importing["id"], state="NEW"))["rows"]["edges"] == []


async def test_a_portfolio_lists_its_imports(previewed, send, portfolio, client):
    first, second = (await previewed())["import"], (await previewed(CLEAN))["import"]

    async def listed():
        return await send("PortfolioImports", id=global_id("Portfolio", portfolio.id))

    found = await listed()
    assert found["imports"]["totalCount"] == 2
    assert [edge["node"]["id"] for edge in found["imports"]["edges"]] == [first["id"], second["id"]]
    assert [edge["node"]["counts"]["new"] for edge in found["imports"]["edges"]] == [2, 2]
    with counted_statements() as statements:
        await listed()
    # The portfolio, its imports, how many they are, which of them are seen, and their rows counted.
    assert len(statements) == 5


async def test_imports_and_their_rows_are_nodes(previewed, client, stranger):
    importing = (await previewed())["import"]
    row = importing["rows"]["edges"][0]["node"]
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    ids = [importing["id"], row["id"]]

    assert (await client.data(text, {"ids": ids}))["nodes"] == [
        {"__typename": "Import", "id": importing["id"]},
        {"__typename": "ImportRow", "id": row["id"]},
    ]
    assert (await client.on_behalf_of(stranger).data(text, {"ids": ids}))["nodes"] == [None, None]


async def test_a_stranger_finds_nothing(previewed, send, stranger):
    importing = (await previewed(CLEAN))["import"]

    assert await send("Import", actor=stranger, id=importing["id"]) is None
    for name in ("ConfirmImport", "UndoImport"):
        payload = await send(name, actor=stranger, input=confirmation(importing))
        assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [("NOT_FOUND", ["importId"])]
    payload = await send("RetryImport", actor=stranger, input={"importId": importing["id"]})
    assert [each["code"] for each in payload["userErrors"]] == ["NOT_FOUND"]
    assert await Transaction.all().count() == 0


async def test_another_s_file_is_not_there(small_market, owner, stranger, portfolio, send):
    file = await upload(small_market, stranger, FILE)
    ids = {"portfolioId": global_id("Portfolio", portfolio.id), "fileId": global_id("File", file.id)}

    for variables in (ids, {**ids, "fileId": global_id("File", new_id())}):
        payload = await send("PreviewImport", input=variables)
        assert payload["import"] is None
        assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [("NOT_FOUND", ["fileId"])]


@pytest.mark.parametrize(
    ("text", "more", "field"),
    [
        ("nothing of a table", {}, "fileId"),
        ("PK\x03\x04", {}, "fileId"),
        (FILE, {"format": "etrade"}, "format"),
        (FILE, {"format": "generic"}, "fileId"),
    ],
)
async def test_a_file_that_cannot_be_read(previewed, text, more, field):
    payload = await previewed(text, **more)

    assert payload["import"] is None
    assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [("INVALID_INPUT", [field])]


async def test_an_order_of_dates_can_be_said(previewed):
    text = "symbol,quantity,entry_price,entry_date\nAAA,1,10,11/10/2022\n"

    days = [
        (await previewed(text, dateOrder=order))["import"]["rows"]["edges"][0]["node"]
        for order in (None, "DAY_FIRST", "MONTH_FIRST")
    ]

    assert [node["tradeDate"] for node in days] == ["2022-11-10", "2022-10-11", "2022-11-10"]
    assert [node["needsReview"] for node in days] == [True, False, False]


async def test_an_undo_that_a_later_sale_forbids(previewed, send, small_market, owner, portfolio):
    importing = (await previewed(CLEAN))["import"]
    await send("ConfirmImport", input=confirmation(importing))
    await record(small_market, owner, portfolio.id, sell("AAA", "20", "14", FRIDAY))

    payload = await send("UndoImport", input={"importId": importing["id"], "idempotencyKey": "two"})

    assert [each["code"] for each in payload["userErrors"]] == ["INSUFFICIENT_QUANTITY"]
    assert payload["import"] is None
    assert await Transaction.all().count() == 3


async def test_templates(send):
    found = {each["format"]: each for each in await send("CsvTemplates")}

    assert set(found) == {
        "generic",
        "schwab-positions",
        "schwab-transactions",
        "fidelity-positions",
        "ibkr-positions",
        "robinhood-activity",
        "ghostfolio",
        "foliograph",
    }
    assert found["generic"]["fileName"] == "generic.csv"
    assert found["generic"]["text"].startswith("symbol,asset_class,quantity,entry_price,entry_date,strategy,tags\n")
    assert found["generic"]["columns"] == ["symbol", "quantity", "entry_price", "entry_date"]
    assert found["schwab-positions"]["text"] is None


async def test_nobody_may(small_market, client):
    assert codes(await client.on_behalf_of(NOBODY).execute(OPERATIONS["CsvTemplates"])) == ["UNAUTHENTICATED"]
