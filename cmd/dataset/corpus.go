package main

import (
	"errors"
	"iter"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/data/ingest"
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// openDataset opens the release in the folder, or the embedded corpus for "".
func openDataset(release string) (data.Dataset, error) {
	if release == "" {
		return data.Default()
	}
	return data.Open(release)
}

// articleCursor looks articles up by doc_id. Asked in ascending order, as a
// merge join does, it streams and holds one article. The first time it is asked
// for an earlier one it reads them all into memory, and streams no more.
type articleCursor struct {
	dataset data.Dataset
	next    func() (*schema.Article, error, bool)
	stop    func()
	current *schema.Article // the last one read
	all     map[string]*schema.Article
	err     error // the first that reading met

	indexed *schema.Article
	index   *schema.Index // of indexed
}

func newArticleCursor(d data.Dataset) *articleCursor { return &articleCursor{dataset: d} }

func (c *articleCursor) close() {
	if c.stop != nil {
		c.stop()
	}
}

// article is the article with that id, nil when there is none.
func (c *articleCursor) article(docID string) (*schema.Article, error) {
	if c.all == nil && c.current != nil && docID < c.current.DocID {
		c.readAll()
	}
	if c.all != nil || c.err != nil {
		return c.all[docID], c.err
	}
	if c.next == nil {
		c.next, c.stop = iter.Pull2(c.dataset.Articles())
	}
	for c.current == nil || c.current.DocID < docID {
		a, err, ok := c.next()
		if unread(err) {
			continue
		}
		if err != nil {
			c.err = err
			return nil, err
		}
		if !ok {
			return nil, nil
		}
		c.current = a
	}
	if c.current.DocID != docID {
		return nil, nil
	}
	return c.current, nil
}

// unread reports whether the error is one article that could not be read: for
// who looks articles up it is not there.
func unread(err error) bool {
	var file *ingest.FileError
	return errors.As(err, &file)
}

func (c *articleCursor) readAll() {
	c.all = map[string]*schema.Article{}
	for a, err := range c.dataset.Articles() {
		if unread(err) {
			continue
		}
		if err != nil {
			c.err = err
			return
		}
		lean := *a // what scoring asks for
		lean.Raw, lean.RawMap = "", nil
		c.all[a.DocID] = &lean
	}
}

// text is the index of the article's text, nil when there is no such article.
// An error of reading stays in err, for the caller to ask for at the end.
func (c *articleCursor) text(docID string) *schema.Index {
	a, err := c.article(docID)
	if a == nil || err != nil {
		return nil
	}
	if a != c.indexed {
		c.indexed, c.index = a, schema.NewIndex(a.Text)
	}
	return c.index
}

// actorTable reads the table of actors.
func actorTable(d data.Dataset) (map[string]*schema.Actor, error) {
	table := map[string]*schema.Actor{}
	for a, err := range d.Actors() {
		if err != nil {
			return nil, err
		}
		table[a.ID] = a
	}
	return table, nil
}

// baseSignature is the part of a score's signature that the dataset decides.
func baseSignature(id data.Identity) eval.Signature {
	return eval.Signature{
		Dataset:     id.Name + "@" + id.Version,
		ContentHash: id.ContentSHA256,
		Schema:      id.SchemaVersion,
		Ontology:    id.Ontology + "@" + id.OntologyVersion,
		Guidelines:  id.GuidelineVersion,
		Split:       "all",
	}
}

type (
	annotations = iter.Seq2[*schema.Annotation, error]
	pairs       = iter.Seq2[*eval.Pair, error]
)
