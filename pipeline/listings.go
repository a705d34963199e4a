package pipeline

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
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

// OntologyOptions are what [Ontology] is asked for.
type OntologyOptions struct {
	Name  string // of one that comes with the program, a file, or the folder of a release; "" for the default one
	JSON  bool   // print the whole of it
	Names bool   // list those that come with the program, and do nothing else
}

// Ontology checks an ontology and prints what is in it.
func Ontology(s Streams, opt OntologyOptions) (*schema.Ontology, error) {
	if opt.Names {
		for _, name := range ontology.Names() {
			o := ontology.Named(name)
			fmt.Fprintf(s.out(), "%s\t%s\n", name, strings.Join(ontology.Contents(o), ", "))
		}
		return nil, nil
	}
	o, err := anyOntology(opt.Name)
	if err != nil {
		return nil, err
	}
	if opt.JSON {
		_, err = s.out().Write(ontology.Encode(o))
		return o, err
	}
	return o, ontology.Print(s.out(), o)
}

// OntologyDiff tells what a second ontology has otherwise than a first. With
// check any difference is an error, [ExitCheck].
func OntologyDiff(s Streams, before, after string, check bool) ([]string, error) {
	a, err := anyOntology(before)
	if err != nil {
		return nil, err
	}
	b, err := anyOntology(after)
	if err != nil {
		return nil, err
	}
	lines := ontology.Diff(a, b)
	for _, l := range lines {
		fmt.Fprintln(s.out(), l)
	}
	if len(lines) == 0 {
		s.say("no difference")
	} else if check {
		err = exit.Check(fmt.Errorf("the ontologies differ: %s", wording.Count(len(lines), "difference")), "")
	}
	return lines, err
}

// anyOntology is an ontology by name, in a file or in a release; "" is the
// default one.
func anyOntology(name string) (*schema.Ontology, error) {
	if name == "" {
		return ontology.Default(), nil
	}
	if release.IsRelease(name) {
		r, err := release.Open(name)
		if err != nil {
			return nil, err
		}
		return r.Ontology()
	}
	return findOntology(name)
}

// findOntology is what --ontology names; "" is nil.
func findOntology(name string) (*schema.Ontology, error) {
	o, err := ontology.Find(name)
	if unknown := (*ontology.UnknownError)(nil); errors.As(err, &unknown) {
		return nil, exit.Usage(err, unknown.Hint())
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return nil, exit.Join(several.Unwrap())
	}
	return o, err
}

// inferOntology makes an ontology of what the labels of a dataset use.
func inferOntology(ds dataset.Dataset) (*schema.Ontology, error) {
	x := ontology.NewInference()
	for a, err := range ds.Annotations() {
		if err != nil {
			return nil, err
		}
		x.Add(a)
	}
	for a, err := range ds.Actors() {
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if a != nil {
			x.AddActor(a)
		}
	}
	o := x.Ontology()
	if len(o.MentionTypes)+len(o.EventTypes) == 0 {
		return nil, exit.WithHint(errors.New("an ontology cannot be inferred: the labels have no types"), "name one with --ontology")
	}
	return o, nil
}
