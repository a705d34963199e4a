#!/usr/bin/env bash
# Expected: an annotation with a feature "type", as many type systems have it, gives its value
# under annotation.type, as under every other name of a feature.
# True: annotation.type is the annotation's type itself, an object, without an error; the value
# is under type_, and so is that of a feature "self". get("type") gives the object too.
# Files are right: XMI and JSON have the name "type". dkpro-cassis 0.12.0 warns when the
# type system is read, not where the attribute is used.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check dkpro-cassis==0.12.0
cd "$dir"
env/bin/python -W ignore - <<'END'
import importlib.metadata
from cassis import Cas, TypeSystem, load_cas_from_json
types = TypeSystem()
mention = types.create_type("x.Mention", "uima.tcas.Annotation")
types.create_feature(mention, "type", "uima.cas.String")
cas = Cas(types)
cas.sofa_string = "بوتين"
cas.add(mention(begin=0, end=5, type_="PER"))
text = cas.to_json()
one = load_cas_from_json(text).select("x.Mention")[0]
print("dkpro-cassis", importlib.metadata.version("dkpro-cassis"), repr(one.type), one.type_, repr(one.get("type")))
assert one.type != "PER" and one.type.name == "x.Mention"
assert one.type_ == "PER" and one.get("type") == one.type
assert '"type": "PER"' in text.replace('"type":"PER"', '"type": "PER"')
END
