package corpus

import (
	"encoding/binary"
	"errors"
	"unsafe"

	"github.com/mizan-corpus/mizan/schema"
)

// texts are the article's fields that are text, but for the raw file.
func texts(a *schema.Article) [16]*string {
	return [...]*string{
		&a.DocID, &a.Title, &a.Subtitle, &a.Text, &a.Language, &a.Outlet, &a.Author, &a.URL,
		&a.Published, &a.PublishedRaw, &a.PublishedInferred, &a.PublishedEvidence,
		&a.SourceFile, &a.RawSHA256, &a.TextSHA256, &a.Split,
	}
}

// appendArticle appends an article for [parseArticle]: each text with its length
// before it; the raw file with its length and 1, or 0 where it is the text; the
// map; whether it is labelled. What it repeats is not kept.
func appendArticle(dst []byte, a *schema.Article) []byte {
	for _, s := range texts(a) {
		dst = binary.AppendUvarint(dst, uint64(len(*s)))
		dst = append(dst, *s...)
	}
	if a.Raw == a.Text {
		dst = append(dst, 0)
	} else {
		dst = binary.AppendUvarint(dst, uint64(len(a.Raw)+1))
		dst = append(dst, a.Raw...)
	}
	dst = binary.AppendUvarint(dst, uint64(len(a.RawMap)))
	for _, s := range a.RawMap {
		dst = binary.AppendUvarint(dst, uint64(s.Start))
		dst = binary.AppendUvarint(dst, uint64(s.RawStart))
		dst = binary.AppendUvarint(dst, uint64(s.Length))
	}
	if a.Labelled {
		return append(dst, 1)
	}
	return append(dst, 0)
}

var errSpool = errors.New("the temporary file of articles was changed by somebody")

// parseArticle reads an article whose texts are parts of b, which must not change.
func parseArticle(b []byte) (*schema.Article, error) {
	a := &schema.Article{}
	rest := unsafe.String(unsafe.SliceData(b), len(b))
	number := func() int {
		n, size := binary.Uvarint(b[len(b)-len(rest):])
		if size <= 0 {
			rest = ""
			return -1
		}
		rest = rest[size:]
		return int(n)
	}
	for _, s := range texts(a) {
		n := number()
		if n < 0 || n > len(rest) {
			return nil, errSpool
		}
		*s, rest = rest[:n], rest[n:]
	}
	n := number()
	switch {
	case n < 0 || n > len(rest)+1:
		return nil, errSpool
	case n == 0:
		a.Raw = a.Text
	default:
		a.Raw, rest = rest[:n-1], rest[n-1:]
	}
	if n = number(); n < 0 || n > len(rest) {
		return nil, errSpool
	}
	if n > 0 {
		a.RawMap = make([]schema.RawSegment, n)
	}
	for i := range a.RawMap {
		a.RawMap[i] = schema.RawSegment{Start: int32(number()), RawStart: int32(number()), Length: int32(number())}
	}
	if len(rest) != 1 {
		return nil, errSpool
	}
	a.Labelled = rest[0] == 1
	return a, nil
}
