package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
	"github.com/mizan-corpus/mizan/internal/data/ingest/warc"
)

func init() {
	register(Source{
		Name:       "feed",
		Extensions: []string{".rss", ".atom", ".rdf", ".xml"},
		Doc:        "RSS, RDF, Atom or JSON feed: each item that has text",
		Many:       true,
		Read:       readFeed,
	})
}

// NoteSummary is the note of an article of which a feed has a summary only.
const NoteSummary document.Code = "summary-only"

// feedBytes is how many times the limit of an article a feed may have, which is
// held in memory whole: 64 MiB by default.
const feedBytes = 4

// readFeed gives an article for each item that has text. Its doc_id is the
// file's and twelve hexadecimal digits of the SHA-256 of the item's guid, else
// of its link, else of its title and text, so that it stays when newer items
// come before it; its source file has the item's place, 1-based.
func readFeed(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		limit := min(feedBytes*o.maxBytes(), maxMaxBytes)
		raw, err := readLimited(f.Reader, f.Size, limit)
		var entries []feedEntry
		if err == nil && len(raw) == 0 {
			err = document.ErrEmpty
		}
		if err == nil {
			entries, err = parseFeed(raw, limit)
		}
		if err != nil {
			yield(nil, rowError(f.Name, 0, err))
			return
		}
		giveEntries(f, o, entries, yield)
	}
}

// giveEntries gives the articles of a feed's items.
func giveEntries(f File, o Options, entries []feedEntry, yield func(Item, error) bool) {
	noteTextless(f, entries)
	first := map[string]int{} // item by doc_id
	for i := range entries {
		e, n := &entries[i], i+1
		if !e.hasText() {
			continue
		}
		id := e.docID(f.ID)
		at := fmt.Sprintf("%s:%d", f.Name, n)
		other := first[id]
		if other == 0 {
			first[id] = n
		}
		item := func() (*document.Document, error) {
			d, err := (*document.Document)(nil), error(nil)
			if other > 0 {
				err = fmt.Errorf("it has the id of item %d", other)
			} else {
				d, err = e.document(page.Page{File: at, DocID: id, URL: e.link}, o.maxBytes())
			}
			if err != nil {
				fe := rowError(f.Name, 0, err)
				fe.Err = fmt.Errorf("item %d: %w", n, fe.Err)
				return nil, fe
			}
			return d, nil
		}
		if !yield(item, nil) {
			return
		}
	}
}

func noteTextless(f File, entries []feedEntry) {
	n := 0
	for i := range entries {
		if !entries[i].hasText() {
			n++
		}
	}
	if f.Note == nil {
		return
	}
	switch {
	case len(entries) == 0:
		f.Note(document.Note{Code: document.NoteSkipped, Text: "the feed has no items"})
	case n == 1:
		f.Note(document.Note{Code: document.NoteSkipped, Text: fmt.Sprintf("one of %d items has no text", len(entries))})
	case n > 1:
		f.Note(document.Note{Code: document.NoteSkipped, Text: fmt.Sprintf("%d of %d items have no text", n, len(entries))})
	}
}

func (e *feedEntry) hasText() bool {
	return strings.TrimSpace(e.content) != "" || strings.TrimSpace(e.summary) != ""
}

func (e *feedEntry) docID(file string) string {
	const digits = 12
	sum := sha256.Sum256([]byte(cmp.Or(e.guid, e.link, e.title+"\n"+cmp.Or(e.content, e.summary))))
	return file[:min(len(file), maxDocID-digits-1)] + "-" + hex.EncodeToString(sum[:])[:digits]
}

// document makes the article, of the summary where the content has no text.
func (e *feedEntry) document(p page.Page, limit int64) (*document.Document, error) {
	var d *document.Document
	err := document.ErrNoText
	summary := false
	for i, fragment := range []string{e.content, e.summary} {
		if d != nil || !errors.Is(err, document.ErrNoText) || strings.TrimSpace(fragment) == "" {
			continue
		}
		if size := int64(len(fragment)); size > limit {
			return nil, &warc.BlockError{Size: size, Limit: limit}
		}
		d, err = page.ReadFragment(p, e.title, fragment)
		summary = i == 1
	}
	if err != nil {
		return nil, err
	}
	e.fill(d)
	if summary {
		d.Notes = append(d.Notes, document.Note{Code: NoteSummary, Text: "only a summary: the feed has no more of the text"})
	}
	for i := range d.Notes {
		d.Notes[i].File = p.File
	}
	return d, nil
}

// fill takes what the feed says of the article. The language is the text's
// where that can be told.
func (e *feedEntry) fill(d *document.Document) {
	r := row{fieldURL: e.link, fieldOutlet: clean(e.outlet), fieldAuthor: e.author}
	code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(e.language), "_", "-")), "-")
	if d.Article.Language == "" && language.IsCode(code) {
		r[fieldLanguage] = code
	}
	r.fill(d)
	a := d.Article
	if e.stamp == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoDate, Text: "the feed gives no date of publication"})
		return
	}
	iso, note, err := stampDay(e.stamp, e.parsed)
	if err != nil {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoDate, Text: "no date of publication: " + err.Error()})
		return
	}
	a.Published, a.PublishedRaw = iso, e.stamp
	if e.updated {
		note = "the date is that of the last change; the feed gives none of publication"
	}
	if note != "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteGuess, Text: note})
	}
}

// stampLayouts are forms of time stamps with two-digit years or the year last.
var stampLayouts = []string{
	"02 Jan 06 15:04 -0700", "02 Jan 06 15:04 MST", "Mon, 02 Jan 06 15:04:05 -0700", "Mon, 02 Jan 06 15:04:05 MST",
	"Mon, 2 Jan 06 15:04 -0700", "Mon, 2 Jan 06 15:04 MST", time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate,
}

// stampDay is the day of a feed's time stamp in the stamp's own zone. parsed is
// the time as the feed's parser reads it, in UTC; it is asked last, and the note
// says so.
func stampDay(stamp string, parsed *time.Time) (iso, note string, err error) {
	iso, err = dates.Stamped(stamp)
	if err == nil || errors.Is(err, dates.ErrAmbiguousDate) {
		return iso, "", err
	}
	for _, layout := range stampLayouts {
		if t, bad := time.Parse(layout, stamp); bad == nil && dates.Valid(t.Year(), int(t.Month()), t.Day()) {
			return t.Format(time.DateOnly), "", nil
		}
	}
	if d, ok := dates.Find(stamp); ok && !d.Ambiguous {
		return d.ISO, "", nil
	}
	if parsed != nil && dates.Valid(parsed.Year(), int(parsed.Month()), parsed.Day()) {
		return parsed.UTC().Format(time.DateOnly), "the day is that in UTC", nil
	}
	return "", "", err
}
