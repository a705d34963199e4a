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

rm -f "$reports/gate.xml" "$reports/gate.md"
set +e
{
  dataset gate "${args[@]}" 2>&1 >&3 3>&- | tee "$reports/messages" >&2
  code=${PIPESTATUS[0]}
} 3>&1
set -e

# Nothing was judged: what was said instead, as an annotation and on the summary page.
if [ ! -e "$reports/gate.md" ]; then
  said=$(cat "$reports/messages")
  escaped=${said//'%'/%25}
  escaped=${escaped//$'\r'/%0D}
  echo "::error title=dataset gate::${escaped//$'\n'/%0A}" >&2
  {
    echo "**dataset gate** could not judge:"
    echo
    sed 's/^/    /' "$reports/messages"
  } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
{
  echo "exit-code=$code"
  if [ -e "$reports/gate.xml" ]; then echo "junit=$reports/gate.xml"; fi
  if [ -e "$reports/gate.md" ]; then echo "markdown=$reports/gate.md"; fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
