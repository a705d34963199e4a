package ingest

import (
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
)

func init() {
	register(Source{
		Name:       "html",
		Extensions: []string{".htm", ".html", ".xhtml"},
		Doc:        "HTML page, in any encoding",
		Read: func(f File, o Options) iter.Seq2[Item, error] {
			return one(f, o, func(raw []byte) (*document.Document, error) {
				return page.Read(page.Page{File: f.Name, DocID: f.ID}, raw)
			})
		},
	})
}
