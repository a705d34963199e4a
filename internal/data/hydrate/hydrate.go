package hydrate

import (
	"errors"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/schema"
)

// Dataset is a release without texts, with the texts of copies of its articles.
type Dataset struct {
	*release.Release
	texts *spool // text and raw page by doc_id
}

// Copies is what was found of the articles among the copies.
type Copies struct {
	Read    int // documents that were read
	Unread  []error
	Missing []Missing // articles of which there is no copy
}

// Missing is an article that no copy was found of.
type Missing struct {
	DocID, Title, Outlet, URL string
	// Otherwise says that there is a copy, but not of this very page.
	Otherwise bool
}

// A MissingError says that there are articles without a copy.
type MissingError struct{ Copies }

func (e *MissingError) Error() string {
	m := e.Missing[0]
	s := fmt.Sprintf("%d articles have no copy among the %d that were read; the first: %s", len(e.Missing), e.Read, m.DocID)
	if len(e.Missing) == 1 {
		s = fmt.Sprintf("an article has no copy among the %d that were read: %s", e.Read, m.DocID)
	}
	for _, of := range []string{m.Title, m.Outlet, m.URL} {
		if of != "" {
			s += ", " + of
		}
	}
	if m.Otherwise {
		s += " (its text is there, but not the page that it was taken from)"
	}
	return s
}

// Hint is the next step.
func (*MissingError) Hint() string {
	return "copies are found by the hash of the page (raw_sha256) or, where the release has no pages, of the text (text_sha256), both in the table articles"
}

// Open gives the articles of a release without texts the texts of copies, which may be
// in any order, under any name, and more than the articles. A copy is one of an article
// when its raw file is the very one that the article's text was taken from; the text is
// taken from it by the map that the release has. Where the release has no raw file, the
// text itself has to be the same. An article without a copy is a [MissingError].
func Open(r *release.Release, copies iter.Seq2[*document.Document, error]) (*Dataset, error) {
	found, err := newSpool()
	if err != nil {
		return nil, err
	}
	defer found.close()
	c := &Copies{}
	if err := c.read(r, copies, found); err != nil {
		return nil, err
	}
	texts, err := newSpool()
	if err != nil {
		return nil, err
	}
	d := &Dataset{Release: r, texts: texts}
	err = d.resolve(c, found)
	if err == nil && len(c.Missing) > 0 {
		err = &MissingError{*c}
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Close lets go of the texts.
func (d *Dataset) Close() error { return d.texts.close() }

// read keeps of the copies those whose raw file or text has a hash of the release, by
// that hash.
func (c *Copies) read(r *release.Release, copies iter.Seq2[*document.Document, error], found *spool) error {
	wanted := map[string]bool{}
	for a, err := range r.Articles() {
		if err != nil {
			return err
		}
		wanted[a.TextSHA256] = true
		wanted[a.RawSHA256] = a.RawSHA256 != ""
	}
	for d, err := range copies {
		var file *document.FileError
		if errors.As(err, &file) {
			c.Unread = append(c.Unread, err)
			continue
		}
		if err != nil {
			return err
		}
		c.Read++
		for _, sum := range []string{canonical.Sum(d.Article.Text), canonical.Sum(d.Article.Raw)} {
			if wanted[sum] && !found.has(sum) {
				if err := found.put(sum, d.Article.Text, d.Article.Raw); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// resolve keeps the text and the raw file of every article, and notes those without.
func (d *Dataset) resolve(c *Copies, found *spool) error {
	for a, err := range d.Release.Articles() {
		if err != nil {
			return err
		}
		key := a.RawSHA256
		if key == "" {
			key = a.TextSHA256
		}
		if !found.has(key) {
			c.Missing = append(c.Missing, Missing{a.DocID, a.Title, a.Outlet, a.URL, found.has(a.TextSHA256)})
			continue
		}
		text, raw, err := found.take(key)
		if err != nil {
			return err
		}
		if canonical.Sum(text) != a.TextSHA256 {
			text, err = taken(raw, a)
		}
		if a.RawSHA256 == "" {
			raw = ""
		}
		if err == nil {
			err = d.texts.put(a.DocID, text, raw)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// taken is the text of an article that is taken from its raw file by its map: what lies
// between two segments is the line feed that joins lines (canonical.Assemble).
func taken(raw string, a *schema.Article) (string, error) {
	x := schema.NewIndex(raw)
	var text []byte
	at := int32(0)
	for _, s := range a.RawMap {
		part, ok := x.Slice(schema.Span{Start: s.RawStart, End: s.RawStart + s.Length})
		if !ok || s.Start < at || s.Start > at+1 {
			return "", fmt.Errorf("article %s: raw_map: found the segment %+v after %d code points, expected one inside the page", a.DocID, s, at)
		}
		if s.Start > at {
			text = append(text, '\n')
		}
		text, at = append(text, part...), s.Start+s.Length
	}
	if sum := canonical.Sum(string(text)); sum != a.TextSHA256 {
		return "", fmt.Errorf("article %s: the text taken from its page has the SHA-256 %s, expected %s; read the page with the version of the program that made the release", a.DocID, sum, a.TextSHA256)
	}
	return string(text), nil
}

// Articles streams the articles with their texts.
func (d *Dataset) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for a, err := range d.Release.Articles() {
			if err == nil {
				var text, raw string
				if text, raw, err = d.texts.take(a.DocID); err == nil {
					release.Restore(a, text, raw)
				}
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// Annotations streams the gold labels with their surfaces.
func (d *Dataset) Annotations() iter.Seq2[*schema.Annotation, error] {
	return restored(d, d.Release.Annotations(), func(a *schema.Annotation) *schema.Annotation { return a })
}

// Passes streams the passes with their surfaces.
func (d *Dataset) Passes() iter.Seq2[*dataset.Pass, error] {
	return restored(d, d.Release.Passes(), func(p *dataset.Pass) *schema.Annotation { return p.Annotation })
}

// restored gives every item's labels their surfaces.
func restored[T any](d *Dataset, items iter.Seq2[*T, error], labels func(*T) *schema.Annotation) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var index *schema.Index // of the last article: passes over one come together
		last := ""
		for item, err := range items {
			if err == nil {
				if a := labels(item); index == nil || a.DocID != last {
					var text string
					text, _, err = d.texts.take(a.DocID)
					index, last = schema.NewIndex(text), a.DocID
				}
			}
			if err == nil {
				release.RestoreLabels(labels(item), index)
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}
