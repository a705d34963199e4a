#!/usr/bin/env bash
# Builds the release twice, in different folders, time zones, locales and with
# a different number of threads, and compares every byte.
set -euo pipefail
bin=$(realpath "${1:?usage: reproducible.sh BINARY}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/a" "$work/elsewhere/b"
(cd "$work/a" && TZ=UTC LC_ALL=C "$bin" build -o release >/dev/null)
(cd "$work/elsewhere/b" && TZ=Pacific/Apia LC_ALL=ar_SY.UTF-8 GOMAXPROCS=1 "$bin" build -o release >/dev/null)
diff -r "$work/a/release" "$work/elsewhere/b/release"
echo "reproducible: two builds, the same bytes"
