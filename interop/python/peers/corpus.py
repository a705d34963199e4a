"""The corpora and the commands that Mizan runs on them: one is made up
(articles, gold labels, two annotation passes and predictions, all drawn from one
seed), the other is the default corpus with one of its passes as predictions.

Made-up spans are half-open in code points. Gold mentions nest and never cross;
predicted ones do what they like: they cross, repeat, have types that gold never
has, lack actors, or leave an article out.
"""

import json
import pathlib
import random
import subprocess
import sys

import pyarrow.parquet as pq

SEED = 20160706
ARTICLES = 120
# Letters, astral characters, digits and punctuation, so that code points,
# UTF-16 units and bytes differ and tokens are not words.
WORDS = ("الرئيس موسكو واشنطن 😀 بحث اتصال هاتفي وزير الخارجية 𐎀𐎁 GDP-2016 أكد، جنيف "
         "the U.N. والمعارضة بالسفير دمشق قمة (لقاء) وفد أنقرة").split()
GOLD_TYPES = ["PER", "ORG", "GPE", "GRP"]
PREDICTED_TYPES = GOLD_TYPES + ["LOC"]  # LOC is never gold
LEVELS = ["NAM", "NOM", "PRO"]
EVENT_TYPES = ["CONSULT", "AID", "ACCUSE", "AGREE"]
REALIS = ["actual", "other"]
MENTION_FIELDS = ["mention_id", "start", "end", "text", "type", "level", "actor_id"]
EVENT_FIELDS = ["event_id", "start", "end", "text", "type", "realis"]
ACTORS = [f"actor-{i:02}" for i in range(30)]


