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

func init() {
	const meaning = "A record is a happening of an article: the event mentions of one hopper and type, whatever their realis (a mention without a hopper is a record by itself), with the fillers of each role but TIME. A filler is an entity: all mentions of its actor in the article, or all triggers of the happening that fills the role, or else its one place. " +
		"Gold and predicted records of the same type are aligned one to one so that as much as possible is right. In aligned records a predicted filler is right when all places of its entity lie in the entity of one gold filler of the same role, one to one. "
	const citation = "CEAF-REE and its extension to several templates: Du, Rush and Cardie 2021, GRIT: Generative Role-filler Transformers, and Template Filling with Generative Transformers. Here both alignments are optimal."
	const part = "a predicted entity may be a part of the gold one, but not the other way round"
	const anywhere = "a record is right by its type alone, wherever its trigger stands, so an added one may be right"
	eval.Register(eval.Family{
		Name:   "records.template",
		Counts: eval.EventItems,
		Metrics: []eval.Metric{
			{
				Name: "records.template.all", Title: "template filling: types and role fillers",
				Meaning: meaning + "Types and fillers count alike; a type is right when the record is aligned. Classes are the roles and, for the types, the event types.",
				Formula: "precision = right/predicted types and fillers, recall = right/gold types and fillers", Citation: citation,
				Breaks: map[eval.Law]string{eval.LawSwap: part, eval.LawSpurious: anywhere},
			},
			{
				Name: "records.template.type", Title: "template filling: types of records",
				Meaning: meaning + "Only the records themselves count: one is right when it is aligned. Classes are the event types.",
				Formula: "precision = aligned/predicted records, recall = aligned/gold records", Citation: citation,
				Breaks: map[eval.Law]string{eval.LawSpurious: anywhere},
			},
			{
				Name: "records.template.filler", Title: "template filling: role fillers",
				Meaning: meaning + "Only fillers count. Classes are the roles.",
				Formula: "precision = right/predicted fillers, recall = right/gold fillers", Citation: citation,
				Breaks: map[eval.Law]string{eval.LawSwap: part},
			},
		},
		New: func(s *eval.Settings) eval.Counting { return &templateCounting{ontology: s.Ontology} },
	})
}

// template is one record of an article.
type template struct {
	typ     string
	fillers []templateFiller // by role, then identity; distinct
	first   place.Place      // the earliest trigger, for a fixed order
	at      int32            // position of that event, for which the record is judged
	rank    int32            // of that event
}

type templateFiller struct {
	role, identity string
	void           bool
	places         []place.Place // sorted
}

// templates lists the records of an article in an order that does not depend
// on the order of the labels.
func templates(a *schema.Annotation, o *schema.Ontology, rank func(at int) int32) []template {
	if len(a.Events) == 0 {
		return nil
	}
	resolve := evalroles.NewResolver(a)
	places := entityPlaces(a)
	type group struct{ hopper, typ string }
	index := map[group]int{}
	var out []template
	for i := range a.Events {
		e := &a.Events[i]
		g := group{e.HopperID, e.Type}
		at, ok := index[g]
		if !ok || e.HopperID == "" {
			at = len(out)
			index[g] = at
			out = append(out, template{typ: e.Type, first: place.OfEvent(e), at: int32(i), rank: rank(i)})
		}
		t := &out[at]
		if cmp.Or(place.OfEvent(e).Compare(t.first), cmp.Compare(rank(i), t.rank)) < 0 {
			t.first, t.at, t.rank = place.OfEvent(e), int32(i), rank(i)
		}
		for j := range e.Arguments {
			if arg := &e.Arguments[j]; !o.Timed(arg.Role) {
				f := resolve.Of(arg)
				entity := templateFiller{role: arg.Role, identity: f.Identity(), void: f.Void(), places: places[f.Identity()]}
				if entity.places == nil && f.IsSet() {
					entity.places = []place.Place{f.Place}
				}
				t.fillers = append(t.fillers, entity)
			}
		}
	}
	for i := range out {
		slices.SortFunc(out[i].fillers, templateFiller.compare)
		out[i].fillers = slices.CompactFunc(out[i].fillers, func(f, g templateFiller) bool { return f.compare(g) == 0 && !f.void })
	}
	slices.SortFunc(out, func(s, t template) int {
		return cmp.Or(strings.Compare(s.typ, t.typ), s.first.Compare(t.first), cmp.Compare(s.rank, t.rank), slices.CompareFunc(s.fillers, t.fillers, templateFiller.compare))
	})
	return out
}

func (f templateFiller) compare(g templateFiller) int {
	return cmp.Or(strings.Compare(f.role, g.role), strings.Compare(f.identity, g.identity))
}

