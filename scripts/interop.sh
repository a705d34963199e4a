#!/usr/bin/env bash
# Builds a release and reads it with Python and Node clients, each in its own
# environment under .venv and node_modules. A missing interpreter is said and
# skipped, except in continuous integration.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(realpath "${1:?usage: interop.sh BINARY}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin" build -o "$work/release"

missing() {
  echo "interop: $1 is not there, its clients are skipped"
  [ -z "${CI:-}" ] || exit 1
}

if command -v python3 >/dev/null; then
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements.txt
  for script in interop/python/*.py; do
    .venv/bin/python "$script" "$work/release"
  done
else
  missing python3
fi

if command -v npm >/dev/null; then
  (cd interop/node && npm install --silent --no-audit --no-fund --no-package-lock)
  for script in interop/node/*.mjs; do
    node "$script" "$work/release"
  done
else
  missing node
fi
