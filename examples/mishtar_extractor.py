# Adapter for Mishtar (pip install mishtar==0.1), a rule-based finder of Arabic names by
# Taha Zerrouki: its chunks of words become mentions of persons, as it gives them.
import json, re, sys

from mishtar.mynamed import myNamed

finder = myNamed()

for line in sys.stdin.buffer:
    article = json.loads(line)
    words = list(re.finditer(r"[\w\u064b-\u0652]+|[^\w\s]", article["text"]))
    tags = finder.detect_chunks([w.group() for w in words]) + ["0"]
    mentions, start = [], None
    for i, tag in enumerate(tags):
        if start is not None and not tag.endswith("I"):
            a, b = words[start].start(), words[i - 1].end()
            mentions.append({"start": a, "end": b, "text": article["text"][a:b], "type": "PER", "level": "NAM"})
            start = None
        if start is None and tag != "0":
            start = i
    sys.stdout.buffer.write(json.dumps({"doc_id": article["doc_id"], "mentions": mentions}).encode() + b"\n")
    sys.stdout.flush()
