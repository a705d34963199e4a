"""Agreement of annotation passes against scikit-learn and krippendorff."""

import json

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

from . import Comparison

# Figure → (list of the annotation, label).
KAPPAS = {
    "mentions.type": ("mentions", "type"), "mentions.level": ("mentions", "level"),
    "events.type": ("events", "type"), "events.realis": ("events", "realis"),
}
ALPHAS = {"mentions": "mentions", "triggers": "events"}


def check(corpus):
    passes = {**corpus.passes, "gold": corpus.gold}
    kappas = Comparison("scikit-learn", "cohen_kappa_score: types, levels and realis of two passes,")
    alphas = Comparison("krippendorff", "nominal alpha over code points,")
    for pair in json.loads(corpus.run("agree", "--release", corpus.release, "--json")):
        a, b, overall = passes[pair["a"]], passes[pair["b"]], pair["agreement"]["overall"]
        title = f"{pair['a']} and {pair['b']}: "
        for figure in overall["kappas"]:
            if figure["name"] in KAPPAS:
                first, second = same_spans(a, b, *KAPPAS[figure["name"]])
                kappas.equal(title + figure["name"], figure["kappa"], cohen_kappa_score(first, second))
                kappas.equal(title + figure["name"] + " items", figure["items"], len(first))
        for figure in overall["alphas"]:
            ratings = np.array([painted(corpus.texts, p, ALPHAS[figure["name"]]) for p in (a, b)])
            theirs = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
            alphas.equal(title + figure["name"], figure["alpha"], theirs)
            alphas.equal(title + figure["name"] + " code points", figure["units"], ratings.shape[1])
    kappas.done()
    alphas.done()


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
