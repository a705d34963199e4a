package pipeline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// droppedLine is what is left out of an article, as JSON.
type droppedLine struct {
	DocID   string             `json:"doc_id"`
	Letters int                `json:"letters"`         // and digits of the input
	Left    int                `json:"dropped_letters"` // those that are left out
	Dropped []document.Dropped `json:"dropped"`
}

// printDropped lists what the articles' inputs have and their texts have not.
func printDropped(to io.Writer, ds dataset.Dataset, docID string, asJSON bool) error {
	c, ok := ds.(interface {
		Documents() iter.Seq2[*document.Document, error]
	})
	if !ok {
		return exit.Usage(errors.New("--dropped needs --articles: a release does not have what was left out"), "dataset text --help")
	}
	w := bufio.NewWriter(to)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var bad []error
	found := false
	for d, err := range c.Documents() {
		var file *document.FileError
		switch {
		case errors.As(err, &file):
			bad = append(bad, err)
			continue
		case err != nil:
			return err
		case docID != "" && d.Article.DocID != docID:
			continue
		}
		found = true
		if asJSON {
			if d.Dropped == nil {
				d.Dropped = []document.Dropped{}
			}
			if err := enc.Encode(droppedLine{d.Article.DocID, d.Letters, d.DroppedLetters(), d.Dropped}); err != nil {
				return err
			}
			continue
		}
		if docID == "" {
			fmt.Fprintf(w, "==> %s <==\n", d.Article.DocID)
		}
		for _, x := range d.Dropped {
			fmt.Fprintf(w, "%d: %s: %s\n", x.Line, x.Rule, x.Text)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if docID != "" && !found {
		_, err := findArticle(ds, docID)
		return err
	}
	if docID != "" {
		return nil
	}
	return errors.Join(bad...)
}
