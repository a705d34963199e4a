package evaltest

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// TestBenchmarkWorkloads writes the pairs of the benchmarks into the folder
// MIZAN_BENCH_DIR, so that scripts/bench.sh gives other tools the same: one
// article a line, [gold, predicted], a mention being [start, end, type, actor].
func TestBenchmarkWorkloads(t *testing.T) {
	dir := os.Getenv("MIZAN_BENCH_DIR")
	if dir == "" {
		t.Skip("MIZAN_BENCH_DIR names no folder to write into")
	}
	for name, pairs := range map[string][]*eval.Pair{
		"spans-1000x100.jsonl": SpanWorkload(1000, 100),
		"spans-50x2000.jsonl":  SpanWorkload(50, 2000),
		"coref-100x300.jsonl":  BenchmarkPairs(100),
	} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out := bufio.NewWriter(f)
		lines := json.NewEncoder(out)
		for _, p := range pairs {
			if err := lines.Encode([2][][4]any{plainMentions(p.Gold), plainMentions(p.Pred)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func plainMentions(a *schema.Annotation) [][4]any {
	out := make([][4]any, len(a.Mentions))
	for i := range a.Mentions {
		m := &a.Mentions[i]
		out[i] = [4]any{m.Span.Start, m.Span.End, m.Type, m.ActorID}
	}
	return out
}
