#!/usr/bin/env bash
# Writes the files in internal/labels/formats/testdata anew with the tools whose formats they are,
# in the versions that interop/fixtures pins. Each tool with a pinned past has an
# environment of its own. Not part of the tests: it takes some minutes, and Label
# Studio's file has the time of its making.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-internal/labels/formats/testdata}
work=${FIXTURES_ENV:-.venv-fixtures}
mkdir -p "$work"

python() { # NAME: an environment with requirements-NAME.txt
  local requirements=interop/fixtures/requirements${1:+-$1}.txt env=$work/${1:-tools}
  [ -x "$env/bin/python" ] || python3 -m venv "$env"
  "$env/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
}

python ""
"$work/tools/bin/python" interop/fixtures/write_python.py "$out"
python doccano
"$work/doccano/bin/python" interop/fixtures/write_doccano.py "$out" 2>/dev/null
python labelstudio
"$work/labelstudio/bin/python" interop/fixtures/write_labelstudio.py "$out"
(cd interop/fixtures && npm install --silent --no-audit --no-fund --no-package-lock)
node interop/fixtures/write_web.mjs "$out"
