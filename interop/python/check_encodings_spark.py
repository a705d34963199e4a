"""Writes tables of predictions with Spark (parquet-java) in every version of page,
compression and encoding that it has, and holds what the tool reads of them against
the rows that were written.

usage: check_encodings_spark.py BINARY WORK
"""

import glob
import itertools
import json
import pathlib
import shutil
import subprocess
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

binary, work = sys.argv[1], pathlib.Path(sys.argv[2])
N = 2500
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")


def rows():
    """Mentions and events of several articles, runs, nulls and empty lists among them."""
    span = T.ArrayType(T.StructType([T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())]))
    start = [(i * 7919) % 5000 for i in range(N)]
    mentions = [(f"d{i // 100:03d}", f"m{i:04d}", start[i], start[i] + 1 + i % 9, None if i % 5 == 0 else "é" * (i % 4) + f"text {i // 3}",
                 "PER" if i < 1500 else ["GPE", "ORG"][i % 2], None if i % 11 == 3 else i // 50 % 2 == 0, None if i % 7 == 0 else (i % 64) / 64,
                 [{"start": start[i], "end": start[i] + 1}, {"start": start[i] + 3, "end": start[i] + 1 + i % 9}] if i % 9 > 5 else None) for i in range(N)]
    events = [(f"d{i // 100:03d}", f"e{i:04d}", start[i], start[i] + 1 + i % 9, "CONSULT", None if i % 13 == 0 else [f"m{k}" for k in range(i % 4)]) for i in range(N)]
    spans = [T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())]
    text = lambda name: T.StructField(name, T.StringType())
    return (
        ("mentions", "mention_id", mentions, [text("doc_id"), text("mention_id"), *spans, text("text"), text("type"),
                                              T.StructField("metonym", T.BooleanType()), T.StructField("confidence", T.DoubleType()), T.StructField("fragments", span)]),
        ("events", "event_id", events, [text("doc_id"), text("event_id"), *spans, text("type"), T.StructField("modes", T.ArrayType(T.StringType()))]),
    )


TABLES = rows()


def expected():
    docs = {}
    for table, key, data, fields in TABLES:
        names = [f.name for f in fields]
        for row in data:
            r = {k: v for k, v in zip(names, row) if v is not None and v != [] and v is not False}
            if "fragments" in r:
                r["fragments"] = [[f["start"], f["end"]] for f in r["fragments"]]
            docs.setdefault(r.pop("doc_id"), {}).setdefault(table, {})[r[key]] = r
    return docs


EXPECTED = expected()


def read(folder):
    done = subprocess.run([binary, "convert", "--from", "parquet", "--to", "jsonl", folder, "-o", "-"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return done.stderr
    docs = {}
    for line in done.stdout.splitlines():
        d = json.loads(line)
        docs[d["doc_id"]] = {t: {r[k]: r for r in d.get(t, [])} for t, k in (("mentions", "mention_id"), ("events", "event_id")) if t in d}
    return docs


def difference(got):
    if isinstance(got, str):
        return got.strip()
    for doc, tables in EXPECTED.items():
        for table, by_id in tables.items():
            for key, row in by_id.items():
                found = got.get(doc, {}).get(table, {}).get(key)
                if found != row:
                    return f"{doc} {table} {key}: found {found}, expected {row}"
    return "found more than was written"


def write(folder, wide, **options):
    """One file a table; wide makes int64 of int32 and float of double."""
    folder.mkdir(parents=True)
    for name, _, data, fields in TABLES:
        frame = spark.createDataFrame(data, T.StructType(fields)).coalesce(1)
        if wide:
            frame = frame.withColumn("start", F.col("start").cast("long")).withColumn("end", F.col("end").cast("long"))
            frame = frame.withColumn("confidence", F.col("confidence").cast("float")) if "confidence" in frame.columns else frame
        frame.write.mode("overwrite").options(**options).parquet(str(folder / "out"))
        (part,) = glob.glob(str(folder / "out" / "part-*.parquet"))
        shutil.move(part, folder / f"{name}.parquet")
    shutil.rmtree(folder / "out")


count, wrong = 0, 0
for version, codec, dictionary, (legacy, wide, split) in itertools.product(
        ("PARQUET_1_0", "PARQUET_2_0"), ("uncompressed", "snappy", "gzip", "zstd"), ("true", "false"),
        ((False, False, "false"), (True, True, "false"), (False, True, "true"))):
    spark.conf.set("spark.sql.parquet.writeLegacyFormat", legacy)
    folder = work / "spark"
    shutil.rmtree(folder, ignore_errors=True)
    options = {"compression": codec, "parquet.writer.version": version, "parquet.enable.dictionary": dictionary,
               "parquet.enable.bytestreamsplit": split, "parquet.page.size": "2000", "parquet.block.size": "60000"}
    write(folder, wide, **options)
    got = read(folder)
    count += 1
    if got != EXPECTED:
        wrong += 1
        print(f"interop: Spark {spark.version}, {options}, legacy {legacy}, wide {wide}: {difference(got)}", file=sys.stderr)
if wrong:
    sys.exit(f"interop: {wrong} of {count} sets of tables by Spark were read otherwise than they were written")
print(f"interop: {count} sets of tables by Spark in its versions of page, compressions and encodings are read as they were written")
