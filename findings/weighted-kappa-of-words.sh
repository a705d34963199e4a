#!/usr/bin/env bash
# Expected: cohen_kappa_score(weights="linear") of "low", "mid", "high" is refused, or the
# order is asked for, since the weights are distances between the grades.
# True: the grades are taken in the order of the alphabet, high < low < mid, without a word:
# 0.25 in place of 0.67. labels= gives the order.
# scikit-learn 1.9.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check scikit-learn==1.9.1
cd "$dir"
env/bin/python - <<'END'
import sklearn, warnings; warnings.simplefilter("error")
from sklearn.metrics import cohen_kappa_score
a, b = ["low", "mid", "high"], ["low", "high", "high"]
silent, told, numbers = (round(cohen_kappa_score(*p, weights="linear", **k), 4) for p, k in (
    ((a, b), {}), ((a, b), {"labels": ["low", "mid", "high"]}), (([0, 1, 2], [0, 2, 2]), {})))
print("scikit-learn", sklearn.__version__, silent, told, numbers)
assert silent == 0.25 and told == numbers == 0.6667
END
