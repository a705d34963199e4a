#!/usr/bin/env bash
# Expected: verify_block_digest() and verify_payload_digest() are both true of a sound
# record, read as FastWARC reads by default.
# True: once the HTTP headers are parsed, as they are by default, the block's digest fails;
# with parse_http=False it holds and the payload's fails. No one pass confirms both.
# fastwarc 2.0.1; record written by warcio 1.8.1, whose check_digests passes it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check fastwarc==2.0.1 warcio==1.8.1
cd "$dir"
env/bin/python - <<'END'
import io
from importlib.metadata import version
from fastwarc.warc import ArchiveIterator as Fast
from warcio.archiveiterator import ArchiveIterator as Slow
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
out = io.BytesIO()
w = WARCWriter(out)
w.write_record(w.create_warc_record("http://example.com/a", "response", payload=io.BytesIO(b"<p>page</p>"),
    http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")))
def verify(**k):
    r = next(iter(Fast(io.BytesIO(out.getvalue()), **k)))
    return r.verify_block_digest(), r.verify_payload_digest()
s = next(iter(Slow(io.BytesIO(out.getvalue()), check_digests=True)))
s.content_stream().read()
parsed, whole, slow = verify(), verify(parse_http=False), s.digest_checker.passed
print("fastwarc", version("fastwarc"), "(block, payload): parsed", parsed, "unparsed", whole, "| warcio", slow)
assert (parsed, whole, slow) == ((False, True), (True, False), True)
END
