"""Times reading and writing of Parquet files by other tools.

usage: files.py FOLDER

FOLDER holds the files of TestBenchmarkFiles. Prints row, peer, items a second.
"""

import glob
import json
import os
import sys

import duckdb
import pyarrow.parquet as pq

from timing import best, report

folder = sys.argv[1]


def write():
    """COPY of rows that are in memory already, with the codec of our files."""
    db = duckdb.connect()
    db.execute(f"create table articles as select * from read_parquet('{folder}/articles.parquet')")
    rows = db.execute("select count(*) from articles").fetchone()[0]
    target = os.path.join(folder, "duckdb.parquet")
    seconds = best(lambda: db.execute(f"copy articles to '{target}' (format parquet, compression zstd)"))
    report("write", f"DuckDB {duckdb.__version__} COPY", rows / seconds)


def build():
    """JSON Lines to a table of the same texts: raw and canonical text with their
    hashes, in order of the ids. No metadata, languages or duplicates."""
    target = os.path.join(folder, "duckdb-build.parquet")
    rows = 0

    def work():
        nonlocal rows
        db = duckdb.connect()
        rows = db.execute(f"""copy (select id, title, title || chr(10) || body as text, date, source,
                title || chr(10) || body as raw, sha256(text) as text_sha256, sha256(raw) as raw_sha256
            from read_json('{folder}/articles.jsonl', format = 'newline_delimited') order by id)
            to '{target}' (format parquet, compression zstd)""").fetchone()[0]

    seconds = best(work)
    report("build", f"DuckDB {duckdb.__version__} read_json, COPY", rows / seconds)


def score(row, predicted):
    """Two Python sets and their intersection: the strict counts, without a look
    at the texts."""
    def work():
        gold, pred = set(mentions(f"{folder}/release/data/mentions/*.parquet")), set(predicted())
        work.gold, work.correct = len(gold), len(gold & pred)

    seconds = best(work, runs=1)
    report(row, "Python sets, strict only", work.gold / seconds)


def mentions(files):
    table = pq.read_table(glob.glob(files), columns=["doc_id", "start", "end", "type"])
    return zip(*(c.to_pylist() for c in table.columns))


def json_lines():
    with open(f"{folder}/pred.jsonl", encoding="utf-8") as f:
        for line in f:
            a = json.loads(line)
            for m in a["mentions"]:
                yield a["doc_id"], m["start"], m["end"], m["type"]


write()
build()
score("score", lambda: mentions(f"{folder}/pred/mentions.parquet"))
score("score_jsonl", json_lines)
