package eval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// Scope says which items of a pair are judged, and in which slice. It restricts
// nothing else: what an item refers to is known whatever the scope. A gold item
// is judged by its own value in each column, a predicted one by the values of
// the gold item that it is matched to in the metric, else by its own. An item
// without a value is [Unknown], a value like any other.
type Scope struct {
	pair   *Pair
	labels [2][2]labels // by side, then by kind
	slices [][]string   // the values of each slice, one a column
	// partner is, for each predicted item, the gold item in the same place, of
	// the same type if there is one; -1 for none. By kind; nil until asked for.
	partner [2][]int32
}

// labels are those of one list of items.
type labels struct {
	kept  []bool  // by the filters; nil when no filter asks about the kind
	slice []int32 // position in Scope.slices; nil when the columns do not divide the kind
	rank  []int32 // order by what an item says, ids and types apart
}

// Unknown is the value of what has none in a column.
const Unknown = "unknown"

const (
	goldSide = iota
	predSide
)

// index is the position of the kind in a scope.
func (k ItemKind) index() int {
	if k == EventItems {
		return 1
	}
	return 0
}

// newScope labels the items of a pair.
func newScope(p *Pair, o *schema.Ontology, filters []*Filter, by []*Column) *Scope {
	s := &Scope{pair: p}
	numbers := map[string]int32{}
	for kind, k := range []ItemKind{MentionItems, EventItems} {
		divided := len(by) > 0 && !slices.ContainsFunc(by, func(c *Column) bool { return !c.divides(k) })
		for side, a := range []*schema.Annotation{p.Gold, p.Pred} {
			l := &s.labels[side][kind]
			l.rank = ranks(a, k)
			for _, f := range filters {
				if f.Column.Article != nil || !f.Column.divides(k) {
					continue
				}
				if l.kept == nil {
					l.kept = make([]bool, len(l.rank))
					for i := range l.kept {
						l.kept[i] = true
					}
				}
				for i, v := range f.Column.values(p, o, a, k) {
					l.kept[i] = f.keeps(v) && l.kept[i]
				}
			}
			if divided {
				l.slice = s.number(numbers, p, o, a, k, by)
			}
		}
	}
	return s
}

// number gives every item the number of its slice.
func (s *Scope) number(numbers map[string]int32, p *Pair, o *schema.Ontology, a *schema.Annotation, k ItemKind, by []*Column) []int32 {
	var columns [][]string
	for _, c := range by {
		columns = append(columns, c.values(p, o, a, k))
	}
	out := make([]int32, len(columns[0]))
	for i := range out {
		values := make([]string, len(by))
		for c := range by {
			values[c] = columns[c][i]
		}
		key := strings.Join(values, "\x00")
		n, ok := numbers[key]
		if !ok {
			n = int32(len(s.slices))
			numbers[key] = n
			s.slices = append(s.slices, values)
		}
		out[i] = n
	}
	return out
}

// Gold reports whether the gold item at a position is judged.
func (s *Scope) Gold(kind ItemKind, at int) bool {
	return s == nil || s.labels[goldSide][kind.index()].keeps(at)
}

// Predicted reports whether the predicted item at a position is judged, which
// is matched to the gold item at of; of is -1 for none.
func (s *Scope) Predicted(kind ItemKind, at, of int) bool {
	switch {
	case s == nil:
		return true
	case of >= 0:
		return s.Gold(kind, of)
	}
	return s.labels[predSide][kind.index()].keeps(at)
}

// Judged is where an item counts: the number of its slice, or one of the marks.
type Judged int32

// The marks of an item without a slice.
const (
	Undivided Judged = -1 // it is judged, and the columns do not divide its kind
	NotJudged Judged = -2
)

// OfGold says where the gold item at a position counts.
func (s *Scope) OfGold(kind ItemKind, at int) Judged {
	if s == nil {
		return Undivided
	}
	return s.labels[goldSide][kind.index()].judged(at)
}

// OfPredicted says where the predicted item at a position counts, which is matched
// to the gold item at of; of is -1 for none.
func (s *Scope) OfPredicted(kind ItemKind, at, of int) Judged {
	switch {
	case s == nil:
		return Undivided
	case of >= 0:
		return s.OfGold(kind, of)
	}
	return s.labels[predSide][kind.index()].judged(at)
}

func (l *labels) judged(at int) Judged {
	switch {
	case !l.keeps(at):
		return NotJudged
	case l.slice == nil:
		return Undivided
	}
	return Judged(l.slice[at])
}

func (l *labels) keeps(at int) bool { return l.kept == nil || l.kept[at] }

// Rank orders items by what they say, their ids and types apart, so that a
// choice among equals depends on no name and no order. It is 0 for all where
// nothing is sliced or filtered.
func (s *Scope) Rank(pred bool, kind ItemKind, at int) int32 {
	if s == nil {
		return 0
	}
	side := goldSide
	if pred {
		side = predSide
	}
	return s.labels[side][kind.index()].rank[at]
}

// ranks numbers the items of a kind; equals have one number.
func ranks(a *schema.Annotation, k ItemKind) []int32 {
	compare := func(i, j int32) int { return compareMentions(&a.Mentions[i], &a.Mentions[j]) }
	n := len(a.Mentions)
	if k == EventItems {
		compare = func(i, j int32) int { return compareEvents(&a.Events[i], &a.Events[j]) }
		n = len(a.Events)
	}
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, compare)
	out := make([]int32, n)
	for i, at := range order {
		if i > 0 && compare(order[i-1], at) == 0 {
			out[at] = out[order[i-1]]
		} else {
			out[at] = int32(i)
		}
	}
	return out
}

