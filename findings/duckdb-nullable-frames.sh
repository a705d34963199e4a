#!/usr/bin/env bash
# Expected: DuckDB's .df() and pandas.read_parquet give the same frame of one file: an
# integer column with a null is float64 with NaN, and `frame[frame.col != 1]` keeps the
# same rows.
# True: DuckDB 2 gives pandas' nullable Int32, whose null compares as NA and is dropped
# by a filter; the float's NaN is unlike everything and stays. The same line of code on
# the same file keeps 2 rows here and 1 there, without a word.
# duckdb 2.0.1 (rewritten Python client), pandas 3.1.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1 pandas==3.1.1 pyarrow==26.0.1
cd "$dir"
env/bin/python - <<'END'
import duckdb, pandas as pd, pyarrow as pa, pyarrow.parquet as pq
pq.write_table(pa.table({"head_start": pa.array([1, None, 3], pa.int32())}), "m.parquet")
a, b = pd.read_parquet("m.parquet"), duckdb.sql("from 'm.parquet'").df()
kept = [len(f[f.head_start != 1]) for f in (a, b)]
print("duckdb", duckdb.__version__, "pandas", pd.__version__, a.head_start.dtype, b.head_start.dtype, "kept", kept)
assert (str(a.head_start.dtype), str(b.head_start.dtype)) == ("float64", "Int32")
assert kept == [2, 1], kept
END
