"""Checks of Mizan's figures against other Python packages on the same data.

Each module has a function check(corpus) that compares with one or more
packages and calls Comparison.done at the end of each comparison.
"""

import importlib.metadata
import math
import sys


class Comparison:
    """Collects pairs of figures, ours and a package's, for one row of the table."""

    MOST_SHOWN = 10
    corpus = ""  # name of the corpus that is being compared on
    rows = []  # all comparisons that were done
    skipped = []  # what could not be compared, and why

    def __init__(self, package, what, version=None):
        self.package, self.version, self.what = package, version or importlib.metadata.version(package), what
        self.where = self.corpus
        self.figures = 0
        self.differences = []

    def equal(self, name, ours, theirs, tolerance=1e-9):
        """Compares one figure. None and NaN are "undefined" and equal each other."""
        self.figures += 1
        ours, theirs = _undefined_as_none(ours), _undefined_as_none(theirs)
        if ours is None or theirs is None:
            same = ours is theirs
        else:
            same = abs(ours - theirs) <= tolerance
        if not same:
            self.differences.append(f"{name}: ours {ours}, theirs {theirs}, tolerance {tolerance}")

    def true(self, name, condition):
        """Asserts something about the check itself, so that it cannot pass empty."""
        if not condition:
            sys.exit(f"interop: {self.package}, {self.what}, {self.where}: does not hold: {name}")

    def done(self):
        self.true("something was compared", self.figures)
        Comparison.rows.append(self)


def report():
    """Prints the table; a figure that differs ends the program with exit code 1
    and both numbers."""
    rows = [("package", "version", "corpus", "compared with", "figures", "equal")]
    for c in Comparison.rows:
        rows.append((c.package, c.version, c.where, c.what, str(c.figures), str(c.figures - len(c.differences))))
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    for row in rows:
        left = "  ".join(cell.ljust(w) for cell, w in zip(row[:4], widths))
        print(f"interop: {left}  {row[4]:>{widths[4]}}  {row[5]:>{widths[5]}}")
    for line in Comparison.skipped:
        print(f"interop: {line}")
    wrong = [c for c in Comparison.rows if c.differences]
    for c in wrong:
        print(f"interop: {c.package}, {c.what}, {c.where}: {len(c.differences)} of {c.figures} figures differ:", file=sys.stderr)
        print("  " + "\n  ".join(c.differences[: c.MOST_SHOWN]), file=sys.stderr)
    if wrong:
        sys.exit(1)


def _undefined_as_none(value):
    return None if value is None or math.isnan(value) else float(value)
