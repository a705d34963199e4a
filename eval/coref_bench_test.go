package eval

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// benchmarkPairs are articles of 300 mentions of 60 actors; one predicted
// mention in five goes to another actor and one in ten to another span.
func benchmarkPairs(articles int) []*Pair {
	r := rand.New(rand.NewPCG(1, 2))
	var pairs []*Pair
	for d := range articles {
		gold, pred := &schema.Annotation{}, &schema.Annotation{}
		for i := range 300 {
			m := schema.Mention{Span: schema.Span{Start: int32(10 * i), End: int32(10*i + 5)}, Type: "PER", ActorID: fmt.Sprintf("actor-%d", r.IntN(60))}
			gold.Mentions = append(gold.Mentions, m)
			if r.IntN(5) == 0 {
				m.ActorID = fmt.Sprintf("actor-%d", r.IntN(60))
			}
			if r.IntN(10) == 0 {
				m.Span.End++
			}
			pred.Mentions = append(pred.Mentions, m)
		}
		pairs = append(pairs, &Pair{DocID: fmt.Sprintf("d%06d", d), Gold: gold, Pred: pred})
	}
	return pairs
}

// BenchmarkCoref counts MUC, B³, CEAFe and LEA together on one core; a mention
// is a gold mention.
func BenchmarkCoref(b *testing.B) {
	pairs := benchmarkPairs(100)
	metrics, err := SelectMetrics([]string{"actors.coref.muc", "actors.coref.b3", "actors.coref.ceafe", "actors.coref.lea"})
	if err != nil {
		b.Fatal(err)
	}
	layout := NewLayout(metrics, "")
	t := layout.NewTally()
	c := &corefCounting{prefix: "actors.coref", load: actorClusters, keep: leastID}
	for b.Loop() {
		for _, p := range pairs {
			c.Count(p, t)
		}
	}
	b.ReportMetric(float64(b.N)*100*300/b.Elapsed().Seconds(), "mentions/s")
}

// BenchmarkCorefCorpus counts all metrics across 1,000 articles.
func BenchmarkCorefCorpus(b *testing.B) {
	pairs := benchmarkPairs(1000)
	metrics, err := SelectMetrics([]string{"actors.coref_corpus"})
	if err != nil {
		b.Fatal(err)
	}
	layout := NewLayout(metrics, "")
	for b.Loop() {
		tallies := map[string]*Tally{}
		c := &corpusCorefCounting{subject: corefSubjects[1]}
		for _, p := range pairs {
			tallies[p.DocID] = layout.NewTally()
			c.Observe(p)
		}
		c.CountAll(func(id string) *Tally { return tallies[id] })
	}
	b.ReportMetric(float64(b.N)*1000*300/b.Elapsed().Seconds(), "mentions/s")
}
