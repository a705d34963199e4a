#!/usr/bin/env bash
# The last step of action.yml: calls `dataset gate` with the action's inputs,
# which come in the environment, and hands its exit code and reports on. The
# annotations and the summary page are written by the gate itself.
set -euo pipefail

reports="${RUNNER_TEMP:?}/mizan"
mkdir -p "$reports"

args=(--junit "$reports/gate.xml" --markdown "$reports/gate.md")
# The configuration may be left out when everything is said by arguments.
if [ -n "${MIZAN_CONFIG:-}" ] && { [ -e "$MIZAN_CONFIG" ] || [ -z "${MIZAN_PREDICTIONS:-}" ]; }; then
  args+=(--config "$MIZAN_CONFIG")
fi
if [ -n "${MIZAN_BASELINE:-}" ]; then args+=(--baseline "$MIZAN_BASELINE"); fi
while IFS= read -r line; do
  if [ -n "$line" ]; then args+=("$line"); fi
done <<<"${MIZAN_ARGUMENTS:-}"
if [ -n "${MIZAN_PREDICTIONS:-}" ]; then args+=("$MIZAN_PREDICTIONS"); fi

code=0
dataset gate "${args[@]}" || code=$?
{
  echo "exit-code=$code"
  echo "junit=$reports/gate.xml"
  echo "markdown=$reports/gate.md"
} >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
