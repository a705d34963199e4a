package ingest

import (
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
			return boilerplate.ReadText(f.Name, raw)
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
	return &document.Document{Article: a, Notes: notes, Prepared: true}, nil
}
