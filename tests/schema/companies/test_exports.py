"""`exportCompanies`: all companies as a file of who asks."""

import json

import pytest

from tests.factories.identity import make_person
from tests.support.graphql import codes

EXPORT = """
mutation($input: ExportCompaniesInput!) {
  exportCompanies(input: $input) { file { id name contentType size } url userErrors { code } }
}
"""


@pytest.mark.parametrize(
    ("told", "name", "line"),
    [
        ("JSON_LINES", "jsonl", {"ticker": "AAPL", "per": 30.5, "pbr": None, "rating": "Strong Buy"}),
        ("LEGACY_JSON", "json", {"Ticker": "AAPL", "PER (Aug-26)": 30.5, "exchange": "NASDAQ", "Rating": "Strong Buy"}),
    ],
)
async def test_a_file_has_all_companies_and_is_the_users_own(resources, client, known, told, name, line):
    person = await make_person(resources)
    asking = client.on_behalf_of(person.actor)

    answer = (await asking.data(EXPORT, {"input": {"format": told}}))["exportCompanies"]

    file = answer["file"]
    assert (answer["url"], answer["userErrors"]) == (f"/files/{file['id']}", [])
    assert file["name"].endswith(f".{name}")
    found = await asking.data("query($id: ID!) { node(id: $id) { ... on File { sha256 size } } }", {"id": file["id"]})
    content = await resources.files.read(found["node"]["sha256"])
    assert len(content) == file["size"]
    companies = [json.loads(each) for each in content.splitlines()] if name == "jsonl" else json.loads(content)
    assert len(companies) == 2
    assert line.items() <= companies[0].items()


async def test_nobody_has_files(client, known):
    assert codes(await client.execute(EXPORT, {"input": {"format": "JSON_LINES"}})) == ["UNAUTHENTICATED"]
