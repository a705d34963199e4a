#!/usr/bin/env bash
# Expected: extract(page, target_language="en") of an Arabic page is None, or an error.
# True: the detector is another package; without it every language passes the filter, told
# in the log alone. With py3langid the page is refused.
# trafilatura 2.3.1, py3langid 0.4.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.4
cd "$dir"
env/bin/python - <<'END'
import subprocess, sys
from importlib.metadata import version
ask = """
import logging; logging.disable(logging.CRITICAL)
from trafilatura import extract
text = "قال وزير الخارجية في مؤتمر صحفي عقده اليوم إن المحادثات مع الوفد كانت مثمرة وإنها ستستمر خلال الأسبوع المقبل."
page = "<html><body><article>" + "".join(f"<p>{i} {text}</p>" for i in range(4)) + "</article></body></html>"
print(extract(page, target_language="en") is None)
"""
run = lambda: subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
without = run()
subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "py3langid==0.4.0"], check=True)
print("trafilatura", version("trafilatura"), "Arabic refused as not English: without detector", without, "with", run())
assert (without, run()) == ("False", "True")
END
