package prepared

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
	"github.com/mizan-corpus/mizan/schema"
)

// Record is what somebody has verified by hand about one text file: a YAML
// file "<doc_id>.yaml" beside it.
//
//	raw_sha256: e1086c…      # optional: of the text file that was read
//	lines:                   # 1-based lines of the text file
//	  title: 18              # null or absent: the page has none
//	  subtitle: null
//	  body: [1-11, 14]       # lines and ranges, ascending; blank lines in a range are skipped
//	title: …                 # must equal the line named above
//	subtitle: ""
//	language: ar             # ISO 639-1
//	outlet: …
//	author: …
//	url: ""
//	published: 2016-07-05             # as stamped
//	published_raw: "2016-07-05"       # as the page prints it; must occur in the text file
//	published_inferred: 2016-07-06    # from other evidence
//	published_evidence: …             # required with published_inferred
type Record struct {
	File string // name of the record, for errors

	TitleLine    int // 0 for none
	SubtitleLine int
	Body         []LineRange

	Title, Subtitle, Language, Outlet, Author, URL string

	Published, PublishedRaw, PublishedInferred, PublishedEvidence string

	RawSHA256 string

	at map[string]int // the line of each key
}

// LineRange is the lines First to Last, both included, 1-based.
type LineRange struct{ First, Last int }

// fail is an error at the line of a key.
func (r *Record) fail(key string, kind error, format string, args ...any) error {
	return &document.FileError{File: r.File, Line: r.at[key], Err: fmt.Errorf("%w: %s", kind, fmt.Sprintf(format, args...))}
}

// check verifies what can be verified without the text file.
func (r *Record) check() error {
	if len(r.Body) == 0 {
		return r.fail("lines", document.ErrRecord, "lines.body is missing, expected a list such as [3, 5-9]")
	}
	last := 0
	for _, b := range r.Body {
		if b.First <= last || b.Last < b.First {
			return r.fail("lines.body", document.ErrRecord, "lines.body: %s after line %d, expected ascending lines", b, last)
		}
		last = b.Last
	}
	for _, k := range []struct {
		key  string
		line int
		text string
	}{{"title", r.TitleLine, r.Title}, {"subtitle", r.SubtitleLine, r.Subtitle}} {
		if (k.line == 0) != (k.text == "") {
			return r.fail(k.key, document.ErrRecord, "%s %q with lines.%s %d, expected both or none", k.key, k.text, k.key, k.line)
		}
	}
	for _, k := range []struct{ key, value string }{
		{"published", r.Published}, {"published_inferred", r.PublishedInferred},
	} {
		if _, err := time.Parse(time.DateOnly, k.value); k.value != "" && err != nil {
			return r.fail(k.key, document.ErrRecord, "%s %q is no date, expected a form such as 2016-07-05", k.key, k.value)
		}
	}
	if (r.Published == "") != (r.PublishedRaw == "") {
		return r.fail("published", document.ErrRecord, "published %q with published_raw %q, expected both or none", r.Published, r.PublishedRaw)
	}
	if (r.PublishedInferred == "") != (r.PublishedEvidence == "") {
		return r.fail("published_inferred", document.ErrRecord, "published_inferred %q with published_evidence %q, expected both or none", r.PublishedInferred, r.PublishedEvidence)
	}
	if iso, _, err := dates.Parse(r.PublishedRaw); err == nil && iso != r.Published {
		return r.fail("published", document.ErrRecord, "published %q, but published_raw %q reads as %s", r.Published, r.PublishedRaw, iso)
	}
	if l := r.Language; l != "" && !language.IsCode(l) {
		return r.fail("language", document.ErrRecord, "language %q, expected a code of ISO 639-1", l)
	}
	if s := r.RawSHA256; s != "" && (len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "") {
		return r.fail("raw_sha256", document.ErrRecord, "raw_sha256 %q, expected 64 lower-case hexadecimal digits", s)
	}
	return nil
}

// String is "7" or "7-23".
func (l LineRange) String() string {
	if l.First == l.Last {
		return fmt.Sprint(l.First)
	}
	return fmt.Sprintf("%d-%d", l.First, l.Last)
}

// Article applies the record to the text file of that name and content. The
// article's doc_id, source file and hashes are filled in too. Errors are
// [document.FileError]s at the record's line.
func (r *Record) Article(file string, raw []byte) (*schema.Article, error) {
	if err := canonical.CheckText(raw); err != nil {
		return nil, &document.FileError{File: file, Line: err.Line, Err: err}
	}
	a := canonical.NewArticle(file, raw)
	if r.RawSHA256 != "" && r.RawSHA256 != a.RawSHA256 {
		return nil, r.fail("raw_sha256", document.ErrStaleRecord, "%s has sha256 %s, the record was made for %s", file, a.RawSHA256, r.RawSHA256)
	}
	parts, err := r.pick(file, canonical.SplitLines(a.Raw))
	if err != nil {
		return nil, err
	}
	if !strings.Contains(a.Raw, r.PublishedRaw) {
		return nil, r.fail("published_raw", document.ErrStaleRecord, "%s does not contain published_raw %q", file, r.PublishedRaw)
	}
	a.Text, a.RawMap = canonical.Assemble(parts)
	a.TextSHA256 = canonical.Sum(a.Text)
	a.Title, a.Subtitle, a.Language, a.Outlet, a.Author, a.URL = r.Title, r.Subtitle, r.Language, r.Outlet, r.Author, r.URL
	a.Published, a.PublishedRaw = r.Published, r.PublishedRaw
	a.PublishedInferred, a.PublishedEvidence = r.PublishedInferred, r.PublishedEvidence
	return a, nil
}

// pick takes the record's lines out of the text file's.
func (r *Record) pick(file string, lines []canonical.Line) ([]canonical.Line, error) {
	var parts []canonical.Line
	used := map[int]string{}
	take := func(key string, n int) error {
		switch {
		case n > len(lines):
			return r.fail(key, document.ErrStaleRecord, "%s: line %d, but %s has %d lines", key, n, file, len(lines))
		case used[n] != "":
			return r.fail(key, document.ErrRecord, "%s: line %d is already %s", key, n, used[n])
		case lines[n-1].Text == "":
			return r.fail(key, document.ErrStaleRecord, "%s: line %d of %s is blank", key, n, file)
		}
		used[n] = key
		parts = append(parts, lines[n-1])
		return nil
	}
	for _, k := range []struct {
		key  string
		line int
		text string
	}{{"title", r.TitleLine, r.Title}, {"subtitle", r.SubtitleLine, r.Subtitle}} {
		if k.line == 0 {
			continue
		}
		if err := take("lines."+k.key, k.line); err != nil {
			return nil, err
		}
		if got := lines[k.line-1].Text; got != k.text {
			return nil, r.fail(k.key, document.ErrStaleRecord, "%s is %q, but line %d of %s is %q", k.key, k.text, k.line, file, got)
		}
	}
	for _, b := range r.Body {
		for n := b.First; n <= b.Last; n++ {
			inside := n > b.First && n < b.Last
			if inside && n <= len(lines) && lines[n-1].Text == "" {
				continue
			}
			if err := take("lines.body", n); err != nil {
				return nil, err
			}
		}
	}
	return parts, nil
}

// AsFileError is err as a FileError about file.
func AsFileError(file string, err error) *document.FileError {
	var fe *document.FileError
	if errors.As(err, &fe) {
		return fe
	}
	e := &document.FileError{File: file, Err: err}
	var large *document.TooLargeError
	if errors.As(err, &large) {
		e.Hint = "--max-bytes raises the limit"
	}
	return e
}
