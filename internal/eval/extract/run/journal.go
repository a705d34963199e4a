package run

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// A run that is not done has two files: PRED.partial with the predictions and
// PRED.run.partial, the journal, with what the record will say. Both grow by
// whole lines, the prediction first, so that after a kill the journal may be
// short of the last article, and either may end in a cut line.

// journalLine is a line of the journal: the start of a session or an article.
type journalLine struct {
	Start   *sessionStart  `json:"start,omitempty"`
	Article *ArticleRecord `json:"article,omitempty"`
}

// sessionStart begins a session.
type sessionStart struct {
	Identity
	Session
	takeover
}

// takeover says what a way through the articles takes over from PRED.
type takeover struct {
	Over        bool `json:"over,omitempty"`         // its lines
	RetryFailed bool `json:"retry_failed,omitempty"` // but not those of articles that failed: they are asked again
}

// eachLine calls do with every whole line of a file and where it ends, and
// returns where the last one does.
func eachLine(path string, do func(n int, line []byte, end int64) error) (whole int64, err error) {
	f, err := regular.OpenFile(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		line, err := r.ReadBytes('\n')
		if err == io.EOF {
			return whole, nil // what is left has no end: a cut line
		}
		if err != nil {
			return whole, err
		}
		whole += int64(len(line))
		if err := do(n, line[:len(line)-1], whole); err != nil {
			return whole, err
		}
	}
}

// partial is what a run that is not done has so far.
type partial struct {
	docs   []uint64 // hashes of the doc_ids that have a line, in order
	first  *sessionStart
	record *Record // sessions and articles counted
}

// recoverPartial reads the two files, cuts off what is not whole, and brings
// the journal to the state of the predictions.
func recoverPartial(pred, journal string) (*partial, error) {
	p := &partial{}
	whole, err := eachLine(pred, func(n int, line []byte, _ int64) error {
		d, err := native.Parse(string(line), labels.Position{File: pred, Line: n}, false)
		if err != nil {
			return &OutputError{Path: pred, What: err.Error(), Advice: "this line was not written by a run; start anew with --overwrite"}
		}
		p.docs = append(p.docs, hashID(d.DocID))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := os.Truncate(pred, whole); err != nil {
		return nil, err
	}
	known, err := p.readJournal(journal)
	if err != nil {
		return nil, err
	}
	if known == len(p.docs) {
		return p, nil
	}
	return p, p.mendJournal(pred, journal, known)
}

// readJournal counts the articles of the journal that agree with the
// predictions, in order, and cuts off the rest.
func (p *partial) readJournal(path string) (known int, err error) {
	keep, stop := int64(0), false
	_, err = eachLine(path, func(n int, line []byte, end int64) error {
		var l journalLine
		if err := json.Unmarshal(line, &l); err != nil || l.Start == nil && (l.Article == nil || p.first == nil) {
			return &OutputError{Path: path, What: fmt.Sprintf("line %d is not a journal's", n), Advice: "start anew with --overwrite"}
		}
		switch {
		case stop:
		case l.Start != nil:
			if p.first == nil {
				p.first = l.Start
				p.record = newRecord(l.Start.Identity, "")
			}
			p.record.Sessions = append(p.record.Sessions, l.Start.Session)
			keep = end
		case known < len(p.docs) && hashID(l.Article.DocID) == p.docs[known]:
			p.record.add(l.Article)
			known++
			keep = end
		default:
			stop = true
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return known, os.Truncate(path, keep)
}

// mendJournal adds the articles that have a prediction and no entry.
func (p *partial) mendJournal(pred, journal string, known int) error {
	if p.first == nil {
		return nil // refused by the caller: it cannot be told what the run was
	}
	f, err := os.OpenFile(journal, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = eachLine(pred, func(n int, line []byte, _ int64) error {
		if n <= known {
			return nil
		}
		d, err := native.Parse(string(line), labels.Position{File: pred, Line: n}, false)
		if err != nil {
			return err
		}
		a := &ArticleRecord{DocID: d.DocID, Status: statusDone, Session: max(0, len(p.record.Sessions)-1)}
		if d.Error != "" {
			a.Status, a.Error = string(extract.KindFailed), d.Error
		}
		p.record.add(a)
		return appendJournal(f, journalLine{Article: a})
	})
	return err
}

// appendJournal writes one line at once.
func appendJournal(f *os.File, l journalLine) error {
	b, err := marshalLine(l)
	if err == nil {
		_, err = f.Write(b)
	}
	return err
}

// journalArticles streams the articles of a journal.
func journalArticles(path string) iter.Seq2[*ArticleRecord, error] {
	return func(yield func(*ArticleRecord, error) bool) {
		_, err := eachLine(path, func(_ int, line []byte, _ int64) error {
			var l journalLine
			if err := json.Unmarshal(line, &l); err != nil {
				return err
			}
			if l.Article != nil && !yield(l.Article, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			yield(nil, err)
		}
	}
}

func hashID(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}
