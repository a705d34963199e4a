package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// gateMarks are the words in which an outcome is shown.
var gateMarks = map[string]string{scoring.Passed: "ok", scoring.Failed: "FAILED", scoring.NotEvaluated: "NOT EVALUATED"}

// GateText writes one aligned row a condition, then why any of them did not
// hold, the warnings, the signature and the outcome.
func GateText(w io.Writer, g *scoring.Gate) error {
	rows := [][]string{gateHead(g)}
	for i := range g.Conditions {
		v := &g.Conditions[i]
		rows = append(rows, append([]string{gateLabel(v)}, gateCells(g, v)...))
	}
	if err := columns(w, rows); err != nil {
		return err
	}
	fmt.Fprintln(w)
	if len(g.Figures) > 0 {
		rows := [][]string{shownHead}
		for i := range g.Figures {
			rows = append(rows, append([]string{g.Figures[i].Name}, shownCells(&g.Figures[i])...))
		}
		if err := columns(w, rows); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	for i := range g.Conditions {
		if v := &g.Conditions[i]; v.Reason != "" {
			fmt.Fprintf(w, "%s: %s: %s\n", gateMarks[v.Outcome], visible(v.Condition.String()), visible(v.Reason))
		}
	}
	for _, line := range g.Warnings {
		fmt.Fprintln(w, "warning: "+visible(line))
	}
	_, err := fmt.Fprintf(w, "signature: %s\n%s\n", visible(g.Signature.String()), GateSummary(g))
	return err
}

// GateMarkdown writes the gate for a job's summary page.
func GateMarkdown(w io.Writer, g *scoring.Gate) error {
	var b strings.Builder
	b.WriteString("### " + upperFirst(GateSummary(g)) + "\n\n")
	t := &mdTable{&b}
	t.header(1, gateHead(g))
	for i := range g.Conditions {
		v := &g.Conditions[i]
		cells := gateCells(g, v)
		last := len(cells) - 1
		cells[last] = map[string]string{scoring.Passed: "✅ ok", scoring.Failed: "❌ failed", scoring.NotEvaluated: "⚠ not evaluated"}[v.Outcome]
		t.row(append([]string{mdCode(gateLabel(v))}, cells...))
	}
	reasons := false
	for i := range g.Conditions {
		if v := &g.Conditions[i]; v.Reason != "" {
			if !reasons {
				b.WriteString("\n")
			}
			reasons = true
			fmt.Fprintf(&b, "- %s: %s\n", mdCode(v.Condition.String()), mdText(v.Reason))
		}
	}
	if len(g.Figures) > 0 {
		b.WriteString("\n")
		t.header(1, shownHead)
		for i := range g.Figures {
			t.row(append([]string{"**" + mdText(g.Figures[i].Name) + "**"}, shownCells(&g.Figures[i])...))
		}
	}
	mdNotes(&b, g.Warnings, g.Signature)
	_, err := io.WriteString(w, b.String())
	return err
}

// shownHead heads the figures that are shown beside the conditions.
var shownHead = []string{"metric", "precision", "recall", "F1", "interval"}

func shownCells(f *eval.Figure) []string {
	return []string{figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1), figures.Bounds(f)}
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
	head := []string{"condition", "limit", "figure", "interval"}
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
	return append(cells, signed(v.Margin), gateMarks[v.Outcome])
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

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
