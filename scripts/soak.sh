#!/usr/bin/env bash
# Holds the promises of docs/reliability.md for longer than the tests do: flips bits of
# releases, kills every command that writes, and fuzzes every reader.
# usage: soak.sh [FUZZTIME]; FLIPS bits in each of three releases, KILLS a command.
set -euo pipefail
cd "$(dirname "$0")/.."
go test ./internal/data/release -run 'TestVerifyFindsEveryFlippedBit|TestSealHoldsEveryBit' -count 1 -timeout 2h -flips "${FLIPS:-1600}"
go test ./cmd/dataset -run TestKilledCommands -count 1 -timeout 2h -kills "${KILLS:-200}"
scripts/fuzz.sh "${1:-10m}"
