#!/usr/bin/env bash
# Expected: spaCy's Arabic tokenizer cuts at the Arabic comma as at the Latin one, and takes
# opening quotation marks off a word behind a proclitic: و«سوريا» has the token سوريا.
# True: neither mark is cut inside a word. A gold mention there is no run of tokens:
# char_span gives None and training drops it as misaligned.
# spacy 3.8.18.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check spacy==3.8.18
cd "$dir"
env/bin/python - <<'END'
import spacy
nlp = spacy.blank("ar")
tokens = {t: [w.text for w in nlp(t)] for t in ("سوريا,العراق", "سوريا،العراق", "«سوريا»", "و«سوريا»")}
span = nlp("و«سوريا»").char_span(2, 7, "LOC")
print("spacy", spacy.__version__, list(tokens.values()), span)
assert list(tokens.values()) == [["سوريا", ",", "العراق"], ["سوريا،العراق"], ["«", "سوريا", "»"], ["و«سوريا", "»"]]
assert span is None
END
