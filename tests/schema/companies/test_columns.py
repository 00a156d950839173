"""What a table needs to know of its columns."""

from tests.schema.companies.conftest import OWN

COLUMNS = OWN["CompanyColumns"]


async def test_the_columns_of_a_table(client):
    found = {each["code"]: each for each in (await client.data(COLUMNS))["companyMetrics"]}

    assert len(found) == 39
    assert found["marketCapUsdMn"] == {
        "code": "marketCapUsdMn",
        "label": "Market Cap (USD mn)",
        "group": "FUNDAMENTAL",
        "unit": "USD_MN",
        "higherIsBetter": True,
        "format": "MILLIONS",
        "decimals": 0,
        "width": 19,
        "shownAtFirst": True,
        "sortable": True,
        "aliases": ["(USD mn)", "market cap", "market_cap"],
    }
    assert (found["analyst"]["sortable"], found["analyst"]["decimals"]) == (False, None)
