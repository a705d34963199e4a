"""Reads every table of a release with pyarrow, pandas, polars and DuckDB and
checks rows, types, nulls and offsets in each of them.

usage: read_release.py RELEASE
"""

import glob
import json
import sys

import duckdb
import fastparquet
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

release = sys.argv[1]
manifest = json.load(open(f"{release}/manifest.json", encoding="utf-8"))
rows = {t["name"]: t["rows"] for t in manifest["tables"]}
files = {name: sorted(glob.glob(f"{release}/data/{name}/*.parquet")) for name in rows}
LISTS = {
    "actors": ["aliases", "other_sectors", "members"],
    "events": ["modes", "contexts", "auxiliaries"],
}
SPANS = [("mentions", "start", "end", "text"), ("events", "start", "end", "text"),
         ("arguments", "start", "end", "text"), ("mentions", "head_start", "head_end", None)]


def check(condition, message):
    if not condition:
        sys.exit(f"interop: {message}")


def pyarrow_table(name):
    return pa.concat_tables(pq.read_table(f) for f in files[name]) if files[name] else None


def spans(records, texts, start, end, text):
    """Asserts text[start:end] == surface for every row that has a span."""
    checked = 0
    for r in records:
        if r[start] is None or r[start] != r[start]:
            continue
        found = texts[r["doc_id"]][int(r[start]):int(r[end])]
        check(found == (r[text] if text else found) and found, f"{r}: text[{r[start]}:{r[end]}] is {found!r}")
        checked += 1
    return checked


readers = {
    "pyarrow": lambda name: pyarrow_table(name).to_pylist(),
    "pandas": lambda name: pd.concat([pd.read_parquet(f) for f in files[name]]).to_dict("records"),
    "polars": lambda name: pl.read_parquet(files[name]).to_dicts(),
    "duckdb": lambda name: duckdb.sql(f"select * from read_parquet({files[name]})").to_arrow_table().to_pylist(),
}

for client, read in readers.items():
    tables = {name: read(name) for name in rows if files[name]}
    for name, records in tables.items():
        check(len(records) == rows[name], f"{client}: {name} has {len(records)} rows, manifest says {rows[name]}")
    texts = {r["doc_id"]: r["text"] for r in tables["articles"]}
    n = sum(spans(tables[t], texts, s, e, x) for t, s, e, x in SPANS if t in tables)
    check(n > 0, f"{client}: no spans checked")
    for name, columns in LISTS.items():
        for r in tables[name]:
            for c in columns:
                check(r[c] is not None, f"{client}: {name}.{c} is null, expected an empty list")
    null = [r["fragments"] is None or r["fragments"] is pd.NA for r in tables["mentions"]]
    check(any(null), f"{client}: no mention has null fragments")
    empty = sum(len(r[c]) == 0 for name, columns in LISTS.items() for r in tables[name] for c in columns)
    check(empty > 0, f"{client}: no list is empty")
    print(f"interop: {client}: {len(tables)} tables, {sum(map(len, tables.values()))} rows, {n} spans")

# fastparquet, the strictest about encodings, in columns that are no lists, which it does
# not read from pages of version 2. (Of such a page it reads as many bytes of definition
# levels as there are values, too few for the nulls of five articles, which are left out.)
flat = [name for name in ("mentions", "events", "arguments", "actors") if files[name]]
for name in flat:
    simple = [f.name for f in pq.read_schema(files[name][0]) if not pa.types.is_list(f.type)]
    seen = [len(fastparquet.ParquetFile(f).to_pandas(columns=simple)) for f in files[name]]
    check(sum(seen) == rows[name], f"fastparquet: {name} has {sum(seen)} rows, manifest says {rows[name]}")
print(f"interop: fastparquet: {len(flat)} tables")

# Types, as each client names them.
seen = {
    "pandas": lambda name: {c: str(t) for c, t in pd.read_parquet(files[name][0]).dtypes.items()},
    "polars": lambda name: {c: str(t) for c, t in pl.read_parquet_schema(files[name][0]).items()},
    "duckdb": lambda name: {c: t for c, t, *_ in duckdb.sql(f"describe select * from read_parquet({files[name]})").fetchall()},
}
text = "object" if pd.__version__ < "3" else "str"  # of pandas
wanted = {
    "pandas": {("mentions", "start"): "int32", ("mentions", "type"): text, ("mentions", "metonym"): "bool", ("articles", "published"): "object", ("events", "modes"): "object"},
    "polars": {("mentions", "start"): "Int32", ("mentions", "type"): "String", ("mentions", "metonym"): "Boolean", ("articles", "published"): "Date", ("events", "modes"): "List(String)",
               ("mentions", "fragments"): "List(Struct({'start': Int32, 'end': Int32}))"},
    "duckdb": {("mentions", "start"): "INTEGER", ("mentions", "type"): "VARCHAR", ("mentions", "metonym"): "BOOLEAN", ("articles", "published"): "DATE", ("events", "modes"): "VARCHAR[]",
               ("mentions", "fragments"): 'STRUCT("start" INTEGER, "end" INTEGER)[]'},
}
for client, columns in wanted.items():
    for (name, column), kind in columns.items():
        got = seen[client](name)[column]
        check(got == kind, f"{client}: {name}.{column} is {got}, expected {kind}")

# And as Arrow sees them.
want = {
    ("mentions", "start"): pa.int32(), ("mentions", "type"): pa.string(),
    ("articles", "published"): pa.date32(), ("mentions", "metonym"): pa.bool_(),
    ("events", "modes"): pa.list_(pa.field("element", pa.string(), nullable=False)),
}
for (name, column), kind in want.items():
    got = pq.read_schema(files[name][0]).field(column).type
    same = got == kind or pa.types.is_list(kind) and pa.types.is_list(got) and got.value_type == kind.value_type
    check(same, f"{name}.{column} is {got}, expected {kind}")

joined = duckdb.sql(f"""
    select count(*), count(*) filter (where substring(a.text, m.start + 1, m."end" - m.start) = m.text)
    from read_parquet({files['mentions']}) m join read_parquet({files['articles']}) a using (doc_id)
""").fetchall()[0]
check(joined[0] == joined[1] == rows["mentions"], f"duckdb join: {joined}")
print(f"interop: duckdb join of mentions and articles: {joined[0]} surfaces equal")
