package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
	"github.com/mizan-corpus/mizan/internal/data/ingest/warc"
)

func init() {
	register(Source{
		Name:       "warc",
		Extensions: []string{".warc", ".wet"},
		Doc:        "web archive: the pages that were fetched with status 200",
		Many:       true,
		Read:       readWARC,
	})
}

// NoteTruncated is the note of a page that its crawler cut off.
const NoteTruncated document.Code = "truncated"

// readWARC gives an article for each record that is a page: a response with
// status 200, a resource, or the plain text of a conversion. Its doc_id is the
// file's and the record's number, 1-based, all records counted. Records that
// are no pages are counted in a note at the end.
func readWARC(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		w := warc.NewReader(f.Reader)
		others := kinds{}
		for {
			p, err := nextPage(w, f, o, others)
			var bad *warc.RecordError
			var item Item
			switch {
			case err == nil:
				item = p.document
			case errors.As(err, &bad):
				e := &document.FileError{File: f.Name, Err: bad.Err}
				item = func() (*document.Document, error) { return nil, e }
			case err == io.EOF && w.N == 0:
				yield(nil, &document.FileError{File: f.Name, Err: document.ErrEmpty})
				return
			default:
				others.note(f)
				if err != io.EOF {
					yield(nil, &document.FileError{File: f.Name, Err: err})
				}
				return
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

// nextPage is the next record that is a page; those before it are counted. The
// errors are those of [warc.Reader.next].
func nextPage(w *warc.Reader, f File, o Options, others kinds) (*warcPage, error) {
	for {
		head, err := w.Next()
		if err != nil {
			return nil, err
		}
		if p, err := pageOf(w, f, o, head, others); p != nil || err != nil {
			return p, err
		}
	}
}

// pageOf is the page of a record, or nil for one that is none, which is counted.
func pageOf(w *warc.Reader, f File, o Options, head warc.Fields, others kinds) (*warcPage, error) {
	p := &warcPage{
		file: f.Name, n: w.N, id: numbered(f.ID, w.N), at: fmt.Sprintf("%s:%d", f.Name, w.N),
		uri: targetURI(head.Get("WARC-Target-URI")), contentType: head.Get("Content-Type"),
		cut: head.Get("WARC-Truncated"), limit: o.maxBytes(), text: o.TextReader,
	}
	start := w.Peek()
	kind := strings.ToLower(head.Get("WARC-Type"))
	switch {
	case head.Get("WARC-Segment-Number") != "":
		kind = "segment"
	case kind == "response" && bytes.HasPrefix(start, []byte("HTTP/")):
		var ok bool
		if p.http, ok = warc.ParseHTTP(start); !ok {
			if len(start) >= warc.MaxHTTPHeader {
				return nil, w.Bad("the HTTP header has over %d bytes", warc.MaxHTTPHeader)
			}
			p.http.Size = len(start)
		}
		p.contentType = p.http.Fields.Get("Content-Type")
		if p.contentType == "" {
			p.contentType = http.DetectContentType(start[p.http.Size:])
		}
		kind = mediaType(p.contentType)
		if p.http.Status != http.StatusOK {
			kind = fmt.Sprintf("of status %d", p.http.Status)
		}
	case kind == "resource" && !isPageURI(p.uri):
	case kind == "response" || kind == "resource":
		kind = mediaType(p.contentType)
	case kind == "conversion":
		if kind = mediaType(p.contentType); kind != "text/plain" {
			kind = "conversion"
		}
	}
	switch kind {
	case "text/html", "application/xhtml+xml", "text/plain":
	default:
		others.add(kind)
		return nil, nil
	}
	if p.plain = kind == "text/plain"; p.plain && p.text != document.TextArticle && strings.EqualFold(head.Get("WARC-Type"), "conversion") {
		p.text = document.TextPage // the text that a page's tags left
	}
	var err error
	if p.block, err = w.Block(p.limit); err != nil {
		return nil, err
	}
	return p, nil
}

// warcPage is a record whose block is a page.
type warcPage struct {
	file        string
	n           int // of the record
	id, at, uri string
	contentType string
	plain       bool
	cut         string        // why the crawler cut the block off; "" when it did not
	http        warc.HTTPHead // empty for what is no HTTP response
	block       []byte
	limit       int64
	text        document.TextReader
}

// document makes the article. The date of the record is that of the crawl, and
// is not taken for the date of publication.
func (p *warcPage) document() (*document.Document, error) {
	d, err := p.read()
	if err != nil {
		e := rowError(p.file, 0, err)
		e.Err = fmt.Errorf("record %d: %w", p.n, e.Err)
		return nil, e
	}
	if p.cut != "" {
		d.Notes = append(d.Notes, document.Note{File: p.at, Code: NoteTruncated, Text: fmt.Sprintf("the crawler cut the page off (%s)", canonical.Clip(p.cut))})
	}
	return d, nil
}

func (p *warcPage) read() (*document.Document, error) {
	raw, err := p.http.Body(p.block[min(p.http.Size, len(p.block)):], p.limit)
	if err != nil {
		return nil, err
	}
	if !p.plain {
		d, err := page.Read(page.Page{File: p.at, DocID: p.id, URL: p.uri, ContentType: p.contentType}, raw)
		if err == nil && d.Article.URL == "" {
			d.Article.URL = p.uri
		}
		return d, err
	}
	d, err := boilerplate.ReadText(p.at, raw, p.text)
	if err != nil {
		return nil, err
	}
	d.Article.DocID, d.Article.URL = p.id, p.uri
	return d, nil
}

// isPageURI reports whether a resource was found where pages are; wget and
// others keep their logs as resources of "metadata:" and "urn:".
func isPageURI(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return ok && slices.Contains([]string{"http", "https", "ftp", "file"}, strings.ToLower(scheme))
}

// targetURI is the value of WARC-Target-URI, which WARC 1.0 has in angle
// brackets, as valid UTF-8 without control characters.
func targetURI(s string) string {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
