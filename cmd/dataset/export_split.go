package main

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
)

// splitsFile says, beside the parts, which article is in which.
const splitsFile = "splits.csv"

// splitFlags are the flags that split a dataset.
type splitFlags struct {
	shares string
	folds  int
	by     string
	seed   uint64
}

func (s *splitFlags) add(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&s.shares, "split", "", "parts and their shares, for example train=0.8,test=0.2")
	fl.IntVar(&s.folds, "folds", 0, "equal parts fold1, fold2, … for cross-validation")
	fl.StringVar(&s.by, "split-by", data.SplitByArticle, "how to split: "+strings.Join(data.SplitWays, ", "))
	fl.Uint64Var(&s.seed, "seed", 1, "seed of the split's random order")
}

// parts is what the flags ask for, nil for no split.
func (s *splitFlags) parts() ([]data.Part, error) {
	var parts []data.Part
	var err error
	switch {
	case s.shares != "" && s.folds != 0:
		err = errors.New("--split and --folds exclude one another")
	case s.shares != "":
		parts, err = data.ParseParts(s.shares)
	case s.folds != 0:
		parts, err = data.Folds(s.folds)
	}
	if err == nil && !slices.Contains(data.SplitWays, s.by) {
		err = errors.New("--split-by: found " + s.by + ", expected one of " + strings.Join(data.SplitWays, ", "))
	}
	if err != nil {
		return nil, &usageError{err: err, hint: "dataset export --help"}
	}
	return parts, nil
}

// writeParts writes every part and splits.csv into the folder.
func writeParts(ctx context.Context, ds data.Dataset, p *data.Partition, form *form, dir string, lost *loss) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, part := range p.Parts {
		if part.Articles == 0 {
			continue // said in the notes; an empty file would look like a mistake
		}
		if err := form.write(ctx, p.Select(ds, part.Name), data.Target{Path: partPath(dir, part.Name, form)}, lost); err != nil {
			return err
		}
	}
	return labels.DirOutput(dir).WriteFile(splitsFile, func(w io.Writer) error {
		out := csv.NewWriter(w)
		out.Write([]string{"doc_id", "split"})
		for _, id := range slices.Sorted(maps.Keys(p.Of)) {
			out.Write([]string{id, p.Of[id]})
		}
		out.Flush()
		return out.Error()
	})
}

// printSplit says what became of the parts.
func (a *app) printSplit(p *data.Partition) {
	for _, s := range p.Parts {
		a.say("%s: %d articles in %d groups, %.1f asked for", s.Name, s.Articles, s.Groups, s.Wanted)
	}
	for _, n := range p.Notes {
		a.say("note: %s", n)
	}
}
