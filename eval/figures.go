package eval

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
		out = append(out, figure(m, t.Get(i, ""), "", slice))
		var classes []Figure
		for _, class := range t.Classes() {
			if class != "" && t.Has(i, class) {
				classes = append(classes, figure(m, t.Get(i, class), class, slice))
			}
		}
		out = append(out, classes...)
		if len(classes) > 1 {
			out = append(out, mean(m.Name, "macro", classes, slice, func(*Figure) float64 { return 1 }))
			out = append(out, mean(m.Name, "weighted", classes, slice, func(f *Figure) float64 { return f.Gold }))
		}
	}
	return out
}

func figure(m *Metric, c []int64, class string, slice map[string]string) Figure {
	s := m.Score(c)
	unit := float64(m.Unit)
	f := Figure{
		Name: m.Name, Class: class, Slice: slice,
		Correct:   Credit{float64(c[0]) / unit, float64(c[2]) / unit},
		Predicted: float64(c[1]) / unit, Gold: float64(c[3]) / unit,
		Precision: s.Precision.Pointer(), Recall: s.Recall.Pointer(), F1: s.F1.Pointer(),
	}
	for k := len(StandardCounters); k < len(c); k++ {
		if f.Counts == nil {
			f.Counts = map[string]float64{}
		}
		f.Counts[m.Counters[k]] = float64(c[k])
	}
	return f
}

func (r Ratio) Pointer() *float64 {
	if !r.Defined {
		return nil
	}
	return &r.Value
}

// mean averages each ratio over the classes in which it is defined.
func mean(name, kind string, classes []Figure, slice map[string]string, weight func(*Figure) float64) Figure {
	f := Figure{Name: name, Average: kind, Slice: slice}
	average := func(get func(*Figure) *float64) *float64 {
		var sum, total float64
		for i := range classes {
			if v := get(&classes[i]); v != nil {
				sum += float64(*v * weight(&classes[i]))
				total += weight(&classes[i])
			}
		}
		return ratio(sum, total).Pointer()
	}
	f.Precision = average(func(f *Figure) *float64 { return f.Precision })
	f.Recall = average(func(f *Figure) *float64 { return f.Recall })
	f.F1 = average(func(f *Figure) *float64 { return f.F1 })
	return f
}

func ratio(num, den float64) Ratio {
	if den == 0 {
		return Undefined
	}
	return Defined(num / den)
}
