"""Intervals against scipy.stats.bootstrap, the paired test of two systems
against scipy.stats.permutation_test, and corrected p-values against
statsmodels.

Both sides draw random numbers of their own, so figures agree within the error
of that; the tolerances are five standard deviations of it.
"""

import json
import math

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

from . import Comparison

RESAMPLES = 100_000
METRICS = ("mentions.strict", "mentions.partial", "conlleval.phrases", "actors.coref.b3")
RATIOS = ("precision", "recall", "f1")


def check(corpus):
    if corpus.name != "generated":
        return  # too few articles
    check_bootstrap(corpus)
    if corpus.offers("compare", "--json"):
        check_compare(corpus)
    else:
        print("interop: dataset compare --json is not there, its permutation test is not compared")


def counts(figures, metric, docs):
    """Per article: correct for precision, predicted, correct for recall, gold."""
    rows = []
    for doc in docs:
        f = figures.get((metric, "", "", (doc,)))
        correct = f["correct"] if f else 0
        if not isinstance(correct, dict):
            correct = {"precision": correct, "recall": correct}
        rows.append([correct["precision"], f["predicted"] if f else 0, correct["recall"], f["gold"] if f else 0])
    return np.array(rows, dtype=float)


def ratio(which, cp, predicted, cr, gold):
    """Precision, recall or F1 of summed counts."""
    p, r = cp / predicted, cr / gold
    return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r)}[which]


def check_bootstrap(corpus):
    docs = list(corpus.gold)[:25]  # few and uneven, so that BCa is not the percentile interval
    where = ("--where", "article=" + ",".join(docs))
    metrics = ("--metrics", ",".join(METRICS))
    each = corpus.score(*metrics, *where, "--by", "article")
    ours = {m: corpus.score(*metrics, *where, "--resamples", str(RESAMPLES), "--interval", m) for m in ("bca", "percentile")}
    c = Comparison("scipy", f"intervals bca and percentile, {len(docs)} articles: bootstrap")
    apart = 0.0
    for metric in METRICS:
        table = counts(each, metric, docs)
        for which in RATIOS:
            for method in ours:
                found = stats.bootstrap(
                    tuple(table.T), lambda *columns, axis=-1: ratio(which, *(x.sum(axis=axis) for x in columns)),
                    paired=True, vectorized=True, n_resamples=RESAMPLES, batch=2000, method="BCa" if method == "bca" else method,
                    confidence_level=0.95, rng=np.random.default_rng(7))
                tolerance = 5 * found.standard_error * end_error(method)
                interval = ours[method][metric, "", "", ()]["interval"][which]
                c.equal(f"{metric} {which} {method} low", interval[0], found.confidence_interval.low, tolerance)
                c.equal(f"{metric} {which} {method} high", interval[1], found.confidence_interval.high, tolerance)
            bca, plain = (ours[m][metric, "", "", ()]["interval"][which] for m in ("bca", "percentile"))
            tolerance = 5 * found.standard_error * end_error("bca")
            apart = max(apart, max(abs(x - y) for x, y in zip(bca, plain)) / tolerance)
    c.true(f"the tolerance tells BCa from percentile ({apart:.2f} tolerances apart at most)", apart > 1)
    c.done()


def end_error(method, z=1.96):
    """The standard deviation of the difference of two Monte-Carlo interval ends,
    in standard errors, for replicates about normal: that of a quantile is
    sqrt(q(1-q)/B)/density. BCa's z0 adds twice its own, sqrt(1/4B)/density(0)."""
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    variance = 0.025 * 0.975 / RESAMPLES / density**2
    if method == "bca":
        variance += 4 * 0.25 / RESAMPLES * 2 * math.pi
    return math.sqrt(2 * variance)


def check_compare(corpus):
    exact, sampled = list(corpus.gold)[20:32], list(corpus.gold)[:80]
    c = Comparison("scipy", f"p of two systems, {len(exact)} articles exact, {len(sampled)} sampled: permutation_test")
    d = Comparison("scipy", "intervals of paired differences: bootstrap")
    e = Comparison("statsmodels", "p after Holm and after Benjamini and Hochberg: multipletests")
    for docs in (exact, sampled):
        check_pair(corpus, docs, c, d, e)
    for comparison in (c, d, e):
        comparison.done()


def check_pair(corpus, docs, tests, intervals, corrections):
    where = ("--where", "article=" + ",".join(docs))
    metrics = ("--metrics", ",".join(METRICS))
    first, second = (corpus.score(*metrics, *where, "--by", "article", pred=name) for name in ("pred.jsonl", "other.jsonl"))
    result = json.loads(corpus.run(
        "compare", corpus.folder / "pred.jsonl", corpus.folder / "other.jsonl", "--release", corpus.release, "--json",
        *metrics, *where, "--resamples", str(RESAMPLES), "--interval", "bca", "--permutations", str(RESAMPLES)))
    ours = {f["name"]: f["systems"][1]["versus_first"] for f in result["figures"] if not f["class"] and not f.get("average")}
    enumerated = len(docs) <= 16
    for metric in METRICS:
        a, b = counts(first, metric, docs), counts(second, metric, docs)
        both = np.concatenate([a, b])
        for which in RATIOS:
            found = ours[metric][which]

            def apart(x, y, axis=-1):
                """|A - B| for row numbers of both, swapped within pairs."""
                sums = [both[i].sum(axis=-2) for i in (x, y)]
                return abs(ratio(which, *np.moveaxis(sums[0], -1, 0)) - ratio(which, *np.moveaxis(sums[1], -1, 0)))

            rows = np.arange(len(docs))
            theirs = stats.permutation_test(
                (rows, rows + len(docs)), apart, permutation_type="samples", vectorized=True, alternative="greater", batch=2000,
                n_resamples=np.inf if enumerated else RESAMPLES // 5, rng=np.random.default_rng(7)).pvalue
            error = math.sqrt(theirs * (1 - theirs) * (5 + 1) / RESAMPLES)
            tests.equal(f"{metric} {which} p, {len(docs)} articles", found["p"], theirs, 1e-9 if enumerated else 5 * error + 1e-3)
            tests.true(f"{metric} {which} is {found['method']}", (found["method"] == "exact") == enumerated)
            if not enumerated:
                check_difference(intervals, f"{metric} {which}", which, a, b, found)
    for which in RATIOS:
        p = [ours[m][which]["p"] for m in METRICS]
        for field, method in (("p_holm", "holm"), ("p_benjamini_hochberg", "fdr_bh")):
            for metric, theirs in zip(METRICS, multipletests(p, method=method)[1]):
                corrections.equal(f"{metric} {which} {field}, {len(docs)} articles", ours[metric][which][field], theirs)


def check_difference(c, name, which, a, b, found):
    def difference(*columns, axis=-1):
        sums = [x.sum(axis=axis) for x in columns]
        return ratio(which, *sums[4:]) - ratio(which, *sums[:4])

    theirs = stats.bootstrap(tuple(np.hstack([a, b]).T), difference, paired=True, vectorized=True, n_resamples=RESAMPLES,
                             batch=1000, method="BCa", rng=np.random.default_rng(7))
    tolerance = 5 * theirs.standard_error * end_error("bca")
    c.equal(f"{name} difference low", found["interval"][0], theirs.confidence_interval.low, tolerance)
    c.equal(f"{name} difference high", found["interval"][1], theirs.confidence_interval.high, tolerance)
