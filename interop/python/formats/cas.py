"""UIMA CAS XMI with its type system against cassis."""

import pathlib
import warnings

import cassis

from . import mentions, same


def check(files):
    warnings.simplefilter("ignore")  # the feature type is type_ in Python
    for set in files.sets:
        written = files.write("xmi", "cas", set)
        types = cassis.load_typesystem((written / "TypeSystem.xml").read_text(encoding="utf-8"))
        gold = files.labels(set)
        again = pathlib.Path(f"{written}-cassis")
        again.mkdir()
        for doc_id, d in gold.items():
            cas = cassis.load_cas_from_xmi((written / f"{doc_id}.xmi").read_text(encoding="utf-8"), typesystem=types)
            seen = [(m.get_covered_text(), m.type_ or "") for m in cas.select("webanno.custom.Mention")]
            same(f"cassis: mentions of {doc_id}", sorted(seen), mentions(d, "text", "type"))
            roles = [(e.get_covered_text(), a.role, a.target.get_covered_text()) for e in cas.select("webanno.custom.Event")
                     for a in (e.arguments.elements if e.arguments else []) if a.role not in ("SOURCE", "CUE")]
            same(f"cassis: arguments of {doc_id}", len(roles), sum(len(e.get("arguments", [])) for e in d.get("events", [])))
            cas.to_xmi(again / f"{doc_id}.xmi")
        back = files.read(again, set)
        for doc_id, d in gold.items():
            fields = ("mention_id", "start", "end", "text", "head_start", "head_end", "type", "level", "actor_id")
            same(f"cassis and back, {doc_id}", mentions(back[doc_id], *fields), mentions(d, *fields))
            same(f"cassis and back, events of {doc_id}", len(back[doc_id].get("events", [])), len(d.get("events", [])))
