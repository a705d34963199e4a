package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/labels"
)

// lintFormat is the format of labels that are no folder of native label files,
// nil for one. A folder that no format claims is one too: its files may be
// broken, which is for lint to say.
func lintFormat(path, from string) (*labels.Format, error) {
	info, err := os.Stat(path)
	native := path == "" || err == nil && info.IsDir()
	if from != "" {
		f, err := labels.Lookup(from)
		if err != nil {
			return nil, &usageError{err: err, hint: hintOf(err)}
		}
		if path == "" {
			return nil, usagef("--from: found no LABELS to read")
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

// actorsBeside is where the table of actors is for labels at a path: in the
// same folder if there is one, else where the articles have theirs.
func actorsBeside(path string, otherwise labels.Source) labels.Source {
	dir := path
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		dir = filepath.Dir(path)
	}
	if _, err := os.Stat(filepath.Join(dir, labels.ActorsFile)); err == nil {
		return labels.FileSource(dir)
	}
	return otherwise
}
