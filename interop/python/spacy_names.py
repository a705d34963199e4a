"""An extractor: the names that a model of spaCy finds.

usage: spacy_names.py MODEL
"""

import importlib
import json
import sys

nlp = importlib.import_module(sys.argv[1]).load()
for line in sys.stdin:
    article = json.loads(line)
    names = [{"start": e.start_char, "end": e.end_char, "text": e.text, "type": e.label_} for e in nlp(article["text"]).ents]
    print(json.dumps({"doc_id": article["doc_id"], "mentions": names}), flush=True)
