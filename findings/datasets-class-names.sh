#!/usr/bin/env bash
# Expected: a Parquet file whose metadata says that ner_tags is a ClassLabel with these
# names gives them to load_dataset, as the file's own to_parquet does.
# True: only where the column is nullable through and through. With a required list, or
# required elements, as writers outside Arrow make them, the feature is a plain List of
# numbers, without a warning: the names are gone. datasets 5.0.1, pyarrow 26.0.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check datasets==5.0.1 pyarrow==26.0.1
cd "$dir"
HF_DATASETS_OFFLINE=1 HF_HOME=$dir/home env/bin/python - <<'END'
import json
import datasets
import pyarrow as pa
import pyarrow.parquet as pq
datasets.disable_progress_bars()
names = ["O", "B-PER", "I-PER"]
said = json.dumps({"info": {"features": {"ner_tags": {"feature": {"names": names, "_type": "ClassLabel"}, "_type": "List"}}}})
found = {}
for name, column, element in [("nullable", True, True), ("required list", False, True), ("required elements", True, False)]:
    field = pa.field("ner_tags", pa.list_(pa.field("element", pa.int64(), element)), column)
    table = pa.table({"ner_tags": [[0, 1, 2]]}, schema=pa.schema([field], {"huggingface": said}))
    pq.write_table(table, f"{name}.parquet")
    found[name] = datasets.load_dataset("parquet", data_files=f"{name}.parquet", split="train").features["ner_tags"].feature
print("datasets", datasets.__version__, {k: type(v).__name__ for k, v in found.items()})
assert found["nullable"].names == names
assert not any(hasattr(found[k], "names") for k in ("required list", "required elements"))
END
