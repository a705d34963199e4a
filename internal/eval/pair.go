package eval

import (
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Pair is one article with its gold labels and what was predicted for it. A
// counting must not change it.
type Pair struct {
	DocID   string
	Article *schema.Article    // may be nil; metrics that need the text skip such an article
	Gold    *schema.Annotation // never nil
	Pred    *schema.Annotation // never nil; empty when the article was omitted
	Omitted bool               // the predictions say nothing about the article
	Scope   *Scope             // which items are judged; nil for all
}

// classes are the types and roles that a pair's items have, each once or more.
func (p *Pair) classes() []string {
	var names []string
	seen := map[string]bool{"": true}
	last := ""
	note := func(name string) {
		if name == last {
			return
		}
		if last = name; len(names) <= few && slices.Contains(names, name) || len(names) > few && seen[name] {
			return
		}
		names, seen[name] = append(names, name), true
	}
	for _, a := range []*schema.Annotation{p.Gold, p.Pred} {
		for i := range a.Mentions {
			note(a.Mentions[i].Type)
		}
		for i := range a.Events {
			note(a.Events[i].Type)
			for j := range a.Events[i].Arguments {
				note(a.Events[i].Arguments[j].Role)
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}
