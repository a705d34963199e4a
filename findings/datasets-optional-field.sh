#!/usr/bin/env bash
# Expected: load_dataset("json") reads a list of objects, one of which has a key more, as
# a list of structs with a null where the key is absent, as polars and DuckDB do.
# True: an optional key turns the elements into datasets' Json type; to_parquet writes
# them as text, so that pandas gets strings in place of mentions. Writing the key as null
# everywhere keeps the struct. One absent confidence changes the schema of a whole file.
# datasets 5.2.0 (the Json type came with 4.7, huggingface/datasets pull request 8027).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check datasets==5.2.0 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1
cd "$dir"
env/bin/python - <<'END'
import json, os
os.environ.update(HF_HOME=os.getcwd() + "/hf", HF_DATASETS_OFFLINE="1")
import datasets, pandas as pd, polars as pl
datasets.disable_progress_bars()
def load(name, *mentions):
    open(name, "w").write(json.dumps({"doc_id": "a", "mentions": mentions}) + "\n")
    return datasets.load_dataset("json", data_files=name, split="train")
absent = load("absent.jsonl", {"start": 0, "end": 4}, {"start": 5, "end": 9, "confidence": 0.5})
null = load("null.jsonl", {"start": 0, "end": 4, "confidence": None}, {"start": 5, "end": 9, "confidence": 0.5})
absent.to_parquet("absent.parquet")
cell = pd.read_parquet("absent.parquet").mentions[0][0]
print("datasets", datasets.__version__, absent.features["mentions"], null.features["mentions"], "pandas:", repr(cell))
print("polars", pl.__version__, pl.read_ndjson("absent.jsonl").schema["mentions"])
assert "Json" in str(absent.features["mentions"]) and "Json" not in str(null.features["mentions"])
assert cell == '{"start":0,"end":4}', cell
assert pl.read_ndjson("absent.jsonl").schema["mentions"].inner == pl.Struct({"start": pl.Int64, "end": pl.Int64, "confidence": pl.Float64})
END
