"""spaCy's DocBin against spaCy: read, trained on, written anew."""

import spacy
from spacy.symbols import IDS
from spacy.tokens import DocBin
from spacy.training import Example

from . import mentions, same


def check(files):
    nlp = spacy.blank("ar")
    for set in files.sets:
        written = files.write("docbin", "labels.spacy", set)
        docs = {d.user_data["doc_id"]: d for d in DocBin().from_disk(written).get_docs(nlp.vocab)}
        for doc_id, d in files.labels(set).items():
            doc = docs[doc_id]
            want = sorted((x["start"], x["end"], x["text"], x["type"], x.get("actor_id", "")) for x in d["mentions"] + d.get("events", []))
            same(f"spaCy: spans of {doc_id}", sorted((s.start_char, s.end_char, s.text, s.label_, s.kb_id_) for s in doc.spans["sc"]), want)
            same(f"spaCy: entities of {doc_id} among them", [e.text for e in doc.ents if (e.start_char, e.end_char, e.text, e.label_, e.kb_id_) not in want], [])
        learner = spacy.blank("ar")
        learner.add_pipe("ner")
        learner.initialize(lambda: [Example(nlp.make_doc(d.text), d) for d in docs.values()])
        same("spaCy: labels that a pipeline learns", sorted(learner.get_pipe("ner").labels), sorted({e.label_ for d in docs.values() for e in d.ents}))
        again = written.with_name("spacy.spacy")
        DocBin(store_user_data=True, docs=docs.values()).to_disk(again)
        first, back = files.read(written, set), files.read(again, set)
        for doc_id, d in first.items():
            fields = ("start", "end", "text", "type", "actor_id")
            same(f"spaCy and back, {doc_id}", mentions(back[doc_id], *fields), mentions(d, *fields))
    words(files)


def words(files):
    """Words and labels that are symbols of spaCy keep their names, and the
    attributes that no pipeline sets are no labels."""
    nlp = spacy.blank("en")
    doc = nlp(" ".join(name for name in IDS if name))
    doc.set_ents([doc.char_span(0, len(doc[0]), label="ORG")])
    path = files.folder / "symbols.spacy"
    DocBin(docs=[doc, nlp("not labelled")]).to_disk(path)
    files.run("convert", "--to", "jsonl", path, "-o", path.with_suffix(".jsonl"))
    same("spaCy: symbols", path.with_suffix(".jsonl").read_text(encoding="utf-8").count('"text":"IS_ALPHA","type":"ORG"'), 1)
