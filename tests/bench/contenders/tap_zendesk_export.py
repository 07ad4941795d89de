"""Exports a server's tickets with tap-zendesk's client, by cursor, without converting them to Singer messages."""

import json
import os

from tap_zendesk import http

url = os.environ["ZENDESK_URL"] + "/api/v2/incremental/tickets/cursor.json"
limit = int(os.environ.get("BENCH_RECORDS", 1 << 62))
records = 0
for page in http.get_incremental_export(url, os.environ["ZENDESK_TOKEN"], 60, 1262304000, None):
    for ticket in page["tickets"]:
        records += 1
    if records >= limit:
        break
print(json.dumps({"records": records}))
