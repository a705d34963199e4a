#!/usr/bin/env bash
# Expected: a p-value that is undefined (a class without a case) is left out of the
# correction, or all methods refuse it.
# True: in statsmodels one NaN makes every value of fdr_bh NaN, so that nothing is found
# significant; under holm the others get values, corrected as if the NaN were a test too.
# scipy refuses it.
# statsmodels 0.15.0, scipy 1.17.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check statsmodels==0.15.0 scipy==1.17.1 pandas==3.1.1
cd "$dir"
env/bin/python - <<'END'
import warnings; warnings.simplefilter("ignore")
import numpy as np, scipy, statsmodels
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests
p = [0.01, np.nan, 0.03]
fdr, holm, without = (multipletests(q, method=m)[1].round(6).tolist() for q, m in ((p, "fdr_bh"), (p, "holm"), ([0.01, 0.03], "holm")))
try:
    refused = false_discovery_control(p)
except ValueError as e:
    refused = str(e)
print("statsmodels", statsmodels.__version__, "fdr_bh", fdr, "holm", holm, "without", without, "| scipy", scipy.__version__, refused)
assert np.isnan(fdr).all()
assert (holm[0], holm[2]) == (0.03, 0.06) and without == [0.02, 0.03]
assert "between 0 and 1" in refused
END
