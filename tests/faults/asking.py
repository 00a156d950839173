"""What the clients of these tests send, and how they ask for it."""

from typing import Any

from domain.onboarding.demonstration import DEMO_PASSWORD, INDIVIDUAL, DemoUser
from schema.shared.event_ids import place_of
from tests.support.clients import Client, Event
from tests.support.processes import Api

PRICES = """
subscription Prices($tickers: [String!]!, $since: String) {
  priceUpdate(tickers: $tickers, since: $since) { eventId kind ticker price }
}
"""

PORTFOLIO_LIVE = """
subscription PortfolioLive($id: ID!, $since: String) {
  portfolioUpdate(portfolioId: $id, since: $since) {
    eventId kind portfolio { id version valuation { totalValue cashBalance } }
  }
}
"""

QUOTES = "query Quotes($symbols: [String!]!) { quotes(symbols: $symbols) { symbol price at } }"

PORTFOLIO = "query ($id: ID!) { portfolio(id: $id) { id version valuation { totalValue cashBalance } } }"

PORTFOLIOS = """
{ viewer { portfolios(first: 100) { edges { node { id name version positions(first: 100) { totalCount } } } } } }
"""

CREATE = """
mutation Create($input: CreatePortfolioInput!) {
  createPortfolio(input: $input) { portfolio { id version } userErrors { code message } }
}
"""

RECORD = """
mutation Record($input: RecordTransactionInput!) {
  recordTransaction(input: $input) { transaction { id } portfolio { id version } userErrors { code message field } }
}
"""

REFRESH_MARKS = """
mutation Refresh($input: RefreshMarksInput!) { refreshMarks(input: $input) { job { id state } userErrors { code } } }
"""

JOB = "query Job($id: ID!) { job(id: $id) { id state progress attempts failure { code message } } }"

LOGOUT = "mutation { logout { done } }"

LOGIN_DEMO = f"""
mutation {{
  login(input: {{ email: "{INDIVIDUAL.email}", password: "{DEMO_PASSWORD}" }}) {{ session {{ accessTokenExpiresAt }} }}
}}
"""


async def signed_in(server: Api, user: DemoUser = INDIVIDUAL) -> Client:
    """Return a client of this server on behalf of a user of the demonstration."""
    async with Client(server.url) as nobody:
        return Client(server.url, await nobody.login(user.email, DEMO_PASSWORD))


async def new_portfolio(client: Client, name: str) -> str:
    """Create a portfolio; return its id."""
    created = (await client.data(CREATE, {"input": {"name": name}}))["createPortfolio"]
    portfolio_id: str = created["portfolio"]["id"]
    return portfolio_id


def contribution(portfolio_id: str, key: str, amount: str = "1.00") -> dict[str, Any]:
    """Return the variables of RECORD that put dollars into a portfolio."""
    entry = {"contribution": {"amount": amount, "tradeDate": "2022-11-15"}}
    return {"input": {"portfolioId": portfolio_id, "idempotencyKey": key, "transaction": entry}}


def place(event: Event) -> tuple[str, int]:
    """Return the epoch that an event names, and its position in the feed."""
    found = place_of(event.value["eventId"])
    assert found is not None
    return found[0], found[1][-1]
