"""Predictions as a file: a path as it is, annotations in a temporary one."""

import contextlib
import json
import os
import tempfile


@contextlib.contextmanager
def as_file(predictions):
    """The path of predictions: of a file or folder, or of annotations (dicts with a
    doc_id) that are written for the time of the block."""
    if isinstance(predictions, (str, os.PathLike)):
        yield os.fspath(predictions)
        return
    with tempfile.TemporaryDirectory(prefix="mizan-") as folder:
        path = os.path.join(folder, "predictions.jsonl")
        write(predictions, path)
        yield path


def write(predictions, path):
    """Annotations as JSON Lines."""
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        for i, annotation in enumerate(predictions):
            if not isinstance(annotation, dict) or "doc_id" not in annotation:
                raise TypeError(f"predictions[{i}]: found {type(annotation).__name__}, expected a dict with doc_id, mentions and events")
            f.write(json.dumps(annotation, ensure_ascii=False) + "\n")


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]
