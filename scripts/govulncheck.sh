#!/usr/bin/env bash
# Runs govulncheck on the module. Where the vulnerability database cannot be
# reached nothing can be checked; that is said, and is not a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if go run "${1:?usage: govulncheck.sh MODULE@VERSION}" ./... >"$log" 2>&1; then
  cat "$log"
elif grep -q 'fetching vulnerabilities' "$log"; then
  echo "govulncheck: NOT CHECKED, the vulnerability database cannot be reached:"
  grep 'fetching vulnerabilities' "$log"
else
  cat "$log"
  exit 1
fi
