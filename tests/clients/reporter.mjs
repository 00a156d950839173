// One line of JSON for each test that ended, for tests/clients/node_tests.py to read.
import { inspect } from "node:util";

export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const error = data.details.error?.cause ?? data.details.error;
    yield `${JSON.stringify({ name: data.name, passed: type === "test:pass", detail: error ? inspect(error) : "" })}\n`;
  }
}
