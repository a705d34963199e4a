#!/usr/bin/env bash
# Measures the readers of pages and plain texts on folders of marked pages, beside
# trafilatura, readability-lxml and htmldate; docs/articles.md has the figures. It
# fetches nothing: the folders are what whoever runs it has of the benchmarks named
# in interop/python/marked_pages.py, or of plain texts. PYTHON has the packages of
# interop/python/requirements-pages.txt.
# usage: measure_pages.sh FOLDER...
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,7s/^# //p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && ${GO:-go} build -o "$work/dataset" ./cmd/dataset)
PYTHONPATH=$root/interop/python ${PYTHON:-python3} "$root/interop/python/measure_pages.py" "$work/dataset" "$work/run" "$@"