// entityPlaces lists, by [filler.identity], all places of each actor and happening.
func entityPlaces(a *schema.Annotation) map[string][]place.Place {
	out := map[string][]place.Place{}
	add := func(f evalroles.Filler) {
		if f.Actor+f.Hopper != "" && f.IsSet() {
			out[f.Identity()] = append(out[f.Identity()], f.Place)
		}
	}
	for i := range a.Mentions {
		add(evalroles.Filler{Actor: a.Mentions[i].ActorID, Place: place.OfMention(&a.Mentions[i])})
	}
	for i := range a.Events {
		add(evalroles.Filler{Hopper: a.Events[i].HopperID, Place: place.OfEvent(&a.Events[i])})
	}
	for id, list := range out {
		slices.SortFunc(list, place.Place.Compare)
		out[id] = slices.Compact(list)
	}
	return out
}

// within reports whether the predicted entity has a place, and all its places
// are the gold one's.
func (f templateFiller) within(gold templateFiller) bool {
	if f.role != gold.role || len(f.places) == 0 {
		return false
	}
	for _, s := range f.places {
		if _, ok := slices.BinarySearchFunc(gold.places, s, place.Place.Compare); !ok {
			return false
		}
	}
	return true
}

type templateCounting struct {
	ontology          *schema.Ontology
	records, entities match.Assigner
}

func (c *templateCounting) Count(p *eval.Pair, out *eval.Tally) {
	all, typ, fill := out.Layout().Find("records.template.all"), out.Layout().Find("records.template.type"), out.Layout().Find("records.template.filler")
	if all < 0 && typ < 0 && fill < 0 {
		return
	}
	var sides [2][]template
	for side, a := range []*schema.Annotation{p.Gold, p.Pred} {
		sides[side] = templates(a, c.ontology, func(at int) int32 { return out.Scope().Rank(side == 1, eval.EventItems, at) })
	}
	gold, pred := sides[0], sides[1]
	var edges []match.Edge
	for i := range gold {
		for j := range pred {
			if gold[i].typ == pred[j].typ {
				edges = append(edges, match.Edge{Row: int32(i), Col: int32(j), Weight: 1 + int64(len(c.align(&gold[i], &pred[j])))})
			}
		}
	}
	match := slices.Clone(c.records.Match(len(gold), len(pred), edges))
	of := unmatched(len(pred))
	right := make([]map[int]bool, len(pred)) // fillers of aligned predicted records
	item := func(add func(metric int, it eval.Item, credit, unit int64), metric int, it eval.Item, class string, credit bool) {
		if it.Class = out.Class(class); metric >= 0 {
			add(metric, it, int64(asInt(credit)), 1)
		}
	}
	for i := range gold {
		hits := map[int]bool{}
		it := eval.Item{At: gold[i].at}
		if j := match[i]; j >= 0 {
			of[j], right[j] = gold[i].at, map[int]bool{}
			for _, pair := range c.align(&gold[i], &pred[j]) {
				hits[pair[0]], right[j][pair[1]] = true, true
			}
		}
		item(out.AddGold, typ, it, gold[i].typ, match[i] >= 0)
		item(out.AddGold, all, it, gold[i].typ, match[i] >= 0)
		for k, f := range gold[i].fillers {
			item(out.AddGold, fill, it, f.role, hits[k])
			item(out.AddGold, all, it, f.role, hits[k])
		}
	}
	for j := range pred {
		it := eval.Item{At: pred[j].at, Of: of[j]} // the fillers go with their record
		item(out.AddPredicted, typ, it, pred[j].typ, of[j] >= 0)
		item(out.AddPredicted, all, it, pred[j].typ, of[j] >= 0)
		for k, f := range pred[j].fillers {
			item(out.AddPredicted, fill, it, f.role, right[j][k])
			item(out.AddPredicted, all, it, f.role, right[j][k])
		}
	}
}

// align matches the fillers of two records one to one: pairs of positions,
// gold first, as many as possible.
func (c *templateCounting) align(gold, pred *template) [][2]int {
	var edges []match.Edge
	for i := range gold.fillers {
		for j := range pred.fillers {
			if pred.fillers[j].within(gold.fillers[i]) {
				edges = append(edges, match.Edge{Row: int32(i), Col: int32(j), Weight: 1})
			}
		}
	}
	var out [][2]int
	if len(edges) == 0 {
		return out
	}
	for i, j := range c.entities.Match(len(gold.fillers), len(pred.fillers), edges) {
		if j >= 0 {
			out = append(out, [2]int{i, int(j)})
		}
	}
	return out
}
