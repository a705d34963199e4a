package analysis

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// errorItem is one error: what gold has, what was predicted, or both.
type errorItem struct {
	Layer      ErrorLayer
	Kind       ErrorKind
	Gold, Pred *ErrorSide
}

// errorsOf lists every error of a pair, layer by layer.
func errorsOf(p *eval.Pair) []errorItem {
	var out []errorItem
	for _, layer := range ErrorLayers {
		for _, a := range alignLayer(p, layer) {
			if a.kind != "" {
				out = append(out, errorItem{layer, a.kind, a.gold, a.pred})
			}
		}
	}
	return out
}

// TestErrors: one error of each kind, worked out by hand from the doc comment
// of Errors.
func TestErrors(t *testing.T) {
	at := func(start, end int32) schema.Span { return schema.Span{Start: start, End: end} }
	mention := func(id, typ string, start, end int32) schema.Mention {
		return schema.Mention{ID: id, Type: typ, Span: at(start, end), Text: id}
	}
	arg := func(role string, start, end int32) schema.Argument {
		return schema.Argument{Role: role, Span: at(start, end)}
	}
	gold := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{mention("right", "PER", 0, 4), mention("type", "GPE", 10, 14), mention("boundary", "PER", 20, 26), mention("both", "ORG", 30, 36), mention("missed", "PER", 40, 44)},
		Events: []schema.Event{
			{ID: "e1", Span: at(100, 104), Type: "AID", Arguments: []schema.Argument{arg("ACTOR", 0, 4), arg("RECIPIENT", 10, 14), arg("LOCATION", 20, 26), arg("HOST", 30, 36)}},
			{ID: "e2", Span: at(110, 114), Type: "AID", Arguments: []schema.Argument{arg("ACTOR", 40, 44), arg("RECIPIENT", 50, 54)}},
			{ID: "e3", Span: at(120, 124), Type: "ASSAULT"},
		}}
	pred := &schema.Annotation{DocID: "d",
		Mentions: []schema.Mention{mention("p1", "PER", 0, 4), mention("p1 again", "PER", 0, 4), mention("p2", "ORG", 10, 14), mention("p3", "PER", 20, 24), mention("p4", "PER", 32, 36), mention("p5", "PER", 60, 64), {ID: "p6", Type: "PER", Text: "nowhere"}},
		Events: []schema.Event{
			{ID: "x1", Span: at(100, 104), Type: "AID", Arguments: []schema.Argument{arg("ACTOR", 0, 4), arg("ACTOR", 10, 14), arg("LOCATION", 20, 24), arg("ACTOR", 30, 34), arg("TIME", 70, 74)}},
			{ID: "x2", Span: at(120, 124), Type: "SANCTION", Arguments: []schema.Argument{arg("ACTOR", 40, 44)}},
			{ID: "x3", Span: at(100, 104), Type: "AID", Arguments: []schema.Argument{arg("ACTOR", 0, 4)}},
		}}
	type one struct {
		layer      ErrorLayer
		kind       ErrorKind
		gold, pred int32 // start, -2 for none
	}
	want := []one{
		{MentionErrors, ErrorType, 10, 10}, {MentionErrors, ErrorBoundary, 20, 20}, {MentionErrors, ErrorBoundaryType, 30, 32}, {MentionErrors, ErrorMissed, 40, -2},
		{MentionErrors, ErrorSpurious, -2, -1}, {MentionErrors, ErrorDuplicate, -2, 0}, {MentionErrors, ErrorSpurious, -2, 60},
		{EventErrors, ErrorMissed, 110, -2}, {EventErrors, ErrorType, 120, 120}, {EventErrors, ErrorDuplicate, -2, 100},
		{ArgumentErrors, ErrorRole, 10, 10}, {ArgumentErrors, ErrorBoundary, 20, 20}, {ArgumentErrors, ErrorBoundaryRole, 30, 30}, {ArgumentErrors, ErrorEvent, 40, 40},
		{ArgumentErrors, ErrorMissed, 50, -2}, {ArgumentErrors, ErrorDuplicate, -2, 0}, {ArgumentErrors, ErrorSpurious, -2, 70},
	}
	var got []one
	for _, e := range errorsOf(&eval.Pair{DocID: "d", Gold: gold, Pred: pred}) {
		o := one{e.Layer, e.Kind, -2, -2}
		if e.Gold != nil {
			o.gold = e.Gold.Start
		}
		if e.Pred != nil {
			o.pred = e.Pred.Start
		}
		got = append(got, o)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v\nexpected\n%v", got, want)
	}
	table := TypeConfusion(&eval.Pair{DocID: "d", Gold: gold, Pred: pred}, MentionErrors).Table()
	if b, _ := json.Marshal(table); string(b) != `{"rows":["GPE","ORG","PER","*spurious*"],"columns":["ORG","PER","*missed*"],"counts":[[1,0,0],[0,1,0],[0,2,1],[0,3,0]]}` {
		t.Errorf("confusion %s", b)
	}
}

