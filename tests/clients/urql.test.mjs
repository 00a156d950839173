import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";

import {
  bearer,
  contribution,
  eventually,
  httpUrl,
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

const urql = () =>
  new Client({
    url: httpUrl,
    preferGetMethod: false,
    fetchOptions: { headers: bearer(session) },
    exchanges: [
      cacheExchange({ resolvers: { User: { portfolios: relayPagination() } }, logger: () => {} }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({ unsubscribe: sockets.subscribe(request, sink) }),
        }),
      }),
    ],
  });

async function fetched(client, name, variables) {
  const { data, error } = await client.query(operation(name), variables).toPromise();
  assert.equal(error, undefined);
  return data;
}

// What the cache holds for an operation; asks the server for nothing.
const cached = async (client, name, variables) =>
  (await client.query(operation(name), variables, { requestPolicy: "cache-only" }).toPromise()).data;

test("urql keeps one object for each id", { timeout }, async () => {
  const client = urql();
  const one = await fetched(client, "Instrument", { symbol: "AAPL" });

  const all = await fetched(client, "Quotes", { symbols: TICKERS });

  assert.equal(one.instrument.quote.id, all.quotes[0].id);
  assert.equal((await cached(client, "Instrument", { symbol: "AAPL" })).instrument.quote.price, all.quotes[0].price);
});

test("urql merges the pages of a connection", { timeout }, async () => {
  const client = urql();
  await openPortfolio(session);
  await openPortfolio(session);

  const first = (await fetched(client, "Portfolios", { first: 1 })).viewer.portfolios;
  const merged = (await fetched(client, "Portfolios", { first: 1, after: first.pageInfo.endCursor })).viewer.portfolios;

  assert.equal(first.edges.length, 1);
  assert.equal(merged.edges.length, 2);
  assert.equal(merged.edges[0].node.id, first.edges[0].node.id);
  assert.notEqual(merged.edges[1].node.id, merged.edges[0].node.id);
});

test("urql's mutation updates the portfolio in the cache", { timeout }, async () => {
  const client = urql();
  const id = await openPortfolio(session);
  const before = await fetched(client, "Portfolio", { id });

  const { data, error } = await client
    .mutation(operation("RecordTransaction"), { input: contribution(id, "5") })
    .toPromise();

  assert.equal(error, undefined);
  assert.deepEqual(data.recordTransaction.userErrors, []);
  const { portfolio } = await cached(client, "Portfolio", { id });
  assert.equal(portfolio.version, data.recordTransaction.portfolio.version);
  assert.ok(portfolio.version > before.portfolio.version);
});

test("urql's price subscription updates the quotes in the cache", { timeout }, async () => {
  const client = urql();
  const variables = { symbols: TICKERS };
  const before = (await fetched(client, "Quotes", variables)).quotes;
  const events = [];

  const live = client
    .subscription(operation("Prices"), { tickers: TICKERS })
    .subscribe(({ data }) => data && events.push(data.priceUpdate));
  const changed = await eventually(() =>
    events.find(({ kind, quote }) => kind === "CHANGE" && priceIn(before, quote) !== quote.price),
  );
  live.unsubscribe();

  const last = events.findLast(({ quote }) => quote?.id === changed.quote.id).quote;
  assert.equal(priceIn((await cached(client, "Quotes", variables)).quotes, last), last.price);
});

const priceIn = (quotes, { id }) => quotes.find((quote) => quote.id === id)?.price;

test("urql's portfolio subscription updates the valuation in the cache", { timeout }, async () => {
  const client = urql();
  const id = await openPortfolio(session);
  const before = (await fetched(client, "Portfolio", { id })).portfolio.valuation;
  const events = [];

  const live = client
    .subscription(operation("PortfolioLive"), { id })
    .subscribe(({ data }) => data && events.push(data.portfolioUpdate));
  await eventually(() =>
    events.some(({ kind, portfolio }) => kind === "CHANGE" && portfolio.valuation.totalValue !== before.totalValue),
  );
  live.unsubscribe();

  const { valuation } = (await cached(client, "Portfolio", { id })).portfolio;
  assert.equal(valuation.id, before.id);
  assert.equal(valuation.totalValue, events.at(-1).portfolio.valuation.totalValue);
});
