package forms

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// IsTool reports whether the form is that of a tool that people label in.
func (f *Form) IsTool() bool { return f.format != nil && f.format.Setup != nil }

// SetupPaths is where the files go that set up the tool, beside an output.
func (f *Form) SetupPaths(ds dataset.Dataset, out string) ([]string, error) {
	if !f.IsTool() || out == "-" {
		return nil, nil
	}
	o, err := ds.Ontology()
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, file := range f.format.Setup(o) {
		paths = append(paths, f.setupPath(out, file.Name))
	}
	return paths, nil
}

func (f *Form) setupPath(out, name string) string {
	if f.Layout == labels.FilePerArticle {
		return filepath.Join(out, name)
	}
	return strings.TrimSuffix(out, filepath.Ext(out)) + "." + name
}

// CheckSetup refuses to overwrite files that set up a tool.
func (f *Form) CheckSetup(ds dataset.Dataset, out string, overwrite bool) error {
	if overwrite || f.Layout == labels.FilePerArticle { // the folder is empty
		return nil
	}
	paths, err := f.SetupPaths(ds, out)
	for _, path := range paths {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return exit.WithHint(fmt.Errorf("%s is there already", path), "--overwrite replaces files of the same names")
		}
	}
	return err
}

// writeSetup writes the files that set up the tool, unless the labels go to a
// stream.
func (f *Form) writeSetup(ds dataset.Dataset, to export.Target) error {
	if !f.IsTool() || to.Stream != nil {
		return nil
	}
	o, err := ds.Ontology()
	if err != nil {
		return err
	}
	for _, file := range f.format.Setup(o) {
		out := labels.FileOutput(f.setupPath(to.Path, file.Name))
		if err := out.WriteFile("", func(w io.Writer) error { _, err := io.WriteString(w, file.Content); return err }); err != nil {
			return err
		}
	}
	return nil
}

// Labelled reports whether a dataset has labelled articles, and others.
func Labelled(ds dataset.Dataset) (labelled, others int, err error) {
	for a, err := range ds.Articles() {
		if err != nil {
			return 0, 0, err
		}
		if a.Labelled {
			labelled++
		} else {
			others++
		}
	}
	return labelled, others, nil
}
