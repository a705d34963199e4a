"""Files of Mizan opened by the tools whose formats they are, and back."""

import json
import pathlib
import subprocess
import sys

# The emoji is one code point, two UTF-16 units and four bytes: every offset
# behind it tells the three apart.
TEXT = "😀 قال بوتين إن موسكو ترحب\nوأضاف 𐎀 وماكرون في باريس بهذا"


def span(surface, type, id, **more):
    start = TEXT.index(surface)
    return {"mention_id": id, "start": start, "end": start + len(surface), "text": surface, "type": type, **more}


MENTIONS = [
    span("بوتين", "PER", "m1", level="NAM", actor_id="vladimir-putin"),
    span("موسكو", "GPE", "m2", actor_id="moscow"),
    span("ماكرون في باريس", "PER", "m3", actor_id="macron"),
    span("باريس", "GPE", "m4"),
]
EVENTS = [{**{k: v for k, v in span("قال", "CONSULT", "").items() if k != "mention_id"}, "event_id": "e1",
           "arguments": [{"role": "ACTOR", "mention_id": "m1"}, {"role": "LOCATION", "mention_id": "m2"}]}]


class Files:
    """Two sets of labels, the default corpus' and a made-up one with an emoji
    before Arabic mentions, and the program that converts them."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, pathlib.Path(folder)
        made = self.folder / "made"
        (made / "articles").mkdir(parents=True)
        (made / "articles" / "a.txt").write_text(TEXT, encoding="utf-8")
        labels = made / "labels.jsonl"
        labels.write_text(json.dumps({"doc_id": "a", "mentions": MENTIONS, "events": EVENTS}, ensure_ascii=False) + "\n", encoding="utf-8")
        self.run("build", "--articles", made / "articles", "-o", made / "release")
        self.run("export", "--to", "json", "-o", self.folder / "labels")
        self.sets = {"made": (labels, ["--release", made / "release"]), "default": (self.folder / "labels", [])}

    def run(self, *arguments):
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            sys.exit(f"interop: dataset {' '.join(map(str, arguments))} failed:\n{done.stderr}")
        return done.stderr

    def write(self, to, name, set, *flags):
        """The path of a set's labels in a format."""
        out = self.folder / set / name
        out.parent.mkdir(exist_ok=True)
        source, release = self.sets[set]
        self.run("convert", "--to", to, source, "-o", out, *release, *flags)
        return out

    def read(self, path, set, *flags):
        """The documents that Mizan reads from a file, by doc_id."""
        back = path.with_name(path.name + ".back.jsonl")
        self.run("convert", *flags, "--to", "jsonl", path, "-o", back, *self.sets[set][1])
        return {d["doc_id"]: d for d in map(json.loads, back.read_text(encoding="utf-8").splitlines())}

    def labels(self, set):
        """The labels that were put in, by doc_id."""
        source = self.sets[set][0]
        if source.is_file():
            return {d["doc_id"]: d for d in map(json.loads, source.read_text(encoding="utf-8").splitlines())}
        return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(source.glob("*.json")) if p.name != "actors.json"}


def mentions(document, *fields):
    """A document's mentions as sorted tuples of fields."""
    return sorted(tuple(str(m.get(f, "")) for f in fields) for m in document.get("mentions", []))


def same(what, got, want):
    if got != want:
        missing, extra = [x for x in want if x not in got][:3], [x for x in got if x not in want][:3]
        sys.exit(f"interop: {what}: {len(got)} against {len(want)}, missing {missing}, too many {extra}")
