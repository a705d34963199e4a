#!/usr/bin/env bash
# Expected: extract(page, deduplicate=True) drops what is repeated within the page; what it
# returns depends on the page.
# True: it remembers across calls, for the life of the process: a page seen three times is
# empty the fourth, and so is a paragraph that several articles share. The text of an
# article depends on what was extracted before it, thus on order and number of workers.
# trafilatura 2.3.1; pull request 919 lets one pass a cache of one's own.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.4
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from trafilatura import extract
text = "قال وزير الخارجية في مؤتمر صحفي عقده اليوم إن المحادثات مع الوفد كانت مثمرة وإنها ستستمر خلال الأسبوع المقبل."
page = "<html><body><article>" + "".join(f"<p>{i} {text}</p>" for i in range(4)) + "</article></body></html>"
plain = [len(extract(page) or "") for _ in range(5)]
remembered = [len(extract(page, deduplicate=True) or "") for _ in range(5)]
print("trafilatura", version("trafilatura"), plain, remembered)
assert len(set(plain)) == 1 and plain[0] > 400
assert remembered == plain[:3] + [0, 0]
END
