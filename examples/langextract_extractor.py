# Marks what LangExtract finds with a language model.
#   pip install langextract
#   dataset run --extractor 'exec:python3 examples/langextract_extractor.py gemma2:2b http://localhost:11434' --timeout 5m -o lx.jsonl
# The document goes back as LangExtract has it. What it aligned exactly keeps its place; what it
# aligned otherwise (match_lesser, match_fuzzy) or not at all is placed anew by its text, and
# the record of the run lists it with LangExtract's status.
import json, sys

import langextract as lx

MODEL, URL = sys.argv[1], sys.argv[2]
PROMPT = "Extract persons (PER), organisations (ORG) and countries or cities (GPE) in the order of the text, with its exact words."
EXAMPLES = [lx.data.ExampleData(text="Ada Lovelace met envoys of Utopia and the Analytical Society.", extractions=[
    lx.data.Extraction("PER", "Ada Lovelace"), lx.data.Extraction("GPE", "Utopia"), lx.data.Extraction("ORG", "Analytical Society")])]

for line in sys.stdin.buffer:
    article = json.loads(line)
    answer = {"doc_id": article["doc_id"]}
    try:
        document = lx.extract(text_or_documents=article["text"], prompt_description=PROMPT, examples=EXAMPLES, model_id=MODEL,
                              model_url=URL, fence_output=False, use_schema_constraints=False, show_progress=False)
        answer["text"] = document.text
        answer["extractions"] = [{
            "extraction_class": e.extraction_class, "extraction_text": e.extraction_text,
            "char_interval": e.char_interval and {"start_pos": e.char_interval.start_pos, "end_pos": e.char_interval.end_pos},
            "alignment_status": e.alignment_status and e.alignment_status.value} for e in document.extractions]
    except Exception as e:  # one article's failure, not the run's
        answer["error"] = f"{type(e).__name__}: {e}"
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.flush()
