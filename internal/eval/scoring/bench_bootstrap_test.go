package scoring

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/schema"
)

// runWorkload is [evaltest.SpanWorkload] with what the other default metrics count:
// actors, and ten events an article with an argument each. Seeded.
func runWorkload(articles, spans int) []*eval.Pair {
	rng := rand.New(rand.NewPCG(2, 2))
	pairs := evaltest.SpanWorkload(articles, spans)
	types := []string{"CONSULT", "AID", "ACCUSE", "AGREE"}
	for _, p := range pairs {
		for i := range p.Gold.Mentions {
			p.Gold.Mentions[i].ID, p.Gold.Mentions[i].ActorID = fmt.Sprintf("m%d", i), fmt.Sprintf("actor-%d", rng.IntN(20))
		}
		for i := range p.Pred.Mentions {
			p.Pred.Mentions[i].ID, p.Pred.Mentions[i].ActorID = fmt.Sprintf("m%d", i), fmt.Sprintf("actor-%d", rng.IntN(20))
		}
		for i := range int32(10) {
			e := schema.Event{ID: fmt.Sprintf("e%d", i), Span: schema.Span{Start: 40 * i, End: 40*i + 4}, Type: types[rng.IntN(len(types))],
				Realis: "actual", HopperID: fmt.Sprintf("h%d", rng.IntN(5)), Cue: schema.NoSpan,
				Arguments: []schema.Argument{{Role: "ACTOR", MentionID: fmt.Sprintf("m%d", i), Span: schema.NoSpan}}}
			p.Gold.Events = append(p.Gold.Events, e)
			switch rng.IntN(4) {
			case 0:
				e.Type = types[rng.IntN(len(types))]
			case 1:
				e.Span.End++
			}
			p.Pred.Events = append(p.Pred.Events, e)
		}
	}
	return pairs
}

// BenchmarkBootstrapRun computes the BCa intervals of a run: 10,000 resamples
// of 1,000 articles, every figure of the metrics that are computed by default.
// A figure is precision, recall and F1 together.
func BenchmarkBootstrapRun(b *testing.B) {
	metrics, err := eval.SelectMetrics(nil)
	if err != nil {
		b.Fatal(err)
	}
	s := eval.NewScorer(metrics, &eval.Settings{Ontology: schema.PLOVER()}, nil, nil, "")
	if err := s.Run(b.Context(), pairStream(runWorkload(1000, 100))); err != nil {
		b.Fatal(err)
	}
	m := stats.NewCountMatrix(s.Layout(), s.Articles())
	for b.Loop() {
		if _, err := stats.Bootstrap(b.Context(), m, stats.DefaultResampling); err != nil {
			b.Fatal(err)
		}
	}
	seconds := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(float64(len(m.Keys())), "figures")
	b.ReportMetric(float64(stats.DefaultResampling.Resamples*len(m.Keys()))/seconds, "figure-resamples/s")
}

func pairStream(pairs []*eval.Pair) func(yield func(*eval.Pair, error) bool) {
	return func(yield func(*eval.Pair, error) bool) {
		for _, p := range pairs {
			if !yield(p, nil) {
				return
			}
		}
	}
}
