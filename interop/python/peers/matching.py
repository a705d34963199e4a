"""Optimal one-to-one matching against scipy's linear_sum_assignment."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from . import Comparison

# Grades of a pair that overlaps, by scheme: 3 correct, 2 partial, 1 incorrect.
SCHEMES = {
    "mentions.strict": lambda span, kind: 3 if span and kind else 1,
    "mentions.exact": lambda span, kind: 3 if span else 1,
    "mentions.partial": lambda span, kind: 3 if span else 2,
    "mentions.type": lambda span, kind: 3 if kind else 1,
}


def check(corpus):
    ours = corpus.score("--metrics", "mentions")
    c = Comparison("scipy", "mentions.*, each article: linear_sum_assignment")
    each = corpus.score("--metrics", "mentions", "--by", "article")
    for name, grade in SCHEMES.items():
        total = np.zeros(5, dtype=int)
        for doc, gold in corpus.gold.items():
            counts = match(gold["mentions"], corpus.predicted(doc), grade)
            compare(c, f"{name} {doc}", each[name, "", "", (doc,)], counts)
            total += counts
        compare(c, name, ours[name, "", "", ()], total)
    c.done()


def compare(c, name, figure, counts):
    for kind, n in zip(("cor", "par", "inc", "mis", "spu"), counts):
        c.equal(f"{name} {kind}", figure["counts"][kind], n)


def match(gold, pred, grade):
    """(correct, partial, incorrect, missed, spurious) of the matching that is
    lexicographically greatest in the first three."""
    grades = np.zeros((len(gold), len(pred)), dtype=int)
    for i, g in enumerate(gold):
        for j, p in enumerate(pred):
            if g["start"] < p["end"] and p["start"] < g["end"]:
                grades[i, j] = grade((g["start"], g["end"]) == (p["start"], p["end"]), g["type"] == p["type"])
    # No number of pairs of one grade outweighs a pair of a better one, and the
    # weights stay below 2^53, where a float is exact.
    base = min(len(gold), len(pred)) + 1
    weights = np.array([0, 1, base, base * base], dtype=float)
    rows, columns = linear_sum_assignment(weights[grades], maximize=True)
    n = np.bincount(grades[rows, columns], minlength=4)
    matched = n[1] + n[2] + n[3]
    return np.array([n[3], n[2], n[1], len(gold) - matched, len(pred) - matched])
