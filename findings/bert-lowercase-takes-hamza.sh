#!/usr/bin/env bash
# Expected: lower-casing does nothing to Arabic, which has no case; and StripAccents, asked
# for by name, makes é and أ bare.
# True: BertNormalizer(lowercase=True) strips accents too unless told not to, and takes the
# hamza and the madda off: سؤال is سوال, آل is ال. StripAccents alone takes the vowel signs
# and leaves é and أ, for it looks at marks that stand apart; NFD must go before it.
# tokenizers 0.23.3.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check tokenizers==0.23.3
cd "$dir"
env/bin/python - <<'END'
import tokenizers
from tokenizers.normalizers import NFD, BertNormalizer, Sequence, StripAccents
text = "سؤال آل مُحمد é"
plain, lower, told = (BertNormalizer(**k).normalize_str(text) for k in ({"lowercase": False}, {"lowercase": True}, {"lowercase": True, "strip_accents": False}))
alone, after = StripAccents().normalize_str(text), Sequence([NFD(), StripAccents()]).normalize_str(text)
print("tokenizers", tokenizers.__version__, [plain, lower, told, alone, after])
assert plain == told == text
assert lower == after == "سوال ال محمد e"
assert alone == "سؤال آل محمد é"
END
