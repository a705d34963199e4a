"""Reads results for a model's page with huggingface_hub and writes them again; gold
against itself is 1 in each.

usage: check_hub.py RESULTS RESULT
"""

import json
import sys

import huggingface_hub
import yaml

with open(sys.argv[1], encoding="utf-8") as f:
    data = yaml.safe_load(f)
with open(sys.argv[2], encoding="utf-8") as f:
    names = [m["name"] for m in json.load(f)["metrics"] if not m["class"] and not m["slice"] and not m.get("average") and m["f1"] is not None]
entries = huggingface_hub.parse_eval_result_entries(data)
if [e.task_id for e in entries] != names or not names:
    sys.exit(f"interop: hub: tasks {[e.task_id for e in entries]}, expected {names}")
if huggingface_hub.eval_result_entries_to_yaml(entries) != data:
    sys.exit("interop: hub: huggingface_hub writes something else")
for e in entries:
    if e.value != 1 or e.dataset_id != "me/corpus" or "schema:" not in e.notes:
        sys.exit(f"interop: hub: {e}")
print(f"interop: hub: {len(entries)} results for a model's page")
