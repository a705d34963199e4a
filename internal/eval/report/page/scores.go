package page

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// htmlScoreTable is the figures of one block: those over everything, the
// classes of one metric, or a slice.
type htmlScoreTable struct {
	Title, Note string
	Main        bool // over everything: not folded
	Rows        []htmlScore
}

// htmlScore is one row of figures.
type htmlScore struct {
	Label, Note              string
	Class, Mean              bool
	Correct, Predicted, Gold string
	Ratios                   [3]htmlRatio // precision, recall, F1
	Ceiling                  string
	Bar                      htmlBar
}

type htmlRatio struct{ Value, Interval string }

// htmlBar is F1 with its interval on a line from 0 to 1, drawn 100 wide.
type htmlBar struct {
	Label       string
	HasValue    bool
	Value       string
	HasInterval bool
	Low, Length string
	HasCeiling  bool
	Ceiling     string
}

func htmlScores(r *scoring.Result) []htmlScoreTable {
	var out []htmlScoreTable
	for i, b := range figures.Blocks(r.Metrics) {
		t := htmlScoreTable{Title: b.Title, Main: i == 0}
		if m, ok := eval.LookupMetric(b.Title); ok && b.Classes {
			t.Note = m.Title
		}
		for _, f := range b.Figures {
			t.Rows = append(t.Rows, newHTMLScore(f, i == 0))
		}
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func newHTMLScore(f *eval.Figure, titled bool) htmlScore {
	row := htmlScore{Label: f.Name, Class: f.Class != "", Mean: f.Average != "", Bar: newHTMLBar(f), Ceiling: figures.Number(f.Ceiling)}
	switch {
	case row.Mean:
		row.Label = f.Average + " mean"
	case row.Class:
		row.Label = f.Class
	case titled:
		if m, ok := eval.LookupMetric(f.Name); ok {
			row.Note = m.Title
		}
	}
	if !row.Mean {
		row.Correct, row.Predicted, row.Gold = figures.Credit(f.Correct), figures.Count(f.Predicted), figures.Count(f.Gold)
	}
	var intervals [3]*[2]float64
	if f.Interval != nil {
		intervals = [3]*[2]float64{f.Interval.Precision, f.Interval.Recall, f.Interval.F1}
	}
	for i, v := range [3]*float64{f.Precision, f.Recall, f.F1} {
		row.Ratios[i].Value = figures.Number(v)
		if intervals[i] != nil {
			row.Ratios[i].Interval = fmt.Sprintf("%.3f–%.3f", intervals[i][0], intervals[i][1])
		}
	}
	return row
}

func newHTMLBar(f *eval.Figure) htmlBar {
	b := htmlBar{Label: "F1 undefined"}
	if f.F1 != nil {
		b.HasValue, b.Value = true, percent(*f.F1)
		b.Label = "F1 " + figures.Number(f.F1)
	}
	if f.Interval != nil && f.Interval.F1 != nil {
		lo, hi := f.Interval.F1[0], f.Interval.F1[1]
		b.HasInterval, b.Low, b.Length = true, percent(lo), percent(hi-lo)
		b.Label += fmt.Sprintf(", interval %.4f to %.4f", lo, hi)
	}
	if f.Ceiling != nil {
		b.HasCeiling, b.Ceiling = true, percent(*f.Ceiling)
		b.Label += ", annotators " + figures.Number(f.Ceiling)
	}
	return b
}

// percent is a ratio as a coordinate between 0 and 100; what is outside, which
// a result written by hand may hold, is drawn at the edge.
func percent(v float64) string { return fmt.Sprintf("%.2f", 100*min(1, max(0, v))) }

// htmlHeadline is one of the figures shown large.
type htmlHeadline struct{ Title, Value, Interval string }

// headlines are the figures shown large, where the result has them.
var headlines = []struct{ metric, title string }{
	{"mentions.strict", "Mentions"},
	{"events.trigger.classified", "Event triggers"},
	{"events.argument.classified", "Event arguments"},
}

func htmlHeadlines(r *scoring.Result) []htmlHeadline {
	var out []htmlHeadline
	for _, h := range headlines {
		if f := r.Find(h.metric, ""); f != nil {
			out = append(out, htmlHeadline{h.title, figures.Number(f.F1), newHTMLScore(f, false).Ratios[2].Interval})
		}
	}
	return out
}
