package data

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"sync"

	"github.com/mizan-corpus/mizan/data/ingest"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

//go:embed articles labels dataset.json *.md
var embedded embed.FS

const (
	datasetFile    = "dataset.json"
	guidelinesFile = "GUIDELINES.md"
	labellingFile  = "LABELLING.md" // how the labels were made, for the card
)

// Default is the corpus in this program: its articles, their labels and what
// it says of itself.
var Default = sync.OnceValues(func() (*Corpus, error) {
	b, err := embedded.ReadFile(datasetFile)
	if err != nil {
		return nil, err
	}
	meta, err := ParseMeta(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", datasetFile, err)
	}
	guidelines, err := embedded.ReadFile(guidelinesFile)
	if err != nil {
		return nil, err
	}
	meta.GuidelineVersion = GuidelineVersion(string(guidelines))
	labelling, err := embedded.ReadFile(labellingFile)
	if err != nil {
		return nil, err
	}
	meta.Labelling = string(labelling)
	articles, err := fs.Sub(embedded, "articles")
	if err != nil {
		return nil, err
	}
	return NewCorpus(meta, ArticleFiles(articles, ingest.Options{}),
		labels.Source{FS: embedded, Path: "labels", Name: "data/labels"}), nil
})

// ArticleFiles is the articles of a folder, as [ingest.Dir] reads them. Each
// function of notes is called, whenever the articles are read, with the notes
// of one article at a time.
func ArticleFiles(fsys fs.FS, opt ingest.Options, notes ...func([]ingest.Note)) func() iter.Seq2[*schema.Article, error] {
	return func() iter.Seq2[*schema.Article, error] {
		return converted(ingest.Dir(fsys, opt), func(d *ingest.Document) *schema.Article {
			for _, f := range notes {
				if len(d.Notes) > 0 {
					f(d.Notes)
				}
			}
			return d.Article
		})
	}
}

// OpenCorpus is the corpus of a folder of articles and a folder of label files;
// an empty labelsDir stands for no labels. A folder without any label file is a
// [NoLabelsError]. Each function of notes is called, whenever the articles are
// read, with what is to be said of the folder, then of one article at a time.
func OpenCorpus(meta Meta, articlesDir, labelsDir string, notes ...func([]ingest.Note)) (*Corpus, error) {
	if err := CheckFolder(articlesDir); err != nil {
		return nil, err
	}
	var source labels.Source
	if labelsDir != "" {
		if err := CheckLabelFolder(labelsDir); err != nil {
			return nil, err
		}
		source = labels.Source{FS: os.DirFS(labelsDir), Path: ".", Name: labelsDir}
	}
	var opt ingest.Options
	if len(notes) > 0 {
		opt.Warn = func(n ingest.Note) {
			for _, f := range notes {
				f([]ingest.Note{n})
			}
		}
	}
	return NewCorpus(meta, ArticleFiles(os.DirFS(articlesDir), opt, notes...), source), nil
}
