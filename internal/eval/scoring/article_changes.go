package scoring

import "github.com/mizan-corpus/mizan/eval"

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
	score := first.Layout().Metrics()[at].Score
	for i, article := range first.Articles() {
		a := score(article.Tally.Get(at, "")).F1
		b := score(this.Articles()[i].Tally.Get(bt, "")).F1
		change := ""
		switch x, y := orOne(a), orOne(b); {
		case y > x:
			change = "better"
			out.Better++
		case y < x:
			change = "worse"
			out.Worse++
		default:
			change = "equal"
			out.Equal++
		}
		if each {
			out.Each = append(out.Each, ArticleChange{article.DocID, a.Pointer(), b.Pointer(), change})
		}
	}
	return out
}

func orOne(r eval.Ratio) float64 {
	if !r.Defined {
		return 1
	}
	return r.Value
}
