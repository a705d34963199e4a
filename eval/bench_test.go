package eval

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// spanWorkload makes articles of so many gold spans and about as many
// predicted ones: most are identical, some have another type or boundary, some
// are missed or spurious, and a fifth are nested. Seeded.
func spanWorkload(articles, spans int) []*Pair {
	rng := rand.New(rand.NewPCG(1, uint64(articles)))
	types := []string{"PER", "ORG", "GPE", "GRP", "LOC"}
	pairs := make([]*Pair, articles)
	for d := range pairs {
		id := fmt.Sprintf("d%07d", d)
		gold, pred := &schema.Annotation{DocID: id}, &schema.Annotation{DocID: id}
		at := int32(0)
		for len(gold.Mentions) < spans {
			at += int32(1 + rng.IntN(20))
			m := schema.Mention{Span: schema.Span{Start: at, End: at + int32(2+rng.IntN(20))}, Type: types[rng.IntN(len(types))]}
			gold.Mentions = append(gold.Mentions, m)
			p := m
			switch rng.IntN(10) {
			case 0: // missed
				p.Span = schema.NoSpan
			case 1:
				p.Type = types[rng.IntN(len(types))]
			case 2:
				p.Span.End++
			case 3: // spurious, after it
				pred.Mentions = append(pred.Mentions, p)
				p = schema.Mention{Span: schema.Span{Start: m.Span.End, End: m.Span.End + 1}, Type: "LOC"}
			}
			if p.Span.IsSet() {
				pred.Mentions = append(pred.Mentions, p)
			}
			if rng.IntN(5) > 0 { // the next one begins after this one
				at = m.Span.End
			}
		}
		pairs[d] = &Pair{DocID: id, Gold: gold, Pred: pred}
	}
	return pairs
}

// BenchmarkSpans counts the four span schemes together on one goroutine.
func BenchmarkSpans(b *testing.B) {
	for _, shape := range []struct{ articles, spans int }{{1000, 100}, {50, 2000}} {
		b.Run(fmt.Sprintf("%dx%d", shape.articles, shape.spans), func(b *testing.B) {
			pairs := spanWorkload(shape.articles, shape.spans)
			metrics, err := SelectMetrics(mentionSchemeNames)
			if err != nil {
				b.Fatal(err)
			}
			layout := NewLayout(metrics, "")
			b.ReportAllocs()
			for b.Loop() {
				counting := &mentionCounting{}
				t := layout.NewTally()
				for _, p := range pairs {
					counting.Count(p, t)
				}
			}
			spans := float64(shape.articles*shape.spans) * float64(b.N)
			b.ReportMetric(spans/b.Elapsed().Seconds(), "gold-spans/s")
		})
	}
}

// BenchmarkChain counts one article in which every span overlaps the next, so
// that all of them are one cluster, with an error in each tenth.
func BenchmarkChain(b *testing.B) {
	for _, spans := range []int{500, 1000, 2000, 4000} {
		b.Run(fmt.Sprint(spans), func(b *testing.B) {
			gold, pred := &schema.Annotation{DocID: "d"}, &schema.Annotation{DocID: "d"}
			for i := range int32(spans) {
				m := schema.Mention{Span: schema.Span{Start: 4 * i, End: 4*i + 6}, Type: "PER"}
				gold.Mentions = append(gold.Mentions, m)
				if i%10 == 0 {
					m.Span.End++
				}
				pred.Mentions = append(pred.Mentions, m)
			}
			metrics, err := SelectMetrics(mentionSchemeNames)
			if err != nil {
				b.Fatal(err)
			}
			counting, t := &mentionCounting{}, NewLayout(metrics, "").NewTally()
			p := &Pair{DocID: "d", Gold: gold, Pred: pred}
			for b.Loop() {
				counting.Count(p, t)
			}
			b.ReportMetric(float64(spans)*float64(b.N)/b.Elapsed().Seconds(), "gold-spans/s")
		})
	}
}
