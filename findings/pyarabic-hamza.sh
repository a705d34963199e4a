#!/usr/bin/env bash
# Expected: normalize_hamza makes of أ إ آ the bare ا, as normalisers for search do.
# True: by default it makes every carrier a lone hamza: أحمد is ءحمد, آل is ءءل, one letter
# longer, so that offsets move. method="tasheel" gives the letter without its hamza.
# pyarabic 0.6.15; the function's documentation tells both methods.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check pyarabic==0.6.15
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from pyarabic.araby import normalize_hamza
words = ["أحمد", "إلى", "آل", "سؤال"]
uniform, eased = [normalize_hamza(w) for w in words], [normalize_hamza(w, method="tasheel") for w in words]
print("pyarabic", version("pyarabic"), uniform, eased)
assert uniform == ["ءحمد", "ءلى", "ءءل", "سءال"]
assert eased == ["احمد", "الى", "ال", "سوال"]
END
