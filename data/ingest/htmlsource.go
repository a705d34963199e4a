package ingest

import "iter"

func init() {
	register(Source{
		Name:       "html",
		Extensions: []string{".htm", ".html", ".xhtml"},
		Doc:        "HTML page, in any encoding",
		Read: func(f File, o Options) iter.Seq2[Item, error] {
			return one(f, o, func(raw []byte) (*Document, error) {
				return ReadHTML(Page{File: f.Name, DocID: f.ID}, raw)
			})
		},
	})
}
