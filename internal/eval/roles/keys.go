package roles

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// Key is what two arguments must agree on; a field that a metric does
// not look at is left zero.
type Key struct {
	trigger schema.Span
	Event   eval.Class
	Span    schema.Span
	role    eval.Class
}

func (k Key) compare(l Key) int {
	return cmp.Or(k.Span.Compare(l.Span), cmp.Compare(k.Event, l.Event), k.trigger.Compare(l.trigger), cmp.Compare(k.role, l.role))
}

// Keys lists every argument of every event. An argument that refers to
// nothing has no span and can never be correct, yet is counted.
func Keys(keys []Key, a *schema.Annotation, out *eval.Tally) []Key {
	mentions := make(map[string]schema.Span, len(a.Mentions))
	for i := range a.Mentions {
		mentions[a.Mentions[i].ID] = a.Mentions[i].Span
	}
	events := make(map[string]schema.Span, len(a.Events))
	for i := range a.Events {
		events[a.Events[i].ID] = a.Events[i].Span
	}
	find := func(m map[string]schema.Span, id string) schema.Span {
		if s, ok := m[id]; ok {
			return s
		}
		return schema.NoSpan
	}
	for i := range a.Events {
		e := &a.Events[i]
		class := out.Class(e.Type)
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			span := arg.Span
			switch {
			case span.IsSet():
			case arg.MentionID != "":
				span = find(mentions, arg.MentionID)
			case arg.TargetEventID != "":
				span = find(events, arg.TargetEventID)
			default:
				span = schema.NoSpan
			}
			keys = append(keys, Key{e.Span, class, span, out.Class(arg.Role)})
		}
	}
	return keys
}

func Project(to, keys []Key, role, attached bool) []Key {
	for _, k := range keys {
		if !attached {
			k.trigger = schema.Span{}
		}
		if !role {
			k.role = eval.Overall
		}
		to = append(to, k)
	}
	slices.SortFunc(to, Key.compare)
	return to
}

// CountCommon counts the greatest one-to-one matching of equal keys, which is
// the intersection of the two multisets, by a merge of the sorted lists. The
// class of a count is the role, or for metrics without roles the event's type.
func CountCommon(gold, pred []Key, metric int, out *eval.Tally) {
	class := func(k Key) eval.Class {
		if k.role != eval.Overall {
			return k.role
		}
		return k.Event
	}
	i, j := 0, 0
	for i < len(gold) || j < len(pred) {
		order := -1
		switch {
		case i == len(gold):
			order = 1
		case j < len(pred):
			order = gold[i].compare(pred[j])
		}
		hit := int64(0)
		if order == 0 && gold[i].Span.IsSet() {
			hit = 1
		}
		if order <= 0 {
			out.AddGold(metric, class(gold[i]), hit, 1)
			i++
		}
		if order >= 0 {
			out.AddPredicted(metric, class(pred[j]), hit, 1)
			j++
		}
	}
}
