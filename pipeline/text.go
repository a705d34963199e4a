package pipeline

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Release  string          // folder, where there are no Articles; "" for the embedded corpus
	Dataset  dataset.Dataset // an open one instead of both
	DocID    string          // of one article; "" for all
	JSON     bool            // {"doc_id","text"}, an article a line
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
