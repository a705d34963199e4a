package metrics

import (
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestNuggets: worked out by hand. The first event is right in all; the second
// has another realis, the third other modes; the fourth covers 4 of 6 code
// points of its trigger, 2·4/(6+4) = 0.8, and the fifth overlaps it too, at
// 2·2/(6+2) = 0.5, so that the better one is matched.
func TestNuggets(t *testing.T) {
	event := func(start, end int32, realis string, modes ...string) schema.Event {
		return schema.Event{Span: schema.Span{Start: start, End: end}, Type: "CONSULT", Realis: realis, Modes: modes}
	}
	gold := &schema.Annotation{DocID: "d", Events: []schema.Event{
		event(0, 4, "actual", "phone", "multilateral"), event(10, 14, "actual"), event(20, 24, "other", "phone"), event(30, 36, "actual")}}
	pred := &schema.Annotation{DocID: "d", Events: []schema.Event{
		event(34, 36, "actual"), event(30, 34, "actual"), event(20, 24, "other"), event(10, 14, "other"), event(0, 4, "actual", "multilateral", "phone")}}
	const one = eval.FixedPoint
	dice := int64(eval.FixedPoint / 10 * 8)
	for name, want := range map[string][]int64{ // correct, predicted, correct, gold
		"events.nugget.type":        {3, 5, 3, 4},
		"events.nugget.type_realis": {2, 5, 2, 4},
		"events.nugget.type_mode":   {2, 5, 2, 4},
		"events.nugget.all":         {1, 5, 1, 4},
		"events.nugget.dice.all":    {one + dice, 5 * one, one + dice, 4 * one},
		"events.nugget.dice.type":   {3*one + dice, 5 * one, 3*one + dice, 4 * one},
	} {
		got := evaltest.TallyOf(t, gold, pred, name).Get(0, "")
		for i := range got { // the credit is rounded down once
			if d := want[i] - got[i]; d < -8 || d > 8 || !strings.Contains(name, "dice") && d != 0 {
				t.Errorf("%s: %v, expected %v", name, got, want)
				break
			}
		}
	}
}

// TestCoreferentArguments: worked out by hand. The president is named twice;
// the prediction has the other place for the ACTOR, once more in the right
// place (only one can be right), a place that gold does not have, and a call
// whose topic is another trigger of the same strike.
func TestCoreferentArguments(t *testing.T) {
	at := func(start int32) schema.Span { return schema.Span{Start: start, End: start + 5} }
	gold := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{{ID: "m1", ActorID: "p", Span: at(0)}, {ID: "m2", ActorID: "p", Span: at(10)}, {ID: "m3", ActorID: "q", Span: at(20)}},
		Events: []schema.Event{
			{ID: "e1", Type: "CONSULT", Span: at(30), Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "m1"}, {Role: "RECIPIENT", MentionID: "m3"}, {Role: "TOPIC", TargetEventID: "e2"}, {Role: "TIME", Span: at(60)}}},
			{ID: "e2", Type: "ASSAULT", Span: at(40), HopperID: "h"}, {ID: "e3", Type: "ASSAULT", Span: at(50), HopperID: "h"},
		}}
	pred := &schema.Annotation{DocID: "d", Events: []schema.Event{{ID: "x", Type: "CONSULT", Span: at(31), Arguments: []schema.Argument{
		{Role: "ACTOR", Span: at(10)}, {Role: "ACTOR", Span: at(0)}, {Role: "ACTOR", Span: at(20)}, {Role: "ACTOR", Span: at(70)}, {Role: "ACTOR", MentionID: "none"}, {Role: "TOPIC", Span: at(50)}, {Role: "TIME", Span: at(60)}}}}}
	for name, want := range map[string][]int64{ // correct, predicted, correct, gold
		"events.argument.coreferent.identified":          {4, 7, 4, 4},
		"events.argument.coreferent.classified":          {3, 7, 3, 4},
		"events.argument.coreferent.classified_attached": {0, 7, 0, 4},
	} {
		if got := evaltest.TallyOf(t, gold, pred, name).Get(0, ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}
