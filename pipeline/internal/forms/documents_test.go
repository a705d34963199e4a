package forms

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// unreadable is a dataset whose articles cannot be read.
type unreadable struct{ dataset.Dataset }

func (unreadable) Ontology() (*schema.Ontology, error) { return schema.PLOVER(), nil }

var errUnreadable = errors.New("disk on fire")

func (unreadable) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) { yield(nil, errUnreadable) }
}

// Offsets are not taken as they are because the texts could not be read.
func TestDocumentsFailWithoutTexts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.jsonl")
	if err := os.WriteFile(file, []byte(`{"doc_id":"a","mentions":[{"start":0,"end":1,"text":"x"}]}`+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	format, err := labels.Lookup("jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range (&Reading{Format: format, Source: labels.FileSource(file), Say: t.Logf}).Documents(unreadable{}) {
		last = err
	}
	if !errors.Is(last, errUnreadable) {
		t.Errorf("got %v, want the error of the texts", last)
	}
}
