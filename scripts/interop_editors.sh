#!/usr/bin/env bash
# Opens exports in the real editors, in Chromium, and reads back what was drawn
# there: Label Studio, from PyPI, on a server of its own. Slow (a thousand
# megabytes are installed into .venv-editors), and no part of continuous
# integration.
# usage: interop_editors.sh BINARY
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(realpath "${1:?usage: interop_editors.sh BINARY}")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

(cd interop/node && npm install --silent --no-audit --no-fund --no-package-lock)
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
[ -x .venv-editors/bin/python ] || python3 -m venv .venv-editors
.venv-editors/bin/pip install --quiet --disable-pip-version-check label-studio==1.23.2

port=18080 token=$(printf '%040d' 1) email=editor@example.org password=made-up-here-1
LABEL_STUDIO_BASE_DATA_DIR="$work/label-studio" LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN=true COLLECT_ANALYTICS=0 SENTRY_DSN='' \
  .venv-editors/bin/label-studio start --no-browser --port "$port" --username "$email" --password "$password" --user-token "$token" > "$work/log" 2>&1 &
server=$!
for _ in $(seq 120); do
  curl --silent --fail --output /dev/null "http://127.0.0.1:$port/health" && break
  kill -0 "$server" || { tail "$work/log"; exit 1; }
  sleep 3
done
CHROMIUM=$chromium node interop/node/check_labelstudio.mjs "$bin" "$work/labelstudio" "http://127.0.0.1:$port" "$token" "$email" "$password"
