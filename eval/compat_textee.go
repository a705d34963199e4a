package eval

import (
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// TextEEDocument is a window of a document with its events, as TextEE has it.
type TextEEDocument struct {
	DocID, WindowID string
	Events          []TextEEEvent
}

// TextEEEvent is an event; positions are token or character offsets.
type TextEEEvent struct {
	Start, End int64
	Type       string
	Arguments  []TextEEArgument
}

// TextEEArgument is an argument of an event.
type TextEEArgument struct {
	Start, End int64
	Role       string
}

// TextEEScore is one of TextEE's scores. Ratios are per cent; a division by
// zero gives 0.
type TextEEScore struct {
	Predicted, Gold, Matched int64 // numbers of distinct items
	Precision, Recall, F1    float64
}

// textEENames are TextEE's scores: which of them look at the trigger's
// arguments, the role or type, and the trigger's position.
var textEENames = []struct {
	name                           string
	argument, classified, attached bool
	means                          string
}{
	{"trigger_id", false, false, false, "triggers by position"},
	{"trigger_cls", false, true, false, "triggers by position and event type"},
	{"argument_id", true, false, false, "arguments by event type and position"},
	{"argument_cls", true, true, false, "arguments by event type, position and role"},
	{"argument_attached_id", true, false, true, "arguments by trigger position, event type and position"},
	{"argument_attached_cls", true, true, true, "arguments by trigger position, event type, position and role"},
}

// textEEKey is what two items must agree on; what a score does not look at is
// left zero.
type textEEKey struct {
	doc, window              string
	triggerStart, triggerEnd int64
	event                    string
	start, end               int64
	role                     string
	hasTrigger, isArgument   bool
}

// ScoreTextEE scores end-to-end extraction as TextEE does: items are put into
// sets over all documents, so what is said twice counts once. gold and pred
// must list the same windows in the same order. The result has the scores
// trigger_id, trigger_cls, argument_id, argument_cls, argument_attached_id and
// argument_attached_cls; for event detection the first two are TextEE's too.
func ScoreTextEE(gold, pred []TextEEDocument) (map[string]TextEEScore, error) {
	if len(gold) != len(pred) {
		return nil, fmt.Errorf("%d gold windows but %d predicted ones: expected the same number", len(gold), len(pred))
	}
	for i := range gold {
		if gold[i].DocID != pred[i].DocID || gold[i].WindowID != pred[i].WindowID {
			return nil, fmt.Errorf("window %d: gold is %s/%s but the prediction is %s/%s", i+1, gold[i].DocID, gold[i].WindowID, pred[i].DocID, pred[i].WindowID)
		}
	}
	out := map[string]TextEEScore{}
	for _, n := range textEENames {
		g := textEESet(gold, n.argument, n.classified, n.attached)
		p := textEESet(pred, n.argument, n.classified, n.attached)
		s := TextEEScore{Predicted: int64(len(p)), Gold: int64(len(g))}
		for k := range p {
			if g[k] {
				s.Matched++
			}
		}
		if s.Predicted > 0 {
			s.Precision = 100 * (float64(s.Matched) / float64(s.Predicted))
		}
		if s.Gold > 0 {
			s.Recall = 100 * (float64(s.Matched) / float64(s.Gold))
		}
		if s.Precision+s.Recall > 0 {
			s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
		}
		out[n.name] = s
	}
	return out, nil
}

func textEESet(docs []TextEEDocument, argument, classified, attached bool) map[textEEKey]bool {
	set := map[textEEKey]bool{}
	for _, d := range docs {
		for _, e := range d.Events {
			k := textEEKey{doc: d.DocID, window: d.WindowID}
			if !argument {
				k.start, k.end = e.Start, e.End
				if classified {
					k.event = e.Type
				}
				set[k] = true
				continue
			}
			k.isArgument, k.event = true, e.Type
			if attached {
				k.hasTrigger, k.triggerStart, k.triggerEnd = true, e.Start, e.End
			}
			for _, a := range e.Arguments {
				k.start, k.end = a.Start, a.End
				if classified {
					k.role = a.Role
				}
				set[k] = true
			}
		}
	}
	return set
}

func init() {
	var metrics []Metric
	for _, n := range textEENames {
		metrics = append(metrics, Metric{
			Name: "textee." + n.name, Title: "as TextEE: " + n.means,
			Meaning: "The numbers of TextEE's scorer with one window an article, on character offsets: " + n.means +
				". Items are sets an article: what is said twice counts once, for instance one argument of two events of the same type unless the score is attached. An argument that refers to nothing stays an error of its own. An undefined ratio, which TextEE prints as 0, is null; its figures are per cent. Classes: the role where roles are looked at, else the event type, none for trigger_id.",
			Formula:  "precision = |gold ∩ predicted|/|predicted|, recall = |gold ∩ predicted|/|gold|",
			Citation: "Huang et al. 2024, TextEE: Benchmark, Reevaluation, Reflections, and Future Challenges in Event Extraction.",
			Optional: true,
		})
	}
	Register(Family{Name: "textee", Metrics: metrics, New: func(*Settings) Counting { return &textEECounting{} }})
}

type textEECounting struct{ gold, pred, a, b []argumentKey }

func (c *textEECounting) Count(p *Pair, out *Tally) {
	for _, n := range textEENames {
		metric := out.layout.Find("textee." + n.name)
		if metric < 0 {
			continue
		}
		if n.argument {
			c.gold = argumentKeys(c.gold[:0], p.Gold, out)
			c.pred = argumentKeys(c.pred[:0], p.Pred, out)
		} else {
			c.gold = triggerKeys(c.gold[:0], p.Gold.Events, n.classified, out)
			c.pred = triggerKeys(c.pred[:0], p.Pred.Events, n.classified, out)
		}
		c.a = collapse(project(c.a[:0], c.gold, n.argument && n.classified, n.attached))
		c.b = collapse(project(c.b[:0], c.pred, n.argument && n.classified, n.attached))
		countCommon(c.a, c.b, metric, out)
	}
}

func triggerKeys(keys []argumentKey, events []schema.Event, classified bool, out *Tally) []argumentKey {
	for i := range events {
		k := argumentKey{span: events[i].Span}
		if classified {
			k.event = out.Class(events[i].Type)
		}
		keys = append(keys, k)
	}
	return keys
}

// collapse keeps one of several equal keys that have a span; the list is sorted.
func collapse(keys []argumentKey) []argumentKey {
	return slices.CompactFunc(keys, func(a, b argumentKey) bool {
		return a.span.IsSet() && a == b
	})
}
