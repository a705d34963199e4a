package metrics

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestArguments: worked out by hand from the definitions. Gold has a call with
// two actors and a topic that is an event; the prediction has one actor right,
// one under the wrong role, one on an event of another trigger, and one that
// refers to nothing.
func TestArguments(t *testing.T) {
	at := func(a, b int32) schema.Span { return schema.Span{Start: a, End: b} }
	gold := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{{ID: "m1", Span: at(0, 5), Type: "PER"}, {ID: "m2", Span: at(10, 15), Type: "PER"}},
		Events: []schema.Event{
			{ID: "e1", Span: at(6, 9), Type: "CONSULT", Arguments: []schema.Argument{
				{Role: "ACTOR", MentionID: "m1"}, {Role: "ACTOR", MentionID: "m2"}, {Role: "TOPIC", TargetEventID: "e2"}}},
			{ID: "e2", Span: at(20, 25), Type: "ASSAULT"},
		}}
	pred := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{{ID: "x", Span: at(10, 15), Type: "PER"}},
		Events: []schema.Event{
			{ID: "e1", Span: at(6, 9), Type: "CONSULT", Arguments: []schema.Argument{
				{Role: "ACTOR", Span: at(0, 5)}, {Role: "RECIPIENT", MentionID: "x"}, {Role: "ACTOR", MentionID: "none"}}},
			{ID: "e9", Span: at(30, 33), Type: "CONSULT", Arguments: []schema.Argument{{Role: "TOPIC", Span: at(20, 25)}}},
		}}
	for name, want := range map[string][]int64{ // correct, predicted, correct, gold
		"events.argument.identified":          {3, 4, 3, 3},
		"events.argument.classified":          {2, 4, 2, 3},
		"events.argument.identified_attached": {2, 4, 2, 3},
		"events.argument.classified_attached": {1, 4, 1, 3},
	} {
		total := evaltest.TallyOf(t, gold, pred, name)
		if got := total.Get(0, ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}

// TestTriggers: same span and type, same span and another type, another span.
func TestTriggers(t *testing.T) {
	event := func(start int32, typ string) schema.Event {
		return schema.Event{Span: schema.Span{Start: start, End: start + 3}, Type: typ}
	}
	gold := &schema.Annotation{DocID: "d", Events: []schema.Event{event(0, "AGREE"), event(10, "AID"), event(20, "AID")}}
	pred := &schema.Annotation{DocID: "d", Events: []schema.Event{event(0, "AGREE"), event(10, "ASSAULT"), event(21, "AID")}}
	total := evaltest.TallyOf(t, gold, pred, "events.trigger")
	for name, want := range map[string][]int64{
		"events.trigger.identified": {2, 3, 2, 3},
		"events.trigger.classified": {1, 3, 1, 3},
	} {
		if got := total.Get(total.Layout().Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}
