import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

import { endWithDriver, ready, resolvers, typeDefs } from "./model.js";

const server = new ApolloServer({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: 0 } });
endWithDriver();
ready(Number(new URL(url).port), ["@apollo/server", "graphql"]);
