package compat

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/roles"
	"github.com/mizan-corpus/mizan/schema"
)

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

func init() {
	var metrics []eval.Metric
	for _, n := range textEENames {
		metrics = append(metrics, eval.Metric{
			Name: "textee." + n.name, Title: "as TextEE: " + n.means,
			Meaning: "The numbers of TextEE's scorer with one window an article, on character offsets: " + n.means +
				". Items are sets an article: what is said twice counts once, for instance one argument of two events of the same type unless the score is attached. An argument that refers to nothing stays an error of its own. An undefined ratio, which TextEE prints as 0, is null; its figures are per cent. Classes: the role where roles are looked at, else the event type, none for trigger_id.",
			Formula:  "precision = |gold ∩ predicted|/|predicted|, recall = |gold ∩ predicted|/|gold|",
			Citation: "Huang et al. 2024, TextEE: Benchmark, Reevaluation, Reflections, and Future Challenges in Event Extraction.",
			Optional: true,
		})
	}
	eval.Register(eval.Family{Name: "textee", Counts: eval.EventItems, Needs: &eval.Needs{Events: true, Details: true}, Scheme: "textee", Metrics: metrics, New: func(*eval.Settings) eval.Counting { return &textEECounting{} }})
}

type textEECounting struct{ gold, pred, a, b []roles.Key }

func (c *textEECounting) Count(p *eval.Pair, out *eval.Tally) {
	for _, n := range textEENames {
		metric := out.Layout().Find("textee." + n.name)
		if metric < 0 {
			continue
		}
		if n.argument {
			c.gold = roles.Keys(c.gold[:0], p.Gold, false, out)
			c.pred = roles.Keys(c.pred[:0], p.Pred, true, out)
		} else {
			c.gold = triggerKeys(c.gold[:0], p.Gold.Events, false, n.classified, out)
			c.pred = triggerKeys(c.pred[:0], p.Pred.Events, true, n.classified, out)
		}
		roles.Whole(c.gold)
		roles.Whole(c.pred)
		c.a = collapse(roles.Project(c.a[:0], c.gold, n.argument && n.classified, n.attached))
		c.b = collapse(roles.Project(c.b[:0], c.pred, n.argument && n.classified, n.attached))
		roles.CountCommon(c.a, c.b, metric, out)
	}
}

func triggerKeys(keys []roles.Key, events []schema.Event, pred, classified bool, out *eval.Tally) []roles.Key {
	for i := range events {
		typ, class := out.Class(events[i].Type), eval.Overall
		if classified {
			class = typ
		}
		keys = append(keys, roles.TriggerKey(&events[i], class, typ, i, out.Scope().Rank(pred, eval.EventItems, i)))
	}
	return keys
}

// collapse keeps one of several equal keys that have a span; the list is sorted.
func collapse(keys []roles.Key) []roles.Key {
	return slices.CompactFunc(keys, func(a, b roles.Key) bool {
		return a.IsSet() && a.Compare(b) == 0
	})
}
