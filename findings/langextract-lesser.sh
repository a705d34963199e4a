#!/usr/bin/env bash
# Expected: "Jane al Roe" is aligned to "Jane Roe", and a person whom the text does not name
# gets no place.
# True: MATCH_LESSER, on by default, takes the longest beginning that fits: the first becomes
# "Jane" alone, and "foreign minister Jane Doe" in a text about Jane Roe is grounded at
# "foreign minister Jane". An invented name thus has offsets like any other.
# accept_match_lesser=False leaves both to the fuzzy search.
# langextract 1.7.1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check langextract==1.7.1
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from langextract import data, resolver
def align(text, surface, **k):
    e, = resolver.Resolver().align([data.Extraction(extraction_class="PER", extraction_text=surface)], text, token_offset=0, char_offset=0, **k)
    return e.char_interval and (text[e.char_interval.start_pos:e.char_interval.end_pos], e.alignment_status.value)
cases = [("Jane Roe met them in Geneva.", "Jane al Roe"), ("The foreign minister Jane Roe met them.", "foreign minister Jane Doe")]
default, strict = [align(*c) for c in cases], [align(*c, accept_match_lesser=False) for c in cases]
print("langextract", version("langextract"), default, strict)
assert default == [("Jane", "match_lesser"), ("foreign minister Jane", "match_lesser")]
END
