// What the tests share: where the server is, the documents of tests/operations, a session, and a portfolio of its own.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Kind, parse, print, separateOperations } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

export const origin = process.env.FOLIOGRAPH_URL;
assert.ok(origin, "expected the address of a running server in FOLIOGRAPH_URL");
export const httpUrl = `${origin}/graphql`;
export const socketUrl = httpUrl.replace(/^http/, "ws");

export const DEMO = { email: "demo_individual@foliograph.dev", password: "demo12345" };
export const TICKERS = ["AAPL", "MSFT", "JPM", "XOM"];

const folder = new URL("../operations/", import.meta.url);
const documents = new Map();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".graphql") && name !== "contract.graphql")) {
  for (const [name, document] of Object.entries(
    separateOperations(parse(readFileSync(new URL(file, folder), "utf8"))),
  )) {
    documents.set(name, document);
  }
}

// The document of one operation as the front ends send it, with the fragments it spreads and no others.
export function operation(name) {
  assert.ok(documents.has(name), `expected an operation ${name} in tests/operations`);
  return documents.get(name);
}

export const kindOf = (document) =>
  document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION).operation;

export const bearer = (session) => (session ? { authorization: `Bearer ${session.accessToken}` } : {});

export async function ask(name, variables, session) {
  const response = await fetch(httpUrl, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...bearer(session) },
    body: JSON.stringify({ query: print(operation(name)), variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

export async function signIn(input = DEMO) {
  const { login } = await ask("Login", { input });
  assert.deepEqual(login.userErrors, []);
  return login.session;
}

export const contribution = (portfolioId, amount) => ({
  portfolioId,
  idempotencyKey: randomUUID(),
  transaction: { contribution: { amount, tradeDate: "2021-06-01" } },
});

export const purchase = (portfolioId, symbol, quantity, price) => ({
  portfolioId,
  idempotencyKey: randomUUID(),
  transaction: { buy: { symbol, quantity, price, tradeDate: "2021-06-02" } },
});

// A new portfolio with a thousand shares, so that every tick of the symbol moves its value.
export async function openPortfolio(session, symbol = "AAPL") {
  const { createPortfolio } = await ask(
    "CreatePortfolio",
    { input: { name: `Client test ${randomUUID().slice(0, 8)}` } },
    session,
  );
  assert.deepEqual(createPortfolio.userErrors, []);
  const { id } = createPortfolio.portfolio;
  for (const input of [contribution(id, "200000"), purchase(id, symbol, "1000", "100")]) {
    const { recordTransaction } = await ask("RecordTransaction", { input }, session);
    assert.deepEqual(recordTransaction.userErrors, []);
  }
  return id;
}

export const socketClient = (session, options = {}) =>
  createClient({
    url: socketUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: session ? { Authorization: `Bearer ${session.accessToken}` } : undefined,
    ...options,
  });

// How long a test waits for an event before it fails.
export const PATIENCE_MS = 20_000;

// Waits until a probe answers something true, and returns it.
export async function eventually(probe) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const found = await probe();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${probe}`);
}
