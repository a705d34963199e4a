#!/usr/bin/env bash
# Expected: a redirect to an address with Arabic letters is written to a WARC with those
# letters, or with them alone percent-encoded: http://example.com/%D8%B3…
# True: as soon as one letter is not ASCII, warcio encodes the whole value, ':' , '?' and '='
# included: "http%3A//example.com/…%3Fid%3D1" is no address any more. WARC-Target-URI of
# the same record keeps its letters.
# warcio 1.8.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check warcio==1.8.1
cd "$dir"
env/bin/python - <<'END'
import io
from importlib.metadata import version
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
def location(url):
    out = io.BytesIO()
    w = WARCWriter(out)
    w.write_record(w.create_warc_record(url, "response", payload=io.BytesIO(b""),
        http_headers=StatusAndHeaders("302 Found", [("Location", url)], protocol="HTTP/1.1")))
    r = next(iter(ArchiveIterator(io.BytesIO(out.getvalue()))))
    return r.http_headers.get_header("Location"), r.rec_headers.get_header("WARC-Target-URI")
ascii, arabic = location("http://example.com/a?id=1"), location("http://example.com/سوريا?id=1")
print("warcio", version("warcio"), ascii, arabic)
assert ascii == ("http://example.com/a?id=1",) * 2
assert arabic == ("http%3A//example.com/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7%3Fid%3D1", "http://example.com/سوريا?id=1")
END
