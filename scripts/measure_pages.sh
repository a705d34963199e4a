#!/usr/bin/env bash
# Prints how well the reader of HTML pages does on the pages that come with a Go
# module, beside the library that it rests on; docs/articles.md has the figures.
# The module is fetched in a folder of its own and stays out of ours.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dir=$(cd "$work" && ${GO:-go} mod download -json github.com/markusmobius/go-trafilatura@v1.12.2 | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
MIZAN_TRAFILATURA=$dir ${GO:-go} test ./internal/data/ingest/page -run '^TestMeasurePages$' -count=1 -v | grep -E 'precision|titles'
