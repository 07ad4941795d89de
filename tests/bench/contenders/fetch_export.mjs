// Exports a server's tickets with Node's built-in fetch and JSON, by cursor.

const headers = { authorization: "Bearer " + process.env.ZENDESK_TOKEN };
const limit = Number(process.env.BENCH_RECORDS ?? Infinity);
let query = "start_time=1262304000";
let records = 0;
for (;;) {
  const url = process.env.ZENDESK_URL + "/api/v2/incremental/tickets/cursor.json?" + query;
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error("status " + response.status);
  const page = JSON.parse(await response.text());
  records += page.tickets.length;
  if (page.end_of_stream || records >= limit) break;
  query = "cursor=" + encodeURIComponent(page.after_cursor);
}
console.log(JSON.stringify({ records }));
