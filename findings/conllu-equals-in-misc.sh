#!/usr/bin/env bash
# Expected: MISC of CoNLL-U is split at the first "=", so that Ref=http://x.org/?id=7 keeps its
# value; and what is parsed and written again is what it was.
# True: the value ends at the second "=": "http://x.org/?id". A key given twice keeps the last,
# and so does a comment given twice.
# conllu 6.0.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check conllu==6.0.0
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
import conllu
def row(misc):
    return f"1\tقال\tقال\tVERB\t_\t_\t0\troot\t_\t{misc}\n\n"
s = conllu.parse(row("Ref=http://x.org/?id=7"))[0]
twice = conllu.parse(row("Bridge=e1|Bridge=e2"))[0]
comment = conllu.parse("# note = a\n# note = b\n" + row("_"))[0]
print("conllu", version("conllu"), s[0]["misc"], twice[0]["misc"], comment.metadata, repr(s.serialize()))
assert s[0]["misc"] == {"Ref": "http://x.org/?id"} and "id=7" not in s.serialize()
assert twice[0]["misc"] == {"Bridge": "e2"} and comment.metadata == {"note": "b"}
END
