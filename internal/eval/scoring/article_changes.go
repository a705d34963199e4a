package scoring

import (
	"cmp"
	"math/big"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

// ArticleChanges says in how many articles a system's F1 is better, worse or
// the same as the first system's.
type ArticleChanges struct {
	Better int             `json:"better"`
	Worse  int             `json:"worse"`
	Equal  int             `json:"equal"`
	Each   []ArticleChange `json:"each,omitempty"` // in doc_id order
}

// ArticleChange is one article's F1 under both systems; nil is undefined.
type ArticleChange struct {
	DocID  string   `json:"doc_id"`
	First  *float64 `json:"first"`
	This   *float64 `json:"this"`
	Change string   `json:"change"` // "better", "worse" or "equal"
}

// articleChanges compares F1 article by article. An undefined F1, of an article
// that has nothing to find and where nothing was predicted, is as good as 1.
func articleChanges(metric string, first, this *eval.Scorer, each bool) *ArticleChanges {
	out := &ArticleChanges{}
	at, bt := first.Layout().Find(metric), this.Layout().Find(metric)
	m := first.Layout().Metrics()[at]
	for i, article := range first.Articles() {
		a, b := articleF1(m, article.Tally, at), articleF1(m, this.Articles()[i].Tally, bt)
		change := ""
		switch order := a.compare(b); {
		case order < 0:
			change = "better"
			out.Better++
		case order > 0:
			change = "worse"
			out.Worse++
		default:
			change = "equal"
			out.Equal++
		}
		if each {
			out.Each = append(out.Each, ArticleChange{article.DocID, a.float(), b.float(), change})
		}
	}
	return out
}

// f1 is an article's F1: num/den where exact is nil, undefined where den is 0.
type f1 struct {
	num, den int64 // below 2³¹
	exact    *eval.ExactScore
}

// articleF1 takes the fraction of two small numbers that F1 nearly always is
// and, where it is not, the one of any length.
func articleF1(m *eval.Metric, t *eval.Tally, metric int) f1 {
	if m.Formulas == nil {
		var c [4]int64
		if t.WholeTo(c[:], metric, "") {
			if num, den, fits := stats.SmallRatio(c[:], 2); fits {
				return f1{num: num, den: den}
			}
		}
	}
	s := m.ScoreExactly(t.Exact(metric, ""))
	return f1{exact: &s}
}

// rat is the fraction, nil where it is undefined.
func (f f1) rat() *big.Rat {
	switch {
	case f.exact != nil:
		return f.exact.F1
	case f.den == 0:
		return nil
	}
	return big.NewRat(f.num, f.den)
}

// compare orders as [compareRatios] does.
func (f f1) compare(g f1) int {
	if f.exact != nil || g.exact != nil {
		return compareRatios(f.rat(), g.rat())
	}
	if f.den == 0 {
		f = f1{num: 1, den: 1}
	}
	if g.den == 0 {
		g = f1{num: 1, den: 1}
	}
	return cmp.Compare(f.num*g.den, g.num*f.den)
}

// float is the number nearest to it, nil where it is undefined.
func (f f1) float() *float64 {
	r := f.rat()
	if r == nil {
		return nil
	}
	return float(r)
}
