import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";

import {
  bearer,
  contribution,
  eventually,
  httpUrl,
  kindOf,
  openPortfolio,
  operation,
  signIn,
  socketClient,
  TICKERS,
} from "./foliograph.mjs";

const timeout = 30_000;
let session;
let sockets;

before(async () => {
  session = await signIn();
  sockets = socketClient(session);
});
after(() => sockets.dispose());

const apollo = () =>
  new ApolloClient({
    cache: new InMemoryCache({ typePolicies: { User: { fields: { portfolios: relayStylePagination() } } } }),
    link: ApolloLink.split(
      ({ query }) => kindOf(query) === "subscription",
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: httpUrl, headers: bearer(session) }),
    ),
  });

// What the cache holds for an operation; asks the server for nothing.
const cached = (client, name, variables) => client.readQuery({ query: operation(name), variables });

test("Apollo signs in", { timeout }, async () => {
  const client = apollo();

  const { data } = await client.query({ query: operation("Viewer") });

  assert.equal(data.viewer.id, session.user.id);
});

test("Apollo keeps one object for each id", { timeout }, async () => {
  const client = apollo();

  const one = await client.query({ query: operation("Instrument"), variables: { symbol: "AAPL" } });
  const all = await client.query({ query: operation("Quotes"), variables: { symbols: TICKERS } });

  const quotes = Object.values(client.cache.extract()).filter((object) => object.__typename === "Quote");
  assert.equal(quotes.length, TICKERS.length);
  assert.equal(one.data.instrument.quote.id, all.data.quotes[0].id);
  const later = cached(client, "Instrument", { symbol: "AAPL" }).instrument.quote;
  assert.equal(later.price, all.data.quotes[0].price);
});

test("Apollo merges the pages of a connection", { timeout }, async () => {
  const client = apollo();
  await openPortfolio(session);
  await openPortfolio(session);
  const query = client.watchQuery({ query: operation("Portfolios"), variables: { first: 1 } });
  const watching = query.subscribe({});

  const { data } = await eventually(
    () => query.getCurrentResult().dataState === "complete" && query.getCurrentResult(),
  );
  const first = data.viewer.portfolios;
  await query.fetchMore({ variables: { after: first.pageInfo.endCursor } });

  const merged = cached(client, "Portfolios", { first: 1 }).viewer.portfolios;
  watching.unsubscribe();
  assert.equal(first.edges.length, 1);
  assert.equal(merged.edges.length, 2);
  assert.equal(merged.edges[0].node.id, first.edges[0].node.id);
  assert.notEqual(merged.edges[1].node.id, merged.edges[0].node.id);
  assert.ok(merged.totalCount >= 2);
});

test("Apollo's mutation updates the portfolio in the cache", { timeout }, async () => {
  const client = apollo();
  const id = await openPortfolio(session);
  const { data } = await client.query({ query: operation("Portfolio"), variables: { id } });

  const answer = await client.mutate({
    mutation: operation("RecordTransaction"),
    variables: { input: contribution(id, "5") },
  });

  assert.deepEqual(answer.data.recordTransaction.userErrors, []);
  const { portfolio } = cached(client, "Portfolio", { id });
  assert.equal(portfolio.version, answer.data.recordTransaction.portfolio.version);
  assert.ok(portfolio.version > data.portfolio.version);
  assert.equal(portfolio.name, data.portfolio.name);
});

test("Apollo's price subscription updates the quotes in the cache", { timeout }, async () => {
  const client = apollo();
  const variables = { symbols: TICKERS };
  const before = (await client.query({ query: operation("Quotes"), variables })).data.quotes;
  const events = [];

  const live = client
    .subscribe({ query: operation("Prices"), variables: { tickers: TICKERS } })
    .subscribe(({ data }) => events.push(data.priceUpdate));
  const changed = await eventually(() =>
    events.find(({ kind, quote }) => kind === "CHANGE" && priceIn(before, quote) !== quote.price),
  );
  live.unsubscribe();

  const last = events.findLast(({ quote }) => quote?.id === changed.quote.id).quote;
  assert.equal(priceIn(cached(client, "Quotes", variables).quotes, last), last.price);
});

const priceIn = (quotes, { id }) => quotes.find((quote) => quote.id === id)?.price;

test("Apollo's portfolio subscription updates the valuation in the cache", { timeout }, async () => {
  const client = apollo();
  const id = await openPortfolio(session);
  const before = (await client.query({ query: operation("Portfolio"), variables: { id } })).data.portfolio.valuation;
  const events = [];

  const live = client
    .subscribe({ query: operation("PortfolioLive"), variables: { id } })
    .subscribe(({ data }) => events.push(data.portfolioUpdate));
  await eventually(() =>
    events.some(({ kind, portfolio }) => kind === "CHANGE" && portfolio.valuation.totalValue !== before.totalValue),
  );
  live.unsubscribe();

  assert.equal(events[0].kind, "SNAPSHOT");
  const { valuation } = cached(client, "Portfolio", { id }).portfolio;
  const last = events.at(-1).portfolio.valuation;
  assert.equal(valuation.id, before.id);
  assert.equal(valuation.totalValue, last.totalValue);
  assert.equal(valuation.at, last.at);
});
