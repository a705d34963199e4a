package labelset

import (
	"errors"
	"iter"
	"os"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
)

// Infer makes an ontology of what labels in any format use; from names the
// format, "" detects it.
func Infer(path, from string) (*schema.Ontology, error) {
	format, err := Format(path, from)
	if err != nil {
		return nil, err
	}
	read := func(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
		return native.Folder(src).Documents(opt)
	}
	if format != nil {
		read = format.Read
	}
	src := labels.FileSource(path)
	actors := func(func(*schema.Actor, error) bool) {}
	if beside := ActorsBeside(path, labels.Source{}); beside.FS != nil {
		actors = func(yield func(*schema.Actor, error) bool) {
			for row, err := range native.Folder(beside).Actors(labels.ReadOptions{}) {
				var a *schema.Actor
				if row != nil {
					a = &row.Actor
				}
				if !yield(a, err) {
					return
				}
			}
		}
	}
	return InferOf(func(yield func(*schema.Annotation, error) bool) {
		for d, err := range read(src, labels.ReadOptions{Ontology: &schema.Ontology{}}) {
			var a *schema.Annotation
			if d != nil {
				a = &d.Annotation
			}
			if !yield(a, err) {
				return
			}
		}
	}, actors)
}

// InferOf makes an ontology of what labels and a table of actors use.
func InferOf(annotations iter.Seq2[*schema.Annotation, error], actors iter.Seq2[*schema.Actor, error]) (*schema.Ontology, error) {
	x := ontology.NewInference()
	for a, err := range annotations {
		if err != nil {
			return nil, err
		}
		x.Add(a)
	}
	for a, err := range actors {
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if a != nil {
			x.AddActor(a)
		}
	}
	o := x.Ontology()
	if len(o.MentionTypes)+len(o.EventTypes) == 0 {
		return nil, exit.WithHint(errors.New("an ontology cannot be inferred: the labels have no types"), "name one with --ontology")
	}
	return o, nil
}
