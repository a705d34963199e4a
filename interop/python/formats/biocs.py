"""BioC XML and JSON against bioc."""

from bioc import biocjson, biocxml

from . import mentions, same


def check(files):
    for set in files.sets:
        for to, name, tool in (("bioc", "bioc.xml", biocxml), ("biocjson", "bioc.json", biocjson)):
            written = files.write(to, name, set)
            with open(written, encoding="utf-8") as f:
                collection = tool.load(f)
            gold = files.labels(set)
            for document in collection.documents:
                passage = document.passages[0]
                types = {m["type"] for m in gold[document.id]["mentions"]}
                seen = sorted((l.offset, l.end, passage.text[l.offset:l.end], a.infons["type"]) for a in passage.annotations for l in a.locations if a.infons["type"] in types)
                same(f"bioc: {name}, mentions of {document.id}", seen, sorted((m["start"], m["end"], m["text"], m["type"]) for m in gold[document.id]["mentions"]))
            again = written.with_name("again-" + name)
            with open(again, "w", encoding="utf-8") as f:
                tool.dump(collection, f)
            back = files.read(again, set)
            fields = ("mention_id", "start", "end", "text", "head_start", "head_end", "type", "level", "actor_id")
            for doc_id, d in gold.items():
                same(f"bioc: {name} and back, {doc_id}", mentions(back[doc_id], *fields), mentions(d, *fields))
                same(f"bioc: {name} and back, arguments of {doc_id}", arguments(back[doc_id]), arguments(d))


def arguments(document):
    return sorted((e["event_id"], a["role"], a.get("mention_id", ""), a.get("target_event_id", ""), a.get("start", -1)) for e in document.get("events", []) for a in e.get("arguments", []))
