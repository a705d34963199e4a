#!/usr/bin/env bash
# Expected: in DuckDB `text ~ 'b'` asks whether the whole text is b, as it always did and as
# SIMILAR TO still does; code that means "contains" writes '.*b.*'.
# True: since 2.0 the operator searches, as in PostgreSQL. A filter such as
# `type ~ 'PER|ORG'` now takes PERCENT too; 1.4 answers the other way.
# duckdb 2.0.1 against 1.4.4; the guide to migrating to 2.0 tells it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1
cd "$dir"
env/bin/python - <<'END'
import subprocess, sys, duckdb
ask = "import duckdb; print(duckdb.__version__, duckdb.sql(\"select 'PERCENT' ~ 'PER|ORG', 'PERCENT' similar to 'PER|ORG'\").fetchall())"
subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", "old", "duckdb==1.4.4"], check=True)
new = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
old = subprocess.run([sys.executable, "-c", "import sys; sys.path.insert(0, 'old'); " + ask], capture_output=True, text=True, check=True).stdout
print(new, old)
assert "2.0.1 [(True, False)]" in new and "1.4.4 [(False, False)]" in old
END
