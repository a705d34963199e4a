"""Spans against nervaluate, seqeval and scikit-learn."""

import unicodedata

import nervaluate
import numpy as np
from seqeval.metrics import accuracy_score
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support as seqeval_prf
from sklearn.metrics import precision_recall_fscore_support as sklearn_prf

from . import Comparison
from .corpus import PREDICTED_TYPES


SCHEMES = ("strict", "exact", "partial", "ent_type")


def check(corpus):
    check_nervaluate(corpus)
    check_seqeval(corpus)
    check_sklearn(corpus)


class SummedEvaluator(nervaluate.Evaluator):
    """nervaluate 1.1.0 with its pull request 109: partial credit is kept where
    several documents are added up. Later releases have it too, but match
    otherwise than the metrics nervaluate.*, which follow 1.1.0."""

    @staticmethod
    def _merge_results(target, source):
        for name in ("correct", "incorrect", "partial", "missed", "spurious"):
            setattr(target, name, getattr(target, name) + getattr(source, name))
        # An article has no partial pair in a scheme without partial credit.
        target.compute_metrics(partial_or_type=True)


def check_nervaluate(corpus):
    def entities(mentions):
        return [{"label": m["type"], "start": m["start"], "end": m["end"] - 1} for m in mentions]

    gold = [entities(g["mentions"]) for g in corpus.gold.values()]
    pred = [entities(corpus.predicted(doc)) for doc in corpus.gold]
    theirs = SummedEvaluator(gold, pred, tags=PREDICTED_TYPES, loader="dict").evaluate()
    ours = corpus.score("--metrics", ",".join(f"nervaluate.{s}" for s in SCHEMES))
    c = Comparison("nervaluate", "nervaluate.*, all classes, pull request 109 applied,")
    for scheme in SCHEMES:
        for label, result in [("", theirs["overall"][scheme])] + [(t, r[scheme]) for t, r in theirs["entities"].items()]:
            name = f"nervaluate.{scheme}"
            figure = ours[name, label, "", ()]
            for short, long in (("cor", "correct"), ("inc", "incorrect"), ("par", "partial"), ("mis", "missed"), ("spu", "spurious")):
                c.equal(f"{name} {label} {short}", figure["counts"][short], getattr(result, long))
            c.equal(f"{name} {label} predicted", figure["predicted"], result.actual)
            c.equal(f"{name} {label} gold", figure["gold"], result.possible)
            for ratio in ("precision", "recall", "f1"):
                # nervaluate has 0 where there is nothing to divide by.
                c.equal(f"{name} {label} {ratio}", figure[ratio] or 0.0, getattr(result, ratio))
    c.done()


def tokens(text):
    """Runs of letters, marks and digits; any other character but white space alone."""
    out, word = [], False
    for i, ch in enumerate(text):
        if ch.isspace():
            word = False
            continue
        letter = unicodedata.category(ch)[0] in "LM" or unicodedata.category(ch) == "Nd"
        if letter and word:
            out[-1][1] = i + 1
        else:
            out.append([i, i + 1])
        word = letter
    return out


def tags(text, mentions):
    """IOB2 tags of the outermost mentions: in text order, the longer first, a
    mention takes the tokens that it overlaps unless one is taken."""
    places = tokens(text)
    out = ["O"] * len(places)
    for m in sorted(mentions, key=lambda m: (m["start"], -m["end"], m["type"])):
        inside = [i for i, (start, end) in enumerate(places) if start < m["end"] and end > m["start"]]
        if inside and all(out[i] == "O" for i in inside):
            for i in inside:
                out[i] = "I-" + m["type"]
            out[inside[0]] = "B-" + m["type"]
    return out


def check_seqeval(corpus):
    gold = [tags(corpus.texts[doc], g["mentions"]) for doc, g in corpus.gold.items()]
    pred = [tags(corpus.texts[doc], corpus.predicted(doc)) for doc in corpus.gold]
    ours = corpus.score("--metrics", "conlleval.phrases,conlleval.accuracy")
    c = Comparison("seqeval", "conlleval.*, all classes and means,")
    types = sorted({t[2:] for sentence in gold + pred for t in sentence if t != "O"})
    each = seqeval_prf(gold, pred, average=None, zero_division=0)
    for i, label in enumerate(types):
        figure = ours["conlleval.phrases", label, "", ()]
        for k, ratio in enumerate(("precision", "recall", "f1")):
            c.equal(f"{label} {ratio}", figure[ratio] or 0.0, each[k][i])
        c.equal(f"{label} gold", figure["gold"], each[3][i])
    for k, ratio in enumerate(("precision", "recall", "f1")):
        micro = seqeval_prf(gold, pred, average="micro", zero_division=0)[k]
        c.equal(f"micro {ratio}", ours["conlleval.phrases", "", "", ()][ratio], micro)
    c.equal("accuracy", ours["conlleval.accuracy", "", "", ()]["f1"], accuracy_score(gold, pred))
    c.done()


def check_sklearn(corpus):
    """Exact span and type as a multilabel problem: a row is a span, a column a type."""
    gold = {(doc, m["start"], m["end"], m["type"]) for doc, g in corpus.gold.items() for m in g["mentions"]}
    pred, repeated = set(), False
    for doc in corpus.gold:
        for m in corpus.predicted(doc):
            key = (doc, m["start"], m["end"], m["type"])
            repeated |= key in pred
            pred.add(key)
    corpus.write_predictions("sets.jsonl", without_repeats(corpus.pred))
    ours = corpus.score("--metrics", "mentions.strict", pred="sets.jsonl")
    rows = {span: i for i, span in enumerate(sorted({k[:3] for k in gold | pred}))}
    truth, found = (np.zeros((len(rows), len(PREDICTED_TYPES)), dtype=int) for _ in range(2))
    for matrix, items in ((truth, gold), (found, pred)):
        for key in items:
            matrix[rows[key[:3]], PREDICTED_TYPES.index(key[3])] = 1

    c = Comparison("scikit-learn", "precision, recall, F1 of mentions.strict, classes and means,")
    c.true("some predictions are repeated", repeated)
    for average, name in (("micro", ""), ("macro", "macro"), ("weighted", "weighted")):
        # A ratio without denominator is left out of a mean, here and there.
        theirs = sklearn_prf(truth, found, average=average, zero_division=0)
        for k, ratio in enumerate(("precision", "recall", "f1")):
            c.equal(f"{average} {ratio}", ours["mentions.strict", "", name, ()][ratio], theirs[k])
    each = sklearn_prf(truth, found, average=None, zero_division=np.nan)
    for i, label in enumerate(PREDICTED_TYPES):
        for k, ratio in enumerate(("precision", "recall", "f1")):
            c.equal(f"{label} {ratio}", ours["mentions.strict", label, "", ()][ratio], each[k][i])
    c.done()


def without_repeats(annotations):
    out = {}
    for doc, a in annotations.items():
        kept = {(m["start"], m["end"], m["type"]): m for m in reversed(a["mentions"])}
        out[doc] = {"mentions": list(kept.values())}
    return out
