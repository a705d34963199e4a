package data

import (
	"embed"
	"errors"
	"io/fs"
	"iter"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/labels"
)

//go:embed articles labels corpus.yaml *.md
var embedded embed.FS

const (
	datasetFile    = "corpus.yaml"
	guidelinesFile = "GUIDELINES.md"
	labellingFile  = "LABELLING.md" // how the labels were made, for the card
)

// Default is the corpus in this program: its articles, their labels and what
// it says of itself.
var Default = sync.OnceValues(func() (*corpus.Corpus, error) {
	b, err := embedded.ReadFile(datasetFile)
	if err != nil {
		return nil, err
	}
	meta, bad := dataset.ParseMeta("data/"+datasetFile, b)
	if bad != nil {
		return nil, errors.Join(bad...)
	}
	guidelines, err := embedded.ReadFile(guidelinesFile)
	if err != nil {
		return nil, err
	}
	meta.GuidelineVersion = dataset.GuidelineVersion(string(guidelines))
	labelling, err := embedded.ReadFile(labellingFile)
	if err != nil {
		return nil, err
	}
	meta.Labelling = string(labelling)
	articles, err := fs.Sub(embedded, "articles")
	if err != nil {
		return nil, err
	}
	return corpus.OfDocuments(meta, func() iter.Seq2[*document.Document, error] { return ingest.Dir(articles, ingest.Options{}) }, labels.Source{FS: embedded, Path: "labels", Name: "data/labels"}), nil
})
