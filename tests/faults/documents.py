"""What the clients of these tests send."""

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
