"""Writes tables of predictions in every encoding, type and version of page that
pyarrow, DuckDB, polars and fastparquet have, and compares what the tool reads of
them with what pyarrow reads.

usage: check_encodings.py BINARY WORK
"""

import itertools
import json
import pathlib
import subprocess
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

binary, work = sys.argv[1], pathlib.Path(sys.argv[2])
N = 2500


def rows(integer, number):
    """Mentions and events of several articles, runs, nulls and empty lists among them."""
    ids = [f"d{i // 100:03d}" for i in range(N)]
    start = [(i * 7919) % 5000 for i in range(N)]
    mentions = {
        "doc_id": pa.array(ids),
        "mention_id": pa.array([f"m{i}" for i in range(N)]),
        "start": pa.array(start, integer),
        "end": pa.array([s + 1 + i % 9 for i, s in enumerate(start)], integer),
        "text": pa.array([None if i % 5 == 0 else "é" * (i % 4) + f"text {i // 3}" for i in range(N)]),
        "type": pa.array(["PER" if i < 1500 else ["GPE", "ORG"][i % 2] for i in range(N)]),
        "metonym": pa.array([None if i % 11 == 3 else i // 50 % 2 == 0 for i in range(N)]),
        "confidence": pa.array([None if i % 7 == 0 else (i % 64) / 64 for i in range(N)], number),
        "fragments": pa.array([None] * N, pa.list_(pa.struct([("start", integer), ("end", integer)]))),
    }
    events = {
        "doc_id": pa.array(ids),
        "event_id": pa.array([f"e{i}" for i in range(N)]),
        "start": mentions["start"], "end": mentions["end"],
        "type": pa.array(["CONSULT"] * N),
        "modes": pa.array([None if i % 13 == 0 else [f"m{k}" for k in range(i % 4)] for i in range(N)]),
    }
    return pa.table(mentions), pa.table(events)


def expected(folder):
    """The same rows as pyarrow reads them, in the form of the tool's lines."""
    docs = {}
    for table, key in (("mentions", "mention_id"), ("events", "event_id")):
        for r in pq.read_table(folder / f"{table}.parquet").to_pylist():
            kept = {k: v for k, v in r.items() if k != "doc_id" and v is not None and v != [] and v is not False and v != ""}
            docs.setdefault(r["doc_id"], {}).setdefault(table, {})[r[key]] = kept
    return docs


def read(folder):
    done = subprocess.run([binary, "convert", "--from", "parquet", "--to", "jsonl", folder, "-o", "-"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return done.stderr
    docs = {}
    for line in done.stdout.splitlines():
        d = json.loads(line)
        docs[d["doc_id"]] = {t: {r[k]: r for r in d.get(t, [])} for t, k in (("mentions", "mention_id"), ("events", "event_id")) if t in d}
    return docs


def compare(name, folder):
    want, got = expected(folder), read(folder)
    if got == want:
        return True
    print(f"interop: {name}: read otherwise", file=sys.stderr)
    if isinstance(got, str):
        print(got, file=sys.stderr)
        return False
    for doc, tables in want.items():
        for table, by_id in tables.items():
            for key, row in by_id.items():
                found = got.get(doc, {}).get(table, {}).get(key)
                if found != row:
                    print(f"  {doc} {table} {key}: found {found}, expected {row}", file=sys.stderr)
                    return False
    return False


def encodings():
    """What pyarrow can be asked for: by the type of the column."""
    yield "dictionary", {"use_dictionary": True}
    yield "plain", {"use_dictionary": False}
    yield "delta", {"use_dictionary": False, "column_encoding": {
        "start": "DELTA_BINARY_PACKED", "end": "DELTA_BINARY_PACKED", "doc_id": "DELTA_BYTE_ARRAY", "mention_id": "DELTA_BYTE_ARRAY",
        "event_id": "DELTA_BYTE_ARRAY", "text": "DELTA_LENGTH_BYTE_ARRAY", "type": "DELTA_BYTE_ARRAY", "metonym": "RLE"}}
    yield "split", {"use_dictionary": False, "column_encoding": {"start": "BYTE_STREAM_SPLIT", "end": "BYTE_STREAM_SPLIT", "confidence": "BYTE_STREAM_SPLIT"}}


count, wrong = 0, 0
for integer, number in ((pa.int32(), pa.float64()), (pa.int64(), pa.float32())):
    mentions, events = rows(integer, number)
    for (name, how), version, codec, size in itertools.product(encodings(), ("1.0", "2.0"), ("none", "snappy", "gzip", "brotli", "zstd"), (200, 1 << 20)):
        folder = work / "pyarrow"
        folder.mkdir(parents=True, exist_ok=True)
        for table, data in (("mentions", mentions), ("events", events)):
            mine = dict(how)
            if "column_encoding" in mine:
                mine["column_encoding"] = {k: v for k, v in mine["column_encoding"].items() if k in data.column_names}
            pq.write_table(data, folder / f"{table}.parquet", data_page_version=version, compression=codec, data_page_size=size, row_group_size=1100, **mine)
        count += 1
        wrong += not compare(f"pyarrow {pa.__version__}, {name}, {integer}, pages {version}, {codec}, {size}", folder)
    for codec, version in itertools.product(("uncompressed", "snappy", "gzip", "brotli", "zstd"), ("V1", "V2")):
        folder = work / "duckdb"
        folder.mkdir(parents=True, exist_ok=True)
        for table, data in (("mentions", mentions), ("events", events)):
            duckdb.from_arrow(data)
            duckdb.sql(f"COPY data TO '{folder / table}.parquet' (FORMAT parquet, CODEC '{codec}', PARQUET_VERSION {version}, ROW_GROUP_SIZE 2048)")
        count += 1
        wrong += not compare(f"DuckDB {duckdb.__version__}, {integer}, {codec}, {version}", folder)
    for codec, size in itertools.product(("uncompressed", "snappy", "gzip", "brotli", "zstd"), (400, 1 << 20)):
        folder = work / "polars"
        folder.mkdir(parents=True, exist_ok=True)
        for table, data in (("mentions", mentions), ("events", events)):
            pl.from_arrow(data).write_parquet(folder / f"{table}.parquet", compression=codec, data_page_size=size, row_group_size=1000)
        count += 1
        wrong += not compare(f"polars {pl.__version__}, {integer}, {codec}, {size}", folder)
if wrong:
    sys.exit(f"interop: {wrong} of {count} sets of tables were read otherwise than by pyarrow")
print(f"interop: {count} sets of tables in all encodings of pyarrow, DuckDB and polars are read as pyarrow reads them")
