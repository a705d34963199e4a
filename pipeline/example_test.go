package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/pipeline"
	"github.com/mizan-corpus/mizan/schema"
)

// Run a baseline over the embedded corpus, score it and hold it against a limit.
func Example() {
	dir, err := os.MkdirTemp("", "example-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	ctx, quiet := context.Background(), pipeline.Streams{}
	predictions := filepath.Join(dir, "rules.jsonl")
	run := pipeline.RunOptions{Extractor: "builtin:rules", Output: predictions}
	if _, err := pipeline.Run(ctx, quiet, run); err != nil {
		log.Fatal(err)
	}

	score := pipeline.ScoreDefaults()
	score.Predictions = predictions
	score.Evaluation.Metrics = []string{"mentions.strict"}
	result, err := pipeline.Score(ctx, quiet, score)
	if err != nil {
		log.Fatal(err)
	}
	f := result.Find("mentions.strict", "")
	fmt.Printf("%g of %g predicted are right, gold has %g, F1 %.4f\n", f.Correct.Precision, f.Predicted, f.Gold, *f.F1)

	gate := pipeline.GateDefaults()
	gate.Predictions = predictions
	gate.Min = []string{"mentions.strict.f1=0.9"}
	_, err = pipeline.Gate(ctx, quiet, gate)
	fmt.Println("exit code", pipeline.ExitCode(err))

	// Output:
	// 102 of 129 predicted are right, gold has 284, F1 0.4939
	// exit code 3
}

// Score predictions that are in memory, and print what the command would.
func ExampleScore() {
	predicted := func(yield func(*schema.Annotation, error) bool) {
		yield(&schema.Annotation{DocID: "000_ced7557e4e70de65", Mentions: []schema.Mention{
			{ID: "m1", Span: schema.NoSpan, Head: schema.NoSpan, Text: "بوتين", Type: "PER"},
		}}, nil)
	}
	opt := pipeline.ScoreDefaults()
	opt.Predicted = predicted
	opt.Evaluation.Metrics = []string{"mentions.strict"}
	opt.Evaluation.Where = []string{"article=000_ced7557e4e70de65"}
	opt.Evaluation.Resamples = 0
	result, err := pipeline.Score(context.Background(), pipeline.Streams{}, opt)
	if err != nil {
		log.Fatal(err)
	}
	f := result.Find("mentions.strict", "")
	fmt.Println(f.Predicted, "predicted,", f.Gold, "in gold")
	for _, w := range result.Warnings {
		fmt.Println(w)
	}

	// Output:
	// 1 predicted, 47 in gold
	// 4 of 5 articles have no predictions and count as all missed: 001_23c96fb8be1b69e3, 002_2f962dc379b5ddac, 003_2b11bf8dcfa4a74c, 004_46e5d2e89a486ef2
	// spans placed by their text: 0 placed exactly, 1 at one of several places
}

// An extractor may be a Go function.
func ExampleRun_function() {
	dir, err := os.MkdirTemp("", "mizan")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	record, err := pipeline.Run(context.Background(), pipeline.Streams{}, pipeline.RunOptions{
		Extractor: "putin",
		Ask: func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
			return &schema.Annotation{DocID: a.DocID, Mentions: []schema.Mention{
				{ID: "m1", Span: schema.NoSpan, Head: schema.NoSpan, Text: "بوتين", Type: "PER"},
			}}, nil
		},
		Output: filepath.Join(dir, "putin.jsonl"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(record.Extractor, record.Articles, "articles,", record.Failed, "failed")

	// Output:
	// putin 5 articles, 0 failed
}

// Errors know the exit code of the command and the next step.
func ExampleExitCode() {
	opt := pipeline.ScoreDefaults()
	opt.Predictions = "example_test.go"
	opt.Evaluation.Metrics = []string{"mentions.strct"}
	opt.From = "jsonl"
	_, err := pipeline.Score(context.Background(), pipeline.Streams{}, opt)
	fmt.Println(pipeline.ExitCode(err) == pipeline.ExitUsage, pipeline.Hint(err))

	_, err = pipeline.Info(pipeline.Streams{}, "nowhere", false)
	fmt.Println(pipeline.ExitCode(err) == pipeline.ExitFailed, errors.Is(err, fs.ErrNotExist))

	// Output:
	// true dataset metrics lists them all
	// true true
}
