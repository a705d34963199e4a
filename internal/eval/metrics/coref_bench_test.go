package metrics

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

// BenchmarkCoref counts MUC, B³, CEAFe and LEA together on one core; a mention
// is a gold mention.
func BenchmarkCoref(b *testing.B) {
	pairs := evaltest.BenchmarkPairs(100)
	metrics, err := eval.SelectMetrics([]string{"actors.coref.muc", "actors.coref.b3", "actors.coref.ceafe", "actors.coref.lea"})
	if err != nil {
		b.Fatal(err)
	}
	layout := eval.NewLayout(metrics, "")
	t := layout.NewTally()
	c := &coref.ArticleCounting{Prefix: "actors.coref", Counts: eval.MentionItems, Load: coref.ActorClusters}
	for b.Loop() {
		for _, p := range pairs {
			c.Count(p, t)
		}
	}
	b.ReportMetric(float64(b.N)*100*300/b.Elapsed().Seconds(), "mentions/s")
}

// BenchmarkCorefCorpus counts all metrics across 1,000 articles.
func BenchmarkCorefCorpus(b *testing.B) {
	pairs := evaltest.BenchmarkPairs(1000)
	metrics, err := eval.SelectMetrics([]string{"actors.coref_corpus"})
	if err != nil {
		b.Fatal(err)
	}
	layout := eval.NewLayout(metrics, "")
	for b.Loop() {
		tallies := map[string]*eval.Tally{}
		c := &coref.CorpusCounting{Subject: corefSubjects[1]}
		for _, p := range pairs {
			tallies[p.DocID] = layout.NewTally()
			c.Observe(p)
		}
		c.CountAll(func(id string) *eval.Tally { return tallies[id] })
	}
	b.ReportMetric(float64(b.N)*1000*300/b.Elapsed().Seconds(), "mentions/s")
}
