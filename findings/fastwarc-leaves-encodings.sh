#!/usr/bin/env bash
# Expected: FastWARC, made as a faster warcio, gives the same page for the same record.
# True: its reader leaves Content-Encoding and chunks as they were sent, so that the body
# is gzip or begins with the size of a chunk; warcio's content_stream takes both off.
# auto_decode="all" does so in FastWARC.
# fastwarc 2.0.1, warcio 1.8.1; auto_decode stands in FastWARC's documentation.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check fastwarc==2.0.1 warcio==1.8.1
cd "$dir"
env/bin/python - <<'END'
import gzip, io
from importlib.metadata import version
from fastwarc.warc import ArchiveIterator as Fast
from warcio.archiveiterator import ArchiveIterator as Slow
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
page = "<p>دمشق</p>".encode()
def record(header, value, body):
    out = io.BytesIO()
    w = WARCWriter(out)
    w.write_record(w.create_warc_record("http://example.com/a", "response", payload=io.BytesIO(body),
        http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html"), (header, value)], protocol="HTTP/1.1")))
    return out.getvalue()
for warc in (record("Content-Encoding", "gzip", gzip.compress(page)),
             record("Transfer-Encoding", "chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page))):
    slow = next(iter(Slow(io.BytesIO(warc)))).content_stream().read()
    fast, told = (next(iter(Fast(io.BytesIO(warc), **k))).reader.read() for k in ({}, {"auto_decode": "all"}))
    print("warcio", version("warcio"), slow, "fastwarc", version("fastwarc"), fast[:12], "auto_decode", told)
    assert slow == told == page and fast != page
END
