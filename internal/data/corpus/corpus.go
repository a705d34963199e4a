package corpus

import (
	"cmp"
	"context"
	"iter"
	"os"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// Corpus is articles and label files that no release was made of yet.
type Corpus struct {
	meta           dataset.Meta
	documents      func() iter.Seq2[*document.Document, error]
	nearDuplicates float64 // resemblance from which on articles are duplicates; 0 looks for none
	labels         labels.Source
	identity       func() (dataset.Identity, error)
	context        context.Context // ends the reading of articles; nil never does
	once           bool            // whether the first reading is kept
	kept           *reading
}

// New is a corpus of a source of articles and a folder of label files:
// <doc_id>.json, actors.json, and passes/<annotator>/<doc_id>.json for the
// independent passes. A Source with a nil FS stands for no labels. An empty
// meta.Split is "test", an empty meta.Version "0.1.0".
func New(meta dataset.Meta, articles func() iter.Seq2[*schema.Article, error], labelFiles labels.Source) *Corpus {
	documents := func() iter.Seq2[*document.Document, error] {
		return streams.Convert(articles(), func(a *schema.Article) *document.Document { return &document.Document{Article: a} })
	}
	return OfDocuments(meta, documents, labelFiles)
}

// OfDocuments is [New] of documents, which say what was left out of each.
func OfDocuments(meta dataset.Meta, documents func() iter.Seq2[*document.Document, error], labelFiles labels.Source) *Corpus {
	if meta.Split == "" {
		meta.Split = "test"
	}
	if meta.Version == "" {
		meta.Version = "0.1.0"
	}
	c := &Corpus{meta: meta, documents: documents, labels: labelFiles}
	c.identity = sync.OnceValues(c.identify)
	return c
}

// Meta is what the corpus says of itself.
func (c *Corpus) Meta() dataset.Meta { return c.meta }

// Ontology is the one that the corpus names, or the default one.
func (c *Corpus) Ontology() (*schema.Ontology, error) { return ontology.Or(c.meta.Ontology), nil }

// Adopt gives the corpus an ontology, nil for the default one.
func (c *Corpus) Adopt(o *schema.Ontology) {
	c.meta.Ontology = o
	c.identity = sync.OnceValues(c.identify)
}

// Tell says how the labels were made, in Markdown, where nothing says so yet.
func (c *Corpus) Tell(labelling string) {
	if c.meta.Labelling == "" {
		c.meta.Labelling = labelling
		c.identity = sync.OnceValues(c.identify)
	}
}

// Labels is the folder of label files; its FS is nil when there is none.
func (c *Corpus) Labels() labels.Source { return c.labels }

// Identity says what dataset this is. The content hash is that of a release
// made of the corpus; it is computed once, over all rows.
func (c *Corpus) Identity() (dataset.Identity, error) { return c.identity() }

func (c *Corpus) identify() (dataset.Identity, error) {
	content, err := walk.ContentOf(c)
	if err != nil {
		return dataset.Identity{}, err
	}
	id := c.meta.Identity()
	id.ContentSHA256 = content
	return id, nil
}

// Documents streams the articles as they are read, in the order of their files,
// with what was left out of each.
func (c *Corpus) Documents() iter.Seq2[*document.Document, error] { return c.documents() }

// ReadOnce keeps the articles of the first reading in the spool, so that the
// files are read no second time, until [Corpus.Close]. Streams of articles must
// not be read by several goroutines then.
func (c *Corpus) ReadOnce() { c.once = true }

// Close lets go of what [Corpus.ReadOnce] kept.
func (c *Corpus) Close() error {
	if c.kept == nil {
		return nil
	}
	r := c.kept
	c.kept = nil
	return r.spool.close()
}

// Label gives the corpus the label files of a folder; see [CheckLabelFolder].
func (c *Corpus) Label(dir string) error {
	if err := CheckLabelFolder(dir); err != nil {
		return err
	}
	c.labels = labels.Source{FS: os.DirFS(dir), Path: ".", Name: dir}
	c.identity = sync.OnceValues(c.identify)
	if c.kept == nil {
		return nil
	}
	c.kept.marked = false
	for i := range c.kept.spool.slots {
		x := &c.kept.spool.slots[i]
		var err error
		if x.labelled, err = c.folder().Has(x.docID); err != nil {
			return err
		}
	}
	return nil
}

// reading is the articles of one reading, sorted, and why others gave none.
type reading struct {
	spool  *spool
	failed []error
	marked bool // whether duplicates are
}

// Articles streams all articles in ascending order of doc_id; what gave none
// comes first. All are read before the first is given.
func (c *Corpus) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		r := c.kept
		if r == nil {
			r = &reading{spool: newSpool(spoolWindow)}
			defer func() {
				if r != c.kept {
					r.spool.close()
				}
			}()
			if !c.read(r, yield) {
				return
			}
		} else {
			for _, err := range r.failed {
				if !yield(nil, err) {
					return
				}
			}
		}
		if c.nearDuplicates > 0 && !r.marked {
			if err := r.spool.markDuplicates(c.nearDuplicates, c.ended); err != nil {
				yield(nil, err)
				return
			}
			r.marked = true
		}
		for a, err := range r.spool.all() {
			if err == nil {
				err = c.ended()
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// read reads and sorts the articles, and keeps them where that is asked for. It
// yields the errors and reports false where the stream has ended.
func (c *Corpus) read(r *reading, yield func(*schema.Article, error) bool) bool {
	failed := func(err error) bool {
		if c.once {
			r.failed = append(r.failed, err)
		}
		return yield(nil, err)
	}
	for d, err := range c.documents() {
		if err == nil {
			d.Article.Split = cmp.Or(d.Article.Split, c.meta.Split)
			d.Article.Labelled, err = c.folder().Has(d.Article.DocID)
		}
		if err == nil {
			err = r.spool.add(d)
		}
		if err != nil && !failed(err) {
			return false
		}
	}
	twice, err := r.spool.sort()
	for _, e := range twice {
		if !failed(e) {
			return false
		}
	}
	if err == nil {
		err = c.ended()
	}
	if err != nil {
		yield(nil, err)
		return false
	}
	if c.once {
		c.kept = r
	}
	return true
}

// ended is the error of the context, nil while it lasts.
func (c *Corpus) ended() error {
	if c.context == nil {
		return nil
	}
	return c.context.Err()
}

// folder is the folder of label files.
func (c *Corpus) folder() native.Folder { return native.Folder(c.labels) }

// Annotations streams the gold labels in ascending order of doc_id.
func (c *Corpus) Annotations() iter.Seq2[*schema.Annotation, error] {
	return streams.Convert(c.LabelFiles(), func(d *labels.Document) *schema.Annotation { return &d.Annotation })
}

// Actors streams the table of actors in ascending order of actor_id.
func (c *Corpus) Actors() iter.Seq2[*schema.Actor, error] {
	return streams.Convert(readActors(c.folder()), func(r *native.ActorRow) *schema.Actor { return &r.Actor })
}

// LabelFiles streams the gold labels with their places in the files.
func (c *Corpus) LabelFiles() iter.Seq2[*labels.Document, error] { return readLabels(c.folder()) }

// ActorFile streams the table of actors with their places in the file.
func (c *Corpus) ActorFile() iter.Seq2[*native.ActorRow, error] { return readActors(c.folder()) }

// Passes streams the independent annotation passes in ascending order of
// doc_id, then annotator.
func (c *Corpus) Passes() iter.Seq2[*dataset.Pass, error] { return readPasses(c.folder()) }
