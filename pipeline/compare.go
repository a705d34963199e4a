package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// comparisonForms are the forms that a comparison is printed in.
var comparisonForms = []string{"csv", "json", "markdown", "text"}

// CompareOptions are what [Compare] is asked for. The seed and the intervals are
// those of the scoring.
type CompareOptions struct {
	Scoring
	Systems   []string // files of predictions or stored results, each PATH or NAME=PATH
	Comparing scoring.CompareOptions
	Form      string // text, json, markdown or csv
	Ratio     string // that the table compares: f1, precision or recall
}

// CompareDefaults compares by F1 with the headline metrics.
func CompareDefaults() CompareOptions {
	return CompareOptions{Scoring: defaultScoring(), Comparing: scoring.CompareOptions{Comparing: stats.DefaultComparing}, Form: "text", Ratio: "f1"}
}

// Compare scores two or more systems and sets each against the first.
func Compare(ctx context.Context, s Streams, opt CompareOptions) (*Comparison, error) {
	if len(opt.Systems) < 2 {
		return nil, exit.Usagef("found %d systems, expected two or more files of predictions", len(opt.Systems))
	}
	if !slices.Contains(comparisonForms, opt.Form) {
		return nil, exit.Usagef("unknown form %q; known: %s", opt.Form, strings.Join(comparisonForms, ", "))
	}
	show, err := report.Lookup(opt.Form)
	if err != nil {
		return nil, err
	}
	if err := checkRatio(opt.Ratio); err != nil {
		return nil, err
	}
	compared, err := opt.compare(ctx)
	if err != nil {
		return nil, err
	}
	return compared, show.Render(s.out(), compared, report.View{Ratio: opt.Ratio, Bold: visible.Bold(s.Out)})
}

func checkRatio(ratio string) error {
	if !slices.Contains(scoring.Ratios[:], ratio) {
		return exit.Usagef("%q is not a ratio: expected precision, recall or f1", ratio)
	}
	return nil
}

// compare scores the systems and compares them.
func (opt *CompareOptions) compare(ctx context.Context) (*scoring.Comparison, error) {
	inputs, err := namePaths(opt.Systems)
	if err != nil {
		return nil, err
	}
	comparing, each := opt.Comparing, opt.Evaluation
	comparing.Resampling = stats.Resampling{Seed: each.Seed, Resamples: each.Resamples, Level: each.Level, Method: each.Method}
	comparing.Permuting.Seed = each.Seed
	if err := comparing.Check(); err != nil {
		return nil, exit.Settings(&eval.OptionError{Err: err})
	}
	j := scoringJob{Scoring: opt.Scoring}
	var systems []scoring.System
	for _, in := range inputs {
		system, err := j.system(ctx, in, true, comparing.Errors)
		if err != nil {
			return nil, err
		}
		systems = append(systems, system)
	}
	compared, err := scoring.CompareSystems(ctx, systems, comparing)
	return compared, exit.Mismatch(exit.Settings(err))
}

// namedPath is an argument NAME=PATH, or PATH alone.
type namedPath struct{ name, path string }

// namePaths reads the arguments. A path alone is named after its file, without
// the extension; where several files would have that name, after the path.
func namePaths(args []string) ([]namedPath, error) {
	out := make([]namedPath, len(args))
	given := make([]bool, len(args))
	count := map[string]int{}
	for i, arg := range args {
		name, path, ok := strings.Cut(arg, "=")
		if _, err := os.Stat(arg); ok && err != nil && name != "" && path != "" {
			out[i], given[i] = namedPath{name, path}, true
		} else {
			base := filepath.Base(arg)
			out[i] = namedPath{strings.TrimSuffix(base, filepath.Ext(base)), arg}
		}
		count[out[i].name]++
	}
	seen := map[string]bool{}
	for i := range out {
		if count[out[i].name] > 1 && !given[i] {
			out[i].name = out[i].path
		}
		if seen[out[i].name] {
			return nil, exit.Usage(fmt.Errorf("two systems are named %q", out[i].name), "write NAME=PATH to tell them apart")
		}
		seen[out[i].name] = true
	}
	return out, nil
}

// system scores a file of predictions, or reads a stored result. items records
// single items as well, texts what they say.
func (j *scoringJob) system(ctx context.Context, in namedPath, items, texts bool) (scoring.System, error) {
	s := scoring.System{Name: in.name}
	if r, err := readStored(in.path); r != nil || err != nil {
		s.Result = r
		return s, err
	}
	var watch watchFunc
	if items {
		ds, err := j.dataset()
		if err != nil {
			return s, err
		}
		o, err := ds.Data.Ontology()
		if err != nil {
			return s, err
		}
		if s.Items, err = scoring.NewItems(o, j.Evaluation, texts); err != nil {
			return s, exit.Settings(err)
		}
		watch = s.Items.Watch
	}
	ev, err := j.score(ctx, in.path, nil, watch)
	if err != nil {
		return s, err
	}
	s.Result, s.Scorer = ev.Result, ev.Scorer
	return s, nil
}

// readStored reads a result that `dataset score --json` wrote; nil for any
// other file. Such a file begins with its version.
func readStored(path string) (*scoring.Result, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, nil // a folder, or what labels refuse
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if n == 0 || err != nil && err != io.ErrUnexpectedEOF {
		return nil, nil
	}
	rest, isObject := bytes.CutPrefix(bytes.TrimLeft(head[:n], " \t\r\n"), []byte("{"))
	if !isObject || !bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"result_version"`)) {
		return nil, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	r, err := readResult(f, scoring.ReadResult)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}
