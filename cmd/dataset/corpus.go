package main

import (
	"iter"

	"github.com/mizan-corpus/mizan/data"
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
// merge join does, it streams and holds one article; asked for an earlier one
// it starts again from the beginning.
type articleCursor struct {
	dataset data.Dataset
	next    func() (*schema.Article, error, bool)
	stop    func()
	current *schema.Article
	index   *schema.Index
	started bool
}

func newArticleCursor(d data.Dataset) *articleCursor { return &articleCursor{dataset: d} }

func (c *articleCursor) rewind() {
	c.close()
	c.next, c.stop = iter.Pull2(c.dataset.Articles())
	c.current, c.index, c.started = nil, nil, true
}

func (c *articleCursor) close() {
	if c.stop != nil {
		c.stop()
	}
}

// article is the article with that id, nil when there is none.
func (c *articleCursor) article(docID string) (*schema.Article, error) {
	if !c.started || c.current != nil && c.current.DocID > docID {
		c.rewind()
	}
	for c.current == nil || c.current.DocID < docID {
		a, err, ok := c.next()
		if !ok || err != nil {
			c.started = false
			return nil, err
		}
		c.current, c.index = a, nil
	}
	if c.current.DocID != docID {
		return nil, nil
	}
	return c.current, nil
}

// text is the index of the article's text, nil when there is no such article.
func (c *articleCursor) text(docID string) *schema.Index {
	a, err := c.article(docID)
	if a == nil || err != nil {
		return nil
	}
	if c.index == nil {
		c.index = schema.NewIndex(a.Text)
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
