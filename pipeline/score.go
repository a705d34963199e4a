package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/internal/labels/typemap"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/schema"
)

// Scoring says what predictions are held against, and what is counted.
type Scoring struct {
	Release    string   // folder; "" for the embedded corpus
	Dataset    Dataset  // an open one instead of Release
	From       string   // format of the predictions; "" detects it
	Map        []string // types and roles of the predictions to those of the labels: A=B, A=- or files of such pairs
	IoU        int      // least intersection over union of mentions.overlap, per cent; 0 is any overlap
	Evaluation Evaluation
}

// defaultScoring is how predictions are scored where nothing else is asked for.
func defaultScoring() Scoring {
	return Scoring{Evaluation: scoring.Options{Resamples: 1000, Seed: 1, Level: 0.95, Method: stats.MethodLogit}}
}

// ScoreOptions are what [Score] is asked for.
type ScoreOptions struct {
	Scoring
	Predictions string // a file or folder
	// Predicted is predictions in memory instead, in any order. They may be
	// gone through more than once.
	Predicted iter.Seq2[*schema.Annotation, error]
	Ceiling   bool   // beside each F1 the one that annotation passes reach against each other
	Expect    string // stored result that this one must equal; otherwise the error is [ExitCheck]
	Classes   bool   // show the classes of each metric and the means over them, too; JSON has them always
	JSON      bool
}

// ScoreDefaults scores predictions on the embedded corpus, with the
// headline metrics and intervals.
func ScoreDefaults() ScoreOptions { return ScoreOptions{Scoring: defaultScoring()} }

// Score measures predictions against the gold labels: counts, precision, recall
// and F1 for every metric, per class, with intervals.
func Score(ctx context.Context, s Streams, opt ScoreOptions) (*Result, error) {
	opt.Evaluation.Untested = true
	j := scoringJob{Scoring: opt.Scoring}
	ev, err := j.score(ctx, opt.Predictions, opt.Predicted, nil)
	if err != nil {
		return nil, err
	}
	if opt.Ceiling {
		if err := j.setCeiling(ctx, ev.Result); err != nil {
			return nil, err
		}
	}
	show := report.Text
	if opt.JSON {
		show = report.JSON
	}
	if err := show(s.out(), ev.Result, report.View{Classes: opt.Classes}); err != nil || opt.Expect == "" {
		return ev.Result, err
	}
	if err := checkExpected(opt.Expect, ev.Result); err != nil {
		return ev.Result, err
	}
	s.say("equal to %s", opt.Expect)
	return ev.Result, nil
}

// scoringJob scores one or more predictions on a dataset that is opened when the
// first asks for it.
type scoringJob struct {
	Scoring
	opened *join.Dataset
}

func (j *scoringJob) dataset() (*join.Dataset, error) {
	var err error
	if j.opened == nil {
		j.opened, err = join.Open(j.Release, j.Dataset)
	}
	return j.opened, err
}

type watchFunc = func(iter.Seq2[*eval.Pair, error]) iter.Seq2[*eval.Pair, error]

// score evaluates one file of predictions, or predictions in memory.
func (j *scoringJob) score(ctx context.Context, path string, predicted iter.Seq2[*schema.Annotation, error], watch watchFunc) (*scoring.Evaluation, error) {
	ds, err := j.dataset()
	if err != nil {
		return nil, err
	}
	names, err := parseMap(j.Map)
	if err != nil {
		return nil, err
	}
	in := join.Input{Dataset: ds, Path: path, Format: j.From, Map: names, Predicted: predicted}
	ev, err := in.Score(ctx, j.IoU, j.Evaluation, watch)
	return ev, exit.Settings(usageOfMap(err))
}

// setCeiling scores the annotation passes against each other with the settings
// of the score.
func (j *scoringJob) setCeiling(ctx context.Context, r *scoring.Result) error {
	passes, err := j.opened.Passes()
	if err != nil {
		return err
	}
	delete(passes, join.Gold)
	names := slices.Sorted(maps.Keys(passes))
	if len(names) < 2 {
		return fmt.Errorf("a ceiling needs two annotation passes, the dataset has %d", len(names))
	}
	settings, err := j.opened.Settings(j.IoU)
	if err != nil {
		return err
	}
	base, err := j.opened.Signature()
	if err != nil {
		return err
	}
	opt := j.Evaluation
	opt.Resamples = 0
	var results []*scoring.Result
	for i, x := range names {
		for _, y := range names[i+1:] {
			ev, err := scoring.Evaluate(ctx, scoring.PassPairs(j.opened.Pair(passes[y], passes[x])), settings, base, &scoring.JoinReport{}, opt)
			if err != nil {
				return err
			}
			results = append(results, ev.Result)
		}
	}
	return r.SetCeiling(results)
}

// checkExpected holds a result against a stored one.
func checkExpected(path string, found *scoring.Result) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	differences, err := readResult(f, func(r io.Reader) ([]scoring.ResultDifference, error) { return scoring.CompareStored(r, found) })
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(differences) == 0 {
		return nil
	}
	lines := []string{fmt.Sprintf("the result is not the one in %s: %d differences", path, len(differences))}
	for i, d := range differences {
		if i == join.MostErrors {
			lines = append(lines, fmt.Sprintf("%d more differences", len(differences)-i))
			break
		}
		lines = append(lines, d.String())
	}
	return exit.Check(fmt.Errorf("%s", strings.Join(lines, "\n")), "if the change is meant, write the file anew with --json")
}

// parseMap reads a map of types and roles; what is wrong with it is wrong usage.
func parseMap(args []string) (*typemap.Map, error) {
	m, err := typemap.Parse(args)
	return m, usageOfMap(err)
}

// usageOfMap makes wrong usage of an error of a map, and leaves others.
func usageOfMap(err error) error {
	var parse *typemap.ParseError
	var unknown *typemap.UnknownError
	if errors.As(err, &parse) || errors.As(err, &unknown) {
		return exit.Usage(err, exit.Hint(err))
	}
	return err
}
