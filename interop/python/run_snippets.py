"""Runs the Python blocks of a page in the folder of a release and compares what
each prints with the text block under it.

usage: run_snippets.py PAGE RELEASE [LIBRARY]

With LIBRARY only the blocks that import it are run, otherwise all but those
that need Spark.
"""

import os
import re
import subprocess
import sys
import tempfile

page, release = sys.argv[1:3]
only = sys.argv[3] if len(sys.argv) > 3 else None
with open(page, encoding="utf-8") as f:
    blocks = re.findall(r"^## (.*?)$|^```python\n(.*?)^```\n(?:```text\n(.*?)^```)?", f.read(), re.M | re.S)

ran, section = 0, ""
with tempfile.TemporaryDirectory() as cache:
    environment = dict(os.environ, HF_HOME=cache, HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")
    for heading, code, shown in blocks:
        section = heading or section
        if not code or (only not in code if only else "pyspark" in code):
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
