package ingest

import (
	"path"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// newArticle is an article that has its raw file and nothing else yet.
func newArticle(file string, raw []byte) *schema.Article {
	base := path.Base(file)
	s := string(raw)
	return &schema.Article{
		DocID:      strings.TrimSuffix(base, path.Ext(base)),
		SourceFile: base,
		Raw:        s,
		RawSHA256:  sum(s),
	}
}

// maxLines bounds the memory that a file of short lines takes.
const maxLines = 1 << 18

// noteBOM notes a byte-order mark at the start of a raw text.
func noteBOM(raw string) []Note {
	if strings.HasPrefix(raw, byteOrderMark) {
		return []Note{{Line: 1, Code: NoteBOM, Text: "the file begins with a byte-order mark; it is kept in the raw text only"}}
	}
	return nil
}
