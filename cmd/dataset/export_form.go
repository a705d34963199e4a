package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// form is anything that --to names: a form of a whole dataset or an annotation
// format. Exactly one of whole and format is set.
type form struct {
	name      string
	layout    labels.Layout
	extension string
	whole     *data.Export
	format    *labels.Format

	wholeWords bool // see [labels.WriteOptions]
}

func lookupForm(name string) (*form, error) {
	if e := data.LookupExport(name); e != nil {
		return &form{name: name, layout: e.Layout, extension: e.Extension, whole: e}, nil
	}
	f, err := writableFormat(name)
	if err != nil {
		known := knownForms()
		hint := "known forms: " + strings.Join(known, ", ")
		return nil, &usageError{err: fmt.Errorf("%q cannot be exported to; did you mean %q?", name, schema.Nearest(name, known, 1)[0]), hint: hint}
	}
	form := &form{name: f.Name, layout: f.Layout, format: f}
	if len(f.Extensions) > 0 {
		form.extension = f.Extensions[0]
	}
	return form, nil
}

// writableFormat is the annotation format of that name, if it can be written.
func writableFormat(name string) (*labels.Format, error) {
	f, err := labels.Lookup(name)
	if err != nil {
		return nil, &usageError{err: err, hint: hintOf(err)}
	}
	if f.Write == nil {
		return nil, &usageError{err: fmt.Errorf("format %q can be read only", name), hint: "dataset formats tells which can be written"}
	}
	return f, nil
}

// write writes a dataset in the form and counts what it cannot carry.
func (f *form) write(ctx context.Context, ds data.Dataset, to data.Target, lost *loss) error {
	if f.whole != nil {
		return f.whole.Write(ctx, ds, to)
	}
	if err := f.writeLabels(ctx, ds, f.output(to), lost); err != nil || f.name != "json" {
		return err
	}
	return f.output(to).WriteFile(labels.ActorsFile, func(w io.Writer) error { return writeActors(w, ds) })
}

// writeActors writes the table of actors that label files have beside them.
func writeActors(w io.Writer, ds data.Dataset) error {
	var list []schema.Actor
	for a, err := range ds.Actors() {
		if err != nil {
			return err
		}
		list = append(list, *a)
	}
	return labels.WriteActors(w, list)
}

// dryRun counts what the form cannot carry and writes nothing.
func (f *form) dryRun(ds data.Dataset, lost *loss) error {
	if f.whole != nil {
		return nil
	}
	return f.writeLabels(context.Background(), ds, nowhere{}, lost)
}

func (f *form) output(to data.Target) labels.Output {
	switch {
	case to.Stream != nil:
		return labels.StreamOutput(to.Stream)
	case f.layout == labels.FilePerArticle:
		return labels.DirOutput(to.Path)
	}
	return labels.FileOutput(to.Path)
}

func (f *form) writeLabels(ctx context.Context, ds data.Dataset, out labels.Output, lost *loss) error {
	documents := func(yield func(*labels.Document, error) bool) {
		for a, err := range ds.Annotations() {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&labels.Document{Annotation: *a}, nil) {
				return
			}
		}
	}
	return f.writeDocuments(out, documents, ds, lost)
}

// writeDocuments writes documents in an annotation format, with the texts of a
// dataset at hand. An error of the documents ends it before the file is whole.
func (f *form) writeDocuments(out labels.Output, docs iter.Seq2[*labels.Document, error], ds data.Dataset, lost *loss) error {
	texts := newArticleCursor(ds)
	defer texts.close()
	guarded := &guardedOutput{out: out}
	stream := func(yield func(*labels.Document) bool) {
		for d, err := range docs {
			if err != nil {
				guarded.err = err
				return
			}
			if !yield(d) {
				return
			}
		}
	}
	if err := f.format.Write(guarded, stream, labels.WriteOptions{Text: texts.text, Lost: lost.add, WholeWords: f.wholeWords}); err != nil {
		return err
	}
	return guarded.err
}

// guardedOutput lets no file appear after an error of the documents that go
// into it.
type guardedOutput struct {
	out labels.Output
	err error
}

func (g *guardedOutput) WriteFile(name string, write func(io.Writer) error) error {
	return g.out.WriteFile(name, func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return g.err
	})
}

// nowhere is an output that keeps nothing.
type nowhere struct{}

func (nowhere) WriteFile(_ string, write func(io.Writer) error) error { return write(io.Discard) }
