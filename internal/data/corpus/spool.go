package corpus

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/duplicates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/schema"
)

// spoolWindow is how many bytes of articles a spool keeps in memory.
const spoolWindow = 24 << 20

// segmentBytes is the size of a segment of an article's map in memory.
const segmentBytes = 12

// readAhead is how many bytes of a spool's file are read at once.
const readAhead = 1 << 20

// spool takes articles in any order and gives them back in ascending order of
// doc_id. What does not fit into the window is in a temporary file; in memory
// are some 250 bytes an article.
type spool struct {
	window int
	slots  []slot
	kept   int      // bytes of articles in memory
	file   *os.File // nil while all articles are in memory
	named  bool     // the file still has its name
	out    *bufio.Writer
	size   int64  // of the file
	buf    []byte // of the article being written
	ahead  []byte // what was read last, from aheadAt on
	at     int64
}

// slot is the place of one article.
type slot struct {
	docID   string
	article *schema.Article // nil when it is in the file
	at      int64
	length  int64

	sketch      *duplicates.Sketch // nil where none was made
	date        string
	labelled    bool
	given       string // duplicate_of as the source has it
	duplicateOf string
}

func newSpool(window int) *spool { return &spool{window: window} }

// close removes the file, where that was not possible while it was open.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

func (s *spool) add(d *document.Document) error {
	a := d.Article
	s.slots = append(s.slots, slot{docID: strings.Clone(a.DocID), article: a, sketch: d.Sketch, date: strings.Clone(a.Date()), labelled: a.Labelled, given: strings.Clone(a.DuplicateOf)})
	s.kept += len(a.Text) + len(a.Raw) + len(a.RawMap)*segmentBytes
	if s.kept < s.window && s.file == nil {
		return nil
	}
	if s.file == nil {
		f, err := os.CreateTemp("", "mizan-articles-*")
		if err != nil {
			return err
		}
		// Without a name it is gone however the process ends.
		s.named = os.Remove(f.Name()) != nil
		s.file, s.out = f, bufio.NewWriterSize(f, readAhead)
		for i := range s.slots {
			if err := s.write(&s.slots[i]); err != nil {
				return err
			}
		}
		return nil
	}
	return s.write(&s.slots[len(s.slots)-1])
}

// write moves the slot's article to the file.
func (s *spool) write(x *slot) error {
	s.buf = appendArticle(s.buf[:0], x.article)
	if _, err := s.out.Write(s.buf); err != nil {
		return err
	}
	x.article, x.at, x.length = nil, s.size, int64(len(s.buf))
	s.size += int64(len(s.buf))
	return nil
}

// sort brings the articles into order and takes out those whose doc_id another
// has, the first to come being kept. It returns an error for each.
func (s *spool) sort() (twice []*document.FileError, err error) {
	if s.file != nil {
		if err := s.out.Flush(); err != nil {
			return nil, err
		}
		s.out, s.buf = nil, nil
	}
	slices.SortStableFunc(s.slots, func(a, b slot) int { return cmp.Compare(a.docID, b.docID) })
	kept := s.slots[:0]
	for i := range s.slots {
		x := &s.slots[i]
		if len(kept) == 0 || kept[len(kept)-1].docID != x.docID {
			kept = append(kept, *x)
			continue
		}
		first, err := s.read(&kept[len(kept)-1])
		if err != nil {
			return nil, err
		}
		second, err := s.read(x)
		if err != nil {
			return nil, err
		}
		twice = append(twice, &document.FileError{File: second.SourceFile,
			Err: fmt.Errorf("doc_id %s is that of %s already", x.docID, first.SourceFile), Hint: "give each article an id of its own"})
	}
	clear(s.slots[len(kept):])
	s.slots = kept
	return twice, nil
}

// read is the slot's article, the caller's own.
func (s *spool) read(x *slot) (*schema.Article, error) {
	if x.article != nil {
		a := *x.article
		return &a, nil
	}
	if from := x.at - s.at; from < 0 || from+x.length > int64(len(s.ahead)) {
		if err := s.load(x.at, int(x.length)); err != nil {
			return nil, err
		}
	}
	from := x.at - s.at
	return parseArticle(s.ahead[from : from+x.length])
}

// load reads n bytes of the file, into memory that the articles there keep.
func (s *spool) load(at int64, n int) error {
	s.ahead, s.at = make([]byte, n), at
	if _, err := s.file.ReadAt(s.ahead, at); err != nil {
		s.ahead = s.ahead[:0]
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("%s: %w", s.file.Name(), err)
	}
	return nil
}

// all streams the articles as they are sorted.
func (s *spool) all() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for i := range s.slots {
			x := &s.slots[i]
			if x.article == nil && (x.at < s.at || x.at+x.length > s.at+int64(len(s.ahead))) {
				if err := s.load(x.at, s.stretch(i)); err != nil {
					yield(nil, err)
					return
				}
			}
			a, err := s.read(x)
			if err != nil {
				yield(nil, err)
				return
			}
			a.DocID, a.DuplicateOf, a.Labelled = x.docID, cmp.Or(x.duplicateOf, x.given), x.labelled // the id without the text around it
			if !yield(a, nil) {
				return
			}
		}
	}
}

// stretch is the length in bytes of slot i and those that follow it in the file
// as well as in order, up to readAhead.
func (s *spool) stretch(i int) int {
	n := int(s.slots[i].length)
	for k := i + 1; k < len(s.slots); k++ {
		x, before := &s.slots[k], &s.slots[k-1]
		if x.article != nil || x.at != before.at+before.length || n+int(x.length) > readAhead {
			break
		}
		n += int(x.length)
	}
	return n
}
