#!/usr/bin/env bash
# Expected: MosesDetokenizer(lang="ar") undoes MosesTokenizer(lang="ar").
# True: the tokenizer parts the Arabic comma, the question mark and « » from their words; the
# detokenizer knows only Latin marks and brackets, and leaves the others standing apart.
# sacremoses 0.2.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check sacremoses==0.2.0
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from sacremoses import MosesDetokenizer, MosesTokenizer
def back(text, lang):
    return MosesDetokenizer(lang=lang).detokenize(MosesTokenizer(lang=lang).tokenize(text))
arabic, english = "قال محمد، إن «سوريا» (دمشق)؟", "He said, then left (Geneva)?"
print("sacremoses", version("sacremoses"), back(arabic, "ar"), "|", back(english, "en"))
assert back(english, "en") == english
assert back(arabic, "ar") == "قال محمد ، إن « سوريا » (دمشق) ؟"
END
