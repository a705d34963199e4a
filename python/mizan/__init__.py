"""Score extractors of actors and events, and load the corpora that they are scored on.

A thin layer over the command `dataset`, which comes with this package: predictions go
in, results come out, and what the command refuses is an exception.

    import mizan
    predictions = mizan.run(my_function)          # article dict in, annotation dict out
    result = mizan.score(predictions)
    print(result["mentions.strict"].f1, result.warnings)
    tables = mizan.load(to="polars")              # the embedded corpus, or load("release")
"""

from ._command import CheckFailed, MizanError, UsageError, binary, command
from ._load import build, load
from ._run import ExtractorError, run
from ._score import Figure, Result, compare, score

__all__ = ["CheckFailed", "ExtractorError", "Figure", "MizanError", "Result", "UsageError",
           "binary", "build", "command", "compare", "load", "run", "score"]
