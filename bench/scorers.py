"""Times other scorers on the workloads of the Go benchmarks.

usage: scorers.py FOLDER

FOLDER holds the files of TestBenchmarkWorkloads. Prints a line for each row of
the table and peer: row, peer, items a second. Reading the files is not timed.
"""

import contextlib
import importlib.metadata
import io
import json
import sys

import nervaluate
import numpy as np
import scorch.scores
from scipy import stats

from neleval_shim import neleval_bootstrap
from timing import best, report

folder = sys.argv[1]


def version(package):
    return f"{package} {importlib.metadata.version(package)}"


def load(name):
    """[(gold, predicted)], a mention being (start, end, type, actor)."""
    with open(f"{folder}/{name}.jsonl", encoding="utf-8") as f:
        return [tuple([tuple(m) for m in side] for side in json.loads(line)) for line in f]


def set_intersection(pairs):
    """Strict counts and nothing else: what a few lines of Python do. A mention
    is (start, end, type)."""
    correct = predicted = gold = 0
    for g, p in pairs:
        g, p = set(g), set(p)
        correct, predicted, gold = correct + len(g & p), predicted + len(p), gold + len(g)
    return correct, predicted, gold


def without_actors(pairs):
    return [tuple([m[:3] for m in side] for side in pair) for pair in pairs]


def run_nervaluate(pairs):
    def entities(mentions):
        return [{"label": m[2], "start": m[0], "end": m[1] - 1} for m in mentions]

    gold, pred = [entities(g) for g, _ in pairs], [entities(p) for _, p in pairs]
    tags = sorted({m[2] for pair in pairs for side in pair for m in side})
    evaluator = nervaluate.Evaluator(gold, pred, tags=tags, loader="dict")
    return best(evaluator.evaluate, runs=1)


def spans():
    # nervaluate's time grows with the square of an article's spans: two long
    # articles tell its speed.
    for name, row, sample in (("spans-1000x100", "spans_short", 200), ("spans-50x2000", "spans_long", 2)):
        pairs = load(name)
        gold = sum(len(g) for g, _ in pairs)
        triples = without_actors(pairs)
        report(row, "Python sets, strict only", gold / best(lambda: set_intersection(triples)))
        part = pairs[:sample]
        report(row, version("nervaluate"), sum(len(g) for g, _ in part) / run_nervaluate(part))


def clusters(mentions):
    by_actor = {}
    for start, end, _, actor in mentions:
        by_actor.setdefault(actor, set()).add((start, end))
    return list(by_actor.values())


def coref():
    """MUC, B³ and CEAFe, article by article; scorch has no LEA."""
    pairs = load("coref-100x300")
    clustered = [(clusters(g), clusters(p)) for g, p in pairs]
    mentions = sum(len(g) for g, _ in pairs)

    def work():
        for key, response in clustered:
            for metric in (scorch.scores.muc, scorch.scores.b_cubed, scorch.scores.ceaf_e):
                metric(key, response)

    report("coref", version("scorch") + ", no LEA", mentions / best(work))


def bootstrap():
    """Precision, recall and F1 of one figure over 1,000 articles."""
    pairs = without_actors(load("spans-1000x100"))
    counts = np.array([set_intersection([pair]) for pair in pairs], dtype=float).T

    def figure(which):
        def statistic(correct, predicted, gold, axis=-1):
            c, p, g = correct.sum(axis=axis), predicted.sum(axis=axis), gold.sum(axis=axis)
            return {"precision": c / p, "recall": c / g, "f1": 2 * c / (p + g)}[which]

        return statistic

    def bca(resamples=2000):
        for which in ("precision", "recall", "f1"):
            stats.bootstrap(tuple(counts), figure(which), paired=True, vectorized=True, n_resamples=resamples,
                            batch=200, method="BCa", rng=np.random.default_rng(1))

    report("bootstrap", version("scipy") + " BCa", 2000 / best(bca))
    with contextlib.redirect_stderr(io.StringIO()):
        report("bootstrap", version("neleval") + " percentile", 100 / best(lambda: neleval_bootstrap(counts.T, 100)))


for part in (spans, coref, bootstrap):
    part()
