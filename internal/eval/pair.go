package eval

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/place"
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

// Regions are those of a pair that are not labelled, by start, of either side: a
// pass may be held against a pass.
func Regions(p *Pair) []schema.Span {
	if len(p.Pred.NotLabelled) == 0 {
		return p.Gold.NotLabelled
	}
	list := slices.Concat(p.Gold.NotLabelled, p.Pred.NotLabelled)
	slices.SortFunc(list, schema.Span.Compare)
	return list
}

// LeftOut counts what stands in regions that are not labelled: mentions, events,
// and arguments of other events.
type LeftOut struct{ Articles, Mentions, Events, Arguments int }

// Add adds what was left out elsewhere.
func (n *LeftOut) Add(more LeftOut) {
	n.Articles += more.Articles
	n.Mentions += more.Mentions
	n.Events += more.Events
	n.Arguments += more.Arguments
}

// Outside is the pair without what stands in regions that are not labelled, be it in
// part, and the number of what the prediction has there: nobody knows whether it is
// right. A predicted item that reaches out of a region and overlaps a gold item there
// stays, since it says something of that one.
func Outside(p *Pair) (*Pair, LeftOut) {
	list := Regions(p)
	if len(list) == 0 {
		return p, LeftOut{}
	}
	q, n := *p, LeftOut{Articles: 1}
	gold := func(pl place.Place) bool { return inside(pl, list) }
	q.Gold = cut(p.Gold, gold, gold, &LeftOut{})
	beside := func(mentions bool) func(place.Place) bool {
		return func(pl place.Place) bool { return inside(pl, list) && !overlapsAny(pl, q.Gold, mentions) }
	}
	q.Pred = cut(p.Pred, beside(true), beside(false), &n)
	return &q, n
}

// inside reports whether a label stands in one of the regions, be it in part.
func inside(p place.Place, regions []schema.Span) bool {
	return slices.ContainsFunc(regions, func(r schema.Span) bool { return p.Overlaps(place.Of(r, nil)) })
}

func overlapsAny(p place.Place, a *schema.Annotation, mentions bool) bool {
	if mentions {
		return slices.ContainsFunc(a.Mentions, func(m schema.Mention) bool { return p.Overlaps(place.OfMention(&m)) })
	}
	return slices.ContainsFunc(a.Events, func(e schema.Event) bool { return p.Overlaps(place.OfEvent(&e)) })
}

// cut is the annotation without the mentions and events whose place is out, without
// the arguments that they fill, and without the other spans that fill one there.
func cut(a *schema.Annotation, mentionOut, eventOut func(place.Place) bool, n *LeftOut) *schema.Annotation {
	b := *a
	b.Mentions, b.Events = nil, nil
	mentions, events := map[string]bool{}, map[string]bool{} // that are out
	for _, m := range a.Mentions {
		if mentionOut(place.OfMention(&m)) {
			mentions[m.ID], n.Mentions = true, n.Mentions+1
			continue
		}
		b.Mentions = append(b.Mentions, m)
	}
	for _, e := range a.Events {
		if eventOut(place.OfEvent(&e)) {
			events[e.ID], n.Events = true, n.Events+1
			continue
		}
		b.Events = append(b.Events, e)
	}
	for i := range b.Events {
		e := &b.Events[i]
		if e.SourceMentionID != "" && mentions[e.SourceMentionID] {
			e.SourceMentionID = ""
		}
		arguments := len(e.Arguments)
		e.Arguments = slices.DeleteFunc(slices.Clone(e.Arguments), func(x schema.Argument) bool {
			return x.MentionID != "" && mentions[x.MentionID] || x.TargetEventID != "" && events[x.TargetEventID] ||
				x.MentionID == "" && x.TargetEventID == "" && mentionOut(place.Of(x.Span, nil))
		})
		n.Arguments += arguments - len(e.Arguments)
	}
	return &b
}
