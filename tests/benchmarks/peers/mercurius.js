import fastify from "fastify";
import mercurius from "mercurius";

import { endWithDriver, ready, resolvers, typeDefs } from "./model.js";

const app = fastify();
app.register(mercurius, { schema: typeDefs, resolvers, jit: 1 });
await app.listen({ host: "127.0.0.1", port: 0 });
endWithDriver();
ready(app.server.address().port, ["mercurius", "graphql-jit", "fastify", "graphql"]);
