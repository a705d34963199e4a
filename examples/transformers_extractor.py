# Marks what a token classifier of Hugging Face Transformers finds.
#   pip install transformers torch
#   dataset run --extractor 'exec:python3 examples/transformers_extractor.py MODEL' --timeout 5m -o hf.jsonl
# Three things that a plain pipeline gets wrong on articles:
# - A text longer than the model's maximal length is cut off without a word. With a stride it
#   is read in windows that overlap.
# - The tokenizer may have no maximal length (1e30); then the model's own is taken.
# - A tokenizer that drops accents and vowel signs ends a word before the marks of its last
#   letter. The end is moved behind them.
import json, sys, unicodedata

from transformers import pipeline

find = pipeline("token-classification", model=sys.argv[1], aggregation_strategy="simple")
tokenizer, most = find.tokenizer, getattr(find.model.config, "max_position_embeddings", 512)
if not 0 < tokenizer.model_max_length <= most:
    # RoBERTa and its kin begin to count positions behind the padding.
    tokenizer.model_max_length = most - 2 if getattr(find.model.config, "model_type", "").endswith("roberta") else most
stride = tokenizer.model_max_length // 4
find = pipeline("token-classification", model=find.model, tokenizer=tokenizer, aggregation_strategy="simple", stride=stride)

for line in sys.stdin.buffer:
    article = json.loads(line)
    text, mentions = article["text"], []
    for entity in find(text) if text.strip() else []:
        start, end = entity["start"], entity["end"]
        while end < len(text) and unicodedata.category(text[end]) == "Mn":
            end += 1
        while start < end and text[start].isspace():  # byte-level tokenizers take the space before
            start += 1
        # The score is a numpy.float32, which json does not write.
        mentions.append({"start": start, "end": end, "text": text[start:end], "type": entity["entity_group"], "confidence": float(entity["score"])})
    sys.stdout.buffer.write(json.dumps({"doc_id": article["doc_id"], "mentions": mentions}).encode() + b"\n")
    sys.stdout.flush()
