package annotate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// target is what actions change: the labels of an article, and the actors.
type target struct {
	labels *state
	actors *table
}

// applyAll does actions in order and returns those that take them back, or changes
// nothing and returns an error.
func (t target) applyAll(do []journal.Action) ([]journal.Action, error) {
	var back []journal.Action
	for _, a := range do {
		b, err := t.apply(a)
		if err != nil {
			for _, b := range back {
				if _, failed := t.apply(b); failed != nil {
					panic(failed) // an inverse always applies to what it was made of
				}
			}
			return nil, err
		}
		back = slices.Insert(back, 0, b)
	}
	return back, nil
}

// apply does one action, whose item is named, and returns the one that takes it back.
func (t target) apply(a journal.Action) (journal.Action, error) {
	switch {
	case a.Op == "state":
		return t.setState(a)
	case a.Op != "put" && a.Op != "drop":
		return a, fmt.Errorf("op %q: expected put, drop or state", a.Op)
	case a.Kind == kindActor:
		return change(&t.actors.actors, a, native.ParseActor, native.AppendActor, func(x *schema.Actor) *string { return &x.ID },
			func(x, y schema.Actor) int { return strings.Compare(x.ID, y.ID) })
	case t.labels == nil:
		return a, fmt.Errorf("a %s belongs to an article", a.Kind)
	case a.Kind == kindMention:
		return change(&t.labels.mentions, a, native.ParseMention, native.AppendMention, func(x *schema.Mention) *string { return &x.ID }, labels.CompareMentions)
	case a.Kind == kindEvent:
		return change(&t.labels.events, a, native.ParseEvent, native.AppendEvent, func(x *schema.Event) *string { return &x.ID }, labels.CompareEvents)
	case a.Kind == kindRegion:
		return t.setRegion(a)
	}
	return a, fmt.Errorf("kind %q: expected mention, event, actor or unlabelled", a.Kind)
}

func (t target) setState(a journal.Action) (journal.Action, error) {
	var value string
	if err := json.Unmarshal(a.Value, &value); err != nil || t.labels == nil || value != StateDone && value != StateDraft {
		return a, fmt.Errorf("state %s: expected %q or %q", a.Value, StateDone, StateDraft)
	}
	before := StateDraft
	if t.labels.done {
		before = StateDone
	}
	t.labels.done = value == StateDone
	return journal.Action{Op: "state", Value: quoted(before)}, nil
}

func quoted(s string) json.RawMessage {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return b
}

func (t target) setRegion(a journal.Action) (journal.Action, error) {
	s, err := parseRegionID(a.ID)
	if err != nil {
		return a, err
	}
	i, there := slices.BinarySearchFunc(t.labels.regions, s, schema.Span.Compare)
	switch {
	case a.Op == "put" && !there:
		t.labels.regions = slices.Insert(t.labels.regions, i, s)
		return journal.Action{Op: "drop", Kind: kindRegion, ID: a.ID}, nil
	case a.Op == "drop" && there:
		t.labels.regions = slices.Delete(t.labels.regions, i, i+1)
		return journal.Action{Op: "put", Kind: kindRegion, ID: a.ID}, nil
	}
	return a, fmt.Errorf("region %s: found it %s", a.ID, map[bool]string{true: "marked already", false: "not marked"}[there])
}

// change puts an item into a list in canonical order, or drops it.
func change[T any](list *[]T, a journal.Action, parse func(string) (T, error), write func([]byte, *T) ([]byte, error), id func(*T) *string, compare func(x, y T) int) (journal.Action, error) {
	at := -1
	for i := range *list {
		if *id(&(*list)[i]) == a.ID {
			at = i
		}
	}
	back := journal.Action{Op: "drop", Kind: a.Kind, ID: a.ID}
	if at >= 0 {
		b, err := write(nil, &(*list)[at])
		if err != nil {
			return a, err
		}
		back.Op, back.Value = "put", b
	}
	if a.Op == "drop" {
		if at < 0 {
			return a, fmt.Errorf("found no %s %q", a.Kind, a.ID)
		}
		*list = slices.Delete(*list, at, at+1)
		return back, nil
	}
	item, err := parse(string(a.Value))
	if err != nil {
		return a, err
	}
	if *id(&item) != a.ID || a.ID == "" {
		return a, fmt.Errorf("found %s %q under the id %q", a.Kind, *id(&item), a.ID)
	}
	if at >= 0 {
		*list = slices.Delete(*list, at, at+1)
	}
	to, _ := slices.BinarySearchFunc(*list, item, compare)
	*list = slices.Insert(*list, to, item)
	return back, nil
}
