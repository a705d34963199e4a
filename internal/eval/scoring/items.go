package scoring

import (
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// itemMetrics are the metrics whose single items are followed from one system
// to the other. An item is right when the other side has one with the same
// span and type, which is just what these metrics count.
var itemMetrics = []struct {
	name string
	list func(*schema.Annotation, func(schema.Span, string, string))
}{
	{"mentions.strict", func(a *schema.Annotation, item func(span schema.Span, class, text string)) {
		for i := range a.Mentions {
			item(a.Mentions[i].Span, a.Mentions[i].Type, a.Mentions[i].Text)
		}
	}},
	{"events.trigger.classified", func(a *schema.Annotation, item func(span schema.Span, class, text string)) {
		for i := range a.Events {
			item(a.Events[i].Span, a.Events[i].Type, a.Events[i].Text)
		}
	}},
}

// Items records the single items of gold and of one system's predictions, so
// that two systems can be compared item by item.
type Items struct {
	ontology *schema.Ontology
	filters  []*eval.Filter
	metrics  []int // positions in itemMetrics
	counts   map[itemKey]itemCount
}

// itemKey is what items must agree on to be the same. surface is set only for
// an item without a span.
type itemKey struct {
	docID   string
	metric  int
	span    schema.Span
	class   string
	surface string
}

type itemCount struct {
	gold, pred int
	text       string
}

// NewItems prepares to record items of those among the selected metrics that
// can be followed, under the same filters as the score. The error is an
// [eval.OptionError].
func NewItems(settings *eval.Settings, opt Options) (*Items, error) {
	metrics, filters, _, err := opt.resolve()
	if err != nil {
		return nil, err
	}
	items := &Items{ontology: settings.Ontology, filters: filters}
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
		t.counts = map[itemKey]itemCount{}
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
	for _, f := range t.filters {
		if p = f.Apply(p, t.ontology); p == nil {
			return
		}
	}
	for _, m := range t.metrics {
		record := func(isGold bool) func(schema.Span, string, string) {
			return func(span schema.Span, class, text string) {
				key := itemKey{docID: p.DocID, metric: m, span: span, class: class}
				if !span.Valid() {
					key.surface = text
				}
				c := t.counts[key]
				if isGold {
					c.gold++
				} else {
					c.pred++
				}
				if isGold || c.text == "" {
					c.text = text
				}
				t.counts[key] = c
			}
		}
		itemMetrics[m].list(p.Gold, record(true))
		itemMetrics[m].list(p.Pred, record(false))
	}
}
