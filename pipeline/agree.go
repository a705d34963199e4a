package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/eval/agreement"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/pipeline/internal/labelset"
)

// AgreeOptions are what [Agree] is asked for.
type AgreeOptions struct {
	Release   string  // folder; "" for the embedded corpus
	Dataset   Dataset // an open one instead of Release
	Labels    string  // folder of label files with passes, of Articles, instead of a release
	Articles  Articles
	Ontology  string   // of Labels: a name or a file; "" for that of the folder, or the default one
	Time      bool     // print the time that the passes took instead, as the journals of Labels have it
	Passes    []string // their names, "gold" for the adjudicated labels; none for all
	ByArticle bool     // one row an article below each figure
	JSON      bool
}

// Agree compares the independent annotation passes with each other and with the
// adjudicated labels.
func Agree(ctx context.Context, s Streams, opt AgreeOptions) ([]Agreement, error) {
	switch {
	case opt.Labels != "" && opt.Release != "":
		return nil, exit.Usagef("--labels and --release exclude each other")
	case opt.Labels == "" && (opt.Time || opt.Articles.given() || opt.Ontology != ""):
		return nil, exit.Usage(errors.New("found no folder of label files"), "--labels names the folder that dataset annotate writes")
	case opt.Time:
		return nil, printTimes(s, opt)
	}
	if err := opt.openLabels(ctx); err != nil {
		return nil, err
	}
	ds, err := join.Open(opt.Release, opt.Dataset)
	if err != nil {
		return nil, err
	}
	agreements, err := agree(ctx, ds, opt.Passes)
	if err != nil {
		return nil, err
	}
	if opt.JSON {
		return agreements, s.json(agreements)
	}
	return agreements, report.Text(s.out(), agreements, report.View{ByArticle: opt.ByArticle})
}

// openLabels opens a folder of label files as a dataset.
func (opt *AgreeOptions) openLabels(ctx context.Context) error {
	if opt.Labels == "" {
		return nil
	}
	var ds *corpus.Corpus
	var err error
	if opt.Articles.given() {
		ds, err = opt.Articles.open(ctx)
	} else if ds, err = data.Default(); err == nil {
		own := *ds // the embedded one stays as it is
		ds = &own
	}
	if err != nil {
		return err
	}
	if err := ds.Label(opt.Labels); err != nil {
		return err
	}
	o, err := findOntology(opt.Ontology)
	if err == nil && o == nil {
		o, err = journal.KeptOntology(opt.Labels)
	}
	if err != nil {
		return err
	}
	opt.Dataset = dataset.WithOntology(ds, o)
	return nil
}

// printTimes prints what the journals of a folder say of the work on each article.
func printTimes(s Streams, opt AgreeOptions) error {
	if err := corpus.CheckLabelFolder(opt.Labels); err != nil {
		return err
	}
	work, err := labelset.Work(opt.Labels)
	if err != nil {
		return err
	}
	all := []journal.Work{}
	for _, w := range work {
		if len(opt.Passes) == 0 || slices.Contains(opt.Passes, w.Pass) {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return exit.WithHint(fmt.Errorf("%s: found no journal of the work", opt.Labels), "dataset annotate keeps one of what is labelled with it")
	}
	if opt.JSON {
		return s.json(all)
	}
	tw := tabwriter.NewWriter(s.out(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "pass\tarticle\ttime\tactions\tdone\tseen")
	for _, w := range all {
		var seen []string
		for _, x := range w.Seen {
			seen = append(seen, x.What)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%d\t%s\t%s\n", w.Pass, w.Article, time.Duration(w.Seconds*float64(time.Second)).Round(time.Second), w.Actions, orDash(w.Done), orDash(strings.Join(seen, ", ")))
	}
	return tw.Flush()
}

// agree compares every two of the named passes, of all when none is named.
func agree(ctx context.Context, ds *join.Dataset, names []string) ([]report.NamedAgreement, error) {
	passes, err := ds.Passes()
	if err != nil {
		return nil, err
	}
	known := slices.Sorted(maps.Keys(passes))
	if len(names) == 0 {
		names = slices.DeleteFunc(slices.Clone(known), func(s string) bool { return s == join.Gold })
		if passes[join.Gold] != nil || len(names) < 2 {
			names = append(names, join.Gold)
		}
	}
	for _, n := range names {
		if passes[n] == nil {
			return nil, exit.Usage(fmt.Errorf("no pass is named %q", n), fmt.Sprintf("there are %v", known))
		}
	}
	if len(names) < 2 {
		return nil, exit.Usagef("found %d passes, expected two or more to compare", len(names))
	}
	settings, err := ds.Settings(0)
	if err != nil {
		return nil, err
	}
	var out []report.NamedAgreement
	for i, x := range names {
		for _, y := range names[i+1:] {
			agreed, err := agreement.Agree(ctx, ds.Pair(passes[y], passes[x]), settings)
			if err != nil {
				return nil, err
			}
			out = append(out, report.NamedAgreement{A: x, B: y, Agreement: agreed})
		}
	}
	return out, nil
}
