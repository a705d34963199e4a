package analysis

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
)

// ConfidenceCounts are predictions by confidence, every digit of it, and by
// whether they are right. The zero value is ready to use. Adding is commutative, so any
// sharding gives the same counts.
type ConfidenceCounts struct {
	// Gold is the number of gold items, found or not.
	Gold int64
	// Unscored is the number of predictions without a confidence, or with one
	// that is no number in [0,1]. They take no part in anything else.
	Unscored int64
	steps    map[float64][2]int64 // by confidence: wrong, right
}

// add counts a prediction.
func (c *ConfidenceCounts) add(confidence *float64, right bool) {
	if confidence == nil || !(*confidence >= 0 && *confidence <= 1) {
		c.Unscored++
		return
	}
	if c.steps == nil {
		c.steps = map[float64][2]int64{}
	}
	step := *confidence + 0 // −0 is 0
	n := c.steps[step]
	if right {
		n[1]++
	} else {
		n[0]++
	}
	c.steps[step] = n
}

// Merge adds the counts of d.
func (c *ConfidenceCounts) Merge(d *ConfidenceCounts) {
	c.Gold, c.Unscored = c.Gold+d.Gold, c.Unscored+d.Unscored
	if c.steps == nil && len(d.steps) > 0 {
		c.steps = map[float64][2]int64{}
	}
	for step, n := range d.steps {
		m := c.steps[step]
		c.steps[step] = [2]int64{m[0] + n[0], m[1] + n[1]}
	}
}

// AddMentions counts the mentions of a pair; one is right when gold has a
// mention with the same span and type. Of several predictions of the same
// mention the most confident is right, so that the counts hold at every
// threshold.
func (c *ConfidenceCounts) AddMentions(p *eval.Pair) {
	c.addItems(p, eval.MentionItems, len(p.Gold.Mentions), len(p.Pred.Mentions), func(pred bool, i int) scoredItem {
		m := &p.Gold.Mentions
		if pred {
			m = &p.Pred.Mentions
		}
		return scoredItem{scoredKey(place.OfMention(&(*m)[i]), (*m)[i].Type), (*m)[i].Confidence, !(*m)[i].Span.IsSet(), i}
	})
}

// AddTriggers counts the events of a pair; one is right when gold has an event
// with the same trigger span and type, as in [ConfidenceCounts.AddMentions].
func (c *ConfidenceCounts) AddTriggers(p *eval.Pair) {
	c.addItems(p, eval.EventItems, len(p.Gold.Events), len(p.Pred.Events), func(pred bool, i int) scoredItem {
		e := &p.Gold.Events
		if pred {
			e = &p.Pred.Events
		}
		return scoredItem{scoredKey(place.OfEvent(&(*e)[i]), (*e)[i].Type), (*e)[i].Confidence, !(*e)[i].Span.IsSet(), i}
	})
}

func scoredKey(at place.Place, typ string) string { return at.String() + "\x1f" + typ }

type scoredItem struct {
	key        string
	confidence *float64
	void       bool
	at         int // position in the list
}

// addItems counts, of equal items, the most confident as right, as many as
// gold has; those without a usable confidence come last. Counted is what the
// pair's scope judges.
func (c *ConfidenceCounts) addItems(p *eval.Pair, kind eval.ItemKind, golds, preds int, item func(pred bool, i int) scoredItem) {
	gold := map[string][]int{} // positions
	for i := range golds {
		key := item(false, i).key
		gold[key] = append(gold[key], i)
		if p.Scope.Gold(kind, i) {
			c.Gold++
		}
	}
	for _, list := range gold {
		slices.SortStableFunc(list, func(i, j int) int { return cmp.Compare(p.Scope.Rank(false, kind, i), p.Scope.Rank(false, kind, j)) })
	}
	rank := func(x *float64) float64 {
		if x == nil || !(*x >= 0 && *x <= 1) {
			return -1
		}
		return *x
	}
	pred := make([]scoredItem, preds)
	for i := range pred {
		pred[i] = item(true, i)
	}
	slices.SortFunc(pred, func(a, b scoredItem) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(rank(b.confidence), rank(a.confidence)),
			cmp.Compare(p.Scope.Rank(true, kind, a.at), p.Scope.Rank(true, kind, b.at)))
	})
	for _, s := range pred {
		of := -1
		if list := gold[s.key]; !s.void && len(list) > 0 {
			of, gold[s.key] = list[0], list[1:]
		}
		if p.Scope.Predicted(kind, s.at, of) {
			c.add(s.confidence, of >= 0)
		}
	}
}

// confidenceStep is what was predicted with one confidence.
type confidenceStep struct {
	Confidence float64 `json:"confidence"`
	Wrong      int64   `json:"wrong"`
	Right      int64   `json:"right"`
}

// ordered lists the steps by confidence, ascending.
func (c *ConfidenceCounts) ordered() []confidenceStep {
	out := make([]confidenceStep, 0, len(c.steps))
	for step, n := range c.steps {
		out = append(out, confidenceStep{step, n[0], n[1]})
	}
	slices.SortFunc(out, func(a, b confidenceStep) int { return cmp.Compare(a.Confidence, b.Confidence) })
	return out
}

type confidenceJSON struct {
	Gold     int64            `json:"gold"`
	Unscored int64            `json:"unscored"`
	Steps    []confidenceStep `json:"steps"`
}

// MarshalJSON writes the counts in a canonical form: equal counts give equal
// bytes.
func (c *ConfidenceCounts) MarshalJSON() ([]byte, error) {
	return json.Marshal(confidenceJSON{c.Gold, c.Unscored, c.ordered()})
}

// UnmarshalJSON reads the form of [ConfidenceCounts.MarshalJSON].
func (c *ConfidenceCounts) UnmarshalJSON(data []byte) error {
	var j confidenceJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	if err := j.check(); err != nil {
		return err
	}
	*c = ConfidenceCounts{Gold: j.Gold, Unscored: j.Unscored}
	for _, s := range j.Steps {
		c.Merge(&ConfidenceCounts{steps: map[float64][2]int64{s.Confidence + 0: {s.Wrong, s.Right}}})
	}
	return nil
}
