package labelset

import (
	"fmt"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/internal/data/duplicates"
	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
)

// NoTextError says that labels do not carry the text that they stand on.
type NoTextError struct {
	At     labels.Position
	DocID  string // "" for label files, none of which carries one
	Format string
}

func (e *NoTextError) Error() string {
	if e.DocID == "" {
		return fmt.Sprintf("%s: label files carry no text", e.At)
	}
	return fmt.Sprintf("%s: article %s: found no text in the %s file", e.At, e.DocID, e.Format)
}

// Hint is the next step.
func (e *NoTextError) Hint() string { return "--articles says where the texts are" }

// Carried streams the articles that the labels carry the texts of, as they stand
// there. sketch asks for [document.Document.Sketch].
func (l *Native) Carried(sketch bool) iter.Seq2[*document.Document, error] {
	return func(yield func(*document.Document, error) bool) {
		if l.format == nil {
			yield(nil, &NoTextError{At: labels.Position{File: l.given}})
			return
		}
		// What labels stand for does not matter here; the one reading that does says it.
		opt := labels.ReadOptions{Ontology: &schema.Ontology{}}
		for d, err := range onceEach(l.format.Read(labels.FileSource(l.given), opt)) {
			if err == nil && d.Text == "" {
				err = &NoTextError{At: d.At, DocID: d.DocID, Format: l.format.Name}
			}
			if err != nil {
				yield(nil, exit.WithHint(err, exit.Hint(err)))
				return
			}
			if !yield(article(d, sketch), nil) {
				return
			}
		}
	}
}

// onceEach refuses a second document of an article.
func onceEach(docs iter.Seq2[*labels.Document, error]) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		seen := map[string]labels.Position{}
		for d, err := range docs {
			if err == nil {
				if first, twice := seen[d.DocID]; twice {
					err = &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: fmt.Sprintf("%q again", d.DocID),
						Expected: fmt.Sprintf("one record an article; the first is at %s", first)}
				}
			}
			if err == nil {
				seen[d.DocID] = d.At
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func article(d *labels.Document, sketch bool) *document.Document {
	out := &document.Document{Article: &schema.Article{
		DocID: ingest.SafeDocID(d.DocID), Text: d.Text, TextSHA256: canonical.Sum(d.Text),
		Language: language.Of(d.Text), SourceFile: path.Base(d.At.File),
	}}
	if sketch {
		out.Sketch = duplicates.NewSketch(d.Text)
	}
	return out
}
