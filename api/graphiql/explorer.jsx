// The explorer page: GraphiQL with the explorer plugin, and a bar of our own that signs in and shows live prices.
// What it needs to know stands in data attributes of #explorer, so that the page needs no inline script.
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";

import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./explorer.css";
import { exampleTabs } from "./examples.js";
import { SessionBar } from "./session.jsx";

self.MonacoEnvironment = {
  getWorker: (_module, label) => new Worker(new URL(WORKERS[label] ?? WORKERS.editorWorkerService, import.meta.url)),
};

const root = document.getElementById("explorer");
const demo = root.dataset.demo === "true";
const url = new URL(root.dataset.endpoint, location.href);
const subscriptionUrl = new URL(url);
subscriptionUrl.protocol = url.protocol === "https:" ? "wss:" : "ws:";

// A subscription sends the headers editor as its connection_init payload: one token serves both.
const fetcher = createGraphiQLFetcher({
  url: url.href,
  subscriptionUrl: subscriptionUrl.href,
  enableIncrementalDelivery: false,
});
const builder = explorerPlugin({ showAttribution: false });
const tabs = exampleTabs(demo);
// GraphiQL fills the variables of the first of its default tabs in only when they are given apart; given on a later
// visit, they would open one more tab.
const firstVisit = localStorage.getItem("graphiql:tabState") === null;

createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[HISTORY_PLUGIN, builder]}
    visiblePlugin={firstVisit ? builder : undefined}
    defaultTabs={tabs}
    initialVariables={firstVisit ? tabs[0].variables : undefined}
    defaultEditorToolsVisibility
  >
    <GraphiQL.Logo>
      <span />
    </GraphiQL.Logo>
    <SessionBar url={url.href} subscriptionUrl={subscriptionUrl.href} demo={demo} />
  </GraphiQL>,
);
