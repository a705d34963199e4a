"""Checks of Mizan's figures against other Python packages on the same data.

Each module has a function check(corpus) that compares with one or two
packages and calls Comparison.done at its end.
"""

import importlib.metadata
import math
import sys


class Comparison:
    """Collects pairs of figures, ours and a package's, and prints one line.

    A pair that differs ends the program with exit code 1 and both numbers.
    """

    MOST_SHOWN = 10

    def __init__(self, package, what):
        self.title = f"{package} {importlib.metadata.version(package)}: {what}"
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
            self.differences.append(f"{name}: does not hold")

    def done(self):
        if not self.figures:
            sys.exit(f"interop: {self.title.rstrip(',')}: nothing was compared")
        if self.differences:
            shown = "\n  ".join(self.differences[: self.MOST_SHOWN])
            sys.exit(f"interop: {self.title.rstrip(',')}: {len(self.differences)} of {self.figures} figures differ:\n  {shown}")
        print(f"interop: {self.title} agrees on {self.figures} figures", flush=True)


def _undefined_as_none(value):
    return None if value is None or math.isnan(value) else float(value)
