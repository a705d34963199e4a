package review

import (
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/schema"
)

// Item is a mention or event of either pass, or of both. Ids are those of the passes:
// of the first in A, of the second in B; what events of B name is named as in A where
// both have it, and "b:…" where only B has.
type Item struct {
	Key                string // of the item, e.g. "mention m1=m2"
	MentionA, MentionB *schema.Mention
	EventA, EventB     *schema.Event
}

// Mention reports whether the item is a mention.
func (x *Item) Mention() bool { return x.MentionA != nil || x.MentionB != nil }

// Both reports whether both passes have it.
func (x *Item) Both() bool {
	return x.MentionA != nil && x.MentionB != nil || x.EventA != nil && x.EventB != nil
}

// Span is where the item stands in the first pass that has it.
func (x *Item) Span() (schema.Span, string) {
	switch {
	case x.MentionA != nil:
		return x.MentionA.Span, x.MentionA.Text
	case x.EventA != nil:
		return x.EventA.Span, x.EventA.Text
	case x.MentionB != nil:
		return x.MentionB.Span, x.MentionB.Text
	}
	return x.EventB.Span, x.EventB.Text
}

// Difference is one thing that the passes say otherwise of an item.
type Difference struct {
	ID       string // stable while the passes are as they are
	Kind     string
	Item     *Item
	A, B     string           // what each says, "" for nothing
	Argument *schema.Argument // of Argument, as the pass has it that has one
	InA, InB bool             // which pass has the item or argument
}

// Comparison is an article as two passes have it.
type Comparison struct {
	Items       []*Item
	Differences []Difference
}

// onlyB marks ids of mentions and events that only the second pass has.
const onlyB = "b:"

// Compare lays two passes over an article side by side. The second is under the names
// of the first already; see [Names.Renamed].
func Compare(p *eval.Pair) *Comparison {
	c := &Comparison{}
	x := analysis.Align(p)
	ids := map[string]string{} // "mention m2" of B → id in A
	for _, m := range x.Mentions {
		c.Items = append(c.Items, &Item{Key: pairKey("mention", m.Gold != nil, m.Pred != nil, func() string { return m.Gold.ID }, func() string { return m.Pred.ID }), MentionA: m.Gold, MentionB: m.Pred})
		if m.Gold != nil && m.Pred != nil {
			ids["mention "+m.Pred.ID] = m.Gold.ID
		}
	}
	for _, e := range x.Events {
		if e.Gold != nil && e.Pred != nil {
			ids["event "+e.Pred.ID] = e.Gold.ID
		}
	}
	for _, e := range x.Events {
		b := e.Pred
		if b != nil {
			b = inA(b, ids)
		}
		c.Items = append(c.Items, &Item{Key: pairKey("event", e.Gold != nil, b != nil, func() string { return e.Gold.ID }, func() string { return e.Pred.ID }), EventA: e.Gold, EventB: b})
	}
	for _, item := range c.Items {
		c.Differences = append(c.Differences, item.differences()...)
	}
	for i := range c.Differences {
		c.inWords(&c.Differences[i])
	}
	return c
}

// inWords gives what is said of mentions and events their surfaces instead of ids.
func (c *Comparison) inWords(d *Difference) {
	switch d.Kind {
	case Argument:
		said := spans(d.Argument.Span, d.Argument.Text, nil)
		if d.Argument.MentionID != "" {
			said = c.surface(true, d.Argument.MentionID)
		} else if d.Argument.TargetEventID != "" {
			said = c.surface(false, d.Argument.TargetEventID)
		}
		if d.Argument.Value != "" {
			said += " = " + d.Argument.Value
		}
		d.A, d.B = map[bool]string{true: said}[d.InA], map[bool]string{true: said}[d.InB]
	case "attribution":
		d.A, d.B = c.attribution(d.Item.EventA), c.attribution(d.Item.EventB)
	}
}

func (c *Comparison) attribution(e *schema.Event) string {
	named := *e
	if e.SourceMentionID != "" {
		named.SourceMentionID = c.surface(true, e.SourceMentionID)
	}
	return attribution(&named)
}

// surface is the text of a mention or event of A, or with "b:…" of B, and where it
// stands.
func (c *Comparison) surface(mention bool, id string) string {
	other, onlyB := OnlyB(id)
	for _, x := range c.Items {
		if x.Mention() == mention && (!onlyB && x.IDA() == id || onlyB && x.IDB() == other) {
			span, text := x.Span()
			return fmt.Sprintf("%q (%d)", text, span.Start)
		}
	}
	return id
}

func pairKey(kind string, a, b bool, idA, idB func() string) string {
	key := kind + " "
	if a {
		key += idA()
	}
	key += "="
	if b {
		key += idB()
	}
	return key
}

