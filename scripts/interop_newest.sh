#!/usr/bin/env bash
# The clients of interop.sh at the newest versions that pip finds: a table of versions
# and one of what broke, with the last line that it said. Exit code 1 if anything did.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$(realpath "${1:?usage: interop_newest.sh BINARY}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
names() { sed -E 's/==.*//; /^(django|Django|WTForms|en-core|fr-core|mishtar|spacy)/d' "$@" | sort -u; }
rm -rf .venv/newest
python3 -m venv .venv/newest || exit 1
names interop/python/requirements.txt interop/python/requirements-engines.txt interop/python/requirements-signing.txt >"$work/names"
.venv/newest/bin/pip install --quiet --disable-pip-version-check -r "$work/names" || exit 1
py=.venv/newest/bin/python

echo "| package | pinned | newest |"
echo "|---|---|---|"
while read -r name; do
  pinned=$(grep -hoE "^${name%%[*}(\[[^]]*\])?==.*" interop/python/requirements*.txt | head -1 | sed 's/.*==//')
  newest=$($py -c 'import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))' "${name%%[*}")
  [ "$pinned" = "$newest" ] || echo "| ${name%%[*} | $pinned | $newest |"
done <"$work/names"

export PATH="$PWD/.venv/newest/bin:$PATH"
"$bin" build -o "$work/release" --quiet >/dev/null && "$bin" export --to csv -o "$work/csv" && "$bin" export --to duckdb -o "$work/duckdb" || exit 1
broke=0
echo
echo "| check | |"
echo "|---|---|"
try() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    echo "| $name | ok |"
  else
    broke=1
    echo "| $name | broke: $(grep -v '^ *$' "$work/log" | tail -1 | tr '|' '/') |"
  fi
}
try "release: pandas, polars, pyarrow, fastparquet, DuckDB" $py interop/python/read_release.py "$work/release"
try "encodings" $py interop/python/check_encodings.py "$bin" "$work/encodings"
try "Hugging Face datasets" $py interop/python/clients_huggingface.py "$work/release"
try "mlcroissant" $py interop/python/clients_mlcroissant.py "$work/release"
try "frictionless" $py interop/python/clients_frictionless.py "$work/release" "$work/csv"
try "DuckDB: load.sql" $py interop/python/clients_duckdb.py "$work/duckdb"
try "DuckDB: database" "$bin" export --to duckdb -o "$work/corpus.duckdb"
try "DuckDB: keys of the database" $py interop/python/clients_duckdb.py "$work/duckdb" "$work/corpus.duckdb"
try "docs/loading.md" $py interop/python/run_snippets.py docs/loading.md "$work/release"
try "docs/loading.md: engines" $py interop/python/run_snippets.py docs/loading.md "$work/release" daft,datafusion,ibis,chdb,deltalake,pyiceberg
try "who phoned whom" sh -c "$py examples/who_phoned_whom/who_phoned_whom.py '$work/release' '$work/calls.svg' | diff examples/who_phoned_whom/expected.txt -"
try "model-signing" $py interop/python/check_signing.py "$bin" "$work/release" "$work/signing"
exit $broke
