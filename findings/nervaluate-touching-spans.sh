#!/usr/bin/env bash
# Expected: half-open spans [0,4) and [4,8), which share no character, do not overlap: one
# is missed, the other spurious.
# True: nervaluate's ends belong to the span, so that the two overlap: ent_type counts the
# prediction as correct, F1 1.0, and partial gives half. Files of half-open offsets must
# take one off every end.
# nervaluate 1.2.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check nervaluate==1.2.1
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from nervaluate import Evaluator
def score(end):
    span = lambda a, b: [[{"label": "PER", "start": a, "end": b}]]
    overall = Evaluator(span(0, end), span(4, 8), tags=["PER"], loader="dict").evaluate()["overall"]
    return {s: overall[s].f1 for s in ("strict", "ent_type", "partial")}
half_open, inclusive = score(4), score(3)
print("nervaluate", version("nervaluate"), half_open, inclusive)
assert half_open == {"strict": 0, "ent_type": 1.0, "partial": 0.5}
assert set(inclusive.values()) == {0}
END
