package analysis

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestConfidence compares with scikit-learn; the file says how it was made.
func TestConfidence(t *testing.T) {
	var file struct {
		Cases []struct {
			Confidence, Thresholds, Precision, Recall, Accuracy []float64
			Mean                                                []float64 `json:"mean_confidence"`
			Right                                               []int
			Missed                                              int
			Average                                             float64 `json:"average_precision"`
			Brier, ECE                                          float64
		}
	}
	evaltest.ReadJSON(t, filepath.Join("testdata", "confidence.json"), &file)
	if len(file.Cases) != 6 {
		t.Fatalf("%d cases, expected 6", len(file.Cases))
	}
	for n, c := range file.Cases {
		near := func(what string, got *float64, want float64) {
			t.Helper()
			if got == nil || math.Abs(*got-want) > 1e-12 {
				t.Errorf("case %d: %s differs from %v", n, what, want)
			}
		}
		// An article: mention i is right when gold has it, and each missed one
		// is in gold alone.
		gold, pred := &schema.Annotation{DocID: "d"}, &schema.Annotation{DocID: "d"}
		at := func(i int) schema.Mention {
			return schema.Mention{Type: "PER", Span: schema.Span{Start: int32(2 * i), End: int32(2*i + 1)}}
		}
		for i, conf := range c.Confidence {
			m := at(i)
			if c.Right[i] == 1 {
				gold.Mentions = append(gold.Mentions, m)
			}
			m.Confidence = &conf
			pred.Mentions = append(pred.Mentions, m)
		}
		for i := range c.Missed {
			gold.Mentions = append(gold.Mentions, at(1000+i))
		}
		var counts ConfidenceCounts
		counts.AddMentions(&eval.Pair{DocID: "d", Gold: gold, Pred: pred})
		r := counts.Result()
		near("average precision", r.AveragePrecision, c.Average)
		near("Brier score", r.Brier, c.Brier)
		near("ECE", r.ECE, c.ECE)
		if len(r.Curve) != len(c.Thresholds) {
			t.Fatalf("case %d: %d points, expected %d", n, len(r.Curve), len(c.Thresholds))
		}
		best := 0.0
		for i, p := range r.Curve { // scikit-learn lists them from the least confident
			j := len(r.Curve) - 1 - i
			near("threshold", &p.Threshold, c.Thresholds[j])
			near("precision", &p.Precision, c.Precision[j])
			near("recall", p.Recall, c.Recall[j])
			best = max(best, 2*c.Precision[j]*c.Recall[j]/max(1e-300, c.Precision[j]+c.Recall[j]))
		}
		near("best F1", r.BestF1.F1, best)
		k := 0
		for _, b := range r.Bins {
			if b.Predicted > 0 {
				near("accuracy", b.Accuracy, c.Accuracy[k])
				near("mean confidence", b.Confidence, c.Mean[k])
				k++
			}
		}
		if k != len(c.Mean) {
			t.Errorf("case %d: %d filled bins, expected %d", n, k, len(c.Mean))
		}
	}
}

