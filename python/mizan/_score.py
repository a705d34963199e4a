"""Scores and comparisons."""

import contextlib
import json
from dataclasses import dataclass, field

from ._command import command, flags
from ._predictions import as_file


@dataclass(frozen=True)
class Figure:
    """One line of a score. Undefined ratios are None, never 0 or NaN."""

    name: str
    class_: str
    slice: dict
    correct: object
    predicted: float
    gold: float
    precision: float = None
    recall: float = None
    f1: float = None
    interval: dict = None
    more: dict = field(default_factory=dict, repr=False)


class Result:
    """What `dataset score --json` gives: `result["mentions.strict"]` is the figure over
    all classes, `figures` all of them, `signature` what it was counted on, `warnings`
    what belongs beside the numbers, `json` everything."""

    def __init__(self, text):
        self.text = text
        self.json = json.loads(text)
        self.signature = self.json["signature"]
        self.warnings = self.json.get("warnings") or []
        self.figures = [_figure(m) for m in self.json["metrics"]]

    def __getitem__(self, name):
        return self.figure(name)

    def figure(self, name, class_="", **slice):
        """The figure of a metric, class and slice: figure("mentions.strict", "PER")."""
        for f in self.figures:
            if f.name == name and f.class_ == class_ and f.slice == slice and not f.more.get("average"):
                return f
        known = sorted({f.name for f in self.figures})
        raise KeyError(f"no figure {name} {class_} {slice or ''}; there are {', '.join(known)}")

    def save(self, path):
        """Writes the result for `dataset report`, `compare` and `gate --baseline`."""
        with open(path, "w", encoding="utf-8", newline="\n") as f:
            f.write(self.text)

    def __repr__(self):
        lines = [f"{f.name:32} {_ratio(f.precision)} {_ratio(f.recall)} {_ratio(f.f1)}" for f in self.figures
                 if not f.class_ and not f.slice and not f.more.get("average")]
        return "\n".join([f"{'metric':32}      P      R     F1", *lines])


def _ratio(x):
    return "     –" if x is None else f"{x:6.4f}"


def _figure(m):
    m = dict(m)
    own = {k: m.pop(k, None) for k in ("name", "correct", "predicted", "gold", "precision", "recall", "f1", "interval")}
    return Figure(class_=m.pop("class", "") or "", slice=m.pop("slice", None) or {}, more=m, **own)


def score(pred, release=None, *, metrics=None, by=None, where=None, seed=1, resamples=None, **options):
    """Scores predictions, a path or annotations, against a release, or the embedded
    corpus. Options are those of `dataset score`: level=0.9, ceiling=True, map=["PERS=PER"]."""
    with as_file(pred) as path:
        return Result(command("score", path, "--json", *flags(
            release=release, metrics=metrics, by=by, where=where, seed=seed, resamples=resamples, **options)))


def compare(*predictions, release=None, **options):
    """Compares two systems or more; gives what `dataset compare --json` prints."""
    with contextlib.ExitStack() as stack:
        paths = [stack.enter_context(as_file(p)) for p in predictions]
        return json.loads(command("compare", *paths, "--json", *flags(release=release, **options)))
