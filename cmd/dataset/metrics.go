package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/eval"
)

func newMetricsCommand(a *app) *cobra.Command {
	var markdown bool
	c := &cobra.Command{
		Use:   "metrics [NAME…]",
		Short: "List the metrics, or explain some: meaning, formula, source",
		Example: `  dataset metrics
  dataset metrics mentions.strict
  dataset metrics actors.coref`,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case markdown:
				return metricsPage(a.stdout)
			case len(args) == 0:
				return listMetrics(a.stdout)
			}
			chosen, err := eval.SelectMetrics(args)
			if err != nil {
				return asUsage(err)
			}
			for i, m := range chosen {
				if i > 0 {
					fmt.Fprintln(a.stdout)
				}
				explain(a.stdout, m)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&markdown, "markdown", false, "print the page docs/metrics.md")
	return c
}

func listMetrics(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, m := range eval.Metrics() {
		note := ""
		if m.Optional {
			note = " (only when asked for)"
		}
		fmt.Fprintf(tw, "%s\t%s%s\n", m.Name, m.Title, note)
	}
	return tw.Flush()
}

func explain(w io.Writer, m *eval.Metric) {
	fmt.Fprintf(w, "%s: %s\n\n%s\n\nformula:  %s\nsource:   %s\n", m.Name, m.Title, m.Meaning, m.Formula, m.Citation)
	for _, law := range brokenLaws(m) {
		fmt.Fprintf(w, "breaks:   %s: %s\n", law, m.Breaks[law])
	}
}

func brokenLaws(m *eval.Metric) []eval.Law {
	var laws []eval.Law
	for law := range m.Breaks {
		laws = append(laws, law)
	}
	sort.Slice(laws, func(i, j int) bool { return laws[i] < laws[j] })
	return laws
}

// metricsPage writes docs/metrics.md.
func metricsPage(w io.Writer) error {
	var b strings.Builder
	b.WriteString(`# Metrics

Written by ` + "`dataset metrics --markdown`" + ` from the metrics themselves.

Every metric turns one article into integer counts that add up over articles;
ratios are computed at the end. An undefined ratio (no predictions, no gold) is
null, never 0. Unless a metric says otherwise, items are matched one to one so
that the numbers of (correct, partial, incorrect) pairs are the greatest
possible, in that order of weight, whatever the order of the input.

Each metric is tested for five laws: **identity** (gold against itself is 1),
**order** (the order of input never matters), **swap** (swapping gold and
prediction swaps precision and recall), **sum** (counts of parts add up to the
whole), **spurious** (adding a wrong prediction never raises precision). A metric
that breaks one says which and why.
`)
	for _, m := range eval.Metrics() {
		fmt.Fprintf(&b, "\n## %s\n\n%s.", m.Name, strings.TrimSuffix(upperFirst(m.Title), "."))
		if m.Optional {
			b.WriteString(" Computed only when asked for.")
		}
		fmt.Fprintf(&b, "\n\n%s\n\n- formula: %s\n- source: %s\n", m.Meaning, m.Formula, m.Citation)
		for _, law := range brokenLaws(m) {
			fmt.Fprintf(&b, "- breaks **%s**: %s\n", law, m.Breaks[law])
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
