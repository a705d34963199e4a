package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
)

// checkExpected holds a result against a stored one.
func checkExpected(path string, found *eval.Result) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	differences, err := eval.CompareStored(f, found)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(differences) == 0 {
		return nil
	}
	lines := []string{fmt.Sprintf("the result is not the one in %s: %d differences", path, len(differences))}
	for i, d := range differences {
		if i == mostErrors {
			lines = append(lines, fmt.Sprintf("%d more differences", len(differences)-i))
			break
		}
		lines = append(lines, d.String())
	}
	return &checkError{fmt.Errorf("%s", strings.Join(lines, "\n")), "if the change is meant, write the file anew with --json"}
}

// setCeiling scores the annotation passes against each other with the flags
// of the score.
func (f *scoreFlags) setCeiling(ctx context.Context, r *eval.Result) error {
	ds, err := openDataset(f.release)
	if err != nil {
		return err
	}
	passes, err := readPasses(ds)
	if err != nil {
		return err
	}
	delete(passes, goldPass)
	names := sortedNames(passes)
	if len(names) < 2 {
		return fmt.Errorf("a ceiling needs two annotation passes, the dataset has %d", len(names))
	}
	settings, base, err := f.settings(ds)
	if err != nil {
		return err
	}
	opt := f.opt
	opt.Resamples = 0
	var results []*eval.Result
	for i, x := range names {
		for _, y := range names[i+1:] {
			ev, err := eval.Evaluate(ctx, eval.PassPairs(joinPasses(ds, passes[y], passes[x])), settings, base, &eval.JoinReport{}, opt)
			if err != nil {
				return err
			}
			results = append(results, ev.Result)
		}
	}
	return r.SetCeiling(results)
}

func sortedNames[T any](m map[string]T) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
