package run

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// limitOption is the option under which a session notes its Limit.
const limitOption = "limit"

// pass is one way through the articles into pred.partial.
type pass struct {
	*fileRun
	done    *partial // what an earlier session has written, nil for nothing
	over    takeover
	out     *os.File
	journal *os.File
	rec     *Record
	started time.Time
	asked   int
	before  sync.Map // doc_id → *ArticleRecord of what is asked again
	line    []byte
}

// savedLine is a line of predictions that is taken over.
type savedLine struct {
	line   []byte
	failed bool
	entry  ArticleRecord
}

// pass runs from where done ends, or from the beginning, to the end.
func (f *fileRun) pass(ctx context.Context, done *partial, over takeover) (_ *Record, err error) {
	p := &pass{fileRun: f, done: done, over: over, started: time.Now()}
	if err := p.open(); err != nil {
		return nil, err
	}
	closed := false
	closeFiles := func() error {
		closed = true
		return errors.Join(p.out.Close(), p.journal.Close())
	}
	defer func() {
		if !closed {
			err = errors.Join(err, closeFiles())
		}
	}()
	for r := range runItems(ctx, p.items(), f.ex, f.opt.Run) {
		switch {
		case r.Article == nil && r.Err != nil:
			if r.Err.Kind == extract.KindSource && r.Err.Err != nil {
				return nil, r.Err.Err
			}
			return nil, r.Err
		case r.Err != nil && ctx.Err() != nil:
			// Whatever it failed of, its caller had given up.
			return nil, &InterruptedError{f.partialPath(), p.rec.Articles, context.Cause(ctx)}
		}
		if err := p.write(r); err != nil {
			return nil, err
		}
	}
	if ctx.Err() != nil {
		return nil, &InterruptedError{f.partialPath(), p.rec.Articles, context.Cause(ctx)}
	}
	last := &p.rec.Sessions[len(p.rec.Sessions)-1]
	last.Seconds = round(max(last.Seconds, time.Since(p.started).Seconds()))
	if err := errors.Join(p.out.Sync(), closeFiles()); err != nil {
		return nil, err
	}
	return p.rec, p.publish()
}

// open opens both files and begins a session.
func (p *pass) open() (err error) {
	const flags = os.O_WRONLY | os.O_APPEND | os.O_CREATE
	if p.out, err = os.OpenFile(p.partialPath(), flags, 0o666); err != nil {
		return err
	}
	if p.journal, err = os.OpenFile(p.journalPath(), flags, 0o666); err != nil {
		return errors.Join(err, p.out.Close())
	}
	var earlier []Session
	if p.done != nil {
		p.rec = p.done.record
	} else {
		p.rec = newRecord(p.id, "")
		if p.over.Over {
			if was, err := ReadRecord(p.recordPath()); err == nil {
				earlier = was.Sessions
			}
		}
	}
	p.rec.Output = p.pred
	now := Session{Started: p.started.UTC().Round(time.Millisecond), Options: maps.Clone(p.opt.Options)}
	if text := p.limitText(); text != "" {
		if now.Options == nil {
			now.Options = map[string]string{}
		}
		now.Options[limitOption] = text
	}
	for _, s := range append(earlier, now) {
		s.Asked, s.Seconds = 0, max(0, s.Seconds)
		p.rec.Sessions = append(p.rec.Sessions, s)
		if err := appendJournal(p.journal, journalLine{Start: &sessionStart{Identity: p.id, Session: s, takeover: p.over}}); err != nil {
			return errors.Join(err, p.out.Close(), p.journal.Close())
		}
	}
	return nil
}

func (f *fileRun) limitText() string {
	if f.opt.Limit <= 0 {
		return ""
	}
	return strconv.Itoa(f.opt.Limit)
}

// items are the articles that have no line yet, and the lines that are taken
// over from pred.
func (p *pass) items() iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		saved := func() (*savedLine, error) { return nil, nil }
		if p.over.Over {
			next, stop := iter.Pull2(p.savedLines())
			defer stop()
			saved = func() (*savedLine, error) {
				s, err, _ := next()
				return s, err
			}
		}
		var docs []uint64
		if p.done != nil {
			docs = p.done.docs
		}
		n := 0
		for a, err := range p.articles {
			if p.opt.Limit > 0 && n == p.opt.Limit {
				return
			}
			var s *savedLine
			if err == nil {
				s, err = saved()
			}
			switch {
			case err != nil:
			case s != nil && s.entry.DocID != a.DocID:
				err = &OutputError{p.pred, fmt.Sprintf("line %d: found %s, expected %s", n+1, s.entry.DocID, a.DocID), "begin anew with --overwrite"}
			case n < len(docs) && docs[n] != hashID(a.DocID):
				err = &OutputError{p.partialPath(), fmt.Sprintf("line %d: found another article, expected %s", n+1, a.DocID), "begin anew with --overwrite"}
			case n < len(docs):
				n++
				continue
			}
			if err != nil {
				yield(item{}, err)
				return
			}
			n++
			it := item{article: a}
			switch {
			case s != nil && s.failed && p.over.RetryFailed:
				p.before.Store(a.DocID, &s.entry)
			case s != nil:
				it.kept = s
			}
			if !yield(it, nil) {
				return
			}
		}
		if p.opt.Limit <= 0 && n < len(docs) {
			yield(item{}, &OutputError{p.partialPath(), fmt.Sprintf("found %d articles, expected the dataset's %d", len(docs), n), "begin anew with --overwrite"})
		}
	}
}

// savedLines are the lines of pred with what the record says of them.
func (p *pass) savedLines() iter.Seq2[*savedLine, error] {
	return func(yield func(*savedLine, error) bool) {
		entries, stop := iter.Pull2(ReadArticleRecords(p.recordPath()))
		defer stop()
		known := true
		_, err := eachLine(p.pred, func(n int, line []byte, _ int64) error {
			d, err := native.Parse(string(line), labels.Position{File: p.pred, Line: n}, false)
			if err != nil {
				return err
			}
			s := &savedLine{line: append(line, '\n'), failed: d.Error != ""}
			s.entry = ArticleRecord{DocID: d.DocID, Status: statusDone}
			if s.failed {
				s.entry.Status, s.entry.Error = string(extract.KindFailed), d.Error
			}
			if known {
				e, err, ok := entries()
				if known = ok && err == nil && e.DocID == d.DocID; known {
					s.entry = *e
				}
			}
			if !yield(s, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			yield(nil, err)
		}
	}
}

// publish gives the whole file its name. The record comes first: a run that is
// killed in between is finished by the next session.
func (p *pass) publish() error {
	p.rec.finish()
	if err := writeRecord(p.recordPath(), p.rec, journalArticles(p.journalPath())); err != nil {
		return err
	}
	if err := os.Rename(p.partialPath(), p.pred); err != nil {
		return err
	}
	return errors.Join(os.Remove(p.journalPath()), syncDir(filepath.Dir(p.pred)))
}

// differences names the settings that are not the same.
func differences(was, is map[string]string) string {
	var list []string
	names := maps.Clone(was)
	if names == nil {
		names = map[string]string{}
	}
	maps.Copy(names, is)
	for _, k := range slices.Sorted(maps.Keys(names)) {
		if was[k] != is[k] {
			list = append(list, fmt.Sprintf("%s was %q and is %q", k, was[k], is[k]))
		}
	}
	return strings.Join(list, ", ")
}
