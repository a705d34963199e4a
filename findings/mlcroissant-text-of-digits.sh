#!/usr/bin/env bash
# Expected: a Croissant field of dataType sc:Text gives the text of the file: an identifier
# "007" of a JSON string stays "007".
# True: pandas reads the file before the type is asked, and the field gives b"7", of CSV and
# of JSON lines alike; the text "NA" of a CSV is null. Of Parquet it gives b"007".
# mlcroissant 1.1.1, pandas 3.1.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check mlcroissant==1.1.1 pandas==3.1.1 pyarrow==26.0.1
cd "$dir"
env/bin/python - <<'END'
import hashlib, json, logging, warnings; warnings.simplefilter("ignore"); logging.disable(50)
from importlib.metadata import version
import mlcroissant as mlc, pandas as pd
rows = pd.DataFrame({"doc_id": ["007", "008"], "word": ["NA", "x"]})
rows.to_csv("a.csv", index=False); rows.to_parquet("a.parquet"); rows.to_json("a.jsonl", orient="records", lines=True)
context = {"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo", "recordSet": "cr:recordSet", "field": "cr:field", "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "source": "cr:source", "extract": "cr:extract", "column": "cr:column", "fileObject": "cr:fileObject"}
def read(name, kind):
    field = lambda n: {"@type": "cr:Field", "@id": "r/" + n, "name": n, "dataType": "sc:Text", "source": {"fileObject": {"@id": "f"}, "extract": {"column": n}}}
    json.dump({"@context": context, "@type": "sc:Dataset", "name": "d", "conformsTo": "http://mlcommons.org/croissant/1.0",
        "distribution": [{"@type": "cr:FileObject", "@id": "f", "name": "f", "contentUrl": name, "encodingFormat": kind, "sha256": hashlib.sha256(open(name, "rb").read()).hexdigest()}],
        "recordSet": [{"@type": "cr:RecordSet", "@id": "r", "name": "r", "field": [field("doc_id"), field("word")]}]}, open("croissant.json", "w"))
    return list(next(iter(mlc.Dataset("croissant.json").records("r"))).values())
got = {k: read(*k) for k in (("a.csv", "text/csv"), ("a.jsonl", "application/jsonlines"), ("a.parquet", "application/x-parquet"))}
print("mlcroissant", version("mlcroissant"), got)
assert got["a.csv", "text/csv"] == [b"7", None]
assert got["a.jsonl", "application/jsonlines"][0] == b"7" and got["a.parquet", "application/x-parquet"] == [b"007", b"NA"]
END
