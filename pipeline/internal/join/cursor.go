package join

import (
	"errors"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/schema"
)

// Cursor looks articles up by doc_id. Asked in ascending order, as a merge join
// does, it streams and holds a few articles. The first time it is asked for an
// earlier one it reads them all into memory, and streams no more.
type Cursor struct {
	dataset dataset.Dataset
	next    func() (*schema.Article, error, bool)
	stop    func()
	current *schema.Article   // the last one read
	passed  []*schema.Article // labelled ones that were read before it, at most window
	all     map[string]*schema.Article
	Err     error // the first that reading met

	indexed *schema.Article
	index   *schema.Index // of indexed
}

// NewCursor is a cursor at the beginning of the dataset.
func NewCursor(d dataset.Dataset) *Cursor { return &Cursor{dataset: d} }

// Close ends the reading.
func (c *Cursor) Close() {
	if c.stop != nil {
		c.stop()
	}
}

// Article is the article with that id, nil when there is none.
func (c *Cursor) Article(docID string) (*schema.Article, error) {
	if c.all == nil && c.current != nil && docID < c.current.DocID {
		c.readAll()
	}
	if c.all != nil || c.Err != nil {
		return c.all[docID], c.Err
	}
	if c.next == nil {
		c.next, c.stop = iter.Pull2(c.articles())
	}
	for c.current == nil || c.current.DocID < docID {
		a, err, ok := c.next()
		if unread(err) {
			continue
		}
		if err != nil {
			c.Err = err
			return nil, err
		}
		if !ok {
			return nil, nil
		}
		c.pass(c.current)
		c.current = a
	}
	if c.current.DocID != docID {
		return nil, nil
	}
	return c.current, nil
}

// articles streams the dataset's; of a release without their raw form, which
// nothing here asks for.
func (c *Cursor) articles() iter.Seq2[*schema.Article, error] {
	if r, ok := c.dataset.(*release.Release); ok {
		return r.ArticleTexts()
	}
	return c.dataset.Articles()
}

// unread reports whether the error is one article that could not be read: for
// who looks articles up it is not there.
func unread(err error) bool {
	var file *document.FileError
	return errors.As(err, &file)
}

func (c *Cursor) readAll() {
	c.all = map[string]*schema.Article{}
	for a, err := range c.articles() {
		if unread(err) {
			continue
		}
		if err != nil {
			c.Err = err
			return
		}
		lean := *a // what scoring asks for
		lean.Raw, lean.RawMap = "", nil
		c.all[a.DocID] = &lean
	}
}

// Text is the index of the article's text, nil when there is no such article.
// An error of reading stays in Err, for the caller to ask for at the end.
func (c *Cursor) Text(docID string) *schema.Index {
	a, err := c.Article(docID)
	if a == nil || err != nil {
		return nil
	}
	if a != c.indexed {
		c.indexed, c.index = a, schema.NewIndex(a.Text)
	}
	return c.index
}

// window is how many labelled articles a [Follower] may be behind before the
// dataset is read a second time for it.
const window = 16

// pass keeps an article that the cursor leaves.
func (c *Cursor) pass(a *schema.Article) {
	if a == nil || !a.Labelled {
		return
	}
	if len(c.passed) == window {
		copy(c.passed, c.passed[1:])
		c.passed = c.passed[:window-1]
	}
	c.passed = append(c.passed, a)
}

// Follower looks up the articles of gold labels close behind a cursor, which it
// shares the reading with: a join reads a prediction or two ahead.
type Follower struct {
	lead *Cursor
	own  *Cursor // nil as long as the lead's reading does
}

// Follow is a follower of the cursor.
func Follow(lead *Cursor) *Follower { return &Follower{lead: lead} }

// Close ends the reading of its own.
func (f *Follower) Close() {
	if f.own != nil {
		f.own.Close()
	}
}

// Article is the article with that id, nil when there is none. Ids are asked for
// in ascending order.
func (f *Follower) Article(docID string) (*schema.Article, error) {
	lead := f.lead
	if f.own == nil {
		if lead.all != nil || lead.current == nil || docID >= lead.current.DocID {
			return lead.Article(docID)
		}
		for _, a := range lead.passed {
			if a.DocID == docID {
				return a, nil
			}
		}
	}
	if f.own == nil {
		f.own = NewCursor(lead.dataset)
	}
	return f.own.Article(docID)
}
