package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/extract"
	"github.com/mizan-corpus/mizan/eval/report"
	"github.com/mizan-corpus/mizan/labels"
)

// demoMetrics are the figures of the demo's table, in its order.
var demoMetrics = []string{
	"mentions.strict", "mentions.exact", "mentions.partial", "mentions.type",
	"events.trigger.identified", "events.trigger.classified",
	"events.argument.identified", "events.argument.classified",
}

func newDemoCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo [DIR]",
		Short: "The main job in one go: build, verify, run the baselines, score them",
		Long: `Demo builds the embedded corpus into a release, verifies it, runs the two
built-in baselines over the articles and scores them against the gold labels.
Each baseline takes its names from the other articles only. Everything it writes
is in DIR (default: mizan-demo).`,
		Args: maxArgs(1, "the folder to write into"),
		RunE: func(c *cobra.Command, args []string) error {
			dir := "mizan-demo"
			if len(args) == 1 {
				dir = args[0]
			}
			return a.demo(c.Context(), dir)
		},
	}
}

// demoFolder makes the demo's folder. It refuses one that holds anything
// else: the demo replaces what an earlier demo wrote, and nothing more.
func demoFolder(dir, release string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 && !data.IsRelease(release) {
		return &withHint{fmt.Errorf("%s is not empty and holds no earlier demo", dir), "give an empty folder, or a new name"}
	}
	return os.MkdirAll(dir, 0o755)
}

func (a *app) demo(ctx context.Context, dir string) error {
	release := filepath.Join(dir, "release")
	if err := demoFolder(dir, release); err != nil {
		return err
	}
	ds, err := data.Default()
	if err != nil {
		return err
	}
	built, err := data.Build(ctx, release, ds, data.BuildOptions{Replace: data.IsRelease(release)})
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, "1. The release: five articles and their gold labels as Parquet tables")
	fmt.Fprintln(a.stdout)
	if err := a.printBuild(built, lintCommand("", nil)); err != nil {
		return err
	}
	violations, err := verify(release)
	if err != nil {
		return err
	}
	if err := a.printViolations(release, violations); err != nil {
		return err
	}

	fmt.Fprintln(a.stdout)
	fmt.Fprintln(a.stdout, "2. The baselines, each article coded with names from the other four only")
	fmt.Fprintln(a.stdout)
	var names, files []string
	var results []*eval.Result
	for _, b := range extract.Builtins() {
		f := runFlags{release: release, spec: "builtin:" + b.Name, out: filepath.Join(dir, b.Name+".jsonl"), overwrite: true}
		opened, err := openDataset(release)
		if err != nil {
			return err
		}
		if err := a.runExtractor(ctx, opened, f); err != nil {
			return err
		}
		score := scoreFlags{release: release, opt: eval.Options{Metrics: demoMetrics, Resamples: 1000, Level: 0.95, Method: "bca", Seed: 1}}
		ev, err := score.score(ctx, f.out)
		if err != nil {
			return err
		}
		result := filepath.Join(dir, b.Name+".result.json")
		if err := labels.FileOutput(result).WriteFile("", ev.Result.WriteJSON); err != nil {
			return err
		}
		names, files, results = append(names, f.spec), append(files, f.out, f.out+".run.json", result), append(results, ev.Result)
	}
	if err := report.SideBySide(a.stdout, names, results, demoMetrics); err != nil {
		return err
	}

	fmt.Fprintln(a.stdout)
	fmt.Fprintln(a.stdout, "3. What was written")
	fmt.Fprintln(a.stdout)
	for _, f := range append([]string{release + string(filepath.Separator)}, files...) {
		fmt.Fprintln(a.stdout, "  "+f)
	}
	fmt.Fprintf(a.stdout, `
Try next:
  dataset compare %[1]s %[2]s
  dataset report %[3]s --predictions %[2]s -o report.html
  dataset run --extractor 'exec:python3 examples/extractor.py' -o mine.jsonl
`, files[0], files[3], files[5])
	return nil
}
