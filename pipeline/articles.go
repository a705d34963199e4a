package pipeline

import (
	"context"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
)

// Articles says where articles are and how they are read. Without Paths they are
// those of the embedded corpus.
type Articles struct {
	Paths    []string       // folders, files, patterns and @lists, see [ingest.Find]
	Columns  ingest.Columns // of JSON Lines and CSV; nil for those with the usual names
	DocIDs   ingest.DocIDs
	Text     document.TextReader // how plain texts are read; "" for auto
	MaxBytes int64               // of one article; a longer one is left out. 0 for [ingest.DefaultMaxBytes]
}

// given reports whether there are articles besides the embedded corpus.
func (a *Articles) given() bool { return len(a.Paths) > 0 }

// files is the articles without labels.
func (a *Articles) files(ctx context.Context) corpus.Files {
	return corpus.Files{Articles: a.Paths, Columns: a.Columns, DocIDs: a.DocIDs, Text: a.Text, MaxBytes: a.MaxBytes, Context: ctx}
}

// open opens the articles.
func (a *Articles) open(ctx context.Context) (*corpus.Corpus, error) {
	return corpus.Open(dataset.Meta{Name: "corpus"}, a.files(ctx))
}

// openData opens the release in the folder, or the embedded corpus for "".
func openData(folder string, opened dataset.Dataset) (dataset.Dataset, error) {
	ds, err := join.Open(folder, opened)
	if err != nil {
		return nil, err
	}
	return ds.Data, nil
}
