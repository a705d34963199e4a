#!/usr/bin/env bash
# Expected: `published == "2016-07-06"` on a DATE column finds the day, as pandas does for
# its own datetimes, or is refused.
# True: pandas reads a Parquet DATE as Python objects, and finds no row, silently; polars
# refuses the comparison in an expression and accepts it in its SQL; DuckDB finds the row.
# pandas 3.1.1, polars 2.1.0, duckdb 2.0.1, pyarrow 26.0.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check duckdb==2.0.1 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1
cd "$dir"
env/bin/python - <<'END'
import datetime, duckdb, pandas as pd, polars as pl, pyarrow as pa, pyarrow.parquet as pq
pq.write_table(pa.table({"published": [datetime.date(2016, 7, 6)]}), "a.parquet")
p = pd.read_parquet("a.parquet")
objects, own = (p.published == "2016-07-06").sum(), (pd.to_datetime(p.published) == "2016-07-06").sum()
q = pl.read_parquet("a.parquet")
try:
    expression = q.filter(pl.col("published") == "2016-07-06").height
except pl.exceptions.InvalidOperationError:
    expression = "refused"
sql = q.sql("select * from self where published = '2016-07-06'").height
duck = len(duckdb.sql("from 'a.parquet' where published = '2016-07-06'").fetchall())
print("pandas", pd.__version__, objects, "after to_datetime", own, "| polars", pl.__version__, expression, "SQL", sql, "| duckdb", duckdb.__version__, duck)
assert (objects, own, expression, sql, duck) == (0, 1, "refused", 1, 1)
END
