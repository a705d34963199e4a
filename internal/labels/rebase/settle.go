package rebase

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

// head is the new place of the head of a mention that was at span and is now
// at p.
func (r *rebaser) head(head, span schema.Span, p placement) placement {
	if !head.IsSet() {
		return placement{span: head, outcome: OutcomeKept}
	}
	if span.Contains(head) && r.sameSurface(span, p.span) {
		by := p.span.Start - span.Start
		return placement{span: schema.Span{Start: head.Start + by, End: head.End + by}, outcome: OutcomeMoved}
	}
	if to, ok := r.carry(head); ok && p.span.Contains(to) {
		return placement{span: to, outcome: OutcomeMoved}
	}
	surface, _ := r.x.Slice(head)
	mention, _ := r.y.Slice(p.span)
	found := occurrence.Search(schema.NewIndex(mention), surface)
	if len(found) == 1 {
		return placement{span: shift(found, p.span.Start)[0], outcome: OutcomeMoved}
	}
	return unplaced(fmt.Sprintf("the mention is now %q", mention))
}

// arguments places the spans of the arguments of event i. Of two that come to
// the same place in one role, the better placed one stays.
func (r *rebaser) arguments(i int) []placement {
	args := r.d.Events[i].Arguments
	list := make([]placement, len(args))
	for j := range args {
		list[j] = r.place(args[j].Span, nil, false)
	}
	r.settle(list, func(a, b int) string {
		if args[a].Role == args[b].Role && list[a].span == list[b].span {
			return "another " + args[a].Role + " of the event has its place"
		}
		return ""
	}, func(j int) schema.Span { return args[j].Span }, func(a, b int) int { return cmp.Compare(args[a].Role, args[b].Role) })
	return list
}

// settleMentions takes the places of mentions away that would come to lie
// across others, or over others of their type, where they did not before.
func (r *rebaser) settleMentions() {
	list, of := r.mentions, r.d.Mentions
	r.settle(list, func(a, b int) string {
		switch {
		case list[a].span == list[b].span && of[a].Type == of[b].Type:
			return r.d.MentionRef(b).String() + " has its place"
		case list[a].fragments == nil && list[b].fragments == nil && list[a].span.Crosses(list[b].span) && !of[a].Span.Crosses(of[b].Span):
			return "it would cross " + r.d.MentionRef(b).String()
		}
		return ""
	}, func(i int) schema.Span { return of[i].Span }, func(a, b int) int {
		return cmp.Or(cmp.Compare(of[a].Type, of[b].Type), labels.CompareIDs(of[a].ID, of[b].ID))
	})
}

// settleTriggers does so for triggers that come to the same place.
func (r *rebaser) settleTriggers() {
	list, of := r.triggers, r.d.Events
	r.settle(list, func(a, b int) string {
		if list[a].span == list[b].span && of[a].Type == of[b].Type {
			return r.d.EventRef(b).String() + " has its place"
		}
		return ""
	}, func(i int) schema.Span { return of[i].Span }, func(a, b int) int {
		return cmp.Or(cmp.Compare(of[a].Type, of[b].Type), labels.CompareIDs(of[a].ID, of[b].ID))
	})
}

// Settle compares placed spans that overlap and were not one span before;
// conflict says why a cannot stay beside b, "" where it can. The one that is
// placed worse goes: by its outcome, then the shorter, then the later one of
// the old text. compare orders items of one span, so that the order of the list
// does not matter.
func (r *rebaser) settle(list []placement, conflict func(a, b int) string, old func(int) schema.Span, compare func(a, b int) int) {
	if r.al == nil {
		return
	}
	var order []int
	for i := range list {
		if list[i].ok() && list[i].span.IsSet() {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(list[a].span.Compare(list[b].span), compare(a, b))
	})
	worse := func(a, b int) bool {
		return cmp.Or(cmp.Compare(rankOf(list[a].outcome), rankOf(list[b].outcome)), -cmp.Compare(list[a].span.Len(), list[b].span.Len()),
			old(a).Compare(old(b))) > 0
	}
	for n, a := range order {
		for _, b := range order[n+1:] {
			if !list[a].ok() || list[b].span.Start >= list[a].span.End {
				break
			}
			if !list[b].ok() || old(a) == old(b) {
				continue
			}
			loser, winner := b, a
			if worse(a, b) {
				loser, winner = a, b
			}
			if why := conflict(loser, winner); why != "" {
				list[loser] = unplaced(why)
			}
		}
	}
}

func rankOf(o Outcome) int {
	return slices.Index([]Outcome{OutcomeKept, OutcomeMoved, OutcomeReworded, OutcomeBySurface, OutcomeUnplaced, OutcomeDropped}, o)
}
