"""Reads every table of a release with Spark in local mode and checks rows,
types, null and empty lists, and offsets.

usage: clients_spark.py RELEASE
"""

import glob
import json
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

release = sys.argv[1]
with open(f"{release}/manifest.json", encoding="utf-8") as f:
    rows = {t["name"]: t["rows"] for t in json.load(f)["tables"]}
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false") \
    .config("spark.sql.shuffle.partitions", "1").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")


def check(condition, message):
    if not condition:
        sys.exit(f"interop: spark: {message}")


tables = {name: spark.read.parquet(*sorted(glob.glob(f"{release}/data/{name}/*.parquet"))) for name in rows}
for name, table in tables.items():
    check(table.count() == rows[name], f"{name} has {table.count()} rows, manifest says {rows[name]}")
want = {
    ("articles", "text"): "string", ("articles", "published"): "date", ("articles", "labelled"): "boolean",
    ("articles", "raw_map"): "array<struct<start:int,raw_start:int,length:int>>",
    ("mentions", "start"): "int", ("mentions", "fragments"): "array<struct<start:int,end:int>>",
    ("events", "modes"): "array<string>", ("events", "quoted"): "boolean", ("actors", "members"): "array<string>",
}
for (name, column), kind in want.items():
    got = tables[name].schema[column].dataType.simpleString()
    check(got == kind, f"{name}.{column} is {got}, expected {kind}")
lists = tables["events"].select(F.sum(F.col("modes").isNull().cast("int")), F.sum((F.size("modes") == 0).cast("int"))).first()
check(lists[0] == 0 and lists[1] > 0, f"events.modes: {lists[0]} null and {lists[1]} empty lists, expected none and some")
check(tables["mentions"].where("fragments is null").count() > 0, "no mention has null fragments")

spans = 0
texts = tables["articles"].select("doc_id", F.col("text").alias("body"))
for name in ("mentions", "events", "arguments"):
    joined = tables[name].where("start is not null").join(texts, "doc_id")
    n, equal = joined.select(F.count("*"), F.sum(F.expr("cast(substring(body, start + 1, `end` - start) = text as int)"))).first()
    check(n > 0 and n == equal, f"{name}: {equal} of {n} surfaces stand in the text")
    spans += n
print(f"interop: spark: {len(tables)} tables, {sum(rows.values())} rows, {spans} spans")
