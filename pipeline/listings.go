package pipeline

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// Metrics lists the metrics, or explains those that are named. page prints all of
// them as a page of Markdown.
func Metrics(s Streams, names []string, page bool) error {
	switch {
	case page:
		return metricsPage(s.out())
	case len(names) == 0:
		return listMetrics(s.out())
	}
	chosen, err := eval.SelectMetrics(names)
	if err != nil {
		return exit.Settings(err)
	}
	for i, m := range chosen {
		if i > 0 {
			fmt.Fprintln(s.out())
		}
		explain(s.out(), m)
	}
	return nil
}

// Formats lists the annotation formats, or tells of the one that is named.
func Formats(s Streams, name string, asJSON bool) error {
	list := labels.All()
	if name != "" {
		f, err := labels.Lookup(name)
		if err != nil {
			return exit.Usage(err, exit.Hint(err))
		}
		if list = []*labels.Format{f}; !asJSON {
			return describeFormat(s.out(), f)
		}
	}
	if asJSON {
		infos := []formatInfo{}
		for _, f := range list {
			infos = append(infos, formatInfo{f.Name, append([]string{}, f.Aliases...), f.Title, f.Write != nil, f.Unit, f.Extensions, f.Notes})
		}
		return s.json(infos)
	}
	tw := tabwriter.NewWriter(s.out(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "format\treads\twrites\toffsets in\tfiles\t")
	for _, f := range list {
		names := strings.Join(append([]string{f.Name}, f.Aliases...), ", ")
		fmt.Fprintf(tw, "%s\tyes\t%s\t%s\t%s\t%s\n", names, yesNo(f.Write != nil), f.Unit, strings.Join(f.Extensions, " "), f.Title)
	}
	return tw.Flush()
}

// formatInfo is what is said of a format, as JSON.
type formatInfo struct {
	Name       string   `json:"name"`
	Aliases    []string `json:"aliases"`
	Title      string   `json:"title"`
	Writes     bool     `json:"writes"`
	Unit       string   `json:"offset_unit"`
	Extensions []string `json:"extensions"`
	Notes      string   `json:"notes"`
}

// describeFormat prints all that is said of a format.
func describeFormat(w io.Writer, f *labels.Format) error {
	fmt.Fprintf(w, "%s: %s\n\n", strings.Join(append([]string{f.Name}, f.Aliases...), ", "), f.Title)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "reads\tyes\nwrites\t%s\noffsets in\t%s\nfiles\t%s\n", yesNo(f.Write != nil), f.Unit, strings.Join(f.Extensions, " "))
	if err := tw.Flush(); err != nil {
		return err
	}
	if f.Notes != "" {
		fmt.Fprintf(w, "\n%s\n", wording.Wrap(strings.Fields(f.Notes), 78))
	}
	return nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
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

func brokenLaws(m *eval.Metric) []eval.Law { return slices.Sorted(maps.Keys(m.Breaks)) }

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
