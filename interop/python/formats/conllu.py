"""CoNLL-U with CorefUD's Entity against udapi."""

import logging
from urllib.parse import unquote

from udapi.core.document import Document

from . import mentions, same


def check(files):
    logging.disable(logging.WARNING)  # udapi warns of every word without a head
    for set in files.sets:
        written = files.write("conllu", "labels.conllu", set)
        document = Document()
        document.load_conllu(str(written))
        gold = files.labels(set)
        seen = sorted((unquote(m.entity.eid), m.head.form) for m in document.coref_mentions)
        want = [m for d in gold.values() for m in d["mentions"]]
        same("udapi: mentions", len(seen), len(want))
        same("udapi: entities", len({e for e, _ in seen}), len({m.get("actor_id", id(m)) for m in want}))
        again = written.with_name("udapi.conllu")
        document.store_conllu(str(again))
        back = files.read(again, set)
        for doc_id, d in gold.items():
            fields = ("mention_id", "start", "end", "text", "head_start", "head_end", "type", "level", "actor_id")
            same(f"udapi and back, {doc_id}", mentions(back[doc_id], *fields), mentions(d, *fields))
