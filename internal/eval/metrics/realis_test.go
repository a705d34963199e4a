package metrics

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// Triggers at 0, 10, 20, 30 are found, 40 is missed, 50 invented, and at 60
// neither side gives a realis.
func TestRealis(t *testing.T) {
	gold := &schema.Annotation{Events: []schema.Event{evaltest.Event("actual", 0), evaltest.Event("other", 10), evaltest.Event("other", 20), evaltest.Event("actual", 30), evaltest.Event("other", 40), evaltest.Event("", 60)}}
	pred := &schema.Annotation{Events: []schema.Event{evaltest.Event("actual", 0), evaltest.Event("actual", 10), evaltest.Event("other", 20), evaltest.Event("", 30), evaltest.Event("actual", 50), evaltest.Event("", 60)}}
	metrics, err := eval.SelectMetrics([]string{"events.realis"})
	if err != nil {
		t.Fatal(err)
	}
	tally := countOne(metrics, &eval.Pair{DocID: "d", Gold: gold, Pred: pred}, evaltest.LawSettings())
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
	gold := &schema.Annotation{Events: []schema.Event{evaltest.Event("actual", 0), evaltest.Event("other", 0)}}
	pred := &schema.Annotation{Events: []schema.Event{evaltest.Event("other", 0), evaltest.Event("actual", 0)}}
	if got := scoreOf(t, "events.realis.classified", &eval.Pair{Gold: gold, Pred: pred}, evaltest.LawSettings()); !slices.Equal(got, []int64{2, 2, 2, 2}) {
		t.Errorf("%v", got)
	}
}
