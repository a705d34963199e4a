package scoring

import (
	"errors"
	"fmt"
	"iter"
	"sort"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/schema"
)

// ErrUnsorted is returned by [Join] when the predictions are not in ascending
// doc_id order. The caller may start again with [JoinBuffered].
var ErrUnsorted = errors.New("predictions are not sorted by doc_id")

// JoinReport says what did not meet its partner in a join.
type JoinReport struct {
	Articles int      // gold articles
	Omitted  []string // gold articles without predictions, in order
	Unknown  []string // predicted articles that gold does not have, in order
	// InRegions is what was predicted in regions that are not labelled, and left out.
	InRegions eval.LeftOut
}

// Join pairs gold with predictions by doc_id in one pass and bounded memory:
// both streams must ascend. A gold article that the predictions leave out is
// paired with an empty annotation and marked Omitted. article may be nil; it
// looks up the article of a pair.
func Join(gold, pred iter.Seq2[*schema.Annotation, error], article func(docID string) (*schema.Article, error), report *JoinReport) iter.Seq2[*eval.Pair, error] {
	return func(yield func(*eval.Pair, error) bool) {
		next, stop := iter.Pull2(pred)
		defer stop()
		var current *schema.Annotation
		last := ""
		advance := func() error {
			a, err, ok := next()
			switch {
			case !ok:
				current = nil
				return nil
			case err != nil:
				return err
			case a.DocID < last:
				return ErrUnsorted
			case a.DocID == last:
				return fmt.Errorf("article %s was predicted twice", a.DocID)
			}
			current, last = a, a.DocID
			return nil
		}
		err := advance()
		lastGold := ""
		for g, gerr := range gold {
			err = errors.Join(err, gerr)
			if err == nil && g.DocID <= lastGold {
				err = fmt.Errorf("gold labels are not in ascending doc_id order: %s after %s", g.DocID, lastGold)
			}
			for err == nil && current != nil && current.DocID < g.DocID {
				report.Unknown = append(report.Unknown, current.DocID)
				err = advance()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			lastGold = g.DocID
			var match *schema.Annotation
			if current != nil && current.DocID == g.DocID {
				match = current
				err = advance()
			}
			p, perr := newPair(g, match, article, report)
			if !yield(p, perr) || perr != nil {
				return
			}
		}
		for err == nil && current != nil {
			report.Unknown = append(report.Unknown, current.DocID)
			err = advance()
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// JoinBuffered is [Join] for predictions in any order: it holds them all.
func JoinBuffered(gold, pred iter.Seq2[*schema.Annotation, error], article func(docID string) (*schema.Article, error), report *JoinReport) iter.Seq2[*eval.Pair, error] {
	return func(yield func(*eval.Pair, error) bool) {
		byID := map[string]*schema.Annotation{}
		for a, err := range pred {
			if err == nil && byID[a.DocID] != nil {
				err = fmt.Errorf("article %s was predicted twice", a.DocID)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			byID[a.DocID] = a
		}
		for g, err := range gold {
			if err != nil {
				yield(nil, err)
				return
			}
			p, err := newPair(g, byID[g.DocID], article, report)
			delete(byID, g.DocID)
			if !yield(p, err) || err != nil {
				return
			}
		}
		for id := range byID {
			report.Unknown = append(report.Unknown, id)
		}
		sort.Strings(report.Unknown)
	}
}

func newPair(gold, pred *schema.Annotation, article func(string) (*schema.Article, error), report *JoinReport) (*eval.Pair, error) {
	p := &eval.Pair{DocID: gold.DocID, Gold: gold, Pred: pred}
	report.Articles++
	if pred == nil {
		p.Omitted, p.Pred = true, &schema.Annotation{DocID: gold.DocID}
		report.Omitted = append(report.Omitted, gold.DocID)
	}
	p, left := eval.Outside(p)
	report.InRegions.Add(left)
	if article == nil {
		return p, nil
	}
	a, err := article(gold.DocID)
	p.Article = a
	return p, err
}

// ErrNothingInCommon is returned for predictions none of whose articles is in
// the gold labels.
var ErrNothingInCommon = errors.New("no predicted article has gold labels")

// check refuses predictions that are of another dataset altogether.
func (r *JoinReport) check() error {
	if r == nil {
		return nil
	}
	if len(r.Unknown) > 0 && len(r.Omitted) == r.Articles {
		return fmt.Errorf("%w: predicted are %s", ErrNothingInCommon, wording.FirstOf(r.Unknown))
	}
	return nil
}

// warnings says in words what a reader of the score must know of the join.
func (r *JoinReport) warnings() []string {
	if r == nil {
		return nil
	}
	var out []string
	if n := len(r.Omitted); n > 0 {
		out = append(out, fmt.Sprintf("%d of %d articles have no predictions and count as all missed: %s", n, r.Articles, wording.FirstOf(r.Omitted)))
	}
	if n := r.InRegions; n.Articles > 0 {
		out = append(out, fmt.Sprintf("%s with regions that are not labelled; what was predicted there is left out: %s, %s and %s", wording.Count(n.Articles, "article"),
			wording.Count(n.Mentions, "mention"), wording.Count(n.Events, "event"), wording.Count(n.Arguments, "argument")))
	}
	if n := len(r.Unknown); n > 0 {
		out = append(out, fmt.Sprintf("%d predicted articles have no gold labels and were not scored: %s", n, wording.FirstOf(r.Unknown)))
	}
	return out
}
