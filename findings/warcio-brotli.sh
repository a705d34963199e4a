#!/usr/bin/env bash
# Expected: with the package brotli beside it, warcio reads pages sent as Content-Encoding: br.
# True: it finds the package, and then every such page ends in an AttributeError, for it sets
# an attribute on brotli's Decompressor, a type of C that takes none. brotlicffi under the
# name brotli works.
# warcio 1.8.1, brotli 1.2.1; webrecorder/warcio issue 73, closed in 2019.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check warcio==1.8.1 brotli==1.2.1 brotlicffi==1.2.1.0
cd "$dir"
env/bin/python - <<'END'
import io, sys
from importlib.metadata import version
import brotli, brotlicffi
def read():
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
    out = io.BytesIO()
    w = WARCWriter(out)
    w.write_record(w.create_warc_record("http://example.com/a", "response", payload=io.BytesIO(brotli.compress(b"<p>page</p>")),
        http_headers=StatusAndHeaders("200 OK", [("Content-Encoding", "br")], protocol="HTTP/1.1")))
    return next(iter(ArchiveIterator(io.BytesIO(out.getvalue())))).content_stream().read()
try:
    first = read()
except AttributeError as e:
    first = str(e)
for m in [m for m in sys.modules if m.startswith("warcio")]:
    del sys.modules[m]
sys.modules["brotli"] = brotlicffi
second = read()
print("warcio", version("warcio"), "| brotli", version("brotli"), first, "| brotlicffi", version("brotlicffi"), second)
assert "unused_data" in first and second == b"<p>page</p>"
END
