// A real browser on the real page: signs in, runs a query, watches live prices; nothing is asked of another origin.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

import { eventually, origin } from "./foliograph.mjs";

const timeout = 60_000;
const profile = mkdtempSync(join(tmpdir(), "foliograph-browser-"));
const foreign = [];
const complaints = [];
let browser;
let page;

before(async () => {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM,
    headless: true,
    viewport: { width: 1600, height: 1000 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  browser.on("request", (request) => note(request.url()));
  page = browser.pages()[0] ?? (await browser.newPage());
  page.on("websocket", (socket) => note(socket.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`policy violated: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(`${origin}/graphiql`);
});
after(async () => {
  await browser?.close();
  rmSync(profile, { recursive: true, force: true });
});

function note(url) {
  const { protocol, host } = new URL(url);
  if (["http:", "https:", "ws:", "wss:"].includes(protocol) && host !== new URL(origin).host) foreign.push(url);
}

const tab = (name) => page.getByRole("tablist").getByRole("button", { name, exact: true });
// GraphiQL reads the name of the operation a tenth of a second after a tab was opened.
const open = (name) =>
  tab(name)
    .click()
    .then(() => page.waitForTimeout(300));
const execute = () => page.getByRole("button", { name: /execute query|stop query/i }).click();
const textOf = (file) =>
  page.evaluate(
    (name) =>
      globalThis.__MONACO.editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith(name))
        .getValue(),
    file,
  );

const answer = (enough) =>
  eventually(async () => {
    const result = JSON.parse((await textOf("response.json")) || "{}");
    return enough(result) && result;
  });

test("the page loads, and shows live prices", { timeout }, async () => {
  await tab("Quotes").waitFor();
  await page.getByLabel("Live prices").getByRole("listitem").nth(3).waitFor();
});

test("signing in puts the token into the headers", { timeout }, async () => {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Signed in as").waitFor();

  assert.match(JSON.parse(await textOf("request-headers.json")).Authorization, /^Bearer \S+$/);
});

test("a query of live quotes answers", { timeout }, async () => {
  await open("Quotes");
  await execute();

  const { data } = await answer(({ data }) => data?.quotes);

  assert.deepEqual(
    data.quotes.map(({ symbol }) => symbol),
    ["AAPL", "MSFT", "JPM", "XOM"],
  );
  assert.ok(data.quotes.every(({ price }) => Number(price) > 0));
});

test("the user's portfolio answers, its id filled in", { timeout }, async () => {
  await open("Portfolio");
  await execute();

  const { data } = await answer(({ data, errors }) => data?.portfolio || errors);

  assert.ok(data.portfolio.positions.totalCount > 0);
  assert.ok(Number(data.portfolio.valuation.totalValue) > 0);
});

test("the editor marks a field that the schema does not have", { timeout }, async () => {
  const markers = () =>
    page.evaluate(() => globalThis.__MONACO.editor.getModelMarkers({}).map(({ message }) => message));
  const model = 'globalThis.__MONACO.editor.getModels().find(({ uri }) => uri.path.endsWith("operation.graphql"))';
  await open("Quotes");
  const text = await textOf("operation.graphql");

  await page.evaluate(`${model}.setValue("query Quotes { noSuchField }")`);
  await eventually(async () => (await markers()).some((message) => message.includes("noSuchField")));

  await page.evaluate(`${model}.setValue(${JSON.stringify(text)})`);
  await eventually(async () => (await markers()).length === 0);
});

test("a live subscription brings changes", { timeout }, async () => {
  await open("Prices");
  await execute();

  const first = await answer(({ data }) => data?.priceUpdate?.kind === "CHANGE");
  const second = await answer(
    ({ data }) => data?.priceUpdate?.kind === "CHANGE" && data.priceUpdate.eventId !== first.data.priceUpdate.eventId,
  );

  assert.ok(Number(second.data.priceUpdate.price) > 0);
  await page.screenshot({ path: process.env.SCREENSHOT });
  await execute();
});

test("the workers complete a field and lay a query out", { timeout }, async () => {
  const press = (name) => page.getByRole("button", { name }).click();
  await press("New tab");
  await page.evaluate(() => {
    const editor = globalThis.__MONACO.editor
      .getEditors()
      .find((one) => one.getModel()?.uri.path.endsWith("operation.graphql"));
    editor.setValue("query Names { quot }");
    editor.setPosition({ lineNumber: 1, column: 19 });
    editor.focus();
    editor.trigger("test", "editor.action.triggerSuggest", {});
  });

  await page.locator(".suggest-widget").getByText("quotes", { exact: true }).first().click();
  await press(/prettify/i);

  await eventually(async () => (await textOf("operation.graphql")) === "query Names {\n  quotes\n}\n");
});

test("nothing was asked of another origin, and the browser had nothing to complain about", { timeout }, () => {
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
});
