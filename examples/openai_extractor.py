# Marks what a language model behind an OpenAI-compatible server finds, with a prompt of your
# own; dataset's own openai: has one made from the ontology.
#   OPENAI_API_KEY=… dataset run --extractor 'exec:python3 examples/openai_extractor.py qwen3 http://localhost:11434/v1' --timeout 5m -o mine.jsonl
# Models copy words well and count letters badly: they give texts without offsets, and dataset
# places them. What the model writes goes back as it is, in "answer": fences, thoughts and prose
# around the JSON are passed over, and what cannot be read is the failure of its article.
import json, os, sys, urllib.request

MODEL, URL = sys.argv[1], sys.argv[2].rstrip("/") + "/chat/completions"
PROMPT = """List every person (PER), organisation (ORG) and country or city (GPE) that the article names, in the
order of the text, each as often as it stands there. Copy the words letter for letter, without a preposition or
conjunction joined to them. Answer with JSON only: {"entities": [{"text": "…", "type": "PER", "before": "the three
words before", "after": "the three words after"}]}"""

for line in sys.stdin.buffer:
    article = json.loads(line)
    answer = {"doc_id": article["doc_id"]}
    try:
        request = urllib.request.Request(URL, json.dumps({"model": MODEL, "temperature": 0, "seed": 1, "messages": [
            {"role": "system", "content": PROMPT}, {"role": "user", "content": article["text"]}]}).encode(),
            {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ.get("OPENAI_API_KEY", "none")})
        with urllib.request.urlopen(request, timeout=240) as reply:
            choice = json.load(reply)["choices"][0]
        if choice.get("finish_reason") == "length":
            answer["error"] = "the model's answer was cut off"
        else:
            answer["answer"] = choice["message"]["content"]
    except Exception as e:  # one article's failure, not the run's
        answer["error"] = f"{type(e).__name__}: {e}"
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.flush()
