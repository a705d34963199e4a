#!/usr/bin/env bash
# Expected: an extraction that stands in the text letter for letter is MATCH_EXACT, in
# whatever order the model lists them, and one listed more often than the text has it is
# left without a place.
# True: alignment runs forward only. What is listed out of order comes back MATCH_FUZZY
# with the exact span, so that a filter on exact matches drops it; a third "Roe" where the
# text has two gets the span of the first, a duplicate that counts as one more mention.
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
def align(text, *surfaces):
    wanted = [data.Extraction(extraction_class="PER", extraction_text=s) for s in surfaces]
    return [(e.extraction_text, e.alignment_status.value, e.char_interval.start_pos, e.char_interval.end_pos)
            for e in resolver.Resolver().align(wanted, text, token_offset=0, char_offset=0)]
ordered, swapped = align("Roe met Doe in Geneva.", "Roe", "Geneva"), align("Roe met Doe in Geneva.", "Geneva", "Roe")
thrice = align("Roe met Roe.", "Roe", "Roe", "Roe")
print("langextract", version("langextract"), ordered, swapped, thrice, sep="\n")
assert [e[1] for e in ordered] == ["match_exact"] * 2
assert swapped == [("Geneva", "match_fuzzy", 15, 21), ("Roe", "match_exact", 0, 3)]
assert thrice == [("Roe", "match_exact", 0, 3), ("Roe", "match_exact", 8, 11), ("Roe", "match_fuzzy", 0, 3)]
END
