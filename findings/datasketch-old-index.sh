#!/usr/bin/env bash
# Expected: a MinHashLSH index pickled with datasketch 1 either works in datasketch 2 or
# is refused, as a pickled MinHash is when one asks for its similarity.
# True: the index loads, and query() with a new sketch of the very same text finds nothing,
# without a word: version 2 hashes by another scheme. Every copy of an old article passes
# for new. MinHash(scheme="legacy") finds it.
# datasketch 2.0.0, index written by 1.10.0.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install -q --disable-pip-version-check datasketch==2.0.0
cd "$dir"
env/bin/python - <<'END'
import pickle, subprocess, sys, datasketch
from datasketch import MinHash
words = [f"word{i}".encode() for i in range(100)]
def sketch(**k):
    m = MinHash(num_perm=128, **k)
    m.update_batch(words)
    return m
subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", "old", "--no-deps", "datasketch==1.10.0"], check=True)
subprocess.run([sys.executable, "-c", """
import sys; sys.path.insert(0, "old")
import pickle
from datasketch import MinHash, MinHashLSH
m = MinHash(num_perm=128)
m.update_batch([f"word{i}".encode() for i in range(100)])
index = MinHashLSH(threshold=0.5, num_perm=128)
index.insert("article", m)
pickle.dump((m, index), open("old.pickle", "wb"))
"""], check=True)
old, index = pickle.load(open("old.pickle", "rb"))
try:
    similarity = sketch().jaccard(old)
except ValueError as e:
    similarity = str(e)
found, legacy = index.query(sketch()), index.query(sketch(scheme="legacy"))
print("datasketch", datasketch.__version__, "| jaccard:", similarity, "| query:", found, "| legacy:", legacy)
assert "schemes" in similarity and found == [] and legacy == ["article"]
END
