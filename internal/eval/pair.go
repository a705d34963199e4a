package eval

import "github.com/mizan-corpus/mizan/schema"

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
	seen := map[string]bool{}
	for _, a := range []*schema.Annotation{p.Gold, p.Pred} {
		for i := range a.Mentions {
			seen[a.Mentions[i].Type] = true
		}
		for i := range a.Events {
			seen[a.Events[i].Type] = true
			for j := range a.Events[i].Arguments {
				seen[a.Events[i].Arguments[j].Role] = true
			}
		}
	}
	delete(seen, "")
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	return names
}
