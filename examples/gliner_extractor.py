# Marks what a GLiNER model finds of the labels that it is given.
#   pip install gliner
#   dataset run --extractor 'exec:python3 examples/gliner_extractor.py MODEL person organization country' \
#     --map person=PER,organization=ORG,country=GPE --timeout 5m -o gliner.jsonl
# GLiNER reads a few hundred words and leaves the rest of a text out with a warning at most; so
# paragraphs are asked about one by one, long ones by sentences.
# Its splitter of words takes a vowel sign for a word of its own: ends are moved behind the
# marks, and what begins with one is left out.
import json, re, sys, unicodedata

from gliner import GLiNER

model, labels = GLiNER.from_pretrained(sys.argv[1]), sys.argv[2:]
MOST = 250  # words at a time


def parts(text):
    """The paragraphs, or the sentences of long ones, with the code point where each begins."""
    for p in re.finditer(r"[^\n]+", text):
        if len(p.group().split()) <= MOST:
            yield p.start(), p.group()
        else:
            for s in re.finditer(r".+?(?:[.!?؟…]\s|$)", p.group()):
                yield p.start() + s.start(), s.group()


def mark(text, at):
    return at < len(text) and unicodedata.category(text[at]) == "Mn"


for line in sys.stdin.buffer:
    article = json.loads(line)
    text, mentions = article["text"], []
    for at, part in parts(text):
        for e in model.predict_entities(part, labels):
            start, end = at + e["start"], at + e["end"]
            while mark(text, end):
                end += 1
            if not mark(text, start):
                mentions.append({"start": start, "end": end, "text": text[start:end], "type": e["label"], "confidence": float(e["score"])})
    sys.stdout.buffer.write(json.dumps({"doc_id": article["doc_id"], "mentions": mentions}).encode() + b"\n")
    sys.stdout.flush()
