"""Compares duplicate_of with clusters that are computed here from all pairs.

usage: check_duplicates.py DATASET_BINARY FOLDER

Makes articles of which some repeat others in part, builds a release of them, and
compares its clusters with the connected components of the pairs whose sets of
three-word sequences have a Jaccard coefficient of at least 0.7.
"""

import glob
import itertools
import json
import os
import random
import subprocess
import sys

import pyarrow.parquet as pq

THRESHOLD = 0.7
binary, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
rng = random.Random(7)
VOCABULARY = [w + e for w in "قال وزير بحث هاتف سلام حرب وفد مجلس قرار حدود".split() for e in ["", "ون", "ين", "كم", "نا", "هم"]]


def articles():
    for i in range(250):
        words = rng.choices(VOCABULARY, k=rng.choice([4, 40, 200, 400]))
        yield words
        for _ in range(i % 3):
            changed = list(words)
            for _ in range(rng.randrange(1 + len(words) // 25)):
                changed[rng.randrange(len(changed))] = rng.choice(VOCABULARY)
            yield changed


def shingles(words):
    return {tuple(words[i:i + 3]) for i in range(max(1, len(words) - 2))}


texts = {f"a{i:04}": words for i, words in enumerate(articles())}
path = os.path.join(folder, "articles.jsonl")
with open(path, "w", encoding="utf-8") as f:
    for doc_id in rng.sample(sorted(texts), len(texts)):
        print(json.dumps({"doc_id": doc_id, "text": " ".join(texts[doc_id])}, ensure_ascii=False), file=f)
release = os.path.join(folder, "release")
subprocess.run([binary, "build", "-o", release, "--articles", path, "--quiet"], check=True, stdout=subprocess.DEVNULL)

cluster = {doc_id: doc_id for doc_id in texts}  # the least of those connected
sets = {doc_id: shingles(words) for doc_id, words in texts.items()}
near = 0
for a, b in itertools.combinations(sorted(texts), 2):
    common = len(sets[a] & sets[b])
    if common / (len(sets[a]) + len(sets[b]) - common) >= THRESHOLD:
        near += 1
        old, new = max(cluster[a], cluster[b]), min(cluster[a], cluster[b])
        for d in cluster:
            if cluster[d] == old:
                cluster[d] = new
rows = pq.read_table(glob.glob(f"{release}/data/articles/*.parquet"), columns=["doc_id", "duplicate_of"]).to_pylist()
found = {r["doc_id"]: r["duplicate_of"] or r["doc_id"] for r in rows}
assert found == cluster, {d: (found.get(d), cluster[d]) for d in cluster if found.get(d) != cluster[d]}
assert near > 100 and len(set(cluster.values())) < len(texts) - 50
print(f"near-duplicates: {len(texts)} articles, {near} pairs, {len(set(cluster.values()))} clusters, as computed from all pairs")
