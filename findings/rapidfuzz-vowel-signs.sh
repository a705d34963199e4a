#!/usr/bin/env bash
# Expected: rapidfuzz' default_process takes off what is not letter or digit, so that a
# vowelled name compares as its bare letters do.
# True: each vowel sign becomes a space: مُحَمَّد falls into four words of one letter. By
# token_sort_ratio it is then nearer to an anagram of its letters than to محمد, and further
# from محمد than with no processing.
# rapidfuzz 3.14.6.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check rapidfuzz==3.14.6
cd "$dir"
env/bin/python - <<'END'
import rapidfuzz
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.utils import default_process
vowelled, bare, anagram = "مُحَمَّد", "محمد", "دمحم"
processed = default_process(vowelled)
scores = [round(token_sort_ratio(vowelled, other, processor=p)) for other in (bare, anagram) for p in (None, default_process)]
print("rapidfuzz", rapidfuzz.__version__, processed.split(), "to the bare name, then an anagram, raw and processed:", scores)
assert processed.split() == ["م", "ح", "م", "د"]
assert scores[1] < scores[0] and scores[1] < scores[3], scores
END
