"""What every client must find in a release: by its manifest, and by laws that
hold for any release. Records are dicts, one a row."""

import glob
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq

LISTS = {"actors": ["aliases", "other_sectors", "members"], "events": ["modes", "contexts", "auxiliaries"]}
SPANNED = ["mentions", "events", "arguments"]


class Release:
    def __init__(self, folder):
        self.folder = folder
        with open(f"{folder}/manifest.json", encoding="utf-8") as f:
            self.manifest = json.load(f)
        self.rows = {t["name"]: t["rows"] for t in self.manifest["tables"]}

    def files(self, table):
        return sorted(glob.glob(f"{self.folder}/data/{table}/*.parquet"))

    def types(self, table):
        """The type of each column as the Parquet files have it."""
        return {f.name: plain(f.type) for f in pq.read_schema(self.files(table)[0])}


def plain(t):
    """An Arrow type without the names and nullability of list elements."""
    if pa.types.is_list(t) or pa.types.is_large_list(t):
        return ["list", plain(t.value_type)]
    if pa.types.is_struct(t):
        return {f.name: plain(f.type) for f in t}
    return "string" if t in (pa.string(), pa.large_string()) else str(t)


def check(condition, message):
    if not condition:
        sys.exit(f"interop: {message}")


def check_tables(client, release, tables):
    """Rows, empty lists and surfaces of tables that a client has read whole."""
    for name, records in tables.items():
        check(len(records) == release.rows[name], f"{client}: {name} has {len(records)} rows, manifest says {release.rows[name]}")
    empty = 0
    for name, columns in LISTS.items():
        for r in tables.get(name, []):
            for c in columns:
                check(r[c] is not None, f"{client}: {name}.{c} is null, expected a list")
                empty += len(r[c]) == 0
    texts = {r["doc_id"]: r["text"] for r in tables["articles"]}
    spans = nulls = 0
    for name in SPANNED:
        for r in tables[name]:
            if r["start"] is None:
                nulls += 1
                continue
            found = texts[r["doc_id"]][r["start"]:r["end"]]
            check(found == r["text"] and found, f"{client}: {name} {r['doc_id']} [{r['start']},{r['end']}) is {found!r}, expected {r['text']!r}")
            spans += 1
    check(empty > 0 and spans > 0 and nulls > 0, f"{client}: {empty} empty lists, {spans} spans, {nulls} null spans: expected some of each")
    print(f"interop: {client}: {len(tables)} tables, {sum(map(len, tables.values()))} rows, {spans} spans, {empty} empty lists, {nulls} null spans")
