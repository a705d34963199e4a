package scoring

import (
	"context"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

// fill compares the figures over everything, then in every slice that any
// system has.
func (c *Comparison) fill(ctx context.Context, systems []System, opt CompareOptions) error {
	for _, part := range comparedParts(systems) {
		tests := make([]map[eval.FigureKey]stats.Difference, len(systems))
		for i := 1; i < len(systems); i++ {
			if part.articles[0] == nil || part.articles[i] == nil {
				continue
			}
			m, err := stats.NewPairedMatrix(systems[0].Scorer.Layout(), part.articles[0], part.articles[i])
			if err != nil {
				return err
			}
			found, err := stats.Compare(ctx, m, opt.Comparing)
			if err != nil {
				return err
			}
			tests[i] = map[eval.FigureKey]stats.Difference{}
			for _, d := range found {
				tests[i][d.FigureKey] = d
			}
		}
		for _, key := range part.keys(opt.Classes) {
			c.Figures = append(c.Figures, part.figure(key, systems, tests, opt))
		}
	}
	return nil
}

// comparedPart is the whole or one slice of it: each system's figures and,
// where the system has counts, its articles.
type comparedPart struct {
	slice    map[string]string
	figures  []map[eval.FigureKey]*eval.Figure // by system
	articles [][]eval.ArticleCounts            // by system; nil without counts
}

// comparedParts lists the whole and then the slices in the order of their
// values.
func comparedParts(systems []System) []*comparedPart {
	byKey := map[string]*comparedPart{}
	for i, s := range systems {
		for j := range s.Result.Metrics {
			f := &s.Result.Metrics[j]
			key := sliceKey(f.Slice)
			p := byKey[key]
			if p == nil {
				p = &comparedPart{f.Slice, make([]map[eval.FigureKey]*eval.Figure, len(systems)), make([][]eval.ArticleCounts, len(systems))}
				byKey[key] = p
			}
			if p.figures[i] == nil {
				p.figures[i] = map[eval.FigureKey]*eval.Figure{}
			}
			p.figures[i][eval.FigureKey{Name: f.Name, Class: f.Class, Average: f.Average}] = f
		}
	}
	var out []*comparedPart
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		p := byKey[key]
		p.pair(systems)
		out = append(out, p)
	}
	return out
}

func sliceKey(slice map[string]string) string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(slice)) {
		b.WriteString(k + "\x00" + slice[k] + "\x00")
	}
	return b.String()
}

// pair sets the part's articles. In a slice, an article in which only one
// system has something counts as empty for the other.
func (p *comparedPart) pair(systems []System) {
	tallies := make([]map[string]*eval.Tally, len(systems))
	ids := map[string]bool{}
	for i, s := range systems {
		if s.Scorer == nil {
			continue
		}
		if len(p.slice) == 0 {
			p.articles[i] = s.Scorer.Articles()
			continue
		}
		tallies[i] = map[string]*eval.Tally{}
		for _, a := range s.Scorer.Articles() {
			for _, part := range a.Slices {
				if isSlice(s.Scorer.By(), part.Values, p.slice) {
					tallies[i][a.DocID], ids[a.DocID] = part.Tally, true
				}
			}
		}
	}
	for i := range systems {
		if tallies[i] == nil {
			continue
		}
		p.articles[i] = []eval.ArticleCounts{}
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			t := tallies[i][id]
			if t == nil {
				t = systems[i].Scorer.Layout().NewTally()
			}
			p.articles[i] = append(p.articles[i], eval.ArticleCounts{DocID: id, Tally: t})
		}
	}
}

func isSlice(by []*eval.Column, values []string, slice map[string]string) bool {
	for i, v := range values {
		if slice[by[i].Name] != v {
			return false
		}
	}
	return len(values) == len(slice)
}

// keys are the figures that every system's selection of metrics has: pooled,
// or with classes also each class that any system has, and the means.
func (p *comparedPart) keys(classes bool) []eval.FigureKey {
	byName := map[string]map[eval.FigureKey]bool{}
	for _, figures := range p.figures {
		for key := range figures {
			if classes || key.Class == "" && key.Average == "" {
				if byName[key.Name] == nil {
					byName[key.Name] = map[eval.FigureKey]bool{}
				}
				byName[key.Name][key] = true
			}
		}
	}
	var out []eval.FigureKey
	for _, name := range p.names() {
		out = append(out, slices.SortedFunc(maps.Keys(byName[name]), compareKeys)...)
	}
	return out
}

// names are the metrics that every system has, registered ones in their order,
// then others by name.
func (p *comparedPart) names() []string {
	order := map[string]int{} // 0 for a metric that is not registered
	for i, m := range eval.Metrics() {
		order[m.Name] = i - len(eval.Metrics())
	}
	var out []string
	for key := range p.figures[0] {
		shared := key.Class == "" && key.Average == ""
		for _, figures := range p.figures {
			shared = shared && figures[key] != nil
		}
		if shared {
			out = append(out, key.Name)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if order[a] != order[b] {
			return order[a] - order[b]
		}
		return strings.Compare(a, b)
	})
	return out
}

// compareKeys orders the figures of one metric as [eval.Figures] does: pooled,
// classes by name, macro, weighted.
func compareKeys(a, b eval.FigureKey) int {
	if a.Average != b.Average {
		return strings.Compare(a.Average, b.Average)
	}
	return strings.Compare(a.Class, b.Class)
}

// figure puts the systems' figures beside each other.
func (p *comparedPart) figure(key eval.FigureKey, systems []System, tests []map[eval.FigureKey]stats.Difference, opt CompareOptions) ComparedFigure {
	out := ComparedFigure{FigureKey: key, Slice: p.slice, Systems: make([]SystemFigure, len(systems))}
	for i := range systems {
		s := &out.Systems[i]
		if f := p.figures[i][key]; f != nil {
			*s = SystemFigure{f.Correct, f.Predicted, f.Gold, f.Precision, f.Recall, f.F1, f.Interval, nil}
		}
		if i == 0 {
			continue
		}
		if d, ok := tests[i][key]; ok {
			s.Versus = &Versus{Precision: d.Precision, Recall: d.Recall, F1: d.F1}
		} else {
			a := &out.Systems[0]
			s.Versus = &Versus{Precision: untested(a.Precision, s.Precision), Recall: untested(a.Recall, s.Recall), F1: untested(a.F1, s.F1)}
		}
		if key.Class == "" && key.Average == "" && len(p.slice) == 0 && tests[i] != nil {
			s.Versus.Articles = articleChanges(key.Name, systems[0].Scorer, systems[i].Scorer, opt.Articles)
		}
	}
	return out
}

func untested(a, b *float64) stats.RatioDifference {
	d := stats.RatioDifference{A: a, B: b}
	if a != nil && b != nil {
		d.Difference = float(new(big.Rat).Sub(decimal(*b), decimal(*a)))
	}
	return d
}
