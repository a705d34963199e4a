// Package labelset finds out what the labels that a person names are: a folder of
// native label files, or labels in another format.
package labelset

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// Format is the format of labels that are no folder of native label files,
// nil for one. A folder that no format claims is one too: its files may be
// broken, which is for a check to say.
func Format(path, from string) (*labels.Format, error) {
	info, err := os.Stat(path)
	native := path == "" || err == nil && info.IsDir()
	if from != "" {
		f, err := labels.Lookup(from)
		if err != nil {
			return nil, exit.Usage(err, exit.Hint(err))
		}
		if path == "" {
			return nil, exit.Usagef("--from: found no LABELS to read")
		}
		if f.Name == "json" && native {
			return nil, nil
		}
		return f, nil
	}
	if path == "" || err != nil {
		return nil, nil
	}
	f, err := labels.DetectFormat(labels.FileSource(path))
	var unclear *labels.DetectError
	switch {
	case errors.As(err, &unclear) && native, err == nil && native && f.Name == "json":
		return nil, nil
	case err != nil:
		return nil, err
	}
	return f, nil
}

// ActorsBeside is where the table of actors is for labels at a path: in the
// same folder if there is one, else where the articles have theirs.
func ActorsBeside(path string, otherwise labels.Source) labels.Source {
	dir := path
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		dir = filepath.Dir(path)
	}
	if _, err := os.Stat(filepath.Join(dir, native.ActorsFile)); err == nil {
		return labels.FileSource(dir)
	}
	return otherwise
}
