package roles

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// Key is what two arguments must agree on; a field that a metric does
// not look at is left zero.
type Key struct {
	trigger place.Place
	Event   eval.Class
	place.Place
	role eval.Class
	// At is the position of the argument's event, for which it is judged, rank the
	// event's among equals and typ its type; none of them need agree.
	At   int32
	rank int32
	typ  eval.Class
}

// TriggerKey is the key of a trigger.
func TriggerKey(e *schema.Event, class, typ eval.Class, at int, rank int32) Key {
	return Key{Place: place.OfEvent(e), Event: class, At: int32(at), rank: rank, typ: typ}
}

// Compare orders by what must agree.
func (k Key) Compare(l Key) int {
	return cmp.Or(k.Place.Compare(l.Place), cmp.Compare(k.Event, l.Event), k.trigger.Compare(l.trigger), cmp.Compare(k.role, l.role))
}

// Keys lists every argument of every event of one side. An argument that refers
// to nothing has no span and can never be correct, yet is counted.
func Keys(keys []Key, a *schema.Annotation, pred bool, out *eval.Tally) []Key {
	if len(a.Events) == 0 {
		return keys
	}
	mentions := make(map[string]place.Place, len(a.Mentions))
	enter := func(m map[string]place.Place, id string, p place.Place) {
		if old, twice := m[id]; twice && old != p { // which of them is meant is not said
			p = place.Place{Span: schema.NoSpan}
		}
		m[id] = p
	}
	for i := range a.Mentions {
		enter(mentions, a.Mentions[i].ID, place.OfMention(&a.Mentions[i]))
	}
	events := make(map[string]place.Place, len(a.Events))
	for i := range a.Events {
		enter(events, a.Events[i].ID, place.OfEvent(&a.Events[i]))
	}
	find := func(m map[string]place.Place, id string) place.Place {
		if p, ok := m[id]; ok {
			return p
		}
		return place.Place{Span: schema.NoSpan}
	}
	for i := range a.Events {
		e := &a.Events[i]
		k := Key{trigger: place.OfEvent(e), Event: out.Class(e.Type), At: int32(i), rank: out.Scope().Rank(pred, eval.EventItems, i)}
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			switch {
			case arg.Span.IsSet():
				k.Place = place.Place{Span: arg.Span}
			case arg.MentionID != "":
				k.Place = find(mentions, arg.MentionID)
			default:
				k.Place = place.Place{Span: schema.NoSpan}
				if arg.TargetEventID != "" {
					k.Place = find(events, arg.TargetEventID)
				}
			}
			k.role = out.Class(arg.Role)
			keys = append(keys, k)
		}
	}
	return keys
}

// Whole takes every place for its whole span, as scorers do that know no
// fragments.
func Whole(keys []Key) {
	for i := range keys {
		keys[i].Place, keys[i].trigger = place.Place{Span: keys[i].Span}, place.Place{Span: keys[i].trigger.Span}
	}
}

func Project(to, keys []Key, role, attached bool) []Key {
	for _, k := range keys {
		if !attached {
			k.trigger = place.Place{}
		}
		if !role {
			k.role = eval.Overall
		}
		to = append(to, k)
	}
	slices.SortFunc(to, func(k, l Key) int {
		return cmp.Or(k.Compare(l), cmp.Compare(k.rank, l.rank), cmp.Compare(k.typ, l.typ))
	})
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
			order = gold[i].Compare(pred[j])
		}
		hit, of := int64(0), int32(-1)
		if order == 0 && gold[i].IsSet() {
			hit, of = 1, gold[i].At
		}
		if order <= 0 {
			out.AddGold(metric, eval.Item{Class: class(gold[i]), At: gold[i].At}, hit, 1)
			i++
		}
		if order >= 0 {
			out.AddPredicted(metric, eval.Item{Class: class(pred[j]), At: pred[j].At, Of: of}, hit, 1)
			j++
		}
	}
}
