#!/usr/bin/env bash
# Expected: without a schema, a column that has a word among its numbers is text, or else
# describe and validate agree: a file described by frictionless is valid by it.
# True: nine tenths of the cells seen decide. 95 numbers and one word make an integer
# column: validate calls the file invalid, and read_rows gives None for the word.
# frictionless 5.21.0 (Detector.field_confidence, 0.9).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check frictionless==5.21.0
cd "$dir"
env/bin/python - <<'END'
import frictionless
from frictionless import Detector, Resource, describe, validate
open("a.csv", "w").write("value\n" + "1\n" * 95 + "Geneva\n")
kind, errors = describe("a.csv").schema.fields[0].type, validate("a.csv").flatten(["rowNumber", "type"])
cell, sure = Resource("a.csv").read_rows()[-1]["value"], Resource("a.csv", detector=Detector(field_confidence=1)).read_rows()[-1]["value"]
print("frictionless", frictionless.__version__, kind, errors, cell, "with confidence 1:", sure)
assert (kind, errors, cell, sure) == ("integer", [[97, "type-error"]], None, "Geneva")
END
