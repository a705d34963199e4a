package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// demoMetrics are the figures of the demo's table, in its order.
var demoMetrics = []string{
	"mentions.strict", "mentions.exact", "mentions.partial", "mentions.type",
	"events.trigger.identified", "events.trigger.classified",
	"events.argument.identified", "events.argument.classified",
}

// Demo builds the embedded corpus into a release, verifies it, runs the baselines
// over the articles and scores them. All that it writes is in dir, which holds
// nothing else.
func Demo(ctx context.Context, s Streams, dir string) error {
	built := filepath.Join(dir, "release")
	if err := demoFolder(dir, built); err != nil {
		return err
	}
	w := s.out()
	if err := demoRelease(ctx, s, built); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n2. The baselines, each article coded with names from the other four only\n\n")
	opened, err := release.Open(built)
	if err != nil {
		return err
	}
	j := scoringJob{Scoring: defaultScoring()}
	j.Dataset, j.Evaluation.Metrics = opened, demoMetrics
	var names, files []string
	var results []*scoring.Result
	for _, b := range extract.Builtins() {
		pred, stored := filepath.Join(dir, b.Name+".jsonl"), filepath.Join(dir, b.Name+".result.json")
		if _, err := Run(ctx, s, RunOptions{Dataset: opened, Extractor: "builtin:" + b.Name, Output: pred, Overwrite: true}); err != nil {
			return err
		}
		ev, err := j.score(ctx, pred, nil, nil)
		if err != nil {
			return err
		}
		if err := writeFile(stored, ev.Result.WriteJSON); err != nil {
			return err
		}
		names, files, results = append(names, "builtin:"+b.Name), append(files, pred, pred+".run.json", stored), append(results, ev.Result)
	}
	if err := report.SideBySide(w, names, results, demoMetrics); err != nil {
		return err
	}

	fmt.Fprintf(w, "\n3. What was written\n\n")
	for _, f := range append([]string{built + string(filepath.Separator)}, files...) {
		fmt.Fprintln(w, "  "+f)
	}
	_, err = fmt.Fprintf(w, `
Try next:
  dataset compare %[1]s %[2]s
  dataset report %[3]s --predictions %[2]s -o report.html
  dataset run --extractor 'exec:python3 examples/extractor.py' -o mine.jsonl
`, files[0], files[3], files[5])
	return err
}

// demoFolder makes the demo's folder. It refuses one that holds anything
// else: the demo replaces what an earlier demo wrote, and nothing more.
func demoFolder(dir, built string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 && !release.IsRelease(built) {
		return exit.WithHint(fmt.Errorf("%s is not empty and holds no earlier demo", dir), "give an empty folder, or a new name")
	}
	return os.MkdirAll(dir, 0o777)
}

// demoRelease builds and verifies the release.
func demoRelease(ctx context.Context, s Streams, dir string) error {
	ds, err := data.Default()
	if err != nil {
		return err
	}
	r, err := release.Build(ctx, dir, ds, release.BuildOptions{Replace: release.IsRelease(dir)})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out(), "1. The release: five articles and their gold labels as Parquet tables\n\n")
	if err := printBuild(s, r, (&BuildOptions{}).lintCommand()); err != nil {
		return err
	}
	_, err = Verify(s, dir, false)
	return err
}
