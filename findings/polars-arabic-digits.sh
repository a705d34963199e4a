#!/usr/bin/env bash
# Expected: a CSV cell that is the Arabic digit ٣ is text to every reader, or 3.
# True: polars takes it for a number when it guesses the types, and then cannot parse it
# as one, so that the file is not read; pandas, DuckDB and Arrow give text. With the type
# given, polars reads it.
# polars 2.1.0, pandas 3.1.1, duckdb 2.0.1, pyarrow 26.0.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check polars==2.1.0 pandas==3.1.1 duckdb==2.0.1 pyarrow==26.0.1
cd "$dir"
env/bin/python - <<'END'
import io, duckdb, pandas as pd, polars as pl, pyarrow.csv
open("a.csv", "w").write("doc_id,count\na,٣\n")
try:
    guessed = pl.read_csv("a.csv")["count"].to_list()
except pl.exceptions.ComputeError as e:
    guessed = str(e).splitlines()[0]
given = pl.read_csv("a.csv", schema_overrides={"count": pl.String})["count"].to_list()
others = [pd.read_csv("a.csv")["count"].tolist(), [duckdb.sql("select count from 'a.csv'").fetchall()[0][0]],
          pyarrow.csv.read_csv("a.csv")["count"].to_pylist()]
print("polars", pl.__version__, guessed, given, "others", others)
assert "could not parse `٣` as dtype `i" in guessed, guessed
assert given == ["٣"] and others == [["٣"]] * 3
END
