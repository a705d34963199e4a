package analysis

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestAlignAgreesWithErrors: an alignment has the numbers of the summary, holds
// every label once, and no more errors than Errors lists.
func TestAlignAgreesWithErrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := evaltest.LawPair(evaltest.DrawAnnotation(t, "gold", "d"), evaltest.DrawAnnotation(t, "pred", "d"))
		for i := range p.Pred.Mentions { // ids need not be unique
			p.Pred.Mentions[i].ID = "m"
		}
		for i := range p.Pred.Events {
			p.Pred.Events[i].ID = ""
		}
		var want ErrorSummary
		want.Add(p)
		got := map[ErrorLayer]map[ErrorKind]int64{MentionErrors: {}, EventErrors: {}, ArgumentErrors: {}}
		mentions, events := map[*schema.Mention]int{}, map[*schema.Event]int{}
		a := Align(p)
		for _, m := range a.Mentions {
			got[MentionErrors][m.Kind]++
			mentions[m.Gold]++
			mentions[m.Pred]++
		}
		for _, e := range a.Events {
			got[EventErrors][e.Kind]++
			events[e.Gold]++
			events[e.Pred]++
			if e.Gold != nil && len(e.GoldArguments) != len(e.Gold.Arguments) || e.Pred != nil && len(e.PredArguments) != len(e.Pred.Arguments) {
				t.Fatal("arguments were lost")
			}
			for _, arg := range e.GoldArguments {
				got[ArgumentErrors][arg.Kind]++ // all kinds with a gold side
			}
			for _, arg := range e.PredArguments {
				if arg.Kind == ErrorSpurious || arg.Kind == ErrorDuplicate {
					got[ArgumentErrors][arg.Kind]++
				}
			}
		}
		for layer, l := range want.Layers {
			expect := maps.Clone(l.Kinds)
			if l.Correct > 0 {
				expect[""] = l.Correct
			}
			if !maps.Equal(expect, got[layer]) {
				t.Fatalf("%s: %v, the summary has %v", layer, got[layer], expect)
			}
		}
		for _, side := range []*schema.Annotation{p.Gold, p.Pred} {
			for i := range side.Mentions {
				if mentions[&side.Mentions[i]] != 1 {
					t.Fatalf("mention %d stands %d times", i, mentions[&side.Mentions[i]])
				}
			}
			for i := range side.Events {
				if events[&side.Events[i]] != 1 {
					t.Fatalf("event %d stands %d times", i, events[&side.Events[i]])
				}
			}
		}
		if !slices.IsSortedFunc(a.Mentions, func(x, y AlignedMention) int { return x.place().Compare(y.place()) }) {
			t.Fatal("the mentions are not in text order")
		}
	})
}

// TestAlignArguments: a role mistaken for another names it on both sides.
func TestAlignArguments(t *testing.T) {
	event := func(role string) *schema.Annotation {
		return &schema.Annotation{
			Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 0, End: 4}, Text: "name", Type: "PER"}},
			Events:   []schema.Event{{ID: "e1", Span: schema.Span{Start: 5, End: 9}, Type: "AID", Arguments: []schema.Argument{{Role: role, MentionID: "m1", Span: schema.NoSpan}}}},
		}
	}
	a := Align(&eval.Pair{DocID: "d", Gold: event("ACTOR"), Pred: event("RECIPIENT")})
	if len(a.Events) != 1 {
		t.Fatalf("%d events, expected 1", len(a.Events))
	}
	span := schema.Span{Start: 0, End: 4}
	if got, want := a.Events[0].GoldArguments[0], (AlignedArgument{ErrorRole, "ACTOR", span, "name", "", "RECIPIENT"}); got != want {
		t.Errorf("%+v, expected %+v", got, want)
	}
	if got, want := a.Events[0].PredArguments[0], (AlignedArgument{ErrorRole, "RECIPIENT", span, "name", "", "ACTOR"}); got != want {
		t.Errorf("%+v, expected %+v", got, want)
	}
}

// TestAlignShowsWhatIsJudged: the page lists what the filters of the score judge.
func TestAlignShowsWhatIsJudged(t *testing.T) {
	p := &eval.Pair{DocID: "d", Gold: &schema.Annotation{Mentions: []schema.Mention{{ID: "a", Type: "PER", Span: schema.Span{Start: 0, End: 1}}, {ID: "b", Type: "ORG", Span: schema.Span{Start: 2, End: 3}}}}, Pred: &schema.Annotation{}}
	judge := func(where string) *eval.Pair {
		filters, err := eval.ParseFilters([]string{where})
		if err != nil {
			t.Fatal(err)
		}
		return eval.Judge(p, schema.PLOVER(), filters)
	}
	if a := Align(judge("type=PER")); len(a.Mentions) != 1 || a.Mentions[0].Gold.ID != "a" || len(p.Gold.Mentions) != 2 {
		t.Errorf("%+v; expected the mention a alone", a)
	}
	if q := judge("article=other"); q != nil {
		t.Errorf("%v; expected nothing", q)
	}
	if _, err := eval.ParseFilters([]string{"colour=red"}); err == nil {
		t.Error("an unknown column was accepted")
	}
}
