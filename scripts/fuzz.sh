#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time (default 5s).
set -euo pipefail
cd "$(dirname "$0")/.."
time="${1:-5s}"
for dir in $(go list -f '{{.Dir}}' ./...); do
  targets=$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | sed 's/^func //' || true)
  for target in $targets; do
    echo "fuzz ${dir#"$PWD"/}: $target for $time"
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 1s "$dir"
  done
done
