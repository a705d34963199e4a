"""Agreement of annotation passes against scikit-learn, statsmodels, krippendorff
and pygamma-agreement."""

import logging
import json

import krippendorff
import numpy as np
from pyannote.core import Segment
logging.disable(logging.WARNING)  # pygamma-agreement names its solver at each call
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from . import Comparison

# Figure → (list of the annotation, label).
KAPPAS = {
    "mentions.type": ("mentions", "type"), "mentions.level": ("mentions", "level"),
    "events.type": ("events", "type"), "events.realis": ("events", "realis"),
}
ALPHAS = {"mentions": "mentions", "triggers": "events"}


def check(corpus):
    passes = {**corpus.passes, "gold": corpus.gold}
    kappas = Comparison("scikit-learn", "kappas of types, levels and realis")
    tables = Comparison("statsmodels", "kappas of types, levels and realis")
    alphas = Comparison("krippendorff", "nominal alphas over code points")
    for pair in json.loads(corpus.run("agree", "--release", corpus.release, "--json")):
        a, b, overall = passes[pair["a"]], passes[pair["b"]], pair["agreement"]["overall"]
        title = f"{pair['a']} and {pair['b']}: "
        for figure in overall["kappas"]:
            if figure["name"] in KAPPAS:
                first, second = same_spans(a, b, *KAPPAS[figure["name"]])
                kappas.equal(title + figure["name"], figure["kappa"], cohen_kappa_score(first, second))
                tables.equal(title + figure["name"], figure["kappa"], kappa_of_table(first, second))
                kappas.equal(title + figure["name"] + " items", figure["items"], len(first))
        for figure in overall["alphas"]:
            ratings = np.array([painted(corpus.texts, p, ALPHAS[figure["name"]]) for p in (a, b)])
            theirs = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
            alphas.equal(title + figure["name"], figure["alpha"], theirs)
            alphas.equal(title + figure["name"] + " code points", figure["units"], ratings.shape[1])
    for comparison in (kappas, tables, alphas):
        comparison.done()
    check_gamma(corpus, passes)


def kappa_of_table(first, second):
    table, _ = to_table(np.array([first, second]).T)
    with np.errstate(invalid="ignore"):
        return cohens_kappa(table, return_results=False)


GAMMA_ARTICLES = 5  # a best alignment of 40 units takes about a second


def check_gamma(corpus, passes):
    """Gamma rests on the alignment of units with the least disorder. Where all
    but an identical unit is dearer than none, that is the strict matching: a
    unit without partner costs 1, over the mean number of units of a pass."""
    a, b = sorted(corpus.passes)[:2]
    pair = json.loads(corpus.run("agree", a, b, "--release", corpus.release, "--json"))[0]["agreement"]
    strict = {e["doc_id"]: f["correct"] for e in pair["each"] for f in e["scores"] if f["name"] == "mentions.strict" and not f["class"]}
    dear = CombinedCategoricalDissimilarity(alpha=1e6, beta=1e6, delta_empty=1.0)
    c = Comparison("pygamma-agreement", f"strict matches of {a} and {b}: the best alignment")
    for doc in list(corpus.gold)[:GAMMA_ARTICLES]:
        continuum = Continuum()
        for name in (a, b):
            for m in passes[name][doc]["mentions"]:
                continuum.add(name, Segment(m["start"], m["end"]), m["type"])
        alone = continuum.get_best_alignment(dear).disorder * continuum.avg_num_annotations_per_annotator
        c.equal(doc, strict[doc], (continuum.num_units - alone) / 2, 1e-3)
    c.done()


def same_spans(a, b, items, label):
    """The labels of the items that both passes have, by span."""
    labels = [{(doc, i["start"], i["end"]): i[label] for doc, ann in p.items() for i in ann[items]} for p in (a, b)]
    shared = sorted(labels[0].keys() & labels[1].keys())
    return [labels[0][s] for s in shared], [labels[1][s] for s in shared]


def painted(texts, annotations, items):
    """One label a code point of all texts: that of the longest item over it."""
    out = []
    for doc, text in texts.items():
        row = ["none"] * len(text)
        for i in sorted(annotations[doc][items], key=lambda i: (i["end"] - i["start"], -i["start"])):
            row[i["start"]:i["end"]] = [i["type"]] * (i["end"] - i["start"])
        out += row
    return out
