package scoring

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestDetails: one mention right, one of another type, one missed, one
// spurious, with confidences; worked out by hand. The two highest confidences
// are wrong and right: average precision over three gold mentions is the step
// from recall 0 to 1/3 at precision 1/2.
func TestDetails(t *testing.T) {
	half, high, low := 0.5, 0.9, 0.1
	gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "10-15 GPE", "20-25 ORG")}
	pred := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "10-15 ORG", "30-35 PER")}
	pred.Mentions[0].Confidence, pred.Mentions[1].Confidence, pred.Mentions[2].Confidence = &half, &high, &low
	d := evaluated(t, gold, pred, Options{Metrics: []string{"mentions.strict"}, Details: true}).Details
	l := d.Errors.Layers[analysis.MentionErrors]
	if l.Correct != 1 || l.Kinds[analysis.ErrorType] != 1 || l.Kinds[analysis.ErrorMissed] != 1 || l.Kinds[analysis.ErrorSpurious] != 1 {
		t.Errorf("errors %+v", l)
	}
	var sum int64
	for _, row := range d.Confusion[analysis.MentionErrors].Counts {
		for _, n := range row {
			sum += n
		}
	}
	if sum != 4 { // a pair that is right, one that is confused, one missed, one spurious
		t.Errorf("the confusion holds %d items, expected 4", sum)
	}
	c := d.Confidence[analysis.MentionErrors]
	if want := 1.0 / 6; c == nil || *c.AveragePrecision != want || c.BestF1.Threshold != 0.5 {
		t.Errorf("confidence %+v, expected average precision %v", c, want)
	}
	if d.Confidence[analysis.EventErrors] != nil {
		t.Error("events carry no confidence")
	}
	if r := evaluated(t, gold, pred, Options{Metrics: []string{"mentions.strict"}}); r.Details != nil {
		t.Error("details were not asked for")
	}
}
