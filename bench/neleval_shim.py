"""neleval's own bootstrap on ready counts.

neleval 3.1.1 (2020) imports under Python 3.10 and later only with names that
were dropped since; they are put back here.
"""

import collections
import collections.abc

for name in ("Sequence", "Mapping"):
    setattr(collections, name, getattr(collections.abc, name))
from neleval.evaluate import Matrix  # noqa: E402
from neleval.significance import bootstrap_trials  # noqa: E402


def neleval_bootstrap(counts, resamples):
    """Resamples articles given as (correct, predicted, gold)."""
    articles = [Matrix(c, p - c, c, g - c) for c, p, g in counts]
    return bootstrap_trials(articles, resamples, ["precision", "recall", "fscore"])
