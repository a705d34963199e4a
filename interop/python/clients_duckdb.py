"""Runs load.sql in DuckDB, or opens a database made of it, and checks rows,
keys, references, NOT NULL, types, null and empty lists, surfaces and views.

usage: clients_duckdb.py FOLDER [DATABASE]  (of dataset export --to duckdb)
"""

import os
import sys

import duckdb

from expected import Release, check, check_tables

made = [os.path.abspath(path) for path in sys.argv[2:]]
os.chdir(sys.argv[1])
release = Release("release")
for path in made:  # the version of the storage stands behind the checksum and DUCK
    with open(path, "rb") as f:
        head = f.read(16)
    check(head[8:12] == b"DUCK" and head[12:16] == bytes([64, 0, 0, 0]), f"duckdb: storage {head[12:16]}, expected 64, which DuckDB since 1.0 reads")
db = duckdb.connect(*made)
if not made:
    with open("load.sql", encoding="utf-8") as f:
        db.execute(f.read())

tables = {}
for name in release.rows:
    tables[name] = db.sql(f"from {name}").to_arrow_table().to_pylist()
    got = {column: typ for column, typ in db.execute(f"select column_name, data_type from duckdb_columns() where table_name = '{name}' and schema_name = 'main'").fetchall()}
    words = {"string": "VARCHAR", "int32": "INTEGER", "date32[day]": "DATE", "bool": "BOOLEAN"}

    def sql(t):
        if isinstance(t, list):
            return sql(t[1]) + "[]"
        if isinstance(t, dict):
            return "STRUCT(" + ", ".join(f'"{k}" {sql(v)}' if k in ("start", "end") else f"{k} {sql(v)}" for k, v in t.items()) + ")"
        return words[t]

    want = {c: sql(t) for c, t in release.types(name).items()}
    check({c: t.replace('"', "") for c, t in got.items()} == {c: t.replace('"', "") for c, t in want.items()}, f"duckdb: {name} has {got}, expected {want}")
check_tables("duckdb (the database file)" if made else "duckdb (load.sql)", release, tables)


def refused(sql):
    try:
        db.execute(sql)
    except duckdb.ConstraintException:
        return True
    return False


for sql in (
    "insert into mentions by name select * from mentions limit 1",
    "update mentions set actor_id = 'nobody' where mention_id = 'm1'",
    "insert into arguments (doc_id, event_id, role) values ('no-such-article', 'e1', 'ACTOR')",
    "update events set modes = null",
):
    check(refused(sql), f"duckdb: no key forbids: {sql}")

count = lambda sql: db.execute(sql).fetchone()[0]  # noqa: E731
filled = sum(a["mention_id"] is not None for a in tables["arguments"])
check(count("select count(*) from participants") == filled, f"duckdb: participants has other rows than the {filled} arguments that are mentions")
check(count("select count(*) from hoppers") == len({e["hopper_id"] for e in tables["events"]} - {None}), "duckdb: hoppers")
phone = {e["hopper_id"] for e in tables["events"] if "phone" in e["modes"] and e["realis"] == "actual"} - {None}
check(count("select count(*) from calls") == len(phone), f"duckdb: calls has other rows than the {len(phone)} happenings by phone")
print(f"interop: duckdb: keys hold, {len(phone)} calls")
