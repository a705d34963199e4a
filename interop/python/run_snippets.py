"""Runs the Python blocks of a page in the folder of a release and compares what
each prints with the text block under it.

usage: run_snippets.py PAGE RELEASE [LIBRARY]

With LIBRARY, or several with commas between them, only the blocks that import one are
run, otherwise all but those that need Spark or one of the engines of requirements-engines.txt.
"""

import os
import re
import subprocess
import sys
import tempfile

page, release = sys.argv[1:3]
only = sys.argv[3].split(",") if len(sys.argv) > 3 else []
APART = ["pyspark", "daft", "datafusion", "ibis", "chdb", "deltalake", "pyiceberg"]


def imports(code, libraries):
    return any(re.search(rf"^(from|import) .*\b{name}\b", code, re.M) for name in libraries)


with open(page, encoding="utf-8") as f:
    blocks = re.findall(r"^## (.*?)$|^```python\n(.*?)^```\n(?:```text\n(.*?)^```)?", f.read(), re.M | re.S)

ran, section = 0, ""
with tempfile.TemporaryDirectory() as cache:
    environment = dict(os.environ, HF_HOME=cache, HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")
    for heading, code, shown in blocks:
        section = heading or section
        if not code or (not imports(code, only) if only else imports(code, APART)):
            continue
        if not shown:
            sys.exit(f"interop: {page}: {section}: no text block says what is printed")
        done = subprocess.run([sys.executable, "-c", code], cwd=release, env=environment, capture_output=True, text=True)
        if done.returncode != 0 or done.stdout != shown:
            sys.exit(f"interop: {page}: {section} prints\n{done.stdout}the page shows\n{shown}{done.stderr}")
        ran += 1
        print(f"interop: {page}: {section}: {shown.strip()}")
if ran == 0:
    sys.exit(f"interop: {page}: no Python block was run")
