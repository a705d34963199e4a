"""Validates a release's croissant.json with mlcroissant and reads the records of
every record set through it.

usage: clients_mlcroissant.py RELEASE
"""

import logging
import sys

logging.disable(logging.WARNING)

import mlcroissant as mlc  # noqa: E402

from expected import Release, check, check_tables  # noqa: E402


def value(field, v):
    """A value as Python has it: mlcroissant gives bytes for text and prefixes
    the members of structs with their field's id."""
    if isinstance(v, bytes):
        return v.decode()
    if isinstance(v, list):
        return [value(field, x) for x in v]
    if isinstance(v, dict):
        return {k.removeprefix(field + "/"): value(field, x) for k, x in v.items()}
    return v


release = Release(sys.argv[1])
dataset = mlc.Dataset(jsonld=f"{release.folder}/croissant.json")  # raises on an invalid description
issues = dataset.metadata.ctx.issues
check(not issues.errors, f"mlcroissant: {issues.report()}")
about = dataset.metadata
check(not issues.warnings and about.date_published and about.creators and len(about.license) == 2, f"mlcroissant: {issues.report()}, {about.license}")
check(about.data_biases and about.data_limitations and about.data_collection and about.machine_annotation_tools, "mlcroissant: no RAI properties")
sets = {r.uuid for r in dataset.metadata.record_sets}
check(sets == set(release.rows), f"mlcroissant: record sets {sets}, expected {set(release.rows)}")
refers = {f.uuid: f.references.uuid for r in dataset.metadata.record_sets for f in r.fields if f.references.uuid}
check(refers.get("mentions/doc_id") == "articles/doc_id" and refers.get("mentions/actor_id") == "actors/actor_id", f"mlcroissant: references {refers}")

# Lists of structs that may be null are no fields: mlcroissant 1.1 reads null as one struct of nulls.
LEFT_OUT = {("articles", "not_labelled")} | {(t, "fragments") for t in ("mentions", "events", "pass_mentions", "pass_events")}

tables = {}
for name in sorted(sets):
    tables[name] = [{k.removeprefix(name + "/"): value(k, v) for k, v in r.items()} for r in dataset.records(record_set=name)]
    columns = [c for c in release.types(name) if (name, c) not in LEFT_OUT]
    for r in tables[name]:
        check(sorted(r) == sorted(columns), f"mlcroissant: {name} has {sorted(r)}, expected {sorted(columns)}")

kinds = {"string": str, "int32": int, "bool": bool}
for name, records in tables.items():
    for column, typ in release.types(name).items():
        if not isinstance(typ, str) or typ not in kinds:
            continue
        for r in records:
            v = r[column] if typ == "string" or r[column] is None else r[column].item() if hasattr(r[column], "item") else r[column]
            check(v is None or isinstance(v, kinds[typ]), f"mlcroissant: {name}.{column} is {type(v)}, expected {typ}")
for table, column in LEFT_OUT:
    for r in tables[table]:
        r[column] = None
check_tables("mlcroissant", release, tables)
