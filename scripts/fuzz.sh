#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time (default 5s).
set -euo pipefail
cd "$(dirname "$0")/.."
time="${1:-5s}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# fuzz TARGET FOLDER. Inputs are minimised for a number of runs, not for a time.
# A target that only overran the deadline has found nothing, and runs again: the
# engine sometimes takes the end of its own time for a failure.
fuzz() {
  for _ in 1 2 3; do
    if go test -run '^$' -fuzz "^$1\$" -fuzztime "$time" -fuzzminimizetime 10x "$2" 2>&1 | tee "$log"; then
      return 0
    fi
    grep -q 'Failing input' "$log" && return 1
    grep -q '^ *context deadline exceeded$' "$log" || return 1
  done
  return 1
}

for dir in $(go list -f '{{.Dir}}' ./...); do
  targets=$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | sed 's/^func //' || true)
  for target in $targets; do
    echo "fuzz ${dir#"$PWD"/}: $target for $time"
    fuzz "$target" "$dir"
  done
done
