package scoring

import (
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// itemMetrics are the metrics whose single items are followed from one system
// to the other. An item is right when the other side has one in the same place
// and of the same type, which is just what these metrics count.
var itemMetrics = []struct {
	name string
	kind eval.ItemKind
	list func(*schema.Annotation) []labelledItem
}{
	{"mentions.strict", eval.MentionItems, func(a *schema.Annotation) (out []labelledItem) {
		for i := range a.Mentions {
			m := &a.Mentions[i]
			out = append(out, labelledItem{place.OfMention(m), m.Type, m.Text})
		}
		return out
	}},
	{"events.trigger.classified", eval.EventItems, func(a *schema.Annotation) (out []labelledItem) {
		for i := range a.Events {
			e := &a.Events[i]
			out = append(out, labelledItem{place.OfEvent(e), e.Type, e.Text})
		}
		return out
	}},
}

type labelledItem struct {
	place.Place
	class, text string
}

// Items records the single items of gold and of one system's predictions, so
// that two systems can be compared item by item.
type Items struct {
	ontology *schema.Ontology
	filters  []*eval.Filter
	metrics  []int // positions in itemMetrics
	texts    bool  // whether the items are to be listed
	packedItems
}

// itemKey is what items must agree on to be the same. surface is set only for
// an item without a span.
type itemKey struct {
	metric  int
	place   place.Place
	class   string
	surface string
}

type itemCount struct {
	gold, pred int
	text       string
}

// NewItems prepares to record items of those among the selected metrics that
// can be followed, under the same filters as the score; texts says that they are
// to be listed. The error is an [eval.OptionError].
func NewItems(o *schema.Ontology, opt Options, texts bool) (*Items, error) {
	metrics, filters, _, err := opt.resolve()
	if err != nil {
		return nil, err
	}
	items := &Items{ontology: o, filters: filters, texts: texts}
	for i := range itemMetrics {
		if slices.ContainsFunc(metrics, func(m *eval.Metric) bool { return m.Name == itemMetrics[i].name }) {
			items.metrics = append(items.metrics, i)
		}
	}
	return items, nil
}

// Watch hands the pairs through and records them. Watching anew forgets what
// was recorded.
func (t *Items) Watch(pairs iter.Seq2[*eval.Pair, error]) iter.Seq2[*eval.Pair, error] {
	return func(yield func(*eval.Pair, error) bool) {
		t.packedItems = packedItems{numbers: map[itemLabel]int32{}}
		for p, err := range pairs {
			if err == nil {
				t.add(p)
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

func (t *Items) add(p *eval.Pair) {
	if p = eval.Judge(p, t.ontology, t.filters); p == nil {
		return
	}
	counts := map[itemKey]itemCount{}
	for _, m := range t.metrics {
		kind := itemMetrics[m].kind
		gold := map[itemKey][]int{} // positions of what no prediction has found yet
		for i, it := range itemMetrics[m].list(p.Gold) {
			key := it.key(m)
			gold[key] = append(gold[key], i)
			if p.Scope.Gold(kind, i) {
				record(counts, key, it.text, true)
			}
		}
		for j, it := range itemMetrics[m].list(p.Pred) {
			key, of := it.key(m), -1
			if list := gold[key]; it.Valid() && len(list) > 0 {
				of, gold[key] = list[0], list[1:]
			}
			if p.Scope.Predicted(kind, j, of) {
				record(counts, key, it.text, false)
			}
		}
	}
	t.pack(p.DocID, counts, t.texts)
}

func (it *labelledItem) key(metric int) itemKey {
	key := itemKey{metric: metric, place: it.Place, class: it.class}
	if !it.Valid() {
		key.surface = it.text
	}
	return key
}

func record(counts map[itemKey]itemCount, key itemKey, text string, isGold bool) {
	c := counts[key]
	if isGold {
		c.gold++
	} else {
		c.pred++
	}
	if isGold || c.text == "" {
		c.text = text
	}
	counts[key] = c
}