// inA is an event of B whose mentions and events are named as in A.
func inA(e *schema.Event, ids map[string]string) *schema.Event {
	c := *e
	name := func(kind, id string) string {
		if id == "" {
			return ""
		}
		if a, ok := ids[kind+" "+id]; ok {
			return a
		}
		return onlyB + id
	}
	c.SourceMentionID = name("mention", c.SourceMentionID)
	c.Arguments = slices.Clone(c.Arguments)
	for i := range c.Arguments {
		x := &c.Arguments[i]
		x.MentionID, x.TargetEventID = name("mention", x.MentionID), name("event", x.TargetEventID)
	}
	return &c
}

func (x *Item) differences() []Difference {
	if !x.Both() {
		d := Difference{ID: x.Key + " " + Missed, Kind: Missed, Item: x, InA: x.MentionA != nil || x.EventA != nil}
		d.InB = !d.InA
		d.A, d.B = map[bool]string{true: "yes"}[d.InA], map[bool]string{true: "yes"}[d.InB]
		return []Difference{d}
	}
	if x.MentionA != nil {
		return facets(x, mentionFacets, x.MentionA, x.MentionB)
	}
	return append(facets(x, eventFacets, x.EventA, x.EventB), x.arguments()...)
}

func facets[T any](x *Item, all []facet[T], a, b *T) []Difference {
	var out []Difference
	for _, f := range all {
		if sayA, sayB := f.say(a), f.say(b); sayA != sayB {
			out = append(out, Difference{ID: x.Key + " " + f.name, Kind: f.name, Item: x, A: sayA, B: sayB, InA: true, InB: true})
		}
	}
	return out
}

// arguments are those that only one of the passes has.
func (x *Item) arguments() []Difference {
	var out []Difference
	only := func(have, other []schema.Argument, inA bool) {
		for i := range have {
			if slices.ContainsFunc(other, func(y schema.Argument) bool { return sayArgument(&y) == sayArgument(&have[i]) }) {
				continue
			}
			said := sayArgument(&have[i])
			d := Difference{ID: x.Key + " " + Argument + " " + said, Kind: Argument, Item: x, Argument: &have[i], InA: inA, InB: !inA}
			if inA {
				d.A = said
			} else {
				d.B = said
			}
			out = append(out, d)
		}
	}
	only(x.EventA.Arguments, x.EventB.Arguments, true)
	only(x.EventB.Arguments, x.EventA.Arguments, false)
	return out
}

func sayArgument(a *schema.Argument) string {
	said := a.Role + " "
	switch {
	case a.MentionID != "":
		said += a.MentionID
	case a.TargetEventID != "":
		said += a.TargetEventID
	default:
		said += spans(a.Span, a.Text, nil)
	}
	if a.Value != "" {
		said += " = " + a.Value
	}
	return said
}

// Agreed are the labels that both passes have, as the first has them; of events the
// arguments that both have.
func (c *Comparison) Agreed() (mentions []schema.Mention, events []schema.Event) {
	for _, x := range c.Items {
		switch {
		case !x.Both():
		case x.MentionA != nil:
			mentions = append(mentions, *x.MentionA)
		default:
			e := *x.EventA
			e.Arguments = nil
			for _, a := range x.EventA.Arguments {
				if slices.ContainsFunc(x.EventB.Arguments, func(y schema.Argument) bool { return sayArgument(&y) == sayArgument(&a) }) {
					e.Arguments = append(e.Arguments, a)
				}
			}
			if e.SourceMentionID != x.EventB.SourceMentionID {
				e.SourceMentionID = ""
			}
			events = append(events, e)
		}
	}
	return mentions, events
}

// Find is the difference of that id, or nil.
func (c *Comparison) Find(id string) *Difference {
	for i := range c.Differences {
		if c.Differences[i].ID == id {
			return &c.Differences[i]
		}
	}
	return nil
}

// What is how a table of adjudications names the difference.
func (d *Difference) What() string {
	span, text := d.Item.Span()
	what := fmt.Sprintf("%q (%d), %s", text, span.Start, d.Kind)
	if d.Kind == Argument {
		what = fmt.Sprintf("%q (%d), %s", text, span.Start, d.Argument.Role)
	}
	if d.Kind == Missed {
		what = fmt.Sprintf("%q (%d), %s", text, span.Start, map[bool]string{true: "a mention", false: "an event"}[d.Item.Mention()])
	}
	return what
}

// IDA is the item's id in the first pass, "" where that does not have it.
func (x *Item) IDA() string {
	switch {
	case x.MentionA != nil:
		return x.MentionA.ID
	case x.EventA != nil:
		return x.EventA.ID
	}
	return ""
}

// IDB is the item's id in the second pass.
func (x *Item) IDB() string {
	switch {
	case x.MentionB != nil:
		return x.MentionB.ID
	case x.EventB != nil:
		return x.EventB.ID
	}
	return ""
}
