package ingest

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// feedEntry is what a feed says of one article.
type feedEntry struct {
	guid, title, link string
	content, summary  string // HTML or plain text
	author, outlet    string
	language          string // as the feed has it
	stamp             string // time of publication, as printed
	parsed            *time.Time
	updated           bool // stamp is that of the last change
}

// parseFeed reads a feed in RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0
// (RFC 4287) or JSON Feed 1. A panic of the parser is an error.
func parseFeed(raw []byte, limit int64) (entries []feedEntry, err error) {
	defer func() {
		if p := recover(); p != nil {
			entries, err = nil, fmt.Errorf("%w: %v", document.ErrNotReadable, p)
		}
	}()
	text, err := feedText(raw, limit)
	if err != nil {
		return nil, err
	}
	if text[0] == '{' {
		return parseJSONFeed(text)
	}
	root, text, base, err := guardXML(text)
	if err != nil {
		return nil, err
	}
	switch strings.ToLower(root) {
	case "rss", "rdf":
		return parseRSS(text, base)
	case "feed":
		return parseAtom(text, base)
	}
	return nil, fmt.Errorf("%w: found <%s>, expected <rss>, <rdf:RDF> or <feed>", ErrFeed, canonical.Clip(root))
}

func parseRSS(text []byte, base string) ([]feedEntry, error) {
	f, err := (&rss.Parser{}).Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	// The search for pictures would parse every item's HTML.
	t, err := (&gofeed.DefaultRSSTranslator{DisableContentImageScan: true}).Translate(f)
	if err != nil {
		return nil, err
	}
	out := make([]feedEntry, len(t.Items))
	for i, item := range t.Items {
		e, own := newFeedEntry(t, item, cmp.Or(base, t.Link)), f.Items[i]
		if own.Author != "" && e.author == "" {
			e.author = own.Author
		}
		if dc := item.DublinCoreExt; dc != nil {
			if own.Author == "" && len(dc.Creator) > 0 {
				e.author = strings.Join(dc.Creator, ", ")
			}
			for _, list := range [][]string{dc.Source, dc.Publisher} {
				if len(list) > 0 && !strings.Contains(list[0], "://") {
					e.outlet = cmp.Or(strings.TrimSpace(list[0]), e.outlet)
				}
			}
			if len(dc.Language) > 0 {
				e.language = dc.Language[0]
			}
		}
		if own.Source != nil {
			e.outlet = cmp.Or(strings.TrimSpace(own.Source.Title), e.outlet)
		}
		if e.link == "" && own.GUID != nil && !strings.EqualFold(own.GUID.IsPermalink, "false") && isPageURI(e.guid) {
			e.link = e.guid
		}
		out[i] = e
	}
	return out, nil
}

func parseAtom(text []byte, base string) ([]feedEntry, error) {
	f, err := (&atom.Parser{}).Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	t, err := (&gofeed.DefaultAtomTranslator{}).Translate(f)
	if err != nil {
		return nil, err
	}
	out := make([]feedEntry, len(t.Items))
	for i, item := range t.Items {
		own := f.Entries[i]
		e := newFeedEntry(t, item, cmp.Or(base, t.Link))
		e.updated = strings.TrimSpace(own.Published) == ""
		if own.Source != nil {
			e.outlet = cmp.Or(strings.TrimSpace(own.Source.Title), e.outlet)
		}
		// RFC 4287, 4.2.1: an entry has the authors of its source or feed.
		if e.author == "" && own.Source != nil {
			for _, a := range own.Source.Authors {
				e.author = join(e.author, cmp.Or(a.Name, a.Email))
			}
		}
		if e.author == "" {
			e.author = persons(t.Authors)
		}
		out[i] = e
	}
	return out, nil
}

func parseJSONFeed(text []byte) ([]feedEntry, error) {
	if err := guardJSON(text); err != nil {
		return nil, err
	}
	f, err := (&jsonfeed.Parser{}).Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if !strings.Contains(f.Version, "jsonfeed.org") {
		return nil, fmt.Errorf("%w: found a JSON object, expected a JSON Feed", ErrFeed)
	}
	f.Items = slices.DeleteFunc(f.Items, func(i *jsonfeed.Item) bool { return i == nil })
	f.Authors = withoutNulls(f.Authors)
	for _, i := range f.Items {
		i.Authors = withoutNulls(i.Authors)
		i.Attachments = nil // sounds and pictures
	}
	t, err := (&gofeed.DefaultJSONTranslator{}).Translate(f)
	if err != nil {
		return nil, err
	}
	out := make([]feedEntry, len(t.Items))
	for i, item := range t.Items {
		e := newFeedEntry(t, item, t.Link)
		e.author = cmp.Or(e.author, persons(t.Authors))
		out[i] = e
	}
	return out, nil
}

func withoutNulls(authors []*jsonfeed.Author) []*jsonfeed.Author {
	return slices.DeleteFunc(authors, func(a *jsonfeed.Author) bool { return a == nil })
}

func newFeedEntry(f *gofeed.Feed, i *gofeed.Item, base string) feedEntry {
	return feedEntry{
		guid:  strings.TrimSpace(i.GUID),
		title: clean(html.UnescapeString(i.Title)), // titles are escaped once more in many feeds
		link:  resolve(base, clean(i.Link)), content: i.Content, summary: i.Description,
		author: persons(i.Authors), outlet: f.Title, language: f.Language,
		stamp: clean(cmp.Or(i.Published, i.Updated)), parsed: cmp.Or(i.PublishedParsed, i.UpdatedParsed),
		updated: i.Published == "",
	}
}

func persons(list []*gofeed.Person) string {
	out := ""
	for _, p := range list {
		if p != nil {
			out = join(out, cmp.Or(p.Name, p.Email))
		}
	}
	return out
}

func join(list, name string) string {
	name = clean(name)
	if list == "" || name == "" {
		return list + name
	}
	return list + ", " + name
}

// clean is s on one line, without control characters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, canonical.OneLine(strings.ToValidUTF8(s, "\uFFFD")))
}

// resolve is the link, made absolute by the base where it is relative and that
// is possible.
func resolve(base, link string) string {
	u, err := url.Parse(link)
	if link == "" || err != nil || u.IsAbs() || base == "" {
		return link
	}
	b, err := url.Parse(strings.TrimSpace(base))
	if err != nil || !b.IsAbs() {
		return link
	}
	return b.ResolveReference(u).String()
}