// TestArgumentsOfAMovedTrigger: gold "they met", predicted "met", one happening;
// events.argument.classified counts its actor as correct, so it is no error. Of
// the second argument the role is wrong, on an event that is aligned.
func TestArgumentsOfAMovedTrigger(t *testing.T) {
	at := func(start, end int32) schema.Span { return schema.Span{Start: start, End: end} }
	event := func(trigger schema.Span, second string) *schema.Annotation {
		return &schema.Annotation{Events: []schema.Event{{ID: "e", Span: trigger, Type: "CONSULT", Arguments: []schema.Argument{
			{Role: "ACTOR", Span: at(20, 24)}, {Role: second, Span: at(30, 34)}}}}}
	}
	pair := &eval.Pair{DocID: "d", Gold: event(at(0, 8), "RECIPIENT"), Pred: event(at(5, 8), "ACTOR")}
	got := errorsOf(pair)
	if len(got) != 2 || got[0].Kind != ErrorBoundary || got[1].Kind != ErrorRole {
		t.Errorf("%+v; expected the trigger's boundary and one role", got)
	}
}

// errorMetrics are the metrics that count as correct what has no error.
var errorMetrics = map[ErrorLayer]string{MentionErrors: "mentions.strict", EventErrors: "events.trigger.classified", ArgumentErrors: "events.argument.classified"}

// TestErrorsAddUp: the parts of the taxonomy and the cells of the confusion
// sum to the counts of the metrics, whatever the order of the labels.
func TestErrorsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d1"), evaltest.DrawAnnotation(t, "pred", "d1")
		if len(pred.Mentions) > 0 { // gold has no duplicates, predictions may
			twin := pred.Mentions[0]
			twin.ID = "twin"
			pred.Mentions = append(pred.Mentions, twin)
		}
		pair := evaltest.LawPair(gold, pred)
		var s, twice ErrorSummary
		s.Add(pair)
		twice.Merge(&s)
		twice.Merge(&s)
		total := evaltest.CountLaw(t, pair)
		kinds := map[ErrorLayer]map[ErrorKind]int64{}
		for _, e := range errorsOf(pair) {
			if kinds[e.Layer] == nil {
				kinds[e.Layer] = map[ErrorKind]int64{}
			}
			kinds[e.Layer][e.Kind]++
		}
		for layer, metric := range errorMetrics {
			l, c := s.Layers[layer], total.Get(total.Layout().Find(metric), "")
			if l.Correct != c[0] || l.Predicted != c[1] || l.Correct != c[2] || l.Gold != c[3] {
				t.Fatalf("%s: %+v, but %s has %v", layer, l, metric, c)
			}
			var both, all int64
			for kind, n := range l.Kinds {
				if kind != ErrorMissed && kind != ErrorSpurious && kind != ErrorDuplicate {
					both += n
				}
				all += kinds[layer][kind]
				if n != kinds[layer][kind] || 2*n != twice.Layers[layer].Kinds[kind] {
					t.Fatalf("%s %s: %d in the summary, %d in the list, %d twice", layer, kind, n, kinds[layer][kind], twice.Layers[layer].Kinds[kind])
				}
			}
			if l.Gold != l.Correct+both+l.Kinds[ErrorMissed] || l.Predicted != l.Correct+both+l.Kinds[ErrorSpurious]+l.Kinds[ErrorDuplicate] {
				t.Fatalf("%s: the parts do not add up: %+v", layer, l)
			}
			confusion := TypeConfusion(pair, layer)
			rows, columns := map[string]int64{}, map[string]int64{}
			for labels, n := range confusion.counts {
				rows[labels[0]], columns[labels[1]] = rows[labels[0]]+n, columns[labels[1]]+n
			}
			for _, class := range confusion.Labels() {
				c := total.Get(total.Layout().Find(metric), class)
				switch class {
				case ConfusionSpurious:
					c[3] = l.Kinds[ErrorSpurious] + l.Kinds[ErrorDuplicate]
				case ConfusionMissed:
					c[1] = l.Kinds[ErrorMissed]
				}
				if rows[class] != c[3] || columns[class] != c[1] {
					t.Fatalf("%s %s: %d in the row, %d in the column, expected %d and %d", layer, class, rows[class], columns[class], c[3], c[1])
				}
			}
		}
		var other ErrorSummary
		other.Add(evaltest.LawPair(evaltest.Shuffled(gold, 1), evaltest.Shuffled(pred, 2)))
		if !reflect.DeepEqual(s, other) {
			t.Fatalf("in another order: %+v, %+v", s, other)
		}
	})
}
