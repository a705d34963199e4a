package canonical

import (
	"path"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/schema"
)

// NewArticle is an article that has its raw file and nothing else yet.
func NewArticle(file string, raw []byte) *schema.Article {
	base := path.Base(file)
	s := string(raw)
	return &schema.Article{
		DocID:      strings.TrimSuffix(base, path.Ext(base)),
		SourceFile: base,
		Raw:        s,
		RawSHA256:  Sum(s),
	}
}

// MaxLines bounds the memory that a file of short lines takes.
const MaxLines = 1 << 18

// NoteBOM notes a byte-order mark at the start of a raw text.
func NoteBOM(raw string) []document.Note {
	if strings.HasPrefix(raw, ByteOrderMark) {
		return []document.Note{{Line: 1, Code: document.NoteBOM, Text: "the file begins with a byte-order mark; it is kept in the raw text only"}}
	}
	return nil
}
