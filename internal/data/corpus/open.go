package corpus

import (
	"context"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// DefaultNearDuplicates is the usual threshold of [Files.NearDuplicates]: of edited
// copies of news it finds three quarters, and hardly anything else
// (docs/articles.md).
const DefaultNearDuplicates = 0.7

// Files says where the articles and labels of a corpus are, and how the
// articles are read.
type Files struct {
	Articles []string // folders, files, patterns and @lists, see [ingest.Find]
	// Documents is articles that are read already instead; nil for Articles. With
	// NearDuplicates each has its sketch.
	Documents func() iter.Seq2[*document.Document, error]
	Labels    string // folder of label files; "" for none
	Columns   ingest.Columns
	DocIDs    ingest.DocIDs
	Text      document.TextReader // how plain texts are read; "" for auto
	MaxBytes  int64               // see [ingest.Options]
	// NearDuplicates is the resemblance, 0 to 1, from which on two articles are
	// near-duplicates, so that one is marked with duplicate_of; 0 looks for none.
	NearDuplicates float64
	// Notes is called, whenever the articles are read, with what is to be said
	// of the files, or of one article at a time; nil for nobody.
	Notes func([]document.Note)
	// LeftOut is called, whenever all articles have been read, with their letters
	// and those that each rule left out; nil for nobody.
	LeftOut func(letters int, by map[document.Rule]int)
	// Progress is called whenever the articles are read; nil for nobody.
	Progress func(ingest.Progress)
	// Context ends the reading; nil never does.
	Context context.Context
}

// Open is the corpus of some files. Articles that are not there are an
// [document.FileError], a folder without any label file is a [NoLabelsError].
func Open(meta dataset.Meta, f Files) (*Corpus, error) {
	if !(f.NearDuplicates >= 0 && f.NearDuplicates <= 1) {
		return nil, fmt.Errorf("near-duplicates: found %v, expected a resemblance from 0 to 1", f.NearDuplicates)
	}
	documents := f.Documents
	if documents == nil {
		files, err := ingest.Find(f.Articles)
		if err != nil {
			return nil, err
		}
		documents = func() iter.Seq2[*document.Document, error] { return f.read(files) }
	}
	c := OfDocuments(meta, documents, labels.Source{})
	c.nearDuplicates, c.context = f.NearDuplicates, f.Context
	if f.Labels != "" {
		if err := c.Label(f.Labels); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// read reads the articles and passes their notes on.
func (f *Files) read(files *ingest.Files) iter.Seq2[*document.Document, error] {
	notes := f.Notes
	if notes == nil {
		notes = func([]document.Note) {}
	}
	opt := ingest.Options{
		MaxBytes: f.MaxBytes, Columns: f.Columns, DocIDs: f.DocIDs, TextReader: f.Text, Sketch: f.NearDuplicates > 0, Progress: f.Progress, Context: f.Context,
		Warn: func(n document.Note) { notes([]document.Note{n}) },
	}
	return func(yield func(*document.Document, error) bool) {
		letters, by := 0, map[document.Rule]int{}
		for d, err := range files.Read(opt) {
			if err == nil {
				d.NoteDropped()
				if len(d.Notes) > 0 {
					notes(d.Notes)
				}
				letters += d.Letters
				for rule, n := range d.ByRule() {
					by[rule] += n
				}
			}
			if !yield(d, err) {
				return
			}
		}
		if f.LeftOut != nil && letters > 0 {
			f.LeftOut(letters, by)
		}
	}
}
