// Package forms writes datasets and annotations in other forms.
package forms

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/schema"
)

// Form is anything that --to names: a form of a whole dataset or an annotation
// format. Exactly one of whole and format is set.
type Form struct {
	Name   string
	Layout labels.Layout

	extension string
	whole     *export.Form
	format    *labels.Format

	wholeWords bool // see [labels.WriteOptions]

	// Unlabelled writes the articles without labels, to be labelled, instead of
	// those that have some.
	Unlabelled bool
	Written    int // articles, of an annotation format
}

// OfFormat is the annotation format as a form.
func OfFormat(f *labels.Format) *Form { return &Form{Name: f.Name, Layout: f.Layout, format: f} }

// Lookup is the form of that name.
func Lookup(name string) (*Form, error) {
	if e := export.Lookup(name); e != nil {
		return &Form{Name: name, Layout: e.Layout, extension: e.Extension, whole: e}, nil
	}
	f, err := Writable(name)
	if err != nil {
		names := known()
		hint := "known forms: " + strings.Join(names, ", ")
		return nil, exit.Usage(fmt.Errorf("%q cannot be exported to; did you mean %q?", name, suggest.Nearest(name, names, 1)[0]), hint)
	}
	form := OfFormat(f)
	if len(f.Extensions) > 0 {
		form.extension = f.Extensions[0]
	}
	return form, nil
}

// Writable is the annotation format of that name, if it can be written.
func Writable(name string) (*labels.Format, error) {
	f, err := labels.Lookup(name)
	if err != nil {
		return nil, exit.Usage(err, exit.Hint(err))
	}
	if f.Write == nil {
		return nil, exit.Usage(fmt.Errorf("format %q can be read only", name), "dataset formats tells which can be written")
	}
	return f, nil
}

// Write writes a dataset in the form and counts what it cannot carry.
func (f *Form) Write(ctx context.Context, ds dataset.Dataset, to export.Target, lost *Loss) error {
	if f.whole != nil {
		return f.whole.Write(ctx, ds, to)
	}
	if err := f.writeLabels(ctx, ds, f.Output(to), lost); err != nil {
		return err
	}
	if err := f.writeSetup(ds, to); err != nil || f.Name != "json" {
		return err
	}
	return f.Output(to).WriteFile(native.ActorsFile, func(w io.Writer) error { return WriteActors(w, ds) })
}

// Whole gives fill the target as it is to be written: a folder is filled beside its
// place, so that it appears whole or not at all.
func (f *Form) Whole(to export.Target, fill func(export.Target) error) error {
	if to.Stream != nil || f.Layout != labels.FilePerArticle {
		return fill(to)
	}
	return atomicfile.Folder(to.Path, func(dir string) error { return fill(export.Target{Path: dir}) })
}

// OfDataset reports whether the form is one of a whole dataset.
func (f *Form) OfDataset() bool { return f.whole != nil }

// WriteActors writes the table of actors that label files have beside them.
func WriteActors(w io.Writer, ds dataset.Dataset) error {
	var list []schema.Actor
	for a, err := range ds.Actors() {
		if err != nil {
			return err
		}
		list = append(list, *a)
	}
	return native.WriteActors(w, list)
}

// DryRun counts what the form cannot carry and writes nothing.
func (f *Form) DryRun(ds dataset.Dataset, lost *Loss) error {
	if f.whole != nil {
		return nil
	}
	return f.writeLabels(context.Background(), ds, Nowhere{}, lost)
}

// Output is where the form is written.
func (f *Form) Output(to export.Target) labels.Output {
	switch {
	case to.Stream != nil:
		return labels.StreamOutput(to.Stream)
	case f.Layout == labels.FilePerArticle:
		return labels.DirOutput(to.Path)
	}
	return labels.FileOutput(to.Path)
}

func (f *Form) writeLabels(ctx context.Context, ds dataset.Dataset, out labels.Output, lost *Loss) error {
	f.Written = 0
	documents := func(yield func(*labels.Document, error) bool) {
		for d, err := range f.documents(ds) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			f.Written++
			if !yield(d, nil) {
				return
			}
		}
	}
	return f.WriteDocuments(out, documents, ds, lost)
}

// documents streams the labels of a dataset, or its articles without any.
func (f *Form) documents(ds dataset.Dataset) iter.Seq2[*labels.Document, error] {
	if !f.Unlabelled {
		return streams.Convert(ds.Annotations(), func(a *schema.Annotation) *labels.Document { return &labels.Document{Annotation: *a} })
	}
	return func(yield func(*labels.Document, error) bool) {
		for a, err := range ds.Articles() {
			if err != nil {
				yield(nil, err)
				return
			}
			if !a.Labelled && !yield(&labels.Document{Annotation: schema.Annotation{DocID: a.DocID}, Unlabelled: true}, nil) {
				return
			}
		}
	}
}

// WriteDocuments writes documents in an annotation format, with the texts of a
// dataset at hand. An error of the documents ends it before the file is whole.
func (f *Form) WriteDocuments(out labels.Output, docs iter.Seq2[*labels.Document, error], ds dataset.Dataset, lost *Loss) error {
	texts := join.NewCursor(ds)
	defer texts.Close()
	o, err := ds.Ontology()
	if err != nil {
		return err
	}
	guarded := &guardedOutput{out: out}
	var current *labels.Document
	text := func(docID string) *schema.Index {
		if current != nil && current.DocID == docID && current.Text != "" {
			return schema.NewIndex(current.Text)
		}
		return texts.Text(docID)
	}
	stream := func(yield func(*labels.Document) bool) {
		for d, err := range docs {
			if err != nil {
				guarded.err = err
				return
			}
			if len(d.NotLabelled) > 0 && !f.format.Regions {
				lost.Add(d.DocID, "", "not_labelled")
			}
			if current = d; !yield(d) {
				return
			}
		}
	}
	if err := f.format.Write(guarded, stream, labels.WriteOptions{Text: text, Ontology: o, Lost: lost.Add, WholeWords: f.wholeWords}); err != nil {
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

// Nowhere is an output that keeps nothing.
type Nowhere struct{}

// WriteFile writes nothing.
func (Nowhere) WriteFile(_ string, write func(io.Writer) error) error { return write(io.Discard) }

// known is every name that --to takes, sorted.
func known() []string {
	var names []string
	for _, f := range labels.All() {
		if f.Write != nil && export.Lookup(f.Name) == nil {
			names = append(names, f.Name)
		}
	}
	for _, e := range export.Forms() {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	return names
}

// Proclitics settles what becomes of words that a mention begins or ends in:
// "split" cuts them, as "" does, "keep" leaves them whole.
func (f *Form) Proclitics(how string) error {
	switch {
	case how == "":
		return nil
	case f.format == nil || !f.format.WholeWords:
		return exit.Usagef("--proclitics is for formats with a tag a token, such as iob2")
	case how != "split" && how != "keep":
		return exit.Usagef("--proclitics %q: expected split or keep", how)
	}
	f.wholeWords = how == "keep"
	return nil
}
