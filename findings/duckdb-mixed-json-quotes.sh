#!/usr/bin/env bash
# Expected: a JSONL field that is mostly text and once a number becomes text in DuckDB, so
# that `value::varchar = 'Geneva'` finds the row; polars gives the text.
# True: the column is JSON and its text keeps the quotation marks: cast to varchar it is
# "Geneva" with them, and matches nothing; without the cast the comparison is an error
# about malformed JSON. value->>'$' takes the text out.
# duckdb 2.0.1, polars 2.1.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1 polars==2.1.0
cd "$dir"
env/bin/python - <<'END'
import duckdb, polars as pl
open("a.jsonl", "w").write('{"value": "Geneva"}\n{"value": 3}\n')
count = lambda where: duckdb.sql(f"select count(*) from 'a.jsonl' where {where}").fetchall()[0][0]
try:
    bare = count("value = 'Geneva'")
except duckdb.ConversionException as e:
    bare = "error"
cast, taken = count("value::varchar = 'Geneva'"), count("value->>'$' = 'Geneva'")
cells = [r[0] for r in duckdb.sql("select value::varchar from 'a.jsonl'").fetchall()]
print("duckdb", duckdb.__version__, cells, "bare", bare, "cast", cast, "->>", taken, "| polars", pl.__version__, pl.read_ndjson("a.jsonl")["value"].to_list())
assert (bare, cast, taken) == ("error", 0, 1)
assert cells[0] == '"Geneva"' and pl.read_ndjson("a.jsonl")["value"].to_list() == ["Geneva", "3"]
END
