package eval

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

func event(realis string, start int32) schema.Event {
	return schema.Event{Span: schema.Span{Start: start, End: start + 3}, Type: "CONSULT", Realis: realis}
}

// Triggers at 0, 10, 20, 30 are found, 40 is missed, 50 invented, and at 60
// neither side gives a realis.
func TestRealis(t *testing.T) {
	gold := &schema.Annotation{Events: []schema.Event{event("actual", 0), event("other", 10), event("other", 20), event("actual", 30), event("other", 40), event("", 60)}}
	pred := &schema.Annotation{Events: []schema.Event{event("actual", 0), event("actual", 10), event("other", 20), event("", 30), event("actual", 50), event("", 60)}}
	metrics, err := SelectMetrics([]string{"events.realis"})
	if err != nil {
		t.Fatal(err)
	}
	tally := countOne(metrics, &Pair{DocID: "d", Gold: gold, Pred: pred}, lawSettings())
	for _, c := range []struct {
		metric, class string
		want          []int64
	}{
		{"events.realis.classified", "", []int64{2, 4, 2, 4}},
		{"events.realis.classified", "actual", []int64{1, 2, 1, 2}},
		{"events.realis.classified", "other", []int64{1, 1, 1, 2}},
		// One of two predicted as actual is not; one of two that are not is predicted as actual.
		{"events.realis.false_actual", "", []int64{1, 2, 1, 2}},
	} {
		if got := tally.Get(tally.Layout().Find(c.metric), c.class); !slices.Equal(got, c.want) {
			t.Errorf("%s [%s]: %v, expected %v", c.metric, c.class, got, c.want)
		}
	}
}

// Two events on one trigger: whatever the order, equal realis is matched first.
func TestRealisOfEventsOnOneTrigger(t *testing.T) {
	gold := &schema.Annotation{Events: []schema.Event{event("actual", 0), event("other", 0)}}
	pred := &schema.Annotation{Events: []schema.Event{event("other", 0), event("actual", 0)}}
	if got := scoreOf(t, "events.realis.classified", &Pair{Gold: gold, Pred: pred}, lawSettings()); !slices.Equal(got, []int64{2, 2, 2, 2}) {
		t.Errorf("%v", got)
	}
}
