"""Coreference and linking against scorch, neleval and corefud-scorer."""

import collections
import collections.abc
import contextlib
import io
import os
import sys

import numpy as np
import scorch.scores

from . import Comparison

# neleval 3.1.1 (2020) imports and runs under Python 3.10 and numpy 1.24, and
# later, only with the names that they dropped.
for name in ("Sequence", "Mapping"):
    setattr(collections, name, getattr(collections.abc, name))
np.int = int
from neleval.annotation import Annotation, Candidate  # noqa: E402
from neleval.configs import MEASURES  # noqa: E402
from neleval.document import Document  # noqa: E402
from neleval.evaluate import Evaluate  # noqa: E402


def check(corpus):
    check_scorch(corpus)
    check_neleval(corpus)
    folder = os.environ.get("COREFUD_SCORER")
    if folder:
        check_corefud(corpus, folder)
    elif corpus.name == "generated":
        Comparison.skipped.append("corefud-scorer is not compared: COREFUD_SCORER names no folder with it")


def clusters(doc, mentions, keep):
    """The article's clusters as sets of (doc, start, end). keep is how one of
    several mentions with one span is chosen; a mention without actor is alone."""
    by_span = {}
    for m in sorted(mentions, key=keep):
        by_span.setdefault((doc, m["start"], m["end"]), m.get("actor_id"))
    by_actor = collections.defaultdict(set)
    for span, actor in by_span.items():
        by_actor[actor or span].add(span)
    return list(by_actor.values())


def first(_):
    return 0  # sorting is stable


def once(mentions):
    """The first mention of each span."""
    kept = {}
    for m in mentions:
        kept.setdefault((m["start"], m["end"]), m)
    return list(kept.values())


SCORCH = {"muc": scorch.scores.muc, "bcub": scorch.scores.b_cubed, "ceafm": scorch.scores.ceaf_m, "ceafe": scorch.scores.ceaf_e}
ACTORS = {"muc": "muc", "bcub": "b3", "ceafm": "ceafm", "ceafe": "ceafe"}


def check_scorch(corpus):
    """The sums over articles are those of one clustering of all articles, since
    no cluster reaches across articles; only BLANC has links between them, so it
    is compared article by article. Mentions are spans to scorch, while
    actors.coref keeps several on one span apart: it is given one a span."""
    kept = {doc: {"mentions": once(a["mentions"])} for doc, a in corpus.pred.items()}
    corpus.write_predictions("once.jsonl", kept)
    ours = corpus.score("--metrics", ",".join(f"conll.{m}" for m in [*SCORCH, "blanc"]), "--by", "article")
    ours |= corpus.score("--metrics", "actors.coref", pred="once.jsonl")
    c = Comparison("scorch", "conll.*, actors.coref.*; BLANC by article")
    for family, names in (("conll", {m: m for m in SCORCH}), ("actors.coref", ACTORS)):
        key = [s for doc, g in corpus.gold.items() for s in clusters(doc, g["mentions"], first)]
        response = [s for doc in corpus.gold for s in clusters(doc, corpus.predicted(doc), first)]
        for metric, score in SCORCH.items():
            figure = ours[f"{family}.{names[metric]}", "", "", ()]
            for ratio, theirs in zip(("recall", "precision", "f1"), score(key, response)):
                c.equal(f"{family}.{names[metric]} {ratio}", figure[ratio], theirs)
    for doc, gold in corpus.gold.items():
        key, response = clusters(doc, gold["mentions"], first), clusters(doc, corpus.predicted(doc), first)
        if key and response:
            figure = ours["conll.blanc", "", "", (doc,)]
            for ratio, theirs in zip(("recall", "precision", "f1"), scorch.scores.blanc(key, response)):
                c.equal(f"conll.blanc {doc} {ratio}", figure[ratio], theirs)
    c.done()


def check_corefud(corpus, folder):
    """Exact match with singletons kept, which is what conll.* are. It leaves a
    kind of pairs out of BLANC where neither side has any: here both have both."""
    sys.path.insert(0, folder)
    from scorer.eval import evaluator
    from scorer.ua.mention import UAMention

    def read(doc, mentions):
        found = [[UAMention([s], [e - 1], None, True) for _, s, e in cluster] for cluster in clusters(doc, mentions, first)]
        return found, {m: i for i, cluster in enumerate(found) for m in cluster}

    documents = {}
    for doc, gold in corpus.gold.items():
        key, of_key = read(doc, gold["mentions"])
        response, of_response = read(doc, corpus.predicted(doc))
        documents[doc] = (key, response, of_response, of_key, {})
    names = {"muc": evaluator.muc, "bcub": evaluator.b_cubed, "ceafm": evaluator.ceafm, "ceafe": evaluator.ceafe,
             "lea": evaluator.lea, "blanc": [evaluator.blancc, evaluator.blancn]}
    ours = corpus.score("--metrics", ",".join(f"conll.{m}" for m in names))
    c = Comparison("corefud-scorer", "conll.*, exact match", version="of the folder")
    for name, metric in names.items():
        for ratio, theirs in zip(("recall", "precision", "f1"), evaluator.evaluate_documents(documents, metric)):
            c.equal(f"conll.{name} {ratio}", ours[f"conll.{name}", "", "", ()][ratio], theirs)
    c.done()


def check_neleval(corpus):
    """Mentions without actor are left out of the predictions: neleval reads no
    empty id. Its clusterings keep the last of repeated mentions, ours the first,
    and it asks for input without them, so they are left out too."""
    kept = {doc: {"mentions": linked_once(a["mentions"])} for doc, a in corpus.pred.items()}
    corpus.write_predictions("linked.jsonl", kept)

    def documents(annotations):
        return [Document(doc, [Annotation(doc, m["start"], m["end"] - 1, [Candidate(m["actor_id"], 1.0, m["type"])])
                               for m in a["mentions"]]) for doc, a in annotations.items()]

    measures = sorted(MEASURES)
    with contextlib.redirect_stderr(io.StringIO()):  # it warns of optional speed-ups
        theirs = Evaluate(documents(kept), documents(corpus.gold), measures=measures)()
    ours = corpus.score("--metrics", ",".join(f"neleval.{m}" for m in measures), pred="linked.jsonl")
    c = Comparison("neleval", "neleval.*")
    for measure in measures:
        figure, result = ours[f"neleval.{measure}", "", "", ()], theirs[measure]
        for ratio, name in (("precision", "precision"), ("recall", "recall"), ("f1", "fscore")):
            c.equal(f"neleval.{measure} {ratio}", figure[ratio], result[name])
        found = figure["correct"]
        found = found if isinstance(found, dict) else {"precision": found, "recall": found}
        c.equal(f"neleval.{measure} ptp", found["precision"], result["ptp"], 1e-6)
        c.equal(f"neleval.{measure} fn", figure["gold"] - found["recall"], result["fn"], 1e-6)
    c.done()


def linked_once(mentions):
    kept = {}
    for m in mentions:
        if "actor_id" in m:
            kept.setdefault((m["start"], m["end"]), m)
    return list(kept.values())
