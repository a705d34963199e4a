package pipeline

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/labelset"
	"github.com/mizan-corpus/mizan/schema"
)

// Metrics lists the metrics, or explains those that are named. page prints all of
// them as a page of Markdown, columns what --by and --where may name.
func Metrics(s Streams, names []string, page, columns bool) error {
	switch {
	case page:
		return metricsPage(s.out())
	case columns:
		return listColumns(s.out())
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

func listColumns(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range eval.Columns() {
		fmt.Fprintf(tw, "%s\t%s\n", c.Name, c.Meaning)
	}
	return tw.Flush()
}

// ColumnNames lists what --by and --where may name.
func ColumnNames() string {
	var names []string
	for _, c := range eval.Columns() {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

func explain(w io.Writer, m *eval.Metric) {
	fmt.Fprintf(w, "%s: %s\n\n%s\n\nformula:  %s\nsource:   %s\n", m.Name, m.Title, m.Meaning, m.Formula, m.Citation)
	for _, law := range brokenLaws(m) {
		fmt.Fprintf(w, "breaks:   %s: %s\n", law, m.Breaks[law])
	}
}

func brokenLaws(m *eval.Metric) []eval.Law { return slices.Sorted(maps.Keys(m.Breaks)) }

// metricsPreface is what holds for all metrics.
const metricsPreface = `# Metrics

Written by ` + "`dataset metrics --markdown`" + ` from the metrics themselves.

Every metric turns one article into counts that add up over articles;
ratios are computed at the end. An undefined ratio (no predictions, no gold) is
null, never 0. Unless a metric says otherwise, items are matched one to one so
that the numbers of (correct, partial, incorrect) pairs are the greatest
possible, in that order of weight, whatever the order of the input.

**Claims.** Where the predictions hold no label of the kind that a metric is about, as
links where no mention has the id of an actor, they do not claim to do its task: text,
Markdown and tables show dashes and a warning, results list the metric as ` + "`unclaimed`" + `.
Counts and ratios in results stay what they are.

**Places.** Two labels stand in the same place when they have the same span and
the same fragments; overlap is counted in the code points that both cover.
Schemes that stand for another tool see what that tool sees, mostly the whole span.

**Classes.** Among the best matchings one with as many pairs of the same class as
possible is taken. A gold item counts in its own class, and so does a predicted
one, whatever it is matched to. Where several matchings are still as good and give
a class different counts, the class gets the least of them: what no choice among
equals can take away. So the figures of classes depend on no name and no order;
they may add up to less than the whole.

**Means over classes.** Macro counts every class that gold or the predictions have
once, weighted counts it by its gold items. A ratio that is undefined for a class is
null in its own row and counts 0 in the mean: the precision of a class that was
never predicted, the recall of one that gold has not. So do scikit-learn
(zero_division=0, its default) and seqeval. With ` + "`--zero-division nan`" + ` the mean of a
ratio is of the classes that have it, as with zero_division=nan of scikit-learn: a
system that predicts one class of five, and that well, then has a high macro precision.

**Slices and filters.** ` + "`--by` and `--where`" + ` restrict what is judged, never what is
known: an argument still finds its mention, a record its actors. A gold item is
judged by its own value. A predicted one is judged by that of the gold item that it
is matched to in the metric, right or wrong, else by its own, else it is *unknown*,
which is a value like any other. The slice ` + "`--by c`" + ` at v is what ` + "`--where c=v`" + ` keeps;
several filters are a set. What is made of several labels goes with one of them:
an argument with its event, a record with the first of its events. Clusters are
known whole: whatever one, or the overlap of two, adds to a counter is shared out
equally over its mentions, and each share counts where its mention does. Characters,
tokens and conlleval's accuracy alone are of what is judged as if there were nothing
else; there a predicted item goes with the gold item in its place. A column says
nothing about items that it does not divide: ` + "`--where level=NAM`" + ` leaves events as they are.

Each metric is tested for eight laws, over everything, per class and per slice:
**identity** (gold against itself is 1), **order** (the order of input never
matters), **swap** (swapping gold and prediction swaps precision and recall),
**sum** (counts of parts add up to the whole), **spurious** (adding a wrong
prediction never raises precision), **names** (what ids are called never matters),
**types** (renaming types renames classes and nothing else), **slices** (what is
correct in the slices of a column adds up to the whole). A metric that breaks one
says which and why.

Where other scorers count otherwise, on the same spans or clusters:

- **nervaluate** changed its matching in 1.2.0: ` + "`nervaluate`" + ` is the newest, 1.2.1,
  ` + "`nervaluate@1.1`" + ` the one before.
- **HIPE-scorer** drops predictions of types that gold does not have; here they are
  spurious.
- **EvmEval** skips articles without gold; here their predictions are spurious.
- **corefud-scorer** leaves a kind of pairs out of BLANC where neither side has any;
  here, as in the CoNLL reference scorer, where gold has none. It drops singletons
  unless told to keep them.
- **seqeval** reads the same phrases by default and strictly (IOB2), since the tags of
  ` + "`conlleval`" + ` are well formed.
- **spaCy**'s Scorer compares sets: repeated predictions count once.
`

// metricsPage writes docs/metrics.md.
func metricsPage(w io.Writer) error {
	var b strings.Builder
	b.WriteString(metricsPreface)
	for _, m := range eval.Metrics() {
		fmt.Fprintf(&b, "\n## %s\n\n%s.", m.Name, strings.TrimSuffix(upperFirst(m.Title), "."))
		if m.Optional {
			b.WriteString(" Computed only when asked for.")
		}
		if m.Headline {
			b.WriteString(" Computed also when no metric is named.")
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

	Infer  string // labels in any format that the ontology is made of instead; Name is "" then
	From   string // format of Infer; "" detects it
	Output string // file that it is written to as JSON, with Infer; "" prints it
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
	var o *schema.Ontology
	var err error
	if opt.Infer != "" {
		o, err = labelset.Infer(opt.Infer, opt.From, nil, s.say)
	} else {
		o, err = anyOntology(opt.Name)
	}
	if err != nil {
		return nil, err
	}
	if opt.Output != "" {
		s.say("ontology: inferred from the labels: %s; it is in %s, to be reviewed and given with --ontology", strings.Join(ontology.Contents(o), ", "), opt.Output)
		return o, labels.FileOutput(opt.Output).WriteFile("", func(w io.Writer) error {
			_, err := w.Write(ontology.Encode(o))
			return err
		})
	}
	if opt.JSON || opt.Infer != "" {
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
