package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/internal/eval/roles"
	"github.com/mizan-corpus/mizan/schema"
)

// aligned is a pair of counterparts, or a label without one. kind is "" for
// what is right.
type aligned struct {
	kind       ErrorKind
	gold, pred *ErrorSide
}

// alignLayer puts the labels of one layer beside their counterparts, in text
// order of the gold labels with the left-over predictions last.
//
// Mentions and events are aligned in two stages, each an optimal one-to-one
// matching. First identical spans: as many of the same type as possible, which
// are right, then as many others as possible (type). Then what is left over:
// overlapping spans, as many of the same type as possible (boundary), then as
// many others as possible (boundary+type). What is still left is missed, a
// duplicate when gold has its span and type, or spurious. So what is right is
// what mentions.strict and events.trigger.classified count as correct.
//
// Arguments too: first those equal in event type, span and role, of events with
// the same trigger before others: they are right, as events.argument.classified
// has it. Then what is left over, in one matching that prefers, in this order,
// as many as possible of: another role on the same span of the same event
// (role), an overlapping span in the same role of the same event (boundary), the
// same span and role on an event of another type (event), an overlapping span in
// another role of the same event (boundary+role). Two events are the same when
// they are aligned.
//
// Only what the pair's scope judges is listed.
func alignLayer(p *eval.Pair, layer ErrorLayer) []aligned {
	var list []aligned
	kind := eval.EventItems
	switch layer {
	case MentionErrors:
		kind = eval.MentionItems
		list = alignSpans(mentionSides(p.Gold.Mentions), mentionSides(p.Pred.Mentions))
	case EventErrors:
		list = alignEvents(p)
	case ArgumentErrors:
		list = alignArguments(argumentSides(p.Gold), argumentSides(p.Pred), alignEvents(p))
	}
	return slices.DeleteFunc(list, func(a aligned) bool {
		if a.gold != nil {
			return !p.Scope.Gold(kind, a.gold.item)
		}
		return !p.Scope.Predicted(kind, a.pred.item, -1)
	})
}

func alignEvents(p *eval.Pair) []aligned {
	return alignSpans(eventSides(p.Gold.Events), eventSides(p.Pred.Events))
}

func mentionSides(list []schema.Mention) []*ErrorSide {
	out := make([]*ErrorSide, len(list))
	for i, m := range list {
		out[i] = side(i, m.ID, place.OfMention(&m), m.Text, m.Type)
	}
	return sortSides(out)
}

func eventSides(list []schema.Event) []*ErrorSide {
	out := make([]*ErrorSide, len(list))
	for i, e := range list {
		out[i] = side(i, e.ID, place.OfEvent(&e), e.Text, e.Type)
	}
	return sortSides(out)
}

// sortSides puts labels into an order that does not depend on that of the list.
func sortSides(list []*ErrorSide) []*ErrorSide {
	slices.SortFunc(list, func(a, b *ErrorSide) int {
		return cmp.Or(comparePlaces(a.place, b.place), strings.Compare(a.Class, b.Class), strings.Compare(a.ID, b.ID))
	})
	return list
}

// comparePlaces orders as [match.SortItems] does.
func comparePlaces(p, q place.Place) int {
	return cmp.Or(cmp.Compare(p.Start, q.Start), cmp.Compare(p.End, q.End), p.CompareFragments(q))
}

// stageOneGrade and stageTwoGrade are the two stages; the best of each is the
// same type.
func stageOneGrade(g, p *match.Item) match.Grade {
	switch {
	case g.Place != p.Place:
		return match.NoMatch
	case g.Class == p.Class:
		return match.Correct
	}
	return match.Incorrect
}

func stageTwoGrade(g, p *match.Item) match.Grade {
	if g.Class == p.Class {
		return match.Correct
	}
	return match.Incorrect
}

func alignSpans(gold, pred []*ErrorSide) []aligned {
	classes := classNumbers(gold, pred)
	items := func(list []*ErrorSide, left func(i int) bool) []match.Item {
		var out []match.Item
		for i, s := range list {
			if left(i) {
				out = append(out, match.Item{Place: s.place, Class: classes[s.Class], Ref: int32(i)})
			}
		}
		return out // sorted, as the sides are, by start, end and class
	}
	partner, used := make([]int, len(gold)), make([]bool, len(pred))
	kinds := make([]ErrorKind, len(gold))
	for i := range partner {
		partner[i], kinds[i] = -1, ErrorMissed
	}
	var m match.Matcher
	for _, stage := range []struct {
		grade       match.GradeFunc
		same, other ErrorKind
	}{{stageOneGrade, "", ErrorType}, {stageTwoGrade, ErrorBoundary, ErrorBoundaryType}} {
		g := items(gold, func(i int) bool { return partner[i] < 0 })
		p := items(pred, func(j int) bool { return !used[j] })
		m.Match(g, p, []match.GradeFunc{stage.grade}, func(f match.Found) {
			g, p := f.Gold, f.Pred
			if g == nil || p == nil || f.GoldRows&eval.PooledRow == 0 {
				return
			}
			partner[g.Ref], used[p.Ref] = int(p.Ref), true
			kinds[g.Ref] = stage.other
			if f.Grade == match.Correct {
				kinds[g.Ref] = stage.same
			}
		})
	}
	var out []aligned
	type label struct {
		place.Place
		class string
	}
	has := map[label]bool{} // what gold has
	for i, g := range gold {
		a := aligned{kind: kinds[i], gold: g}
		if partner[i] >= 0 {
			a.pred = pred[partner[i]]
		}
		out = append(out, a)
		has[label{g.place, g.Class}] = g.Start >= 0
	}
	for j, p := range pred {
		if !used[j] {
			out = append(out, leftOver(p, has[label{p.place, p.Class}]))
		}
	}
	return out
}