func compareMentions(m, n *schema.Mention) int {
	return cmp.Or(place.OfMention(m).Compare(place.OfMention(n)), strings.Compare(m.Level, n.Level), m.Head.Compare(n.Head))
}

func compareEvents(e, f *schema.Event) int {
	return cmp.Or(place.OfEvent(e).Compare(place.OfEvent(f)), strings.Compare(e.Realis, f.Realis),
		slices.Compare(e.Modes, f.Modes), strings.Compare(e.CAMEO, f.CAMEO), slices.Compare(e.Auxiliaries, f.Auxiliaries))
}

// partners pairs the items of both sides that stand in the same place: as many
// as possible of one type, then the others.
func (s *Scope) partners(k ItemKind) []int32 {
	kind := k.index()
	if s.partner[kind] != nil {
		return s.partner[kind]
	}
	type item struct {
		place.Place
		typ  string
		rank int32
		at   int32
	}
	list := func(side int, a *schema.Annotation) (out []item) {
		rank := s.labels[side][kind].rank
		if k == EventItems {
			for i := range a.Events {
				out = append(out, item{place.OfEvent(&a.Events[i]), a.Events[i].Type, rank[i], int32(i)})
			}
		} else {
			for i := range a.Mentions {
				out = append(out, item{place.OfMention(&a.Mentions[i]), a.Mentions[i].Type, rank[i], int32(i)})
			}
		}
		slices.SortStableFunc(out, func(x, y item) int { return cmp.Compare(x.rank, y.rank) })
		return out
	}
	gold, pred := list(goldSide, s.pair.Gold), list(predSide, s.pair.Pred)
	partner := make([]int32, len(pred))
	for i := range partner {
		partner[i] = -1
	}
	used := make([]bool, len(gold))
	for _, typed := range []bool{true, false} {
		free := map[item][]int32{} // positions in gold, by place and type
		key := func(x item) item {
			if typed {
				return item{Place: x.Place, typ: x.typ}
			}
			return item{Place: x.Place}
		}
		for i, g := range gold {
			if !used[g.at] && g.IsSet() {
				free[key(g)] = append(free[key(g)], int32(i))
			}
		}
		for _, p := range pred {
			if list := free[key(p)]; partner[p.at] < 0 && len(list) > 0 {
				g := gold[list[0]].at
				partner[p.at], used[g], free[key(p)] = g, true, list[1:]
			}
		}
	}
	s.partner[kind] = partner
	return partner
}

// whole is the part of a scope that is everything judged.
const whole = -1

// restricted is the pair with only those items of the kind that are judged in a
// slice, or in any (whole), for metrics that look at their sets and not at one
// item after the other. A predicted item goes with its partner in gold. It is
// nil where the slices do not divide the kind.
func (s *Scope) restricted(k ItemKind, part int32) *Pair {
	gold, pred := &s.labels[goldSide][k.index()], &s.labels[predSide][k.index()]
	if part != whole && gold.slice == nil {
		return nil
	}
	if part == whole && gold.kept == nil {
		return s.pair
	}
	in := func(l *labels, at int32) bool { return l.keeps(int(at)) && (part == whole || l.slice[at] == part) }
	partner := s.partners(k)
	inGold := func(at int) bool { return in(gold, int32(at)) }
	inPred := func(at int) bool {
		if partner[at] >= 0 {
			return in(gold, partner[at])
		}
		return in(pred, int32(at))
	}
	q := *s.pair
	q.Scope, q.Gold, q.Pred = nil, keepItems(s.pair.Gold, k, inGold), keepItems(s.pair.Pred, k, inPred)
	left := len(q.Gold.Mentions) + len(q.Pred.Mentions)
	if k == EventItems {
		left = len(q.Gold.Events) + len(q.Pred.Events)
	}
	if left == 0 {
		return nil
	}
	return &q
}

func keepItems(a *schema.Annotation, k ItemKind, keep func(at int) bool) *schema.Annotation {
	b := *a
	if k == EventItems {
		b.Events = nil
		for i, e := range withSpans(a) {
			if keep(i) {
				b.Events = append(b.Events, e)
			}
		}
		return &b
	}
	b.Mentions = nil
	for i := range a.Mentions {
		if keep(i) {
			b.Mentions = append(b.Mentions, a.Mentions[i])
		}
	}
	return &b
}

// withSpans is a copy of the events whose arguments carry the span of the event
// that they refer to, which may be left out.
func withSpans(a *schema.Annotation) []schema.Event {
	triggers := make(map[string]schema.Span, len(a.Events))
	for i := range a.Events {
		triggers[a.Events[i].ID] = a.Events[i].Span
	}
	out := slices.Clone(a.Events)
	for i := range out {
		out[i].Arguments = slices.Clone(out[i].Arguments)
		for j := range out[i].Arguments {
			arg := &out[i].Arguments[j]
			if arg.Span.IsSet() || arg.MentionID != "" || arg.TargetEventID == "" {
				continue
			}
			arg.Span = schema.NoSpan
			if span, ok := triggers[arg.TargetEventID]; ok {
				arg.Span = span
			}
		}
	}
	return out
}
