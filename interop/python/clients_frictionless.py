"""Validates the descriptions of a release and of its tables as CSV with
frictionless, and every CSV row against them: types, required values, keys and
references.

The rows are checked in the CSV files and not in the Parquet ones: frictionless
5.21 reads Parquet through pandas (frictionless/formats/parquet/parser.py,
to_pandas), where a nullable integer becomes a float with NaN and a list an
array of numpy, and then reports each as a type error.

usage: clients_frictionless.py RELEASE CSV_FOLDER
"""

import hashlib
import sys

from frictionless import Package, validate

from expected import Release, check, check_tables

release = Release(sys.argv[1])
described = Package(f"{release.folder}/datapackage.json")  # raises on an invalid description
check({r.name for r in described.resources} == set(release.rows), f"frictionless: resources {[r.name for r in described.resources]}")
for resource in described.resources:
    columns = [f.name for f in resource.schema.fields]
    check(columns == list(release.types(resource.name)), f"frictionless: {resource.name} has {columns}")
    for path in [resource.path, *(resource.extrapaths or [])]:
        with open(f"{release.folder}/{path}", "rb") as f:
            found = "sha256:" + hashlib.sha256(f.read()).hexdigest()
        stated = [resource.hash] + [f["hash"] for f in resource.custom.get("files", [])]
        check(found in stated, f"frictionless: {path} has the hash {found}, stated {stated}")

report = validate(f"{sys.argv[2]}/datapackage.json", limit_errors=5)
for task in report.tasks:
    for error in task.errors:
        print(f"interop: frictionless: {task.name}: {error.message}")
check(report.valid, f"frictionless: {report.errors or 'see above'}")
rows = {task.name: task.stats["rows"] for task in report.tasks}
check(rows == release.rows, f"frictionless: rows {rows}, manifest says {release.rows}")

tables = {}
for resource in Package(f"{sys.argv[2]}/datapackage.json").resources:
    with resource as r:
        tables[resource.name] = [row.to_dict() for row in r.row_stream]
check_tables("frictionless (CSV)", release, tables)
