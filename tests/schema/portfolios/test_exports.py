"""Exports through the API: a file of the user's own, or why there is none."""

import csv
import hashlib
import io

import pytest

from domain.kernel.ids import new_id
from schema.shared.node import global_id, stored_key
from tests.factories.portfolios import buy, contribution, record
from tests.schema.portfolios.sharing_documents import OWN


@pytest.fixture
async def grown(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("1000"), buy("AAA", "30", "10", fees="1.5"))
    return portfolio


@pytest.fixture
def export(ask, portfolio):
    async def run(name="ExportPortfolio", format_="CSV", *, actor=None, **more):
        given = {"portfolioId": global_id("Portfolio", portfolio.id), "format": format_, **more}
        return await ask(OWN[name], actor=actor, input=given)

    return run


@pytest.mark.parametrize(
    "written_as",
    [
        ("ExportPortfolio", "CSV", "Savings-transactions.csv", "text/csv; charset=utf-8"),
        ("ExportPortfolio", "JSON", "Savings-portfolio.json", "application/json"),
        (
            "ExportPortfolio",
            "XLSX",
            "Savings-portfolio.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("ExportTrades", "CSV", "Savings-trades.csv", "text/csv; charset=utf-8"),
        ("ExportTrades", "JSON", "Savings-trades.json", "application/json"),
        ("ExportTrades", "FIX", "Savings-trades.fix", "text/plain; charset=us-ascii"),
    ],
)
async def test_each_format_is_a_file(small_market, ask, stranger, grown, export, written_as):
    name, format_, file_name, content_type = written_as

    written = await export(name, format_)

    file = written["file"]
    assert (file["name"], file["contentType"], written["userErrors"]) == (file_name, content_type, [])
    assert written["url"] == f"/files/{file['id']}"
    content = await small_market.files.read(file["sha256"])
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])
    assert stored_key("File", file["id"]) is not None
    assert await ask("query($id: ID!) { node(id: $id) { id } }", actor=stranger, id=file["id"]) is None


async def test_as_of_and_the_days_of_trades_are_taken(small_market, grown, export):
    async def rows(**asked):
        content = await small_market.files.read((await export(**asked))["file"]["sha256"])
        return list(csv.DictReader(io.StringIO(content.decode(), newline="")))

    assert [row["kind"] for row in await rows()] == ["CONTRIBUTION", "BUY"]
    assert await rows(asOf="2022-11-01T12:00:00.000Z") == []
    assert len(await rows(name="ExportTrades", since="2022-11-14", until="2022-11-14")) == 1
    assert await rows(name="ExportTrades", since="2022-11-15") == []


@pytest.mark.parametrize("name", ["ExportPortfolio", "ExportTrades"])
async def test_a_stranger_and_what_is_not_there_are_one_answer(export, grown, stranger, name):
    refused = [
        await export(name, actor=stranger),
        await export(name, portfolioId=global_id("Portfolio", new_id())),
        await export(name, portfolioId="nothing"),
    ]

    for each in refused:
        assert (each["file"], each["url"]) == (None, None)
        assert [(error["code"], error["field"]) for error in each["userErrors"]] == [("NOT_FOUND", ["portfolioId"])]
