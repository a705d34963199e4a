package journal

import (
	"cmp"
	"slices"
)

// Work is what a journal says of the work on one article.
type Work struct {
	Article string   `json:"article"`
	Pass    string   `json:"pass"`    // "gold" for the labels beside the passes
	Actions int      `json:"actions"` // a person's, undoing among them
	Seconds float64  `json:"seconds"` // that they took, as the page measured
	First   string   `json:"first"`   // time of the first action, UTC
	Last    string   `json:"last"`
	Done    string   `json:"done"` // when the labels were last declared done; "" where they are not
	Seen    []Sight  `json:"seen"` // of others' labels
	Verdict Verdicts `json:"suggestions"`
}

// Sight is that labels of others were shown.
type Sight struct {
	What string `json:"what"` // name of a pass, "gold" or "suggestions"
	Time string `json:"time"`
}

// Verdicts are what was said to suggestions.
type Verdicts struct {
	Accepted int `json:"accepted"`
	Refused  int `json:"refused"`
}

// WorkOf adds up a journal by article, in the order of their names.
func WorkOf(entries []Entry) []Work {
	all := map[string]*Work{}
	pass := "gold"
	for _, e := range entries {
		if e.Kind == Begin && e.Pass != "" {
			pass = e.Pass
		}
		if e.Article == "" || e.Kind == Base {
			continue
		}
		w := all[e.Article]
		if w == nil {
			w = &Work{Article: e.Article, Pass: pass, Seen: []Sight{}}
			all[e.Article] = w
		}
		w.add(&e)
	}
	list := []Work{}
	for _, w := range all {
		list = append(list, *w)
	}
	slices.SortFunc(list, func(a, b Work) int { return cmp.Compare(a.Article, b.Article) })
	return list
}

func (w *Work) add(e *Entry) {
	switch e.Kind {
	case Act, Undo, Redo, Verdict, Review:
		w.Actions++
		w.Seconds += e.Seconds
		w.First, w.Last = cmp.Or(w.First, e.Time), e.Time
	case Seen:
		for _, what := range e.Shown {
			w.Seen = append(w.Seen, Sight{what, e.Time})
		}
	}
	if e.Kind == Verdict {
		if e.Choice == "accept" {
			w.Verdict.Accepted++
		} else {
			w.Verdict.Refused++
		}
	}
	for _, a := range e.Do {
		if a.Op == "state" {
			w.Done = ""
			if string(a.Value) == `"done"` {
				w.Done = e.Time
			}
		}
	}
}
