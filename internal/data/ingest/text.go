package ingest

import (
	"errors"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

func init() {
	register(Source{
		Name:       "text",
		Extensions: []string{".txt"},
		Doc:        "plain text in UTF-8, one paragraph a line",
		Records:    true,
		Read:       readTextFile,
	})
}

// readTextFile gives the one article of a text file, by its record where it
// has one.
func readTextFile(f File, o Options) iter.Seq2[Item, error] {
	return one(f, o, func(raw []byte) (*document.Document, error) {
		if f.Record == nil {
			d, err := boilerplate.ReadText(f.Name, raw, o.TextReader)
			var bad *document.EncodingError
			switch {
			case !errors.As(err, &bad):
			case utf16Mark(raw) != nil:
				err = rowError(f.Name, 0, utf16Mark(raw))
			default:
				err = rowError(f.Name, bad.Line, wrongCharset(raw, bad))
			}
			return d, err
		}
		return readPrepared(f, raw)
	})
}

func readPrepared(f File, raw []byte) (*document.Document, error) {
	if len(raw) == 0 {
		return nil, &document.FileError{File: f.Name, Err: document.ErrEmpty}
	}
	a, err := f.Record.Article(f.Name, raw)
	if err != nil {
		return nil, err
	}
	notes := canonical.NoteBOM(a.Raw)
	for i := range notes {
		notes[i].File = f.Name
	}
	d := &document.Document{Article: a, Notes: notes, Prepared: true}
	listUnnamed(d)
	return d, nil
}

// listUnnamed lists the lines of the raw text that the record does not name.
func listUnnamed(d *document.Document) {
	a := d.Article
	named := map[int32]bool{}
	for _, s := range a.RawMap {
		named[s.RawStart] = true
	}
	for i, l := range canonical.SplitLines(a.Raw) {
		if !named[l.Start] {
			d.Drop(i+1, document.RuleRecord, l.Text)
		}
	}
	d.Letters += document.CountLetters(a.Text)
}
