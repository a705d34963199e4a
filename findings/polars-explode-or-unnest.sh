#!/usr/bin/env bash
# Expected: unnesting a list column gives the same rows through polars' method and
# through its SQL, be it with a null row for an empty list (polars 1) or without.
# True: since polars 2, explode() drops the row of an empty list and keeps that of a null
# list, while UNNEST in DataFrame.sql keeps both. Events without a mode are counted in
# one and not in the other.
# polars 2.1.0; the upgrade guide to 2 tells the new default of explode(empty_as_null),
# nothing of UNNEST.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check polars==2.1.0
cd "$dir"
env/bin/python - <<'END'
import polars as pl
events = pl.DataFrame({"event": ["e1", "e2", "e3"], "modes": [["phone", "visit"], [], None]})
method = events.explode("modes")["event"].to_list()
sql = events.sql("SELECT event, UNNEST(modes) AS mode FROM self")["event"].to_list()
print("polars", pl.__version__, "explode:", method, "UNNEST:", sql)
assert method == ["e1", "e1", "e3"], method
assert sorted(sql) == ["e1", "e1", "e2", "e3"], sql
END
