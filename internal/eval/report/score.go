package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

var scoreHeader = []string{
	"metric", "class", "average", "slice",
	"correct_precision", "predicted", "correct_recall", "gold",
	"precision", "recall", "f1",
	"interval_level", "interval_method",
	"precision_low", "precision_high", "recall_low", "recall_high", "f1_low", "f1_high",
	"ceiling", "articles", "signature",
}

// scoreTable has one row a figure, the counts beside the ratios: first every
// metric over everything, then, where they are to be seen, the classes of each metric
// with the means over them, then every slice in the same way. A mean has no counts.
// What the predictions do not claim has counts and no ratios. The records are of all.
func scoreTable(r *scoring.Result, view View) *table {
	t := &table{warnings: shownWarnings(r, view), signature: r.Signature.String(), header: scoreHeader}
	interval, ceiling := figures.IntervalTitle(r), figures.HasCeiling(r)
	p := part{labels: plainCells("metric"), head: plainCells("correct", "predicted", "gold", "precision", "recall", "F1"), level: 4}
	if interval != "" {
		p.head = append(p.head, plain(interval))
	}
	if ceiling {
		p.head = append(p.head, plain("F1 of annotators"))
	}
	for _, block := range figures.Blocks(r.Metrics) {
		s := section{title: block.Title}
		for _, f := range block.Figures {
			if !view.Classes && (f.Class != "" || f.Average != "") {
				continue
			}
			shown := *f
			if !r.Claims(f) {
				shown.Precision, shown.Recall, shown.F1, shown.Interval = nil, nil, nil, nil
			}
			f := &shown
			cells := []string{"", "", "", figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1)}
			if f.Average == "" {
				cells[0], cells[1], cells[2] = figures.Credit(f.Correct), figures.Count(f.Predicted), figures.Count(f.Gold)
			}
			if interval != "" {
				cells = append(cells, figures.Bounds(f))
			}
			if ceiling {
				cells = append(cells, figures.Number(f.Ceiling))
			}
			s.rows = append(s.rows, row{label: figureName(f), cells: plainCells(cells...)})
		}
		if len(s.rows) > 0 {
			p.sections = append(p.sections, s)
		}
	}
	t.parts = []part{p}
	if r.Details != nil {
		t.parts = append(t.parts, detailParts(r.Details)...)
	}
	for i := range r.Metrics {
		f := &r.Metrics[i]
		record := []any{f.Name, f.Class, f.Average, sliceJSON(f.Slice), nil, nil, nil, nil}
		if f.Average == "" {
			record = append(record[:4], f.Correct.Precision, f.Predicted, f.Correct.Recall, f.Gold)
		}
		record = append(record, f.Precision, f.Recall, f.F1)
		if iv := f.Interval; iv != nil {
			record = append(record, iv.Level, iv.Method, iv.Precision, iv.Recall, iv.F1)
		} else {
			record = append(record, nil, nil, nil, nil, nil, nil, nil, nil)
		}
		t.records = append(t.records, append(record, f.Ceiling, float64(r.Articles), t.signature))
	}
	return t
}

// shownWarnings leaves out the one about classes and slices where none is shown.
func shownWarnings(r *scoring.Result, view View) []string {
	if view.Classes || slices.ContainsFunc(r.Metrics, func(f eval.Figure) bool { return len(f.Slice) > 0 }) {
		return r.Warnings
	}
	return slices.DeleteFunc(slices.Clone(r.Warnings), func(w string) bool { return strings.HasSuffix(w, scoring.PartsWarning) })
}

// figureName is the metric's name, the class or the mean.
func figureName(f *eval.Figure) cell {
	switch {
	case f.Average != "":
		return cell{"  (" + f.Average + ")", "*" + mdText(f.Average) + "*"}
	case f.Class != "":
		return under(f.Class)
	}
	return name(f.Name)
}

// detailParts are the errors by kind, the confusion of classes, and what the
// confidences are worth.
func detailParts(d *analysis.Details) []part {
	p := part{labels: plainCells("errors"), head: plainCells("correct"), textOnly: true}
	for _, k := range analysis.ErrorKinds {
		p.head = append(p.head, plain(string(k)))
	}
	var errors section
	for _, layer := range analysis.ErrorLayers {
		l := d.Errors.Layers[layer]
		if l == nil {
			continue
		}
		counts := []int64{l.Correct}
		for _, k := range analysis.ErrorKinds {
			counts = append(counts, l.Kinds[k])
		}
		errors.rows = append(errors.rows, countRow(string(layer), counts))
	}
	p.sections = []section{errors}
	for _, layer := range analysis.ErrorLayers {
		c := d.Confusion[layer]
		if len(c.Counts) == 0 {
			continue
		}
		s := section{title: "gold ↓ predicted →: " + string(layer), head: c.Columns}
		for i, counts := range c.Counts {
			s.rows = append(s.rows, countRow(c.Rows[i], counts))
		}
		p.sections = append(p.sections, s)
	}
	parts := []part{p}
	for _, layer := range analysis.ErrorLayers {
		c := d.Confidence[layer]
		if c == nil {
			continue
		}
		best := "–"
		if c.BestF1 != nil && c.BestF1.F1 != nil {
			best = fmt.Sprintf("%.4f at %g and above", *c.BestF1.F1, c.BestF1.Threshold)
		}
		line := fmt.Sprintf("confidence of %ss: average precision %s, best F1 %s, Brier %s, calibration error %s",
			layer, figures.Number(c.AveragePrecision), best, figures.Number(c.Brier), figures.Number(c.ECE))
		parts = append(parts, part{lists: [][]entry{{plain(line)}}, textOnly: true})
	}
	return parts
}

func countRow(label string, counts []int64) row {
	r := row{label: under(label)}
	for _, n := range counts {
		r.cells = append(r.cells, plain(strconv.FormatInt(n, 10)))
	}
	return r
}
