package extract

import (
	"context"
	"errors"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/answers"
	_ "github.com/mizan-corpus/mizan/internal/labels/formats"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	Register(Scheme{
		Name:    "file",
		Usage:   "file:PATH",
		Summary: "predictions made before, in any format that can be read",
		Open: func(spec, rest string, opt Options) (Extractor, error) {
			if rest == "" {
				return nil, &SpecError{Spec: spec, What: "no path, expected file:PATH"}
			}
			src := labels.FileSource(rest)
			format, err := fileFormat(src, opt.Answer)
			if err != nil {
				return nil, err
			}
			read := labels.ReadOptions{Answer: opt.Answer, MaxRecord: opt.MaxLine, Text: opt.Text, Ontology: opt.Ontology}
			documents, err := labels.ReadAll(format.Read(src, read))
			if err != nil {
				return nil, err
			}
			return newFileExtractor(spec, documents)
		},
	})
}

// fileFormat is the format of a file: detected, unless the shape of its answers is named.
func fileFormat(src labels.Source, shape string) (*labels.Format, error) {
	if shape == "" || shape == answers.Auto || shape == answers.Native {
		return labels.DetectFormat(src)
	}
	return labels.Lookup("answers")
}

// fileExtractor answers from predictions held in memory.
type fileExtractor struct {
	name  string
	byDoc map[string]*labels.Document
}

func newFileExtractor(name string, documents []*labels.Document) (Extractor, error) {
	x := &fileExtractor{name: name, byDoc: make(map[string]*labels.Document, len(documents))}
	var errs []error
	for _, d := range documents {
		if first, twice := x.byDoc[d.DocID]; twice {
			errs = append(errs, &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id",
				Found: "a second record of " + d.DocID, Expected: "one; the first is at " + first.At.String()})
			continue
		}
		x.byDoc[d.DocID] = d
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return x, nil
}

func (x *fileExtractor) Name() string { return x.name }

// Extract is the stored annotation. An article that the file does not have is
// [KindMissing], one that it has an error for [KindReported].
func (x *fileExtractor) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	d := x.byDoc[a.DocID]
	switch {
	case d == nil:
		return nil, &Error{Extractor: x.name, DocID: a.DocID, Kind: KindMissing, Detail: "the file has no record of this article"}
	case d.Error != "":
		return nil, &Error{Extractor: x.name, DocID: a.DocID, Kind: KindReported, Detail: d.At.String() + ": " + d.Error}
	}
	Measured(ctx, func(m *Meter) { m.Hints = d.Hints })
	return &d.Annotation, nil
}
