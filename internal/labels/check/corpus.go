package check

import (
	"errors"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// Load reads a folder of label files and its table of actors for
// [Labels]. What cannot be read as a record becomes one of the corpus's
// Problems, a missing table of actors too; any other I/O error is returned.
func Load(folder labels.Source, articles []*schema.Article, opt labels.ReadOptions) (*Corpus, error) {
	c := &Corpus{Articles: articles, Unlabelled: folder.Display(folder.Path)}
	if err := c.readDocuments(native.Folder(folder).Documents(opt)); err != nil {
		return nil, err
	}
	return c, c.readActors(folder, opt)
}

// LoadForeign reads labels or predictions in any format for [Labels], with the
// articles' texts at hand. actors is a folder with the table of actors; without
// one (FS nil, or no such file) ids of actors are taken as they are.
func LoadForeign(f *labels.Format, src, actors labels.Source, articles []*schema.Article, opt labels.ReadOptions) (*Corpus, error) {
	c := &Corpus{Articles: articles, Foreign: src.Display(src.Path)}
	texts := map[string]*schema.Index{}
	for _, a := range articles {
		texts[a.DocID] = schema.NewIndex(a.Text)
	}
	opt.Text = func(docID string) *schema.Index { return texts[docID] }
	if err := c.readDocuments(f.Read(src, opt)); err != nil {
		return nil, err
	}
	c.ActorsUnread = true
	if actors.FS != nil {
		if _, err := fs.Stat(actors.FS, path.Join(actors.Path, native.ActorsFile)); err == nil {
			c.ActorsUnread = false
			return c, c.readActors(actors, opt)
		}
	}
	return c, nil
}

// Carry takes the texts that documents carry for articles of their own, and those
// alone where there are any. It reports whether there are.
func (c *Corpus) Carry() bool {
	labelled, carried := map[string]bool{}, map[string]*schema.Article{}
	for _, d := range c.Documents {
		labelled[d.DocID] = true
		if d.Text != "" && carried[d.DocID] == nil {
			carried[d.DocID] = &schema.Article{DocID: d.DocID, Text: d.Text}
		}
	}
	if len(carried) == 0 {
		return false
	}
	c.Articles = slices.DeleteFunc(slices.Clone(c.Articles), func(a *schema.Article) bool { return !labelled[a.DocID] })
	for _, id := range slices.Sorted(maps.Keys(carried)) {
		c.Articles = append(c.Articles, carried[id])
	}
	return true
}

func (c *Corpus) readDocuments(docs iter.Seq2[*labels.Document, error]) error {
	for d, err := range docs {
		if err := c.collect(err); err != nil {
			return err
		}
		if d != nil {
			c.Documents = append(c.Documents, d)
		}
	}
	return nil
}

func (c *Corpus) readActors(folder labels.Source, opt labels.ReadOptions) error {
	for a, err := range native.Folder(folder).Actors(opt) {
		c.ActorsUnread = c.ActorsUnread || err != nil
		if err := c.collect(err); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				c.Problems = append(c.Problems, err)
				continue
			}
			return err
		}
		if a != nil {
			c.Actors = append(c.Actors, a)
		}
	}
	return nil
}

// collect keeps the error of a bad record and passes any other on.
func (c *Corpus) collect(err error) error {
	if err != nil && labels.IsRecordError(err) {
		c.Problems = append(c.Problems, err)
		return nil
	}
	return err
}
