package main

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
	"github.com/mizan-corpus/mizan/schema"
)

// goldPass is the name under which the adjudicated labels are compared.
const goldPass = "gold"

func newAgreeCommand(a *app) *cobra.Command {
	var release string
	var asJSON, byArticle bool
	c := &cobra.Command{
		Use:   "agree [PASS…]",
		Short: "Agreement between the annotation passes, and of each with gold",
		Long: `Agree compares the independent annotation passes with each other and with the
adjudicated labels: F1 of mentions, triggers, arguments and coreference, Cohen's
kappa of types and realis, Krippendorff's alpha over code points and for
unitizing.

PASS is the name of a pass, or "gold"; without any, all are compared.`,
		Example: `  dataset agree
  dataset agree a b --json`,
		RunE: func(c *cobra.Command, args []string) error {
			ds, err := openDataset(release)
			if err != nil {
				return err
			}
			agreements, err := agreeAll(c.Context(), ds, args)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.stdout, agreements)
			}
			return report.Agreements(a.stdout, agreements, byArticle)
		},
	}
	c.Flags().StringVar(&release, "release", "", "folder of a release (default: the embedded corpus)")
	c.Flags().BoolVar(&asJSON, "json", false, "print everything as JSON, per article and per class too")
	c.Flags().BoolVar(&byArticle, "by-article", false, "one row an article below each figure")
	return c
}

// agreeAll compares every two of the named passes, of all when none is named.
func agreeAll(ctx context.Context, ds data.Dataset, names []string) ([]report.NamedAgreement, error) {
	passes, err := readPasses(ds)
	if err != nil {
		return nil, err
	}
	known := slices.Sorted(maps.Keys(passes))
	if len(names) == 0 {
		names = append(slices.DeleteFunc(slices.Clone(known), func(s string) bool { return s == goldPass }), goldPass)
	}
	for _, n := range names {
		if passes[n] == nil {
			return nil, &usageError{err: fmt.Errorf("no pass is named %q", n), hint: fmt.Sprintf("there are %v", known)}
		}
	}
	if len(names) < 2 {
		return nil, usagef("found %d passes, expected two or more to compare", len(names))
	}
	actors, err := actorTable(ds)
	if err != nil {
		return nil, err
	}
	settings := &eval.Settings{Ontology: schema.PLOVER(), Actors: actors}
	var out []report.NamedAgreement
	for i, x := range names {
		for _, y := range names[i+1:] {
			agreement, err := eval.Agree(ctx, joinPasses(ds, passes[y], passes[x]), settings)
			if err != nil {
				return nil, err
			}
			out = append(out, report.NamedAgreement{A: x, B: y, Agreement: agreement})
		}
	}
	return out, nil
}

// readPasses holds every pass, and gold, in memory.
func readPasses(ds data.Dataset) (map[string][]*schema.Annotation, error) {
	passes := map[string][]*schema.Annotation{}
	for p, err := range ds.Passes() {
		if err != nil {
			return nil, err
		}
		passes[p.Annotator] = append(passes[p.Annotator], p.Annotation)
	}
	for g, err := range ds.Annotations() {
		if err != nil {
			return nil, err
		}
		passes[goldPass] = append(passes[goldPass], g)
	}
	return passes, nil
}

func joinPasses(ds data.Dataset, gold, pred []*schema.Annotation) pairs {
	return func(yield func(*eval.Pair, error) bool) {
		cursor := newArticleCursor(ds)
		defer cursor.close()
		eval.Join(stream(gold), stream(pred), cursor.article, &eval.JoinReport{})(yield)
	}
}

func stream(list []*schema.Annotation) iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		for _, a := range list {
			if !yield(a, nil) {
				return
			}
		}
	}
}
