package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/data/ingest"
	"github.com/mizan-corpus/mizan/schema"
)

// textLine is an article's text with --json.
type textLine struct {
	DocID string `json:"doc_id"`
	Text  string `json:"text"`
}

func newTextCommand(a *app) *cobra.Command {
	var articles articleFlags
	var release string
	var asJSON bool
	c := &cobra.Command{
		Use:   "text [DOC_ID]",
		Short: "The canonical text of an article, in which offsets count",
		Long: `Text prints the canonical text of an article: title, subtitle and body as labels
and extractors see them. Offsets are counted in it, in Unicode code points from
0, the line breaks included, half-open.

Without DOC_ID it prints every article, each after a line "==> DOC_ID <==", or
with --json as JSON Lines. Without --articles or --release it reads the embedded
corpus.`,
		Example: `  dataset text a1 --articles texts
  dataset text --json --release release`,
		Args: maxArgs(1, "the doc_id of an article"),
		RunE: func(c *cobra.Command, args []string) error {
			if articles.given() && release != "" {
				return &usageError{err: errors.New("--articles and --release exclude each other"), hint: c.CommandPath() + " --help"}
			}
			ds, err := openTexts(c, &articles, release)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return a.printTexts(ds, asJSON)
			}
			art, err := findArticle(ds, args[0])
			if err != nil {
				return err
			}
			return a.printText(art, asJSON, false)
		},
	}
	fl := c.Flags()
	articles.add(fl, "the embedded corpus")
	fl.StringVar(&release, "release", "", "folder of a release")
	fl.BoolVar(&asJSON, "json", false, `print {"doc_id","text"}, an article a line`)
	return c
}

func openTexts(c *cobra.Command, articles *articleFlags, release string) (data.Dataset, error) {
	if !articles.given() {
		return openDataset(release)
	}
	return articles.open(c)
}

// printTexts prints every article. Files that give none are named, and the
// command fails, after the others.
func (a *app) printTexts(ds data.Dataset, asJSON bool) error {
	var bad []error
	for art, err := range ds.Articles() {
		var file *ingest.FileError
		if errors.As(err, &file) {
			bad = append(bad, err)
			continue
		}
		if err == nil {
			err = a.printText(art, asJSON, true)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(bad...)
}

func (a *app) printText(art *schema.Article, asJSON, headed bool) error {
	w := bufio.NewWriter(a.stdout)
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
func findArticle(ds data.Dataset, docID string) (*schema.Article, error) {
	var ids []string
	var reason error
	for art, err := range ds.Articles() {
		var file *ingest.FileError
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
	if near := schema.Nearest(docID, ids, 3); len(near) > 0 {
		hint = "articles: " + strings.Join(near, ", ")
		if len(near) < len(ids) {
			hint = "nearest: " + strings.Join(near, ", ")
		}
	}
	return nil, &withHint{fmt.Errorf("no article %q", docID), hint}
}

// stem is a file's name without folder and ending, ".gz" aside: an article's
// doc_id.
func stem(file string) string {
	file = strings.TrimSuffix(filepath.Base(file), ".gz")
	return strings.TrimSuffix(file, filepath.Ext(file))
}
