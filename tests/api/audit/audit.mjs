// Prints one line for each check of the address given: its status, its id, what it asks, and why it failed.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
for (const { id, name, status, reason } of results) {
  console.log([status, id, name, reason ?? ""].join("\t"));
}
