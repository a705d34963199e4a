package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Gold is the labels that are settled, as far as a decision needs them: ids of items
// by the ids that [Item]s have.
type Gold struct {
	Mention func(id string) string // id of a mention of A, or "b:…" of B, in gold; "" for none
	Event   func(id string) string
}

// UndecidedError is a decision that rests on another which is not made.
type UndecidedError struct{ What string }

func (e *UndecidedError) Error() string {
	return e.What + " is not among the settled labels: decide that first"
}

// TakeMention takes over what one pass says in a difference of a mention.
func (d *Difference) TakeMention(to *schema.Mention, b bool) {
	from := d.Item.MentionA
	if b {
		from = d.Item.MentionB
	}
	for _, f := range mentionFacets {
		if f.name == d.Kind {
			f.take(to, from)
		}
	}
}

// TakeEvent takes over what one pass says in a difference of an event.
func (d *Difference) TakeEvent(to *schema.Event, b bool, gold Gold) error {
	if d.Kind == Argument {
		return d.takeArgument(to, b, gold)
	}
	from := d.Item.EventA
	if b {
		from = d.Item.EventB
	}
	source := to.SourceMentionID
	for _, f := range eventFacets {
		if f.name == d.Kind {
			f.take(to, from)
		}
	}
	if d.Kind != "attribution" || to.SourceMentionID == "" {
		return nil
	}
	if to.SourceMentionID = gold.Mention(from.SourceMentionID); to.SourceMentionID == "" {
		to.SourceMentionID = source
		return &UndecidedError{"the source " + strings.TrimPrefix(from.SourceMentionID, onlyB)}
	}
	return nil
}

// takeArgument puts the argument in, or takes it out, as the pass has it.
func (d *Difference) takeArgument(to *schema.Event, b bool, gold Gold) error {
	x, missing := InGold(*d.Argument, gold)
	wanted := d.InA && !b || d.InB && b
	i := slices.IndexFunc(to.Arguments, func(y schema.Argument) bool { return missing == "" && sayArgument(&y) == sayArgument(&x) })
	switch {
	case wanted && missing != "":
		return &UndecidedError{fmt.Sprintf("the filler %s of %s", missing, x.Role)}
	case wanted && i < 0:
		to.Arguments = append(slices.Clone(to.Arguments), x)
	case !wanted && i >= 0:
		to.Arguments = slices.Delete(slices.Clone(to.Arguments), i, i+1)
	}
	return nil
}

// InGold is an argument with its filler named as in gold; missing is the filler that
// gold does not have.
func InGold(x schema.Argument, gold Gold) (out schema.Argument, missing string) {
	id := x.MentionID + x.TargetEventID
	if x.MentionID != "" {
		x.MentionID = gold.Mention(x.MentionID)
	} else if x.TargetEventID != "" {
		x.TargetEventID = gold.Event(x.TargetEventID)
	}
	if id != "" && x.MentionID+x.TargetEventID == "" {
		missing = strings.TrimPrefix(id, onlyB)
	}
	return x, missing
}

// Whole is an event that only one pass has, for gold: with the arguments and the
// source that gold has.
func (d *Difference) Whole(gold Gold) schema.Event {
	from := d.Item.EventA
	if from == nil {
		from = d.Item.EventB
	}
	e := *from
	e.Arguments = nil
	for _, a := range from.Arguments {
		if x, missing := InGold(a, gold); missing == "" {
			e.Arguments = append(e.Arguments, x)
		}
	}
	if e.SourceMentionID != "" {
		e.SourceMentionID = gold.Mention(e.SourceMentionID)
	}
	return e
}

// OnlyB is the id of the second pass in an id of an item that only it has.
func OnlyB(id string) (string, bool) { return strings.CutPrefix(id, onlyB) }

// SaysMention is what a mention says in the difference, in words; "" where that is not
// one thing.
func (d *Difference) SaysMention(m *schema.Mention) string {
	for _, f := range mentionFacets {
		if f.name == d.Kind {
			return f.say(m)
		}
	}
	return ""
}

// SaysEvent is SaysMention of an event.
func (d *Difference) SaysEvent(e *schema.Event) string {
	for _, f := range eventFacets {
		if f.name == d.Kind {
			return f.say(e)
		}
	}
	return ""
}
