package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// drawWild makes labels as extractors may send them: duplicates, spans out of
// the text or missing, references to nothing, events without hopper or type.
func drawWild(t *rapid.T, label string) *schema.Annotation {
	a := &schema.Annotation{DocID: "d1"}
	span := func() schema.Span {
		start := rapid.Int32Range(-2, 50).Draw(t, label+" start")
		if start < 0 {
			return schema.NoSpan
		}
		return schema.Span{Start: start, End: start + rapid.Int32Range(0, 6).Draw(t, "length")}
	}
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "value") }
	for i := range rapid.IntRange(0, 6).Draw(t, label+" mentions") {
		a.Mentions = append(a.Mentions, schema.Mention{ID: fmt.Sprintf("m%d", i), Span: span(), Type: pick("PER", "GPE", ""), ActorID: pick("", "a1", "a2", "nobody", "set")})
	}
	for i := range rapid.IntRange(0, 5).Draw(t, label+" events") {
		e := schema.Event{ID: fmt.Sprintf("e%d", i), Span: span(), Type: pick("CONSULT", "AID", "RETREAT", ""), Realis: pick("actual", "other", ""),
			CAMEO: pick("", "0", "041", "19"), HopperID: pick("", "h1", "h2"), Modes: []string{pick("", "phone"), pick("visit", "phone")}}
		if pick("yes", "no") == "yes" {
			e.Auxiliaries = []string{"future"}
		}
		for range rapid.IntRange(0, 4).Draw(t, "arguments") {
			arg := schema.Argument{Role: pick("ACTOR", "RECIPIENT", "TOPIC", "TIME", ""), Value: pick("", "2016-07-06T10:00", "2016-07", "soon")}
			switch pick("mention", "event", "span", "nothing") {
			case "mention":
				arg.MentionID = pick("m0", "m1", "m2", "m9")
			case "event":
				arg.TargetEventID = pick("e0", "e1", "e9")
			case "span":
				arg.Span = span()
			}
			e.Arguments = append(e.Arguments, arg)
		}
		a.Events = append(a.Events, e)
	}
	return a
}

// TestWildLabels: on any input the counts are possible ones, do not depend on
// order, and swap with the sides.
func TestWildLabels(t *testing.T) {
	var names []string
	for _, m := range eval.Metrics() {
		for _, family := range []string{"nervaluate", "textee.", "conlleval.", "records.", "events.nugget.", "events.argument."} {
			if strings.HasPrefix(m.Name, family) {
				names = append(names, m.Name)
			}
		}
	}
	metrics := evaltest.MustSelect(t, names...)
	settings := evaltest.LawSettings()
	settings.Actors["set"] = &schema.Actor{ID: "set", Members: []string{"a1", "a2", "set", "gone"}}
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawWild(t, "gold"), drawWild(t, "pred")
		seed := rapid.Uint64().Draw(t, "seed")
		count := func(gold, pred *schema.Annotation) *eval.Tally {
			s := eval.NewScorer(metrics, settings, nil, nil, "")
			if err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) { yield(evaltest.LawPair(gold, pred), nil) }); err != nil {
				t.Fatal(err)
			}
			return s.Total()
		}
		a, other, swapped := count(gold, pred), count(evaltest.Shuffled(gold, seed), evaltest.Shuffled(pred, seed+1)), count(pred, gold)
		for i, m := range metrics {
			for _, class := range a.Classes() {
				c := a.Get(i, class)
				if c[0] < 0 || c[0] > c[1] || c[2] < 0 || c[2] > c[3] {
					t.Fatalf("%s [%s]: impossible counts %v", m.Name, class, c)
				}
			}
			x, y, z := a.Get(i, ""), other.Get(i, ""), swapped.Get(i, "")
			if obeys(m, eval.LawOrder) && !slices.Equal(x, y) {
				t.Fatalf("%s: %v in one order, %v in another", m.Name, x, y)
			}
			if obeys(m, eval.LawSwap) && !slices.Equal(x[:4], []int64{z[2], z[3], z[0], z[1]}) {
				t.Fatalf("%s: %v, swapped %v", m.Name, x, z)
			}
		}
		pair := evaltest.LawPair(gold, pred)
		var e analysis.ErrorSummary
		e.Add(pair)
		for layer, l := range e.Layers {
			var items int64
			for _, n := range l.Kinds {
				items += n
			}
			if l.Correct > min(l.Gold, l.Predicted) || l.Gold+l.Predicted < 2*l.Correct+items {
				t.Fatalf("%s: impossible numbers %+v", layer, l)
			}
			analysis.TypeConfusion(pair, layer).Table()
		}
	})
}
