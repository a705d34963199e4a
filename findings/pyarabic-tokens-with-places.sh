#!/usr/bin/env bash
# Expected: tokenize_with_location gives the tokens of tokenize, each with its place.
# True: it has no punctuation at all, so that the two lists do not line up; and a closing
# bracket with the Arabic comma after it is one token in the first.
# pyarabic 0.6.15.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check pyarabic==0.6.15
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from pyarabic.araby import tokenize, tokenize_with_location
text = "قال (محمد)، إن"
tokens, placed = tokenize(text), tokenize_with_location(text)
print("pyarabic", version("pyarabic"), tokens, placed)
assert tokens == ["قال", "(", "محمد", ")،", "إن"]
assert [p["token"] for p in placed] == ["قال", "محمد", "إن"]
assert all(text[p["start"]:p["end"]] == p["token"] for p in placed)
END
