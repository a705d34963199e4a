#!/usr/bin/env bash
# Expected: Doc.to_json keeps of an entity what Doc.to_bytes keeps: its link to a knowledge
# base and its id.
# True: entities lose both, spans in Doc.spans keep the link and lose the id, without a word;
# to_bytes keeps all. Labels that go through JSON lose who is meant.
# spacy 3.8.18.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check spacy==3.8.18
cd "$dir"
env/bin/python - <<'END'
import spacy
from spacy.tokens import Doc, Span
nlp = spacy.blank("ar")
doc = nlp("قال حداد")
doc.ents = [Span(doc, 1, 2, "PER", kb_id="actor-1", span_id="m1")]
doc.spans["mentions"] = [Span(doc, 1, 2, "PER", kb_id="actor-1", span_id="m1")]
def links(d):
    return [(s.kb_id_, s.id_) for s in (*d.ents, *d.spans["mentions"])]
json, binary = Doc(nlp.vocab).from_json(doc.to_json()), Doc(nlp.vocab).from_bytes(doc.to_bytes())
print("spacy", spacy.__version__, "JSON", links(json), "bytes", links(binary))
assert links(binary) == [("actor-1", "m1")] * 2
assert links(json) == [("", ""), ("actor-1", "")]
END
