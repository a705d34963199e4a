package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
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
// Arguments too: first those equal in trigger span, event type, span and role,
// which are right, as events.argument.classified_attached has it. Then what is
// left over, in one matching that prefers, in this order, as many as possible
// of: another role on the same span of the same event (role), an overlapping
// span in the same role of the same event (boundary), the same span and role
// on another event (event), an overlapping span in another role of the same
// event (boundary+role).
func alignLayer(p *eval.Pair, layer ErrorLayer) []aligned {
	switch layer {
	case MentionErrors:
		return alignSpans(mentionSides(p.Gold.Mentions), mentionSides(p.Pred.Mentions))
	case EventErrors:
		return alignSpans(eventSides(p.Gold.Events), eventSides(p.Pred.Events))
	case ArgumentErrors:
		return alignArguments(argumentSides(p.Gold), argumentSides(p.Pred))
	}
	return nil
}

func mentionSides(list []schema.Mention) []*ErrorSide {
	out := make([]*ErrorSide, len(list))
	for i, m := range list {
		out[i] = side(m.ID, m.Span, m.Text, m.Type)
	}
	return sortSides(out)
}

func eventSides(list []schema.Event) []*ErrorSide {
	out := make([]*ErrorSide, len(list))
	for i, e := range list {
		out[i] = side(e.ID, e.Span, e.Text, e.Type)
	}
	return sortSides(out)
}

// sortSides puts labels into an order that does not depend on that of the list.
func sortSides(list []*ErrorSide) []*ErrorSide {
	slices.SortFunc(list, func(a, b *ErrorSide) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.Class, b.Class), strings.Compare(a.ID, b.ID))
	})
	return list
}

// stageOneGrade and stageTwoGrade are the two stages; the best of each is the
// same type.
func stageOneGrade(g, p *match.Item) match.Grade {
	switch {
	case g.Span != p.Span:
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
				out = append(out, match.Item{Span: schema.Span{Start: s.Start, End: s.End}, Class: classes[s.Class], Ref: int32(i)})
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
		m.Match(g, p, []match.GradeFunc{stage.grade}, func(_ int, g, p *match.Item, grade match.Grade) {
			if g == nil || p == nil {
				return
			}
			partner[g.Ref], used[p.Ref] = int(p.Ref), true
			kinds[g.Ref] = stage.other
			if grade == match.Correct {
				kinds[g.Ref] = stage.same
			}
		})
	}
	var out []aligned
	has := map[ErrorSide]bool{} // what gold has, by place and class
	for i, g := range gold {
		a := aligned{kind: kinds[i], gold: g}
		if partner[i] >= 0 {
			a.pred = pred[partner[i]]
		}
		out = append(out, a)
		has[ErrorSide{Start: g.Start, End: g.End, Class: g.Class}] = g.Start >= 0
	}
	for j, p := range pred {
		if !used[j] {
			out = append(out, leftOver(p, has[ErrorSide{Start: p.Start, End: p.End, Class: p.Class}]))
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
	trigger schema.Span
}

func argumentSides(a *schema.Annotation) []argumentSide {
	resolve := roles.NewResolver(a)
	var out []argumentSide
	for i := range a.Events {
		e := &a.Events[i]
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			span, text, id := resolve.Of(arg).Span, arg.Text, cmp.Or(arg.MentionID, arg.TargetEventID)
			if m := resolve.Mentions[arg.MentionID]; m != nil && text == "" {
				text = m.Text
			} else if t := resolve.Events[arg.TargetEventID]; t != nil && text == "" {
				text = t.Text
			}
			s := side(id, span, text, arg.Role)
			s.EventID, s.Event = e.ID, e.Type
			out = append(out, argumentSide{s, e.Span})
		}
	}
	slices.SortFunc(out, func(a, b argumentSide) int {
		return cmp.Or(a.compare(b), strings.Compare(a.EventID, b.EventID), strings.Compare(a.ID, b.ID))
	})
	return out
}

// compare orders by what must agree for an argument to be right.
func (a argumentSide) compare(b argumentSide) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(a.Class, b.Class),
		strings.Compare(a.Event, b.Event), a.trigger.Compare(b.trigger))
}

// argumentKinds are the errors with two sides, worst first; each step of 2¹⁴
// makes one of the better kind outweigh any number of the worse in an article
// of up to 16,383 arguments.
var argumentKinds = []ErrorKind{ErrorBoundaryRole, ErrorEvent, ErrorBoundary, ErrorRole}

// confused is the error that two arguments make together, as a position in
// argumentKinds, or -1 when they have nothing to do with each other.
func confused(g, p argumentSide) int {
	event := g.trigger == p.trigger && g.Event == p.Event
	span, role := g.Start == p.Start && g.End == p.End, g.Class == p.Class
	switch {
	case g.Start < 0 || g.Start >= p.End || p.Start >= g.End:
		return -1
	case event && span:
		return 3
	case event && role:
		return 2
	case span && role:
		return 1
	case event:
		return 0
	}
	return -1
}

func alignArguments(gold, pred []argumentSide) []aligned {
	partner, used := make([]int, len(gold)), make([]bool, len(pred))
	kinds := make([]ErrorKind, len(gold))
	for i, j := 0, 0; i < len(gold); i++ {
		partner[i], kinds[i] = -1, ErrorMissed
		for j < len(pred) && pred[j].compare(gold[i]) < 0 {
			j++
		}
		if j < len(pred) && pred[j].compare(gold[i]) == 0 && gold[i].Start >= 0 {
			partner[i], kinds[i], used[j] = j, "", true
			j++
		}
	}
	var edges []match.Edge
	for i, g := range gold {
		for j := 0; j < len(pred) && pred[j].Start < g.End && partner[i] < 0; j++ {
			if k := confused(g, pred[j]); k >= 0 && !used[j] {
				edges = append(edges, match.Edge{Row: int32(i), Col: int32(j), Weight: 1 << (14 * k)})
			}
		}
	}
	var assign match.Assigner
	for i, j := range assign.Match(len(gold), len(pred), edges) {
		if j >= 0 {
			partner[i], kinds[i], used[j] = int(j), argumentKinds[confused(gold[i], pred[j])], true
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
			_, twice := slices.BinarySearchFunc(gold, p, argumentSide.compare)
			out = append(out, leftOver(p.ErrorSide, twice && p.Start >= 0))
		}
	}
	return out
}
