package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

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
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, err
	}
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
	r, err := scoring.ReadResult(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}
