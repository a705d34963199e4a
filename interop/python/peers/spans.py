"""Spans against nervaluate, seqeval, scikit-learn and spaCy."""

import functools
import json
import random
import unicodedata

import nervaluate
import numpy as np
import spacy
from seqeval.metrics import accuracy_score
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support as seqeval_prf
from seqeval.metrics.v1 import precision_recall_fscore_support as seqeval_strict
from seqeval.scheme import IOB2
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.metrics import precision_recall_fscore_support as sklearn_prf

from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

from . import Comparison

SCHEMES = ("strict", "exact", "partial", "ent_type")


def check(corpus):
    check_nervaluate(corpus)
    check_seqeval(corpus)
    check_sets(corpus)
    check_average_precision(corpus)


def check_nervaluate(corpus):
    def entities(mentions):
        return [{"label": m["type"], "start": m["start"], "end": m["end"] - 1} for m in mentions]

    gold = [entities(g["mentions"]) for g in corpus.gold.values()]
    pred = [entities(corpus.predicted(doc)) for doc in corpus.gold]
    theirs = nervaluate.Evaluator(gold, pred, tags=corpus.types, loader="dict").evaluate()
    ours = corpus.score("--metrics", ",".join(f"nervaluate.{s}" for s in SCHEMES))
    c = Comparison("nervaluate", "nervaluate.*, classes")
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
    c = Comparison("seqeval", "conlleval.*, classes, as read by default and strictly")
    types = sorted({t[2:] for sentence in gold + pred for t in sentence if t != "O"})
    for mode, prf in (("default", seqeval_prf), ("strict", functools.partial(seqeval_strict, scheme=IOB2))):
        each = prf(gold, pred, average=None, zero_division=0)
        for i, label in enumerate(types):
            figure = ours["conlleval.phrases", label, "", ()]
            for k, ratio in enumerate(("precision", "recall", "f1")):
                c.equal(f"{mode} {label} {ratio}", figure[ratio] or 0.0, each[k][i])
            c.equal(f"{mode} {label} gold", figure["gold"], each[3][i])
        micro = prf(gold, pred, average="micro", zero_division=0)
        for k, ratio in enumerate(("precision", "recall", "f1")):
            c.equal(f"{mode} micro {ratio}", ours["conlleval.phrases", "", "", ()][ratio], micro[k])
    c.equal("accuracy", ours["conlleval.accuracy", "", "", ()]["f1"], accuracy_score(gold, pred))
    c.done()


def check_sets(corpus):
    """Both scorers compare sets, so repeated predictions are left out."""
    pred = without_repeats({doc: {"mentions": corpus.predicted(doc)} for doc in corpus.gold})
    corpus.write_predictions("sets.jsonl", pred)
    ours = corpus.score("--metrics", "mentions.strict", pred="sets.jsonl")
    check_sklearn(corpus, pred, ours)
    check_spacy(corpus, pred, ours)


def check_sklearn(corpus, predicted, ours):
    """Exact span and type as a multilabel problem: a row is a span, a column a type."""
    gold, pred = ({(doc, m["start"], m["end"], m["type"]) for doc, a in side.items() for m in a["mentions"]} for side in (corpus.gold, predicted))
    rows = {span: i for i, span in enumerate(sorted({k[:3] for k in gold | pred}))}
    truth, found = (np.zeros((len(rows), len(corpus.types)), dtype=int) for _ in range(2))
    for matrix, items in ((truth, gold), (found, pred)):
        for key in items:
            matrix[rows[key[:3]], corpus.types.index(key[3])] = 1

    c = Comparison("scikit-learn", "mentions.strict, classes and means")
    left_out = corpus.score("--metrics", "mentions.strict", "--zero-division", "nan", pred="sets.jsonl")
    for figures, division in ((ours, 0), (left_out, np.nan)):
        for average, name in (("micro", ""), ("macro", "macro"), ("weighted", "weighted")):
            theirs = sklearn_prf(truth, found, average=average, zero_division=division)
            for k, ratio in enumerate(("precision", "recall", "f1")):
                c.equal(f"{average} {ratio}, zero_division={division}", figures["mentions.strict", "", name, ()][ratio], theirs[k])
    each = sklearn_prf(truth, found, average=None, zero_division=np.nan)
    for i, label in enumerate(corpus.types):
        for k, ratio in enumerate(("precision", "recall", "f1")):
            c.equal(f"{label} {ratio}", ours["mentions.strict", label, "", ()][ratio], each[k][i])
    c.done()


def check_spacy(corpus, predicted, ours):
    """Every code point is a token, so that spans are what they are here."""
    vocab = spacy.blank("xx").vocab

    def document(text, mentions):
        doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
        doc.spans["all"] = [Span(doc, m["start"], m["end"], label=m["type"]) for m in mentions]
        return doc

    examples = [Example(document(text, predicted[doc]["mentions"]), document(text, corpus.gold[doc]["mentions"]))
                for doc, text in corpus.texts.items()]
    theirs = Scorer.score_spans(examples, "spans_all", getter=lambda doc, _: doc.spans["all"], has_annotation=lambda _: True,
                                allow_overlap=True, labeled=True)
    c = Comparison("spacy", "mentions.strict, classes")
    by_class = theirs["spans_all_per_type"]
    for long, short in (("precision", "p"), ("recall", "r"), ("f1", "f")):
        c.equal(long, ours["mentions.strict", "", "", ()][long], theirs[f"spans_all_{short}"])
        for label in corpus.types:
            # spaCy has 0 where there is nothing to divide by.
            c.equal(f"{label} {long}", ours["mentions.strict", label, "", ()][long] or 0.0, by_class[label][short])
    c.done()


def check_average_precision(corpus):
    """Confidences that tie often, and some that differ in the last digits alone."""
    rng = random.Random(1)
    values = [0.2, 0.5, 0.8, *(1 - i * 1e-7 for i in range(4))]
    sure = without_repeats(corpus.pred)
    gold = {(doc, m["start"], m["end"], m["type"]) for doc, g in corpus.gold.items() for m in g["mentions"]}
    right, confidence = [], []
    for doc, a in sure.items():
        for m in a["mentions"]:
            m["confidence"] = rng.choice(values)
            right.append((doc, m["start"], m["end"], m["type"]) in gold)
            confidence.append(m["confidence"])
    corpus.write_predictions("ties.jsonl", sure)
    ours = json.loads(corpus.run("score", corpus.folder / "ties.jsonl", "--release", corpus.release, "--metrics", "mentions.strict",
                                 "--resamples", "0", "--details", "--json"))["details"]["confidence"]["mention"]
    c = Comparison("scikit-learn", "average precision and curve with ties")
    # Recall there is of the predicted ones that are right; here of all gold.
    found = sum(right) / len(gold)
    c.equal("average precision", ours["average_precision"], average_precision_score(right, confidence) * found)
    precision, recall, thresholds = precision_recall_curve(right, confidence)
    c.equal("points", len(ours["curve"]), len(thresholds))
    for point, p, r, t in zip(reversed(ours["curve"]), precision, recall, thresholds):
        c.equal(f"threshold {t}", point["threshold"], t)
        c.equal(f"precision at {t}", point["precision"], p)
        c.equal(f"recall at {t}", point["recall"], r * found)
    c.done()


def without_repeats(annotations):
    out = {}
    for doc, a in annotations.items():
        kept = {(m["start"], m["end"], m["type"]): m for m in reversed(a["mentions"])}
        out[doc] = {"mentions": list(kept.values())}
    return out
