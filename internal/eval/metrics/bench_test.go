package metrics

import (
	"fmt"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// BenchmarkSpans counts the four span schemes together on one goroutine.
func BenchmarkSpans(b *testing.B) {
	for _, shape := range []struct{ articles, spans int }{{1000, 100}, {50, 2000}} {
		b.Run(fmt.Sprintf("%dx%d", shape.articles, shape.spans), func(b *testing.B) {
			pairs := evaltest.SpanWorkload(shape.articles, shape.spans)
			metrics, err := eval.SelectMetrics(mentionSchemeNames)
			if err != nil {
				b.Fatal(err)
			}
			layout := eval.NewLayout(metrics, "")
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
			metrics, err := eval.SelectMetrics(mentionSchemeNames)
			if err != nil {
				b.Fatal(err)
			}
			counting, t := &mentionCounting{}, eval.NewLayout(metrics, "").NewTally()
			p := &eval.Pair{DocID: "d", Gold: gold, Pred: pred}
			for b.Loop() {
				counting.Count(p, t)
			}
			b.ReportMetric(float64(spans)*float64(b.N)/b.Elapsed().Seconds(), "gold-spans/s")
		})
	}
}
