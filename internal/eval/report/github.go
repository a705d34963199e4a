package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// GateAnnotations writes the gate as workflow commands of GitHub Actions: an
// error for each condition that did not hold or could not be evaluated, a
// notice for one that holds only because a drop may be chance, and a notice
// when the gate passed.
func GateAnnotations(w io.Writer, g *scoring.Gate) error {
	var b strings.Builder
	for i := range g.Conditions {
		v := &g.Conditions[i]
		switch {
		case v.Outcome != scoring.Passed:
			workflowCommand(&b, "error", v.Condition.Figure(), v.Reason+": "+verdictDetail(v))
		case v.Reason != "":
			workflowCommand(&b, "notice", v.Condition.Figure(), v.Reason+": "+verdictDetail(v))
		}
	}
	if g.Outcome == scoring.Passed {
		workflowCommand(&b, "notice", "dataset gate", GateSummary(g))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// workflowCommand escapes what would end the command or begin another one.
func workflowCommand(b *strings.Builder, kind, title, message string) {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	fmt.Fprintf(b, "::%s title=%s::%s\n", kind, property.Replace(title), data.Replace(message))
}
