package metrics

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestTemplates: worked out by hand. Gold has two assaults with the same actor
// and different victims. The first prediction has the actor and the victim of
// the second; the second takes two actors for one, so that its entity does not
// lie in one gold entity, and fills a role with a part of an entity's mentions.
func TestTemplates(t *testing.T) {
	span := func(start int32) schema.Span { return schema.Span{Start: start, End: start + 5} }
	mention := func(id, actor string, start int32) schema.Mention {
		return schema.Mention{ID: id, ActorID: actor, Type: "PER", Span: span(start)}
	}
	event := func(id, hopper, typ string, start int32, pairs ...string) schema.Event {
		return schema.Event{ID: id, HopperID: hopper, Type: typ, Span: span(start), Arguments: roles(pairs...)}
	}
	gold := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{mention("m1", "army", 0), mention("m2", "army", 10), mention("m3", "village", 20), mention("m4", "convoy", 30)},
		Events: []schema.Event{
			event("e1", "h1", "ASSAULT", 100, "ACTOR", "m1", "RECIPIENT", "m3"),
			event("e2", "h2", "ASSAULT", 110, "ACTOR", "m1"),
			event("e3", "h2", "ASSAULT", 120, "ACTOR", "m2", "RECIPIENT", "m4"),
		}}
	pred := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{mention("p1", "a", 0), mention("p2", "b", 20), mention("p3", "b", 30), mention("p4", "c", 10), mention("p5", "d", 30)},
		Events: []schema.Event{
			event("x", "k1", "ASSAULT", 120, "ACTOR", "p1", "RECIPIENT", "p5"),
			event("y", "k2", "ASSAULT", 100, "ACTOR", "p4", "RECIPIENT", "p2"),
			event("z", "k3", "AID", 130, "ACTOR", "nobody"),
		}}
	for name, want := range map[string][]int64{ // correct, predicted, correct, gold
		"records.template.type":   {2, 3, 2, 2},
		"records.template.filler": {3, 5, 3, 4},
		"records.template.all":    {5, 8, 5, 6},
	} {
		if got := evaltest.TallyOf(t, gold, pred, name).Get(0, ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}
