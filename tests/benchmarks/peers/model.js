// The data in memory, in the shape that GraphQL's default resolvers read: the cheapest that a Node server can do.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const data = JSON.parse(readFileSync(process.argv[2], "utf8"));

export const typeDefs = readFileSync(new URL("./schema.graphql", import.meta.url), "utf8");
export const instruments = new Map(data.instruments.map((instrument) => [instrument.symbol, instrument]));

const pages = new Map();
const positions = data.portfolio.positions.map((position) => ({
  node: { ...position, instrument: instruments.get(position.symbol) },
}));
const portfolio = { ...data.portfolio, positions: { totalCount: positions.length, edges: positions } };

function page(first) {
  if (!pages.has(first)) {
    pages.set(first, { edges: data.instruments.slice(0, first).map((node) => ({ node })) });
  }
  return pages.get(first);
}

export const resolvers = {
  Query: {
    instrument: (_, { symbol }) => instruments.get(symbol) ?? null,
    instruments: (_, { first }) => page(first),
    portfolio: (_, { id }) => (id === portfolio.id ? portfolio : null),
  },
};

// Tells the driver, in one line, that the server listens.
export function ready(port, packages) {
  const versions = { node: process.versions.node };
  for (const name of packages) {
    versions[name] = JSON.parse(readFileSync(packageFile(name), "utf8")).version;
  }
  console.log(JSON.stringify({ port, versions, headers: {}, portfolioId: portfolio.id }));
}

function packageFile(name) {
  const folder = require.resolve.paths(name).map((path) => `${path}/${name}/package.json`);
  return folder.find((path) => {
    try {
      readFileSync(path);
      return true;
    } catch {
      return false;
    }
  });
}

// The driver holds the other end: when it is gone, whatever ended it, so is this server.
export function endWithDriver() {
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
}
