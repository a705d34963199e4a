#!/usr/bin/env bash
# Measures what docs/performance.md reports and prints one table: ours, the
# fastest peer's, the ratio, the goal. Peers are measured in the same run on the
# same data where Python is there. Every figure is the best of three runs.
#
# usage: bench.sh [FOLDER]   keeps the generated files in FOLDER
# MIZAN_BENCH_BEFORE names an earlier build of dataset to set beside this one.
set -euo pipefail
cd "$(dirname "$0")/.."
go=${GO:-go}
if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(realpath "$1")
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
results=$work/results.tsv # row, who, value
: >"$results"

say() { echo "bench: $*" >&2; }
note() { printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$results"; }

# best BENCHMARK UNIT < output of go test: the greatest figure of that unit.
best() {
  awk -v name="$1" -v unit="$2" '$1 ~ "^" name "(-[0-9]+)?$" {
    for (i = 3; i < NF; i += 2) if ($(i + 1) == unit && $i + 0 > top) top = $i + 0
  } END { print top + 0 }'
}

gobench() { # PACKAGE PATTERN FLAGS…
  local package=$1 pattern=$2
  shift 2
  "$go" test "$package" -run '^$' -bench "$pattern" -benchtime 1s -count 3 "$@"
}

say "load average at the start: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
say "making the data"
"$go" build -trimpath -o "$work/dataset" ./cmd/dataset
MIZAN_BENCH_DIR=$work "$go" test ./data -run '^TestBenchmarkFiles$' -count=1 >/dev/null
MIZAN_BENCH_DIR=$work "$go" test ./internal/eval/evaltest -run '^TestBenchmarkWorkloads$' -count=1 >/dev/null

say "Go benchmarks, one processor"
out=$(gobench ./internal/eval/metrics '^(BenchmarkSpans|BenchmarkCoref)$' -cpu 1)
note spans_short ours "$(best BenchmarkSpans/1000x100 gold-spans/s <<<"$out")"
note spans_long ours "$(best BenchmarkSpans/50x2000 gold-spans/s <<<"$out")"
note coref ours "$(best BenchmarkCoref mentions/s <<<"$out")"
say "Go benchmarks, all processors"
out=$(gobench ./internal/eval/scoring '^BenchmarkBootstrapRun$')
rate=$(best BenchmarkBootstrapRun figure-resamples/s <<<"$out")
figures=$(best BenchmarkBootstrapRun figures <<<"$out")
note bootstrap ours "$rate"
note bootstrap_run ours "$(awk -v r="$rate" -v f="$figures" 'BEGIN { print 10000 * f / r }')"
note write ours "$(best BenchmarkWriteArticles articles/s < <(gobench ./internal/data/release '^BenchmarkWriteArticles$'))"

say "dataset build, end to end"
# build FLAGS…: seconds of the fastest of three runs, and the greatest peak in MB
build() {
  measured "$work/dataset" build -o "$work/built" --articles "$work/articles.jsonl" --name bench --replace --quiet "$@"
}

# measured COMMAND…: seconds of the fastest of three runs, and the greatest peak in MB
measured() {
  local fastest=0 peak=0 seconds kb start
  for _ in 1 2 3; do
    if [ -x /usr/bin/time ]; then
      read -r seconds kb < <(/usr/bin/time -f '%e %M' "$@" 2>&1 >/dev/null | tail -n 1)
    else
      start=$EPOCHREALTIME kb=0
      "$@" >/dev/null 2>&1
      seconds=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
    fi
    fastest=$(awk -v a="$fastest" -v b="$seconds" 'BEGIN { print (a == 0 || b < a) ? b : a }')
    peak=$((kb > peak ? kb : peak))
  done
  echo "$fastest $((peak / 1024))"
}
read -r seconds megabytes < <(build)
note build ours "$(awk -v s="$seconds" 'BEGIN { print 100000 / s }')"
[ "$megabytes" = 0 ] || note build_memory ours "$megabytes"
read -r seconds megabytes < <(build --near-duplicates 0)
note build_lean ours "$(awk -v s="$seconds" 'BEGIN { print 100000 / s }')"

say "dataset score, end to end"
four=mentions.strict,mentions.exact,mentions.partial,mentions.type

# score PRED FLAGS…: seconds of the fastest of three runs, and the greatest peak in MB
score() {
  local pred=$1
  shift
  measured "$work/dataset" score "$pred" --release "$work/release" "$@"
}
rate() { awk -v s="$1" 'BEGIN { print 1000000 / s }'; }
read -r seconds megabytes < <(score "$work/pred" --metrics "$four" --resamples 0)
note score ours "$(rate "$seconds")"
[ "$megabytes" = 0 ] || note score_memory ours "$megabytes"
read -r seconds megabytes < <(score "$work/pred")
note score_default ours "$(rate "$seconds")"
[ "$megabytes" = 0 ] || note score_default_memory ours "$megabytes"
if [ -n "${MIZAN_BENCH_BEFORE:-}" ]; then # an earlier build, on the same files
  read -r seconds megabytes < <(measured "$MIZAN_BENCH_BEFORE" score "$work/pred" --release "$work/release")
  note score_default before "$(rate "$seconds")"
  [ "$megabytes" = 0 ] || note score_default_memory before "$megabytes"
fi
read -r seconds megabytes < <(score "$work/pred.jsonl" --metrics "$four" --resamples 0)
note score_jsonl ours "$(rate "$seconds")"
[ "$megabytes" = 0 ] || note score_jsonl_memory ours "$megabytes"

if command -v python3 >/dev/null; then
  say "peers"
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r interop/python/requirements.txt
  .venv/bin/python bench/scorers.py "$work" >>"$results"
  .venv/bin/python bench/files.py "$work" >>"$results"
else
  say "python3 is not there, the peers are skipped"
fi
say "load average at the end: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
awk -f bench/table.awk "$results"
