package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/roles"
	"github.com/mizan-corpus/mizan/schema"
)

// Alignment is one article with every label beside its counterpart, the right
// ones among them, as [ErrorSummary] counts them. Mentions and events are in text
// order, by gold where there is gold; those without a span come first.
type Alignment struct {
	Mentions []AlignedMention
	Events   []AlignedEvent
}

// AlignedMention is a gold mention, a predicted one, or both.
type AlignedMention struct {
	Kind       ErrorKind // "" when right
	Gold, Pred *schema.Mention
}

// AlignedEvent is a gold event, a predicted one, or both, with the arguments
// of each by role and place.
type AlignedEvent struct {
	Kind                         ErrorKind // of the trigger; "" when right
	Gold, Pred                   *schema.Event
	GoldArguments, PredArguments []AlignedArgument
}

// AlignedArgument is an argument of one side with what became of it.
type AlignedArgument struct {
	Kind  ErrorKind // "" when right
	Role  string
	Span  schema.Span // resolved; NoSpan when there is none
	Text  string
	Value string
	// OtherRole is the role of the counterpart, "" without one.
	OtherRole string
}

// Align lays the labels of a pair side by side. The labels are not copied.
func Align(p *eval.Pair) *Alignment {
	gold, pred := renumber(p.Gold), renumber(p.Pred)
	q := &eval.Pair{DocID: p.DocID, Gold: gold.annotation, Pred: pred.annotation, Scope: p.Scope}
	out := &Alignment{}
	for _, a := range alignLayer(q, MentionErrors) {
		m := AlignedMention{Kind: a.kind}
		if a.gold != nil {
			m.Gold = gold.mentions[a.gold.ID]
		}
		if a.pred != nil {
			m.Pred = pred.mentions[a.pred.ID]
		}
		out.Mentions = append(out.Mentions, m)
	}
	for _, a := range alignLayer(q, ArgumentErrors) {
		if a.gold != nil {
			gold.arguments[a.gold.ID].settle(a.kind, a.pred)
		}
		if a.pred != nil {
			pred.arguments[a.pred.ID].settle(a.kind, a.gold)
		}
	}
	for _, a := range alignLayer(q, EventErrors) {
		e := AlignedEvent{Kind: a.kind}
		if a.gold != nil {
			e.Gold, e.GoldArguments = gold.event(a.gold.ID)
		}
		if a.pred != nil {
			e.Pred, e.PredArguments = pred.event(a.pred.ID)
		}
		out.Events = append(out.Events, e)
	}
	slices.SortStableFunc(out.Mentions, func(a, b AlignedMention) int { return a.place().Compare(b.place()) })
	slices.SortStableFunc(out.Events, func(a, b AlignedEvent) int { return a.place().Compare(b.place()) })
	return out
}

func (m *AlignedMention) place() schema.Span {
	if m.Gold != nil {
		return m.Gold.Span
	}
	return m.Pred.Span
}

func (e *AlignedEvent) place() schema.Span {
	if e.Gold != nil {
		return e.Gold.Span
	}
	return e.Pred.Span
}

func (a *AlignedArgument) settle(kind ErrorKind, other *ErrorSide) {
	a.Kind = kind
	if other != nil {
		a.OtherRole = other.Class
	}
}

// numbered is an annotation whose labels were given unique ids, so that they
// can be found again after aligning: ids in predictions may be missing or
// stand twice. Numbers follow the order of the ids, which breaks ties.
type numbered struct {
	annotation *schema.Annotation
	mentions   map[string]*schema.Mention
	events     map[string]*schema.Event
	arguments  map[string]*AlignedArgument
}

func renumber(a *schema.Annotation) numbered {
	n := numbered{
		&schema.Annotation{DocID: a.DocID, Mentions: slices.Clone(a.Mentions), Events: slices.Clone(a.Events)},
		map[string]*schema.Mention{}, map[string]*schema.Event{}, map[string]*AlignedArgument{},
	}
	for k, i := range byID(len(a.Mentions), func(i int) string { return a.Mentions[i].ID }) {
		id := fmt.Sprintf("%09d", k)
		n.annotation.Mentions[i].ID, n.mentions[id] = id, &a.Mentions[i]
	}
	resolve := roles.NewResolver(a)
	for k, i := range byID(len(a.Events), func(i int) string { return a.Events[i].ID }) {
		e := &n.annotation.Events[i]
		e.ID = fmt.Sprintf("%09d", k)
		n.events[e.ID] = &a.Events[i]
		e.Arguments = slices.Clone(e.Arguments)
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			span, text := resolve.Of(arg).Span, resolve.Text(arg)
			if !span.IsSet() {
				span = schema.NoSpan
			}
			id := fmt.Sprintf("%s/%09d", e.ID, j)
			n.arguments[id] = &AlignedArgument{Role: arg.Role, Span: span, Text: text, Value: arg.Value}
			// The id of a mention that does not exist: only the span counts.
			*arg = schema.Argument{Role: arg.Role, MentionID: id, Span: span, Text: text}
		}
	}
	return n
}

// Event is the original with its settled arguments.
func (n *numbered) event(id string) (*schema.Event, []AlignedArgument) {
	e := n.events[id]
	var args []AlignedArgument
	for j := range e.Arguments {
		args = append(args, *n.arguments[fmt.Sprintf("%s/%09d", id, j)])
	}
	slices.SortStableFunc(args, func(a, b AlignedArgument) int {
		return cmp.Or(strings.Compare(a.Role, b.Role), a.Span.Compare(b.Span), strings.Compare(a.Text, b.Text), strings.Compare(a.Value, b.Value), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return e, args
}

// byID lists positions in the order of their ids.
func byID(n int, id func(i int) string) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return strings.Compare(id(a), id(b)) })
	return out
}
