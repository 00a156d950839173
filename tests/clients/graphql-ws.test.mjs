import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { print } from "graphql";
import WebSocket from "ws";

import {
  eventually,
  openPortfolio,
  PATIENCE_MS,
  operation,
  signIn,
  socketClient,
  socketUrl,
  TICKERS,
} from "./foliograph.mjs";

const timeout = 30_000;
const prices = (variables) => ({ query: print(operation("Prices")), operationName: "Prices", variables });

// Takes events until one satisfies `enough`, and leaves the subscription.
async function take(client, request, enough) {
  const events = [];
  const impatient = setTimeout(() => client.terminate(), PATIENCE_MS);
  try {
    for await (const { data, errors } of client.iterate(request)) {
      assert.equal(errors, undefined, JSON.stringify(errors));
      events.push(Object.values(data)[0]);
      if (enough(events)) break;
    }
  } finally {
    clearTimeout(impatient);
  }
  return events;
}

test("prices begin with a snapshot of each ticker and go on with changes", { timeout }, async () => {
  const client = socketClient();

  const events = await take(
    client,
    prices({ tickers: TICKERS }),
    (seen) => seen.filter(({ kind }) => kind === "CHANGE").length === 2,
  );

  await client.dispose();
  const snapshots = events.filter(({ kind }) => kind === "SNAPSHOT");
  assert.deepEqual(snapshots.map(({ ticker }) => ticker).sort(), [...TICKERS].sort());
  assert.deepEqual(new Set(events.slice(0, TICKERS.length).map(({ kind }) => kind)), new Set(["SNAPSHOT"]));
  assert.ok(events.every(({ eventId }) => typeof eventId === "string" && eventId !== ""));
});

test("a subscription resumes after the event it names", { timeout }, async () => {
  const client = socketClient();
  const before = await take(client, prices({ tickers: ["AAPL"] }), (seen) => seen.at(-1).kind === "CHANGE");
  const since = before.at(-1).eventId;

  const events = await take(client, prices({ tickers: ["AAPL"], since }), (seen) => seen.length === 2);

  await client.dispose();
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["CHANGE", "CHANGE"],
  );
  assert.ok(events.every(({ eventId }) => eventId !== since));
});

test("a portfolio begins with its valuation", { timeout }, async () => {
  const session = await signIn();
  const id = await openPortfolio(session);
  const client = socketClient(session);

  const events = await take(
    client,
    { query: print(operation("PortfolioLive")), variables: { id } },
    (seen) => seen.length === 2,
  );

  await client.dispose();
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["SNAPSHOT", "CHANGE"],
  );
  assert.ok(events.every(({ portfolio }) => portfolio.id === id && portfolio.valuation.totalValue !== null));
});

test("a stranger's portfolio is not found", { timeout }, async () => {
  const id = await openPortfolio(await signIn());
  const stranger = socketClient(await signIn({ email: "demo_hnw@foliograph.dev", password: "demo12345" }));

  const errors = await new Promise((resolve) => {
    const request = { query: print(operation("PortfolioLive")), variables: { id } };
    stranger.subscribe(request, {
      next: (result) => resolve(result.errors),
      error: resolve,
      complete: () => resolve(undefined),
    });
  });

  await stranger.dispose();
  assert.deepEqual(
    errors.map(({ extensions }) => extensions.code),
    ["NOT_FOUND"],
  );
});

test("a bad token closes the socket", { timeout }, async () => {
  const client = socketClient({ accessToken: "not-a-token" });

  await assert.rejects(
    () => take(client, prices({ tickers: ["AAPL"] }), () => true),
    ({ code }) => code === 4403,
  );
});

test("a client whose connection is cut comes back with a snapshot", { timeout }, async () => {
  let socket;
  const client = socketClient(undefined, {
    retryAttempts: 5,
    retryWait: () => Promise.resolve(),
    shouldRetry: () => true,
    on: { connected: (connected) => (socket = connected) },
  });
  const kinds = [];
  const stop = client.subscribe(prices({ tickers: ["AAPL"] }), {
    next: ({ data }) => kinds.push(data.priceUpdate.kind),
    error: (error) => kinds.push(error),
    complete: () => {},
  });

  await eventually(() => kinds.includes("CHANGE"));
  socket.terminate();
  await eventually(() => kinds.lastIndexOf("SNAPSHOT") > kinds.indexOf("CHANGE") && kinds.at(-1) === "CHANGE");

  stop();
  await client.dispose();
  assert.deepEqual(new Set(kinds), new Set(["SNAPSHOT", "CHANGE"]));
});

// Sends raw messages, each after the server's answer to connection_init if it begins with one, and returns the code
// that the server closes with.
async function closeCode(first, ...later) {
  const socket = new WebSocket(socketUrl, "graphql-transport-ws");
  const send = (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  socket.on("open", () => send(first));
  socket.once("message", () => later.forEach(send));
  const [code] = await once(socket, "close", { signal: AbortSignal.timeout(PATIENCE_MS) });
  return code;
}

const init = { type: "connection_init" };
const subscribe = { id: "1", type: "subscribe", payload: prices({ tickers: ["AAPL"] }) };

test("a frame that is not JSON closes with 4400", { timeout }, async () => assert.equal(await closeCode("{"), 4400));
test("subscribing before the init closes with 4401", { timeout }, async () =>
  assert.equal(await closeCode(subscribe), 4401),
);
test("a second connection_init closes with 4429", { timeout }, async () =>
  assert.equal(await closeCode(init, init), 4429),
);
test("an id in use closes with 4409", { timeout }, async () =>
  assert.equal(await closeCode(init, subscribe, subscribe), 4409),
);
