// Exports a server's tickets with node-zendesk, by cursor. The package is loaded from BENCH_NODE_MODULES, if set, or
// from Node's default paths.

import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.env.BENCH_NODE_MODULES;
const require = createRequire(folder ? join(folder, "bench.js") : import.meta.url);
const { createClient } = require("node-zendesk");

// Looks at the same fields of a ticket as the other contenders.
function look(ticket) {
  return ticket.id + (ticket.updated_at?.length ?? 0) + (ticket.status?.length ?? 0) + (ticket.subject?.length ?? 0) + (ticket.tags?.length ?? 0);
}

const client = createClient({
  endpointUri: process.env.ZENDESK_URL + "/api/v2",
  token: process.env.ZENDESK_TOKEN,
  username: "bench",
  useOAuth: true,
});
const limit = Number(process.env.BENCH_RECORDS ?? Infinity);
let records = 0;
let sum = 0;
// The same requests as `exportCursor`, which sends the cursor "undefined" with its first request.
let query = { start_time: 1262304000 };
for (;;) {
  const { result: page } = await client.ticketexport.get(["incremental", "tickets", "cursor", query]);
  records += page.tickets.length;
  for (const ticket of page.tickets) sum += look(ticket);
  if (page.end_of_stream || records >= limit) break;
  query = { cursor: page.after_cursor };
}
console.log(JSON.stringify({ records, sum }));
