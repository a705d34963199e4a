package evaltest

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval"
)

func PlainMetric(name string) *eval.Metric {
	return &eval.Metric{Name: name, Counters: eval.StandardCounters, Unit: 1}
}

// CountedArticles makes articles from (correct, predicted, gold) of one metric.
func CountedArticles(l *eval.Layout, counts [][3]int64) []eval.ArticleCounts {
	out := make([]eval.ArticleCounts, len(counts))
	for i, c := range counts {
		out[i] = eval.ArticleCounts{DocID: fmt.Sprintf("d%04d", i), Tally: l.NewTally()}
		out[i].Tally.Add(0, eval.Overall, c[0], c[1], c[0], c[2])
	}
	return out
}
