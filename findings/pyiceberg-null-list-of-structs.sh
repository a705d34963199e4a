#!/usr/bin/env bash
# Expected: an Iceberg table keeps what an Arrow table says: a null list stays null, or, if
# the writer could not, it would be so for every nested type.
# True: pyiceberg writes a null list of structs as an empty list, and the data file has it
# so: nobody can tell afterwards. Null lists of integers, null structs and null maps, and
# empty lists beside them, are kept. A column that was null for "does not apply" is, with
# structs in it, "applies, and there are none".
# pyiceberg 0.12.0, pyarrow 25.0.1; seen in the Parquet file and in Table.scan().
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check 'pyiceberg[sql-sqlite,pyarrow]==0.12.0' pyarrow==25.0.1
cd "$dir"
env/bin/python - <<'END'
import glob, os
import pyarrow as pa, pyarrow.parquet as pq, pyiceberg
from pyiceberg.catalog.sql import SqlCatalog

lake = os.getcwd()
catalog = SqlCatalog("lake", uri=f"sqlite:///{lake}/catalog.db", warehouse=f"file://{lake}")
catalog.create_namespace("n")
span = pa.struct([("start", pa.int32())])
kept = {}
for name, kind, value in [
    ("list of structs", pa.list_(span), [{"start": 1}]),
    ("list of integers", pa.list_(pa.int32()), [1]),
    ("struct", span, {"start": 1}),
    ("map", pa.map_(pa.string(), pa.int32()), [("start", 1)]),
]:
    given = pa.table({"v": pa.array([None, value], kind)})
    table = catalog.create_table(f"n.t{len(kept)}", schema=given.schema)
    table.append(given)
    (file,) = glob.glob(f"**/t{len(kept)}/**/*.parquet", recursive=True)
    stored, read = pq.read_table(file)["v"].to_pylist(), table.scan().to_arrow()["v"].to_pylist()
    print("pyiceberg", pyiceberg.__version__, name, "given", given["v"].to_pylist(), "in the file", stored, "read", read)
    kept[name] = (stored[0], read[0])
assert kept == {"list of structs": ([], []), "list of integers": (None, None), "struct": (None, None), "map": (None, None)}, kept
END
