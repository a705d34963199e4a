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
		t.packedItems = newPackedItems()
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
	t.found = t.found[:0]
	for _, m := range t.metrics {
		kind := itemMetrics[m].kind
		gold := map[itemAt][]int{} // positions of what no prediction has found yet
		for i, it := range itemMetrics[m].list(p.Gold) {
			at := t.at(m, &it)
			if p.Scope != nil {
				gold[at] = append(gold[at], i)
			}
			if p.Scope.Gold(kind, i) {
				t.found = append(t.found, foundItem{packedItem{at, 1, 0}, it.text})
			}
		}
		for j, it := range itemMetrics[m].list(p.Pred) {
			at, of := t.at(m, &it), -1
			if list := gold[at]; it.Valid() && len(list) > 0 {
				of, gold[at] = list[0], list[1:]
			}
			if p.Scope.Predicted(kind, j, of) {
				t.found = append(t.found, foundItem{packedItem{at, 0, 1}, it.text})
			}
		}
	}
	t.pack(p.DocID, t.texts)
}
