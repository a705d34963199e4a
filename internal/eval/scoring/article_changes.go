package scoring

import (
	"math/big"

	"github.com/mizan-corpus/mizan/internal/eval"
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
		a := m.ScoreExactly(article.Tally.Exact(at, "")).F1
		b := m.ScoreExactly(this.Articles()[i].Tally.Exact(bt, "")).F1
		change := ""
		switch order := compareRatios(a, b); {
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
			out.Each = append(out.Each, ArticleChange{article.DocID, floatOrNil(a), floatOrNil(b), change})
		}
	}
	return out
}

func floatOrNil(r *big.Rat) *float64 {
	if r == nil {
		return nil
	}
	return float(r)
}
