#!/usr/bin/env bash
# Expected: two splits, in one of which a column happens to hold nulls only, load alike
# whichever is named first; a column that one split lacks altogether is the harder case.
# True: the first split fixes the types. Nulls first: the text of the second "couldn't be
# cast to null" and nothing loads. Text first: all is well. In Parquet a column that the
# second split lacks altogether is filled with nulls without a word.
# datasets 5.2.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check datasets==5.2.0 pyarrow==26.0.1
cd "$dir"
env/bin/python - <<'END'
import json, os
os.environ.update(HF_HOME=os.getcwd() + "/hf", HF_DATASETS_OFFLINE="1")
import datasets, pyarrow as pa, pyarrow.parquet as pq
datasets.disable_progress_bars(); datasets.logging.set_verbosity(50)
open("nulls.jsonl", "w").write(json.dumps({"doc_id": "a", "value": None}) + "\n")
open("texts.jsonl", "w").write(json.dumps({"doc_id": "b", "value": "x"}) + "\n")
def load(kind, first, second):
    try:
        return datasets.load_dataset(kind, data_files={"train": first, "test": second})["test"]["value"][:]
    except datasets.exceptions.DatasetGenerationError as e:
        return str(e.__cause__)
nulls_first, texts_first = load("json", "nulls.jsonl", "texts.jsonl"), load("json", "texts.jsonl", "nulls.jsonl")
pq.write_table(pa.table({"doc_id": ["a"], "value": ["x"]}), "a.parquet")
pq.write_table(pa.table({"doc_id": ["b"]}), "b.parquet")
lacking = load("parquet", "a.parquet", "b.parquet")
print("datasets", datasets.__version__, "| nulls first:", nulls_first, "| texts first:", texts_first, "| lacking:", lacking)
assert "cast" in nulls_first and "null" in nulls_first
assert (texts_first, lacking) == ([None], [None])
END
