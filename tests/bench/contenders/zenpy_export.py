"""Exports a server's tickets with zenpy, by time, because by cursor it stops at the first empty page."""

import json
import os
from urllib.parse import urlsplit

url = urlsplit(os.environ["ZENDESK_URL"])
os.environ["ZENPY_FORCE_SCHEME"] = url.scheme
os.environ["ZENPY_FORCE_NETLOC"] = url.netloc

from zenpy import Zenpy  # noqa: E402

client = Zenpy(subdomain="bench", oauth_token=os.environ["ZENDESK_TOKEN"])
limit = int(os.environ.get("BENCH_RECORDS", 1 << 62))
records = 0
for ticket in client.tickets.incremental(start_time=1262304000, per_page=1000):
    records += 1
    if records >= limit:
        break
print(json.dumps({"records": records}))
