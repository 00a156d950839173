import { createServer } from "node:http";

import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

import { ready, resolvers, typeDefs } from "./model.js";
import { obeyDriver, priceUpdate } from "./publisher.js";

const schema = buildSchema(typeDefs);
schema.getSubscriptionType().getFields().priceUpdate.subscribe = priceUpdate;
for (const [name, resolve] of Object.entries(resolvers.Query)) schema.getQueryType().getFields()[name].resolve = resolve;

const http = createServer();
useServer({ schema }, new WebSocketServer({ server: http, path: "/graphql" }));
http.listen(0, "127.0.0.1", () => {
  obeyDriver();
  ready(http.address().port, ["graphql-ws", "ws", "graphql"]);
});
