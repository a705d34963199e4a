"""Entities as JSON: spaCy trains on them, LangExtract's own files are read."""

import json
import warnings

import langextract as lx
import spacy
from langextract.data import AlignmentStatus, AnnotatedDocument, CharInterval, Extraction
from spacy.training import Example

from . import TEXT, mentions, same


def check(files):
    warnings.filterwarnings("ignore", message=".*W030.*")  # mentions behind a proclitic begin inside a token
    nlp = spacy.blank("ar")
    for set in files.sets:
        written = files.write("entities", "entities.jsonl", set)
        for line in written.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            Example.from_dict(nlp.make_doc(record["text"]), {"entities": record["entities"]})  # refuses overlaps
            gold = {(m["start"], m["end"], m["type"]) for m in files.labels(set)[record["doc_id"]]["mentions"]}
            same("entities that are no mentions", [e for e in record["entities"] if tuple(e) not in gold], [])
        data = json.loads(files.write("gliner", "gliner.json", set).read_text(encoding="utf-8"))
        for record in data:
            gold = sorted((m["text"].split(), m["type"]) for m in files.labels(set)[record["doc_id"]]["mentions"])
            same("GLiNER: words and types", sorted(("".join(record["tokenized_text"][a:b + 1]), t) for a, b, t in record["ner"]), sorted(("".join(w), t) for w, t in gold))
    extract(files)


def extract(files):
    """LangExtract's writer, with an extraction that it did not find."""
    start = TEXT.index("بوتين")
    document = AnnotatedDocument(document_id="a", text=TEXT, extractions=[
        Extraction("PER", "بوتين", char_interval=CharInterval(start, start + 5), alignment_status=AlignmentStatus.MATCH_EXACT, attributes={"level": "NAM"}),
        Extraction("GPE", "موسكو")])
    lx.io.save_annotated_documents([document], output_dir=str(files.folder), output_name="langextract.jsonl", show_progress=False)
    back = files.read(files.folder / "langextract.jsonl", "made")["a"]
    same("LangExtract", mentions(back, "start", "text", "type", "level"), sorted([(str(start), "بوتين", "PER", "NAM"), (str(TEXT.index("موسكو")), "موسكو", "GPE", "")]))