class Corpus:
    """What both corpora can do. texts, gold and pred are by article, passes by
    annotator and article; types are those of predicted mentions."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.release = self.folder / "release"

    def write_predictions(self, name, annotations):
        lines = (json.dumps({"doc_id": doc, **a}, ensure_ascii=False) + "\n" for doc, a in annotations.items())
        put(self.folder / name, "".join(lines))

    def run(self, *arguments):
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
        if done.returncode:
            sys.exit(f"interop: dataset {' '.join(map(str, arguments))} failed:\n{done.stderr}")
        return done.stdout

    def offers(self, command, flag=""):
        """Whether the command is there, and its help names the flag."""
        done = subprocess.run([self.binary, command, "--help"], capture_output=True, text=True, encoding="utf-8")
        return done.returncode == 0 and f"dataset {command} " in done.stdout and flag in done.stdout

    def score(self, *flags, pred="pred.jsonl"):
        """The figures of `dataset score --json` by (name, class, average, slice values)."""
        if "--resamples" not in flags:
            flags += ("--resamples", "0")
        result = json.loads(self.run("score", self.folder / pred, "--release", self.release, "--json", *flags))
        return {(f["name"], f["class"], f.get("average", ""), tuple(f["slice"].values())): f for f in result["metrics"]}

    def predicted(self, doc):
        """The predicted mentions of an article, in file order; an omitted one has none."""
        return self.pred[doc]["mentions"] if doc in self.pred else []


class GeneratedCorpus(Corpus):
    name = "generated"
    types = PREDICTED_TYPES

    def __init__(self, binary, folder):
        super().__init__(binary, folder)
        rng = random.Random(SEED)
        self.texts, self.gold, self.pred, self.passes = {}, {}, {}, {"anna": {}, "basil": {}}
        for i in range(ARTICLES):
            doc = f"doc-{i:04}"
            text, words = make_text(rng)
            self.texts[doc] = text
            self.gold[doc] = make_gold(rng, text, words)
            if i % 40 != 7:  # the predictions leave some articles out
                self.pred[doc] = make_prediction(rng, text, self.gold[doc], skip=i % 40 == 11)
            for annotator in self.passes:
                self.passes[annotator][doc] = make_pass(rng, text, self.gold[doc])
        self.other = {doc: make_prediction(rng, self.texts[doc], g) for doc, g in self.gold.items()}
        self.write()

    def write(self):
        articles, labels = self.folder / "articles", self.folder / "labels"
        for doc, text in self.texts.items():
            put(articles / f"{doc}.txt", text + "\n")
            # The record says that every line is text; without it, title and body would be looked for.
            put(articles / f"{doc}.yaml", f"lines:\n  body: [1-{text.count(chr(10)) + 1}]\n")
            put_json(labels / f"{doc}.json", {"doc_id": doc, **self.gold[doc]})
            for annotator, annotations in self.passes.items():
                put_json(labels / "passes" / annotator / f"{doc}.json", {"doc_id": doc, **annotations[doc]})
        put_json(labels / "actors.json", [{"actor_id": a, "name_en": a, "type": "PER"} for a in ACTORS])
        self.write_predictions("pred.jsonl", self.pred)
        self.write_predictions("other.jsonl", self.other)
        self.run("build", "-o", self.release, "--articles", articles, "--labels", labels, "--name", "cross-check")


class DefaultCorpus(Corpus):
    name = "default"

    def __init__(self, binary, folder):
        super().__init__(binary, folder)
        self.run("build", "-o", self.release)
        articles = self.table("articles")
        self.texts = {a["doc_id"]: a["text"] for a in articles if a["labelled"]}
        self.gold = self.annotations(self.table("mentions"), self.table("events"))
        mentions, events = self.table("pass_mentions"), self.table("pass_events")
        self.passes = {
            name: self.annotations(*([i for i in items if i["annotator"] == name] for items in (mentions, events)))
            for name in sorted({m["annotator"] for m in mentions})
        }
        self.pred = {doc: {"mentions": a["mentions"]} for doc, a in self.passes[max(self.passes)].items()}
        self.types = sorted({m["type"] for a in [*self.gold.values(), *self.pred.values()] for m in a["mentions"]})
        self.write_predictions("pred.jsonl", self.pred)

    def table(self, name):
        files = sorted((self.release / "data" / name).glob("*.parquet"))
        return [row for f in files for row in pq.read_table(f).to_pylist()]

    def annotations(self, mentions, events):
        """By article, in the order of the tables, without what is null."""
        out = {doc: {"mentions": [], "events": []} for doc in self.texts}
        for kind, items, keep in (("mentions", mentions, MENTION_FIELDS), ("events", events, EVENT_FIELDS)):
            for item in items:
                out[item["doc_id"]][kind].append({k: item[k] for k in keep if item[k] is not None})
        return out


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def put_json(path, value):
    put(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def make_text(rng):
    """A text and the (start, end) of its words, line by line."""
    text, lines = "", []
    for _ in range(rng.randrange(6, 12)):
        line = []
        for _ in range(rng.randrange(8, 14)):
            word = rng.choice(WORDS)
            line.append((len(text), len(text) + len(word)))
            text += word + " "
        text = text[:-1] + "\n"
        lines.append(line)
    return text[:-1], lines


def make_gold(rng, text, lines):
    actors = rng.sample(ACTORS, 6)
    spans, events = {}, []
    for line in lines:
        at = 0
        while at < len(line):
            if rng.random() < 0.15:
                start, end = line[at]
                events.append(((start, end), rng.choice(EVENT_TYPES), rng.choice(REALIS)))
            elif rng.random() < 0.5:
                last = min(at + rng.randrange(3), len(line) - 1)
                start, end = line[at][0], line[last][1]
                if rng.random() < 0.2 and end - start > 3 and not text[start + 1].isspace():
                    start += 1  # behind a proclitic
                spans.setdefault((start, end), rng.choice(GOLD_TYPES))
                if last > at and rng.random() < 0.4:
                    spans.setdefault(line[last], rng.choice(GOLD_TYPES))
                at = last
            at += 1
    order = sorted(spans, key=lambda s: (s[0], -s[1]))
    return annotation(text, [(s, spans[s], rng.choice(LEVELS), rng.choice(actors), None) for s in order], events)


def annotation(text, mentions, events):
    """The JSON form. A mention is (span, type, level, actor, confidence)."""
    out = {"mentions": [], "events": []}
    for i, ((start, end), kind, level, actor, confidence) in enumerate(mentions):
        m = {"mention_id": f"m{i + 1}", "start": start, "end": end, "text": text[start:end], "type": kind, "level": level}
        if actor:
            m["actor_id"] = actor
        if confidence is not None:
            m["confidence"] = confidence
        out["mentions"].append(m)
    for i, ((start, end), kind, realis) in enumerate(events):
        out["events"].append({"event_id": f"e{i + 1}", "start": start, "end": end, "text": text[start:end],
                              "type": kind, "realis": realis})
    return out


def fields(m):
    return (m["start"], m["end"]), m["type"], m["level"], m.get("actor_id"), None


def make_prediction(rng, text, gold, skip=False):
    """Gold with misses, wrong types, boundaries and actors, spurious and repeated mentions, shuffled."""
    found = []
    for m in [] if skip else gold["mentions"]:
        span, kind, level, actor, _ = fields(m)
        if rng.random() < 0.15:
            continue
        if rng.random() < 0.2:
            kind = rng.choice(PREDICTED_TYPES)
        if rng.random() < 0.25:
            start = min(max(span[0] + rng.randrange(-4, 5), 0), len(text) - 1)
            span = (start, min(max(span[1] + rng.randrange(-4, 5), start + 1), len(text)))
        if rng.random() < 0.2:
            actor = rng.choice(ACTORS + [None])
        confidence = rng.randrange(0, 101) / 100 if rng.random() < 0.95 else None
        found.append((span, kind, level, actor, confidence))
        if rng.random() < 0.1:
            found.append((span, rng.choice(PREDICTED_TYPES), level, rng.choice(ACTORS), rng.randrange(0, 101) / 100))
        if rng.random() < 0.15:
            start = rng.randrange(len(text) - 12)
            found.append(((start, start + rng.randrange(1, 12)), rng.choice(PREDICTED_TYPES), level, rng.choice(ACTORS), 0.3))
    rng.shuffle(found)
    return annotation(text, found, [])


def make_pass(rng, text, gold):
    """Gold as another annotator might have it: misses, other types, levels and events."""
    mentions, events = [], []
    for m in gold["mentions"]:
        span, kind, level, actor, _ = fields(m)
        if rng.random() < 0.1:
            continue
        if rng.random() < 0.15:
            kind = rng.choice(GOLD_TYPES)
        if rng.random() < 0.1:
            level = rng.choice(LEVELS)
        mentions.append((span, kind, level, actor, None))
    for e in gold["events"]:
        if rng.random() < 0.1:
            continue
        kind = rng.choice(EVENT_TYPES) if rng.random() < 0.2 else e["type"]
        realis = rng.choice(REALIS) if rng.random() < 0.2 else e["realis"]
        events.append(((e["start"], e["end"]), kind, realis))
    return annotation(text, mentions, events)
