package export

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// Form is one form of a whole dataset, beside the Parquet tables of a release
// and the annotation formats of package labels. A form is one file of Go that
// calls register from its init function.
type Form struct {
	Name      string // as given to --to
	Title     string // one line for listings
	Layout    labels.Layout
	Extension string // of the file of a form with one file, with the dot
	Write     func(ctx context.Context, ds dataset.Dataset, to Target) error
}

// Target is where an export goes: a folder or a file, by the form's layout, or
// a stream, which takes forms with one file only.
type Target struct {
	Path   string
	Stream io.Writer // nil: to Path
}

func (t Target) file() labels.Output {
	if t.Stream != nil {
		return labels.StreamOutput(t.Stream)
	}
	return labels.FileOutput(t.Path)
}

// folder is the target of a form with many files.
func (t Target) folder() (labels.Output, error) {
	if t.Stream != nil {
		return nil, errors.New("the form has many files: found a stream, expected a folder")
	}
	return labels.DirOutput(t.Path), nil
}

var exports = map[string]*Form{}

func register(e Form) {
	if e.Name == "" || e.Write == nil {
		panic("data: export without name or writer")
	}
	if exports[e.Name] != nil {
		panic("data: export " + e.Name + " registered twice")
	}
	exports[e.Name] = &e
}

// Forms lists the forms by name.
func Forms() []*Form {
	list := make([]*Form, 0, len(exports))
	for _, e := range exports {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *Form) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Lookup finds a form by name, nil when there is none.
func Lookup(name string) *Form { return exports[name] }

// strictDocuments is the rows of a dataset, article by article; the first bad
// record ends it, and the end of the context.
func strictDocuments(ctx context.Context, ds dataset.Dataset) iter.Seq2[*walk.Entry, error] {
	return func(yield func(*walk.Entry, error) bool) {
		for d, err := range walk.Entries(ds, func(err error) error { return err }) {
			if err == nil {
				err = ctx.Err()
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// hasPasses reports whether there is any independent annotation pass.
func hasPasses(ds dataset.Dataset) (bool, error) {
	for _, err := range ds.Passes() {
		return err == nil, err
	}
	return false, nil
}

// writeTogether opens files of these names at the same time and gives their
// writers to body in that order. The files appear when body returned nil.
func writeTogether(out labels.Output, names []string, body func([]io.Writer) error) error {
	writers := make([]io.Writer, 0, len(names))
	var open func() error
	open = func() error {
		if len(writers) == len(names) {
			return body(writers)
		}
		return out.WriteFile(names[len(writers)], func(w io.Writer) error {
			writers = append(writers, w)
			return open()
		})
	}
	return open()
}
