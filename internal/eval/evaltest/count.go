package evaltest

import (
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

func MustSelect(t *testing.T, names ...string) []*eval.Metric {
	t.Helper()
	m, err := eval.SelectMetrics(names)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// CountFamilies counts the pairs under every metric of the families whose
// metrics begin with the prefix, each article with a tally of its own.
func CountFamilies(prefix string, settings *eval.Settings, pairs []*eval.Pair) (*eval.Layout, []*eval.Tally) {
	var metrics []*eval.Metric
	for _, m := range eval.Metrics() {
		if strings.HasPrefix(m.Name, prefix) {
			metrics = append(metrics, m)
		}
	}
	layout := eval.NewLayout(metrics, "")
	tallies := make([]*eval.Tally, len(pairs))
	byID := map[string]*eval.Tally{}
	for i, p := range pairs {
		tallies[i] = layout.NewTally()
		byID[p.DocID] = tallies[i]
	}
	for _, f := range eval.Families() {
		if !slices.ContainsFunc(f.Metrics, func(m eval.Metric) bool { return layout.Find(m.Name) >= 0 }) {
			continue
		}
		if f.New != nil {
			c := f.New(settings)
			for i, p := range pairs {
				c.Count(p, tallies[i])
			}
			continue
		}
		c := f.NewCorpus(settings)
		for _, p := range pairs {
			c.Observe(p)
		}
		c.CountAll(func(id string) *eval.Tally { return byID[id] })
	}
	return layout, tallies
}

func SumTallies(t interface{ Fatal(...any) }, l *eval.Layout, tallies []*eval.Tally) *eval.Tally {
	total := l.NewTally()
	for _, u := range tallies {
		if err := total.Merge(u); err != nil {
			t.Fatal(err)
		}
	}
	return total
}

// TallyOf counts one article with one family's metrics.
func TallyOf(t *testing.T, gold, pred *schema.Annotation, names ...string) *eval.Tally {
	t.Helper()
	metrics, err := eval.SelectMetrics(names)
	if err != nil {
		t.Fatal(err)
	}
	s := eval.NewScorer(metrics, LawSettings(), nil, nil, "test")
	if err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) { yield(LawPair(gold, pred), nil) }); err != nil {
		t.Fatal(err)
	}
	return s.Total()
}
