#!/usr/bin/env bash
# Expected: <meta name="author" content="رويترز"> gives the author رويترز.
# True: a name of one word is no author: agencies, and people known by one name, are
# None, as if the page had named nobody. Two words pass, and "Jane Roe, Staff Writer"
# becomes two authors.
# trafilatura 2.3.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.4
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from trafilatura import extract_metadata
def author(name):
    return extract_metadata(f"<html><head><meta name='author' content='{name}'></head><body><p>{'خبر من العاصمة ' * 20}</p></body></html>").author
got = {n: author(n) for n in ("رويترز", "AFP", "سمير", "سمير حداد", "Jane Roe, Staff Writer")}
print("trafilatura", version("trafilatura"), got)
assert [got[n] for n in ("رويترز", "AFP", "سمير")] == [None] * 3
assert got["سمير حداد"] == "سمير حداد" and got["Jane Roe, Staff Writer"] == "Jane Roe; Staff Writer"
END