// TestConfidenceDuplicates: of two predictions of one mention the more
// confident is right; one without a confidence, or with a wrong one, only
// counts as unscored (worked out by hand).
func TestConfidenceDuplicates(t *testing.T) {
	number := func(v float64) *float64 { return &v }
	event := func(conf *float64) schema.Event {
		return schema.Event{Type: "AID", Span: schema.Span{Start: 1, End: 3}, Confidence: conf}
	}
	gold := &schema.Annotation{Events: []schema.Event{event(nil), {Type: "AID", Span: schema.NoSpan}}}
	pred := &schema.Annotation{Events: []schema.Event{event(nil), event(number(0.25)), event(number(0.75)), event(number(1.5)), event(number(math.NaN())), {Type: "AID", Span: schema.NoSpan, Confidence: number(0.5)}}}
	var c ConfidenceCounts
	c.AddTriggers(&eval.Pair{Gold: gold, Pred: pred})
	b, err := json.Marshal(&c)
	want := `{"gold":2,"unscored":3,"steps":[{"confidence":0.25,"wrong":1,"right":0},{"confidence":0.5,"wrong":1,"right":0},{"confidence":0.75,"wrong":0,"right":1}]}`
	if err != nil || string(b) != want {
		t.Errorf("%s, %v\nexpected %s", b, err, want)
	}
	r := c.Result()
	if r.BestF1.Threshold != 0.75 || *r.AveragePrecision != 0.5 {
		t.Errorf("best F1 at %v, average precision %v; expected 0.75 and 0.5", r.BestF1.Threshold, *r.AveragePrecision)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
	empty := (&ConfidenceCounts{}).Result()
	if b, err := json.Marshal(empty); err != nil || empty.AveragePrecision != nil || empty.ECE != nil || empty.Brier != nil || empty.BestF1 != nil {
		t.Errorf("nothing gives %s, %v", b, err)
	}
	for _, bad := range []string{`{"gold":-1}`, `{"steps":[{"confidence":1.01}]}`, `{"steps":[{"confidence":0.2},{"confidence":0.2}]}`, `[]`} {
		if json.Unmarshal([]byte(bad), &ConfidenceCounts{}) == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

// TestConfidenceIsNotRounded: four right predictions, all more confident than
// four wrong ones, by less than 1/10,000. Any ranking has an average precision
// of 1 (scikit-learn 1.7, average_precision_score).
func TestConfidenceIsNotRounded(t *testing.T) {
	gold, pred := &schema.Annotation{}, &schema.Annotation{}
	for i := range int32(8) {
		conf := 0.99999 - float64(i)*1e-6
		m := schema.Mention{Type: "PER", Span: schema.Span{Start: 10 * i, End: 10*i + 5}, Confidence: &conf}
		pred.Mentions = append(pred.Mentions, m)
		if i < 4 {
			gold.Mentions = append(gold.Mentions, m)
		}
	}
	var c ConfidenceCounts
	c.AddMentions(&eval.Pair{Gold: gold, Pred: pred})
	if r := c.Result(); *r.AveragePrecision != 1 || len(r.Curve) != 8 || r.BestF1.Threshold != *pred.Mentions[3].Confidence {
		t.Errorf("average precision %v, %d points, best F1 at %v", *r.AveragePrecision, len(r.Curve), r.BestF1.Threshold)
	}
}

// TestConfidenceMerge: any sharding gives the same bytes, through JSON too,
// and the last point of the curve is the metric mentions.strict.
func TestConfidenceMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var whole, even, odd ConfidenceCounts
		var pairs []*eval.Pair
		for i := range rapid.IntRange(1, 4).Draw(t, "articles") {
			id := fmt.Sprintf("d%d", i)
			p := evaltest.LawPair(evaltest.DrawAnnotation(t, "gold", id), evaltest.DrawAnnotation(t, "pred", id))
			for j := range p.Pred.Mentions {
				conf := float64(rapid.IntRange(0, 20).Draw(t, "confidence")) / 20
				p.Pred.Mentions[j].Confidence = &conf
			}
			pairs = append(pairs, p)
			whole.AddMentions(p)
			if i%2 == 0 {
				even.AddMentions(p)
			} else {
				odd.AddMentions(p)
			}
		}
		a, _ := json.Marshal(&whole)
		var back ConfidenceCounts
		b, _ := json.Marshal(&even)
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		odd.Merge(&back)
		if b, _ = json.Marshal(&odd); string(a) != string(b) {
			t.Fatalf("%s\n%s", a, b)
		}
		r := whole.Result()
		if !reflect.DeepEqual(r, odd.Result()) {
			t.Fatal("the results differ")
		}
		total := evaltest.CountLaw(t, pairs...)
		c := total.Get(total.Layout().Find("mentions.strict"), "")
		if r.Correct != c[0] || r.Predicted != c[1] || r.Gold != c[3] {
			t.Fatalf("%d of %d right, %d gold, but mentions.strict has %v", r.Correct, r.Predicted, r.Gold, c)
		}
	})
}

// FuzzConfidenceCounts: whatever is read is written back the same, and has a
// result that JSON can hold.
func FuzzConfidenceCounts(f *testing.F) {
	f.Add([]byte(`{"gold":2,"unscored":0,"steps":[{"confidence":0,"wrong":1,"right":0},{"confidence":1,"wrong":0,"right":1}]}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c, d ConfidenceCounts
		if json.Unmarshal(data, &c) != nil {
			return
		}
		a, err := json.Marshal(&c)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(a, &d); err != nil {
			t.Fatalf("%s: %v", a, err)
		}
		if b, _ := json.Marshal(&d); string(a) != string(b) {
			t.Fatalf("%s\n%s", a, b)
		}
		if _, err := json.Marshal(c.Result()); err != nil {
			t.Fatal(err)
		}
	})
}
