package labelset

import (
	"errors"
	"iter"
	"os"
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
)

// Infer makes an ontology of what labels in any format use; from names the
// format, "" detects it. texts finds those that the files do not carry; nil where
// none are at hand. say is told what the labels were taken for.
func Infer(path, from string, texts func(docID string) *schema.Index, say func(string, ...any)) (*schema.Ontology, error) {
	format, err := Format(path, from)
	if err != nil {
		return nil, err
	}
	x, err := look(path, labels.ReadOptions{Text: texts}, format, 0)
	if err != nil {
		return nil, err
	}
	return made(x, format, say)
}

// kindless are the formats whose labels do not say what they are of: what no
// ontology knows and no argument leads from is taken for a mention.
var kindless = []string{"bioc", "biocjson", "brat", "conll", "docbin", "doccano", "entities", "gate", "gliner", "huggingface",
	"labelstudio", "langextract", "prodigy", "pubtator", "spacy", "webanno", "webannotation"}

// mostLooked is how many articles' labels tell what they are made for.
const mostLooked = 1000

// Made reports whether labels are made for an ontology, or nothing is seen of what
// else they are made for: they cannot be read with those texts, or have no types.
func Made(o *schema.Ontology, path, from string, texts func(docID string) *schema.Index) bool {
	format, err := Format(path, from)
	if err != nil {
		return true // for the reading that says why
	}
	x, err := look(path, labels.ReadOptions{Text: texts}, format, mostLooked)
	if err != nil {
		return true
	}
	if _, err := made(x, nil, nil); err != nil {
		return true
	}
	return x.Made(o)
}

// look reads labels, those of most articles at most where it is not 0; format is
// nil for a folder of label files.
func look(path string, opt labels.ReadOptions, format *labels.Format, most int) (*ontology.Inference, error) {
	read := func(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
		return native.Folder(src).Documents(opt)
	}
	if format != nil {
		read = format.Read
	}
	src := labels.FileSource(path)
	opt.Ontology = &schema.Ontology{}
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
	return gather(func(yield func(*schema.Annotation, error) bool) {
		n := 0
		for d, err := range read(src, opt) {
			var a *schema.Annotation
			if d != nil {
				a = &d.Annotation
			}
			if n++; !yield(a, err) || n == most {
				return
			}
		}
	}, actors)
}

// Infer makes an ontology of what the labels and their table of actors use, once
// they are converted. say is told what the labels were taken for.
func (l *Native) Infer(annotations iter.Seq2[*schema.Annotation, error], actors iter.Seq2[*schema.Actor, error], say func(string, ...any)) (*schema.Ontology, error) {
	x, err := gather(annotations, actors)
	if err != nil {
		return nil, err
	}
	return made(x, l.format, say)
}

func gather(annotations iter.Seq2[*schema.Annotation, error], actors iter.Seq2[*schema.Actor, error]) (*ontology.Inference, error) {
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
	return x, nil
}

// made makes the ontology, and says what labels were taken for in a format that
// does not tell.
func made(x *ontology.Inference, format *labels.Format, say func(string, ...any)) (*schema.Ontology, error) {
	o := x.Ontology()
	if len(o.MentionTypes)+len(o.EventTypes) == 0 {
		return nil, exit.WithHint(errors.New("an ontology cannot be inferred: the labels have no types"), "name one with --ontology")
	}
	if format != nil && slices.Contains(kindless, format.Name) {
		say("labels taken for %s", x.Taken())
	}
	return o, nil
}
