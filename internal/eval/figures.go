package eval

import "math/big"

// Figures renders a tally: for each metric the pooled figure, then one figure
// a class in name order, then the macro and weighted means over the classes
// that gold or the predictions have (macro counts each class once, weighted by
// its gold count). slice is attached to every figure.
func Figures(t *Tally, slice map[string]string) []Figure {
	if slice == nil {
		slice = map[string]string{}
	}
	var out []Figure
	for i, m := range t.layout.metrics {
		out = append(out, figure(m, t.Exact(i, ""), "", slice))
		var classes []Figure
		for _, class := range t.Classes() {
			if class != "" && t.Has(i, class) {
				classes = append(classes, figure(m, t.Exact(i, class), class, slice))
			}
		}
		out = append(out, classes...)
		if len(classes) > 1 {
			out = append(out, mean(t.layout, m.Name, "macro", classes, slice))
			out = append(out, mean(t.layout, m.Name, "weighted", classes, slice))
		}
	}
	return out
}

func figure(m *Metric, c []*big.Rat, class string, slice map[string]string) Figure {
	s := m.ScoreExactly(c)
	f := Figure{
		Name: m.Name, Class: class, Slice: slice,
		Correct:   Credit{nearest(c[0]).Value, nearest(c[2]).Value},
		Predicted: nearest(c[1]).Value, Gold: nearest(c[3]).Value, gold: c[3],
	}
	f.set(s)
	for k := len(StandardCounters); k < len(c); k++ {
		if f.Counts == nil {
			f.Counts = map[string]float64{}
		}
		f.Counts[m.Counters[k]] = nearest(c[k]).Value
	}
	return f
}

// set sets the figure's ratios.
func (f *Figure) set(s ExactScore) {
	f.exact = &s
	f.Precision, f.Recall, f.F1 = nearest(s.Precision).Pointer(), nearest(s.Recall).Pointer(), nearest(s.F1).Pointer()
}

// Pointer is the value, nil where it is undefined.
func (r Ratio) Pointer() *float64 {
	if !r.Defined {
		return nil
	}
	return &r.Value
}

func mean(l *Layout, name, kind string, classes []Figure, slice map[string]string) Figure {
	f := Figure{Name: name, Average: kind, Slice: slice}
	scores, gold := make([]ExactScore, len(classes)), make([]*big.Rat, len(classes))
	for i := range classes {
		scores[i], gold[i] = *classes[i].exact, classes[i].gold
	}
	f.set(l.MeanOfClasses(scores, gold, kind == "weighted"))
	return f
}

// MeanOfClasses averages each ratio over the classes that gold or the predictions
// have, each class counting once or, weighted, by its gold count. A ratio that is
// undefined for a class counts 0, as in scikit-learn and seqeval: precision of a
// class that was never predicted, recall of one that gold has not. With
// [Settings.LeaveOut] the mean of a ratio is of the classes that have it.
func (l *Layout) MeanOfClasses(scores []ExactScore, gold []*big.Rat, weighted bool) ExactScore {
	var out [3]*big.Rat
	for which := range out {
		var terms, weights []*big.Rat
		for i := range scores {
			r := scores[i].Ratios()
			v := r[which]
			if !l.InMean(v != nil, r[0] != nil || r[1] != nil || r[2] != nil) {
				continue
			}
			if v == nil {
				v = new(big.Rat)
			}
			w := big.NewRat(1, 1)
			if weighted {
				w = gold[i]
			}
			terms, weights = append(terms, new(big.Rat).Mul(v, w)), append(weights, w)
		}
		out[which] = quotient(sumOf(terms), sumOf(weights))
	}
	return ExactScore{out[0], out[1], out[2]}
}

// InMean reports whether a class takes part in the mean of a ratio over classes:
// where the class has the ratio, or any ratio. One without any has nothing to say.
func (l *Layout) InMean(hasRatio, hasAny bool) bool { return hasRatio || hasAny && !l.leaveOut }

// sumOf adds up by halves, so that long denominators are met only a few times.
func sumOf(values []*big.Rat) *big.Rat {
	switch len(values) {
	case 0:
		return new(big.Rat)
	case 1:
		return values[0]
	}
	return new(big.Rat).Add(sumOf(values[:len(values)/2]), sumOf(values[len(values)/2:]))
}
