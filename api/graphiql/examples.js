// The tabs that a first visit opens. A test validates each document against the schema.
import login from "./examples/login.graphql";
import portfolio from "./examples/portfolio.graphql";
import portfolioLive from "./examples/portfolio_live.graphql";
import portfolios from "./examples/portfolios.graphql";
import prices from "./examples/prices.graphql";
import quotes from "./examples/quotes.graphql";
import risk from "./examples/risk.graphql";
import screen from "./examples/screen.graphql";

export const DEMO_EMAIL = "demo_individual@foliograph.dev";
export const DEMO_PASSWORD = "demo12345";
export const DEMO_TICKERS = ["AAPL", "MSFT", "JPM", "XOM"];

// What signing in replaces by the id of the user's first portfolio.
export const NO_PORTFOLIO = "sign in, and the id stands here";

const SCREEN = {
  filter: { metrics: [{ metric: "PER", measure: "VALUE", atMost: 25 }] },
  orderBy: { metric: "MARKET_CAP_USD_MN", direction: "DESC" },
  first: 10,
  ticker: "AAPL",
  from: "2024-01-01",
  to: "2026-12-31",
};

const tab = (query, variables) => ({ query, variables: JSON.stringify(variables, null, 2) });

export const exampleTabs = (demo) => [
  tab(quotes, { symbols: DEMO_TICKERS }),
  tab(prices, { tickers: DEMO_TICKERS }),
  tab(screen, SCREEN),
  tab(login, { input: demo ? { email: DEMO_EMAIL, password: DEMO_PASSWORD } : { email: "", password: "" } }),
  tab(portfolios, { first: 10 }),
  tab(portfolio, { id: NO_PORTFOLIO }),
  tab(portfolioLive, { id: NO_PORTFOLIO }),
  tab(risk, { id: NO_PORTFOLIO, from: "2021-01-01", to: "2026-12-31", scenario: "PANDEMIC_2020" }),
];
