package eval_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// What is predicted in a region that nobody has labelled changes nothing, and is
// counted.
func TestOutside(t *testing.T) {
	at := func(id string, start, end int32) schema.Mention {
		return schema.Mention{ID: id, Span: schema.Span{Start: start, End: end}, Type: "PER"}
	}
	event := func(id string, start int32, arguments ...schema.Argument) schema.Event {
		return schema.Event{ID: id, Span: schema.Span{Start: start, End: start + 1}, SourceMentionID: "in", Arguments: arguments}
	}
	gold := &schema.Annotation{NotLabelled: []schema.Span{{Start: 10, End: 20}}, Mentions: []schema.Mention{at("g", 5, 10)}}
	pred := &schema.Annotation{
		Mentions: []schema.Mention{at("out", 0, 5), at("edge", 20, 22), at("in", 12, 13), at("reaches", 18, 24), at("meets", 8, 12)},
		Events: []schema.Event{
			event("e", 21, schema.Argument{Role: "ACTOR", MentionID: "in"}, schema.Argument{Role: "TOPIC", TargetEventID: "f"},
				schema.Argument{Role: "TIME", Span: schema.Span{Start: 15, End: 16}}, schema.Argument{Role: "HOST", MentionID: "out"}),
			event("f", 11),
		},
	}
	q, left := eval.Outside(&eval.Pair{Gold: gold, Pred: pred})
	want := []schema.Mention{at("out", 0, 5), at("edge", 20, 22), at("meets", 8, 12)}
	if !reflect.DeepEqual(q.Pred.Mentions, want) || left != (eval.LeftOut{Articles: 1, Mentions: 2, Events: 1, Arguments: 3}) {
		t.Errorf("left %+v, mentions %v", left, q.Pred.Mentions)
	}
	if e := q.Pred.Events; len(e) != 1 || len(e[0].Arguments) != 1 || e[0].Arguments[0].MentionID != "out" || e[0].SourceMentionID != "" {
		t.Errorf("events %+v", e)
	}
	if len(pred.Mentions) != 5 || len(pred.Events[0].Arguments) != 4 {
		t.Error("the prediction was changed")
	}
}

// Cutting twice is cutting once, and nothing that is left stands in a region but what
// overlaps a label of the other side.
func TestOutsideTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t, "a")
		n := int32(len([]rune(evaltest.LawText)))
		start := rapid.Int32Range(0, n-1).Draw(t, "start")
		region := schema.Span{Start: start, End: rapid.Int32Range(start+1, n).Draw(t, "end")}
		p.Gold.NotLabelled = []schema.Span{region}
		q, _ := eval.Outside(p)
		again, left := eval.Outside(q)
		if left != (eval.LeftOut{Articles: 1, Mentions: left.Mentions, Events: left.Events, Arguments: left.Arguments}) ||
			!reflect.DeepEqual(again.Gold, q.Gold) || !reflect.DeepEqual(again.Pred.Mentions, q.Pred.Mentions) {
			t.Fatalf("cut twice: %+v, then %+v", q.Pred, again.Pred)
		}
		if slices.ContainsFunc(q.Pred.Mentions, func(m schema.Mention) bool { return region.Contains(m.Span) && len(m.Fragments) == 0 }) {
			t.Fatalf("%v keeps %+v", region, q.Pred.Mentions)
		}
	})
}
