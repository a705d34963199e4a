package pipeline

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
)

// TextOptions are what [Text] is asked for.
type TextOptions struct {
	Articles Articles
	Release  string  // folder, where there are no Articles; "" for the embedded corpus
	Dataset  Dataset // an open one instead of both
	DocID    string  // of one article; "" for all
	JSON     bool    // {"doc_id","text"}, an article a line
	Dropped  bool    // print what is left out of the texts instead
}

// Text prints the canonical text of articles, in which offsets count.
func Text(ctx context.Context, s Streams, opt TextOptions) error {
	if opt.Articles.given() && opt.Release != "" {
		return exit.Usage(errors.New("--articles and --release exclude each other"), "dataset text --help")
	}
	ds, err := opt.open(ctx)
	if err != nil {
		return err
	}
	if opt.Dropped {
		return printDropped(s.out(), ds, opt.DocID, opt.JSON)
	}
	if opt.DocID == "" {
		return printTexts(s.out(), ds, opt.JSON)
	}
	art, err := findArticle(ds, opt.DocID)
	if err != nil {
		return err
	}
	return printText(s.out(), art, opt.JSON, false)
}

func (opt *TextOptions) open(ctx context.Context) (dataset.Dataset, error) {
	if opt.Articles.given() {
		return opt.Articles.open(ctx)
	}
	return openData(opt.Release, opt.Dataset)
}

// textLine is an article's text as JSON.
type textLine struct {
	DocID string `json:"doc_id"`
	Text  string `json:"text"`
}

// printTexts prints every article. Files that give none are named, and it fails,
// after the others.
func printTexts(w io.Writer, ds dataset.Dataset, asJSON bool) error {
	var bad []error
	for art, err := range ds.Articles() {
		var file *document.FileError
		if errors.As(err, &file) {
			bad = append(bad, err)
			continue
		}
		if err == nil {
			err = printText(w, art, asJSON, true)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(bad...)
}

func printText(to io.Writer, art *schema.Article, asJSON, headed bool) error {
	w := bufio.NewWriter(to)
	switch {
	case asJSON:
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(textLine{art.DocID, art.Text}); err != nil {
			return err
		}
	case headed:
		fmt.Fprintf(w, "==> %s <==\n%s\n", art.DocID, art.Text)
	default:
		fmt.Fprintln(w, art.Text)
	}
	return w.Flush()
}

// findArticle is the article with that doc_id; where there is none, the error
// says why its file could not be read, or which id is nearest.
func findArticle(ds dataset.Dataset, docID string) (*schema.Article, error) {
	var ids []string
	var reason error
	for art, err := range ds.Articles() {
		var file *document.FileError
		switch {
		case errors.As(err, &file):
			if stem(file.File) == docID {
				reason = err
			}
		case err != nil:
			return nil, err
		case art.DocID == docID:
			return art, nil
		default:
			ids = append(ids, art.DocID)
		}
	}
	if reason != nil {
		return nil, reason
	}
	hint := ""
	if near := suggest.Nearest(docID, ids, 3); len(near) > 0 {
		hint = "articles: " + strings.Join(near, ", ")
		if len(near) < len(ids) {
			hint = "nearest: " + strings.Join(near, ", ")
		}
	}
	return nil, exit.WithHint(fmt.Errorf("no article %q", docID), hint)
}

// stem is a file's name without folder and ending, ".gz" aside: an article's
// doc_id.
func stem(file string) string {
	file = strings.TrimSuffix(filepath.Base(file), ".gz")
	return strings.TrimSuffix(file, filepath.Ext(file))
}

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
