package formats

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
)

// records yields the records of JSON files.
type records func(yield func(jsontext.Record, error) bool)

func recordsOf(src labels.Source, opt labels.ReadOptions, extensions ...string) records {
	return func(yield func(jsontext.Record, error) bool) { jsontext.EachRecord(src, opt, extensions, yield) }
}

// eachDocument yields what parse makes of every record, nothing where that is
// nil. Errors of records that share a line with others name the record.
func eachDocument(each records, parse func(jsontext.Record) (*labels.Document, error), yield func(*labels.Document, error) bool) {
	each(func(r jsontext.Record, err error) bool {
		var d *labels.Document
		if err == nil {
			d, err = parse(r)
		}
		if e, ok := err.(*labels.RecordError); ok && r.Shared {
			name := fmt.Sprintf("record %d", r.Number)
			if e.DocID != "" {
				name += fmt.Sprintf(" (%s)", e.DocID)
			}
			e.What = name + ": " + e.What
		}
		return d == nil && err == nil || yield(d, err)
	})
}

// passes tells the annotations of one article by several people apart, in files
// with a record each. The first is read, or that of the annotator asked for.
type passes struct {
	opt  labels.ReadOptions
	read map[string]string // what names the article → whose annotation was read
}

// skip reports whether the record is another one's annotation of an article.
func (p *passes) skip(r jsontext.Record, article, by string) bool {
	if p.opt.Annotator != "" && by != "" && by != p.opt.Annotator {
		p.opt.Remark(r.At, fmt.Sprintf("annotation by %s is not read", by))
		return true
	}
	if p.read == nil {
		p.read = map[string]string{}
	}
	first, known := p.read[article]
	if known && first != by {
		p.opt.Remark(r.At, fmt.Sprintf("annotation by %s of an article that %s annotated; the first is read", by, first))
		return true
	}
	p.read[article] = by
	return false
}

// leaveKeys says which keys of an object are read into no annotation: those that
// are not known and have something.
func leaveKeys(opt labels.ReadOptions, at labels.Position, docID, kind string, object map[string]json.RawMessage, known ...string) {
	for _, key := range sortedKeys(object) {
		if slices.Contains(known, key) || strings.HasPrefix(key, "_") || slices.Contains(nothing, string(object[key])) {
			continue
		}
		opt.LeaveOut(at, fmt.Sprintf("%s %q", kind, key), docID)
	}
}

// nothing is JSON that holds nothing.
var nothing = []string{"null", `""`, "[]", "{}", "[ ]", "{ }"}

// leaveTopKeys is [leaveKeys] of a record. It is decoded once more only where it
// has a key that is not known.
func leaveTopKeys(opt labels.ReadOptions, r jsontext.Record, docID, kind string, known ...string) {
	for key := range jsontext.TopKeys([]byte(r.Text)) {
		if slices.Contains(known, key) || strings.HasPrefix(key, "_") {
			continue
		}
		var object map[string]json.RawMessage
		if r.Decode(&object) == nil {
			leaveKeys(opt, r.At, docID, kind, object, known...)
		}
		return
	}
}
