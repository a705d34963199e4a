#!/usr/bin/env bash
# Reads a release with Spark in local mode, and lets the program read what Spark
# writes. Spark is large (400 MB) and has an environment of its own; without Java or
# Python that is said and skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
release=$(realpath "${1:?usage: interop_spark.sh RELEASE BINARY}")
bin=$(realpath "${2:?usage: interop_spark.sh RELEASE BINARY}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for needed in java python3; do
  if ! command -v "$needed" >/dev/null; then
    echo "interop: $needed is not there, Spark is skipped"
    exit 0
  fi
done
[ -x .venv/spark/bin/python ] || python3 -m venv .venv/spark
.venv/spark/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements-spark.txt
export SPARK_LOCAL_IP=127.0.0.1
.venv/spark/bin/python interop/python/clients_spark.py "$release" 2>.venv/spark/log || { cat .venv/spark/log >&2; exit 1; }
.venv/spark/bin/python interop/python/run_snippets.py docs/loading.md "$release" pyspark
.venv/spark/bin/python interop/python/check_encodings_spark.py "$bin" "$work/encodings" 2>.venv/spark/log || { cat .venv/spark/log >&2; exit 1; }
