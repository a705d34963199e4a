package run

import (
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// write writes one article: its line, then its entry.
func (p *pass) write(r Result) (err error) {
	var e *ArticleRecord
	if r.kept != nil {
		e, p.line = &r.kept.entry, append(p.line[:0], r.kept.line...)
	} else {
		p.asked++
		e = p.entry(&r)
		if err := p.encode(&r, e); err != nil {
			return err
		}
	}
	if _, err := p.out.Write(p.line); err != nil {
		return err
	}
	if err := appendJournal(p.journal, journalLine{Article: e}); err != nil {
		return err
	}
	p.rec.add(e)
	if r.Err != nil && p.opt.Failed != nil {
		p.opt.Failed(r.Err)
	}
	if p.opt.Progress != nil {
		p.opt.Progress(Progress{Done: p.rec.Articles, Failed: p.rec.Failed, Asked: p.asked, Elapsed: time.Since(p.started)})
	}
	return nil
}

// encode makes the article's line. An annotation that cannot be written is the
// article's failure.
func (p *pass) encode(r *Result, e *ArticleRecord) (err error) {
	if r.Err == nil {
		if p.line, err = native.AppendLine(p.line[:0], &labels.Document{Annotation: *r.Annotation}); err == nil {
			return nil
		}
		r.Err = &extract.Error{Extractor: extract.Name(p.ex), DocID: r.Article.DocID, Kind: extract.KindInvalid, Err: err}
		r.Annotation = nil
		e.Status, e.Error = string(r.Err.Kind), r.Err.Error()
	}
	d := &labels.Document{Error: strings.ToValidUTF8(r.Err.Line(), "\ufffd")}
	d.DocID = r.Article.DocID
	p.line, err = native.AppendLine(p.line[:0], d)
	return err
}

// entry is what the record says of the article.
func (p *pass) entry(r *Result) *ArticleRecord {
	e := &ArticleRecord{
		DocID: r.Article.DocID, Status: statusDone, Attempts: r.Attempts, LatencyMS: milliseconds(r.Latency),
		Session: len(p.rec.Sessions) - 1, AtMS: milliseconds(time.Since(p.started)),
		Tokens: r.Tokens, NoUsage: r.NoUsage, Placed: r.Placed, Repair: r.Repair,
	}
	if r.Alignment != (extract.Placement{}) {
		e.Alignment = &r.Alignment
	}
	if r.Err != nil {
		e.Status, e.Error = string(r.Err.Kind), r.Err.Error()
	}
	if was, ok := p.before.LoadAndDelete(e.DocID); ok { // what the earlier tries took is not forgotten
		was := was.(*ArticleRecord)
		e.Attempts += was.Attempts
		if was.Tokens != nil {
			sum := *was.Tokens
			if e.Tokens != nil {
				sum.Add(*e.Tokens)
			}
			e.Tokens = &sum
		}
	}
	return e
}
