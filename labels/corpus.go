package labels

import (
	"errors"
	"io/fs"

	"github.com/mizan-corpus/mizan/schema"
)

// LoadCorpus reads a folder of label files and its table of actors for
// [Check]. What cannot be read as a record becomes one of the corpus's
// Problems, a missing table of actors too; any other I/O error is returned.
func LoadCorpus(folder Source, articles []*schema.Article, opt ReadOptions) (*Corpus, error) {
	c := &Corpus{Articles: articles, Unlabelled: folder.Display(folder.Path)}
	for d, err := range readJSON(folder, opt) {
		if err := c.collect(err); err != nil {
			return nil, err
		}
		if d != nil {
			c.Documents = append(c.Documents, d)
		}
	}
	for a, err := range ReadActors(folder, opt) {
		c.ActorsUnread = c.ActorsUnread || err != nil
		if err := c.collect(err); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				c.Problems = append(c.Problems, err)
				continue
			}
			return nil, err
		}
		if a != nil {
			c.Actors = append(c.Actors, a)
		}
	}
	return c, nil
}

// collect keeps the error of a bad record and passes any other on.
func (c *Corpus) collect(err error) error {
	if err != nil && isRecordError(err) {
		c.Problems = append(c.Problems, err)
		return nil
	}
	return err
}
