"""UIMA CAS JSON against dkpro-cassis."""

import warnings

from cassis import load_cas_from_json

from . import mentions, same


def check(files):
    warnings.filterwarnings("ignore", message=".*reserved name in Python.*")  # type is type_ there
    for set in files.sets:
        folder = files.write("casjson", "casjson", set)
        again = folder.with_name("cassis")
        again.mkdir()
        for doc_id, d in files.labels(set).items():
            with open(folder / f"{doc_id}.json", "rb") as f:
                cas = load_cas_from_json(f)
            seen = sorted((a.begin, a.end, a.get_covered_text(), a.type_) for a in cas.select("webanno.custom.Mention"))
            same(f"cassis: mentions of {doc_id}", seen, sorted((m["start"], m["end"], m["text"], m["type"]) for m in d["mentions"]))
            arguments = sorted((e.type_, link.role, link.target.begin) for e in cas.select("webanno.custom.Event") for link in (e.arguments.elements if e.arguments else []))
            by_id = {m["mention_id"]: m for m in d["mentions"]} | {e["event_id"]: e for e in d.get("events", [])}
            want = sorted((e["type"], a["role"], (by_id.get(a.get("mention_id") or a.get("target_event_id")) or a)["start"]) for e in d.get("events", []) for a in e.get("arguments", []))
            same(f"cassis: arguments of {doc_id}", [x for x in want if x not in arguments], [])
            cas.to_json(again / f"{doc_id}.json")
        back = files.read(again, set)
        fields = ("mention_id", "start", "end", "text", "head_start", "head_end", "type", "level", "actor_id")
        for doc_id, d in files.labels(set).items():
            same(f"cassis and back, {doc_id}", mentions(back[doc_id], *fields), mentions(d, *fields))
