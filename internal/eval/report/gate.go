package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// gateMarks are the words in which an outcome is shown.
var gateMarks = map[string]string{scoring.Passed: "ok", scoring.Failed: "FAILED", scoring.NotEvaluated: "NOT EVALUATED"}

// gateMarkdown are the same for a page.
var gateMarkdown = map[string]string{scoring.Passed: "✅ ok", scoring.Failed: "❌ failed", scoring.NotEvaluated: "⚠ not evaluated"}

var gateHeader = []string{
	"kind", "metric", "class", "average", "ratio", "limit", "outcome", "value", "low", "high",
	"baseline", "drop", "margin", "p", "p_holm", "reason", "signature",
}

// gateTable has one row a condition, why any of them did not hold, and the
// figures that are shown beside them.
func gateTable(g *scoring.Gate) *table {
	t := &table{summary: GateSummary(g), warnings: g.Warnings, signature: g.Signature.String(), header: gateHeader}
	p := part{labels: plainCells("condition"), head: plainCells(gateHead(g)...), sections: make([]section, 1)}
	for i := range g.Conditions {
		v := &g.Conditions[i]
		cells := append(plainCells(gateCells(g, v)...), cell{gateMarks[v.Outcome], gateMarkdown[v.Outcome]})
		p.sections[0].rows = append(p.sections[0].rows, row{label: code(gateLabel(v)), cells: cells})
		if v.Reason != "" {
			t.reasons = append(t.reasons, entry{gateMarks[v.Outcome] + ": " + v.Condition.String() + ": " + v.Reason,
				mdCode(v.Condition.String()) + ": " + mdText(v.Reason)})
		}
		limit, _ := strconv.ParseFloat(string(v.Limit), 64)
		t.records = append(t.records, []any{v.Kind, v.Metric, v.Class, v.Average, v.Ratio, limit, v.Outcome, v.Found, v.Interval,
			v.Baseline, v.Drop, v.Margin, v.P, v.PHolm, v.Reason, t.signature})
	}
	t.parts = []part{p}
	if len(g.Figures) > 0 {
		shown := part{labels: plainCells("metric"), head: plainCells("precision", "recall", "F1", "interval"), sections: make([]section, 1)}
		for i := range g.Figures {
			f := &g.Figures[i]
			shown.sections[0].rows = append(shown.sections[0].rows, row{label: name(f.Name),
				cells: plainCells(figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1), figures.Bounds(f))})
		}
		t.parts = append(t.parts, shown)
	}
	return t
}

// GateSummary is the outcome in one sentence.
func GateSummary(g *scoring.Gate) string {
	var failed, open int
	for i := range g.Conditions {
		switch g.Conditions[i].Outcome {
		case scoring.Failed:
			failed++
		case scoring.NotEvaluated:
			open++
		}
	}
	switch {
	case failed > 0 && open > 0:
		return fmt.Sprintf("gate failed: %d of %s did not hold, %d could not be evaluated", failed, conditions(len(g.Conditions)), open)
	case failed > 0:
		return fmt.Sprintf("gate failed: %d of %s did not hold", failed, conditions(len(g.Conditions)))
	case open > 0:
		return fmt.Sprintf("gate not evaluated: %d of %s could not be evaluated", open, conditions(len(g.Conditions)))
	}
	return fmt.Sprintf("gate passed: %s", conditions(len(g.Conditions)))
}

func conditions(n int) string {
	if n == 1 {
		return "1 condition"
	}
	return strconv.Itoa(n) + " conditions"
}

func gateHead(g *scoring.Gate) []string {
	head := []string{"limit", "figure", "interval"}
	if g.Baseline != "" {
		head = append(head, "baseline", "drop")
	}
	if g.Significant {
		head = append(head, "p", "p Holm")
	}
	return append(head, "margin", "outcome")
}

// gateLabel is the figure; whether it must not fall below or not drop by more
// than the limit stands before the limit.
func gateLabel(v *scoring.Verdict) string {
	if v.Kind == scoring.KindMaxDrop {
		return "drop of " + v.Condition.Figure()
	}
	return v.Condition.Figure()
}

func gateCells(g *scoring.Gate, v *scoring.Verdict) []string {
	limit := "≥ " + string(v.Limit)
	if v.Kind == scoring.KindMaxDrop {
		limit = "≤ " + string(v.Limit)
	}
	cells := []string{limit, figures.Number(v.Found), between(v.Interval)}
	if g.Baseline != "" {
		cells = append(cells, absent(v.Baseline, figures.Number), absent(v.Drop, signed))
	}
	if g.Significant {
		cells = append(cells, absent(v.P, pValue), absent(v.PHolm, pValue))
	}
	return append(cells, signed(v.Margin))
}

// absent is "" for what a kind of condition does not have.
func absent(v *float64, show func(*float64) string) string {
	if v == nil {
		return ""
	}
	return show(v)
}

// verdictDetail is a condition's numbers in one sentence.
func verdictDetail(v *scoring.Verdict) string {
	text := fmt.Sprintf("%s: found %s", v.Condition.String(), figures.Number(v.Found))
	if v.Interval != nil {
		text += " (" + between(v.Interval) + ")"
	}
	if v.Baseline != nil {
		text += ", baseline " + figures.Number(v.Baseline)
	}
	if v.Drop != nil {
		text += ", drop " + signed(v.Drop)
	}
	if v.PHolm != nil {
		text += ", p Holm " + pValue(v.PHolm)
	}
	return text + ", margin " + signed(v.Margin)
}

// signed is a difference of ratios with its sign. One that would be rounded to
// zero is shown with the digits that it takes.
func signed(v *float64) string {
	if v == nil {
		return "–"
	}
	s := strconv.FormatFloat(*v, 'f', 4, 64)
	if *v != 0 && strings.Trim(s, "-0.") == "" {
		s = strconv.FormatFloat(*v, 'e', 1, 64)
	}
	if minus, ok := strings.CutPrefix(s, "-"); ok {
		return "−" + minus
	}
	if *v > 0 {
		return "+" + s
	}
	return s
}

func between(v *[2]float64) string {
	if v == nil {
		return "–"
	}
	return fmt.Sprintf("%.4f–%.4f", v[0], v[1])
}

// pValue is a p-value with four decimals, never shown as zero.
func pValue(p *float64) string {
	switch {
	case p == nil:
		return "–"
	case *p < 0.0001:
		return "<0.0001"
	}
	return strconv.FormatFloat(*p, 'f', 4, 64)
}