func leftOver(p *ErrorSide, duplicate bool) aligned {
	if duplicate {
		return aligned{kind: ErrorDuplicate, pred: p}
	}
	return aligned{kind: ErrorSpurious, pred: p}
}

// classNumbers numbers the classes in name order.
func classNumbers(lists ...[]*ErrorSide) map[string]eval.Class {
	var names []string
	for _, list := range lists {
		for _, s := range list {
			names = append(names, s.Class)
		}
	}
	slices.Sort(names)
	out := map[string]eval.Class{}
	for i, n := range slices.Compact(names) {
		out[n] = eval.Class(i + 1)
	}
	return out
}

// argumentSide is an argument with its event's trigger.
type argumentSide struct {
	*ErrorSide
	trigger place.Place
}

func argumentSides(a *schema.Annotation) []argumentSide {
	resolve := roles.NewResolver(a)
	var out []argumentSide
	for i := range a.Events {
		e := &a.Events[i]
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			at, text, id := resolve.Of(arg).Place, arg.Text, cmp.Or(arg.MentionID, arg.TargetEventID)
			if m := resolve.Mentions[arg.MentionID]; m != nil && text == "" {
				text = m.Text
			} else if t := resolve.Events[arg.TargetEventID]; t != nil && text == "" {
				text = t.Text
			}
			s := side(i, id, at, text, arg.Role)
			s.EventID, s.Event = e.ID, e.Type
			out = append(out, argumentSide{s, place.OfEvent(e)})
		}
	}
	slices.SortFunc(out, func(a, b argumentSide) int {
		return cmp.Or(a.compare(b), strings.Compare(a.EventID, b.EventID), strings.Compare(a.ID, b.ID))
	})
	return out
}

// compare orders by what must agree for an argument to be right, then by trigger.
func (a argumentSide) compare(b argumentSide) int {
	return cmp.Or(a.compareRight(b), a.trigger.Compare(b.trigger))
}

func (a argumentSide) compareRight(b argumentSide) int {
	return cmp.Or(comparePlaces(a.place, b.place), strings.Compare(a.Class, b.Class), strings.Compare(a.Event, b.Event))
}

// argumentKinds are the errors with two sides, worst first; each step of 2¹⁴
// makes one of the better kind outweigh any number of the worse in an article
// of up to 16,383 arguments.
var argumentKinds = []ErrorKind{ErrorBoundaryRole, ErrorEvent, ErrorBoundary, ErrorRole}

// confused is the error that two arguments make together, as a position in
// argumentKinds, or -1 when they have nothing to do with each other. same says
// that their events are aligned.
func confused(g, p argumentSide, same bool) int {
	span, role := g.place == p.place, g.Class == p.Class
	switch {
	case g.Start < 0 || !g.place.Overlaps(p.place):
		return -1
	case span && role:
		return 1
	case same && span:
		return 3
	case same && role:
		return 2
	case same:
		return 0
	}
	return -1
}

// rightArguments pairs the arguments that are right: of each event type, span
// and role as many as both sides have, those of one trigger with each other.
func rightArguments(gold, pred []argumentSide, partner []int, used []bool) {
	pair := func(compare func(a, b argumentSide) int) {
		for i, j := 0, 0; i < len(gold); i++ {
			if partner[i] >= 0 || gold[i].Start < 0 {
				continue
			}
			for j < len(pred) && (used[j] || compare(pred[j], gold[i]) < 0) {
				j++
			}
			if j < len(pred) && compare(pred[j], gold[i]) == 0 {
				partner[i], used[j] = j, true
				j++
			}
		}
	}
	pair(argumentSide.compare)
	pair(argumentSide.compareRight)
}

func alignArguments(gold, pred []argumentSide, events []aligned) []aligned {
	eventOf := map[int]int{} // gold event → the predicted one that it is aligned with
	for _, e := range events {
		if e.gold != nil && e.pred != nil {
			eventOf[e.gold.item] = e.pred.item
		}
	}
	same := func(g, p argumentSide) bool {
		event, ok := eventOf[g.item]
		return ok && event == p.item || g.trigger == p.trigger && g.Event == p.Event && g.trigger.IsSet()
	}
	partner, used := make([]int, len(gold)), make([]bool, len(pred))
	kinds := make([]ErrorKind, len(gold))
	for i := range partner {
		partner[i] = -1
	}
	rightArguments(gold, pred, partner, used)
	for i := range kinds {
		if partner[i] < 0 {
			kinds[i] = ErrorMissed
		}
	}
	var edges []match.Edge
	for i, g := range gold {
		for j := 0; j < len(pred) && pred[j].Start < g.End && partner[i] < 0; j++ {
			if k := confused(g, pred[j], same(g, pred[j])); k >= 0 && !used[j] {
				edges = append(edges, match.Edge{Row: int32(i), Col: int32(j), Weight: 1 << (14 * k)})
			}
		}
	}
	var assign match.Assigner
	for i, j := range assign.Match(len(gold), len(pred), edges) {
		if j >= 0 {
			partner[i], kinds[i], used[j] = int(j), argumentKinds[confused(gold[i], pred[j], same(gold[i], pred[j]))], true
		}
	}
	var out []aligned
	for i, g := range gold {
		a := aligned{kind: kinds[i], gold: g.ErrorSide}
		if partner[i] >= 0 {
			a.pred = pred[partner[i]].ErrorSide
		}
		out = append(out, a)
	}
	for j, p := range pred {
		if !used[j] {
			_, twice := slices.BinarySearchFunc(gold, p, argumentSide.compareRight)
			out = append(out, leftOver(p.ErrorSide, twice && p.Start >= 0))
		}
	}
	return out
}
