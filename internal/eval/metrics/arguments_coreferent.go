package metrics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	evalroles "github.com/mizan-corpus/mizan/internal/eval/roles"
	"github.com/mizan-corpus/mizan/schema"
)

// coreferentKinds are the metrics: whether roles and triggers must agree too.
var coreferentKinds = []struct {
	name           string
	role, attached bool
	means          string
}{
	{"identified", false, false, "an event of the same type"},
	{"classified", true, false, "an event of the same type in the same role"},
	{"identified_attached", false, true, "an event of the same type and trigger span"},
	{"classified_attached", true, true, "an event of the same type and trigger span in the same role"},
}

func init() {
	var metrics []eval.Metric
	for _, k := range coreferentKinds {
		metrics = append(metrics, eval.Metric{
			Name: "events.argument.coreferent." + k.name, Title: "event arguments by any mention of the filler, " + strings.ReplaceAll(k.name, "_", ", "),
			Meaning:  "A predicted argument is correct when its span is that of any gold mention of the actor that fills " + k.means + " in gold; for an event as filler, any gold trigger of the same hopper. A filler without actor or hopper has its one place. Matched one to one, as many as possible. Classes are the roles where roles count, else the event types.",
			Formula:  "precision = correct/predicted arguments, recall = correct/gold arguments",
			Citation: "Arguments by entity as in ACE 2005 and Rich ERE, and as the TAC KBP event argument task scores them through gold coreference (Freedman and Gabbard 2014). Matching: optimal one-to-one.",
			Optional: k.attached,
			Breaks:   map[eval.Law]string{eval.LawSwap: "only gold's coreference is used"},
		})
	}
	eval.Register(eval.Family{Name: "events.argument.coreferent", Counts: eval.EventItems, Claims: eval.ClaimArguments, Asks: []eval.OntologyPart{eval.PartRoles}, Needs: &eval.Needs{Events: true, Details: true}, Metrics: metrics, New: func(*eval.Settings) eval.Counting { return &coreferentCounting{} }})
}

// coreferentArgument is an argument with the entity that gold has at its place.
type coreferentArgument struct {
	at       int32 // position of its event
	trigger  place.Place
	typ      string
	role     string
	entities []string // identities of the filler; none for a filler that refers to nothing
	sortKey  string
}

type coreferentCounting struct{ assign match.Assigner }

func (c *coreferentCounting) Count(p *eval.Pair, out *eval.Tally) {
	var gold, pred []coreferentArgument
	for _, k := range coreferentKinds {
		metric := out.Layout().Find("events.argument.coreferent." + k.name)
		if metric < 0 {
			continue
		}
		if gold == nil && pred == nil {
			gold, pred = coreferentArguments(p, out.Scope())
		}
		class := func(a *coreferentArgument) eval.Class {
			if k.role {
				return out.Class(a.role)
			}
			return out.Class(a.typ)
		}
		key := func(a *coreferentArgument, entity string) string {
			parts := []string{a.typ, entity}
			if k.role {
				parts = append(parts, a.role)
			}
			if k.attached {
				parts = append(parts, a.trigger.String())
			}
			return keyText(parts...)
		}
		byKey := map[string][]int32{} // predictions by what they may be right for
		for j := range pred {
			for _, e := range pred[j].entities {
				s := key(&pred[j], e)
				byKey[s] = append(byKey[s], int32(j))
			}
		}
		var edges []match.Edge
		for i := range gold {
			for _, e := range gold[i].entities {
				for _, j := range byKey[key(&gold[i], e)] {
					edges = append(edges, match.Edge{Row: int32(i), Col: j, Weight: 1})
				}
			}
		}
		of := unmatched(len(pred))
		for i, j := range c.assign.Match(len(gold), len(pred), edges) {
			hit := int64(0)
			if j >= 0 {
				hit, of[j] = 1, gold[i].at
			}
			out.AddGold(metric, eval.Item{Class: class(&gold[i]), At: gold[i].at}, hit, 1)
		}
		for j := range pred {
			hit := int64(0)
			if of[j] >= 0 {
				hit = 1
			}
			out.AddPredicted(metric, eval.Item{Class: class(&pred[j]), At: pred[j].at, Of: of[j]}, hit, 1)
		}
	}
}

// unmatched says of n predictions that they are matched to nothing.
func unmatched(n int) []int32 {
	of := make([]int32, n)
	for i := range of {
		of[i] = -1
	}
	return of
}

// coreferentArguments lists the arguments of both sides in a fixed order. A
// gold argument has the one entity of its filler, a predicted one every entity
// that gold has in the filler's place.
func coreferentArguments(p *eval.Pair, scope *eval.Scope) (gold, pred []coreferentArgument) {
	if len(p.Gold.Events)+len(p.Pred.Events) == 0 {
		return nil, nil
	}
	at := map[place.Place][]string{}
	for id, places := range entityPlaces(p.Gold) {
		for _, s := range places {
			at[s] = append(at[s], id)
		}
	}
	list := func(a *schema.Annotation, isPred bool, entities func(f evalroles.Filler) []string) []coreferentArgument {
		var out []coreferentArgument
		resolve := evalroles.NewResolver(a)
		for i := range a.Events {
			e := &a.Events[i]
			for j := range e.Arguments {
				f := resolve.Of(&e.Arguments[j])
				arg := coreferentArgument{at: int32(i), trigger: place.OfEvent(e), typ: e.Type, role: e.Arguments[j].Role, entities: entities(f)}
				arg.sortKey = keyText(append([]string{arg.typ, arg.role, f.Place.String()}, arg.entities...)...)
				out = append(out, arg)
			}
		}
		slices.SortFunc(out, func(a, b coreferentArgument) int {
			return cmp.Or(a.trigger.Compare(b.trigger), cmp.Compare(scope.Rank(isPred, eval.EventItems, int(a.at)), scope.Rank(isPred, eval.EventItems, int(b.at))),
				strings.Compare(a.sortKey, b.sortKey))
		})
		return out
	}
	gold = list(p.Gold, false, func(f evalroles.Filler) []string {
		if f.Void() {
			return nil
		}
		return []string{f.Identity()}
	})
	pred = list(p.Pred, true, func(f evalroles.Filler) []string {
		if !f.IsSet() {
			return nil
		}
		ids := append(slices.Clone(at[f.Place]), evalroles.Filler{Place: f.Place}.Identity()) // gold may have only the place
		slices.Sort(ids)
		return ids
	})
	return gold, pred
}
