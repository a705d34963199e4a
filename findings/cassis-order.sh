#!/usr/bin/env bash
# Expected: annotations that begin at one place come out of cassis as out of UIMA, whose
# index has the longer first, so that a sentence precedes its first word.
# True: cassis has the shorter first: select() gives the word before the sentence, and code
# moved from Java that opens the parent first nests wrongly.
# dkpro-cassis 0.12.0; the order of UIMA's annotation index (begin ascending, end
# descending) stands in the UIMA reference, on the built-in index.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check dkpro-cassis==0.12.0
cd "$dir"
env/bin/python - <<'END'
from importlib.metadata import version
from cassis import Cas, TypeSystem
types = TypeSystem()
Mention = types.create_type("example.Mention", supertypeName="uima.tcas.Annotation")
cas = Cas(types)
cas.sofa_string = "وزير خارجية سوريا"
for end in (17, 4, 11):
    cas.add(Mention(begin=0, end=end))
order = [a.end for a in cas.select("example.Mention")]
print("dkpro-cassis", version("dkpro-cassis"), "ends of annotations that begin at 0:", order)
assert order == [4, 11, 17], order
END
