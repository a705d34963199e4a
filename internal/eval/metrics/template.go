package metrics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	internalroles "github.com/mizan-corpus/mizan/internal/eval/roles"
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
	first   schema.Span      // the earliest trigger, for a fixed order
}

type templateFiller struct {
	role, identity string
	void           bool
	places         []schema.Span // sorted
}

// templates lists the records of an article in an order that does not depend
// on the order of the labels.
func templates(a *schema.Annotation, o *schema.Ontology) []template {
	resolve := internalroles.NewResolver(a)
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
			out = append(out, template{typ: e.Type, first: e.Span})
		}
		t := &out[at]
		if e.Span.Compare(t.first) < 0 {
			t.first = e.Span
		}
		for j := range e.Arguments {
			if arg := &e.Arguments[j]; !o.Timed(arg.Role) {
				f := resolve.Of(arg)
				entity := templateFiller{role: arg.Role, identity: f.Identity(), void: f.Void(), places: places[f.Identity()]}
				if entity.places == nil && f.Span.IsSet() {
					entity.places = []schema.Span{f.Span}
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
		return cmp.Or(strings.Compare(s.typ, t.typ), s.first.Compare(t.first), slices.CompareFunc(s.fillers, t.fillers, templateFiller.compare))
	})
	return out
}

func (f templateFiller) compare(g templateFiller) int {
	return cmp.Or(strings.Compare(f.role, g.role), strings.Compare(f.identity, g.identity))
}

// entityPlaces lists, by [filler.identity], all places of each actor and happening.
func entityPlaces(a *schema.Annotation) map[string][]schema.Span {
	out := map[string][]schema.Span{}
	add := func(f internalroles.Filler) {
		if f.Actor+f.Hopper != "" && f.Span.IsSet() {
			out[f.Identity()] = append(out[f.Identity()], f.Span)
		}
	}
	for i := range a.Mentions {
		add(internalroles.Filler{Actor: a.Mentions[i].ActorID, Span: a.Mentions[i].Span})
	}
	for i := range a.Events {
		add(internalroles.Filler{Hopper: a.Events[i].HopperID, Span: a.Events[i].Span})
	}
	for id, list := range out {
		slices.SortFunc(list, schema.Span.Compare)
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
		if _, ok := slices.BinarySearchFunc(gold.places, s, schema.Span.Compare); !ok {
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
	gold, pred := templates(p.Gold, c.ontology), templates(p.Pred, c.ontology)
	var edges []match.Edge
	for i := range gold {
		for j := range pred {
			if gold[i].typ == pred[j].typ {
				edges = append(edges, match.Edge{Row: int32(i), Col: int32(j), Weight: 1 + int64(len(c.align(&gold[i], &pred[j])))})
			}
		}
	}
	match := slices.Clone(c.records.Match(len(gold), len(pred), edges))
	aligned := make([]bool, len(pred))
	right := make([]map[int]bool, len(pred)) // fillers of aligned predicted records
	item := func(add func(metric int, c eval.Class, credit, unit int64), metric int, class string, credit bool) {
		if metric >= 0 {
			add(metric, out.Class(class), int64(asInt(credit)), 1)
		}
	}
	for i := range gold {
		hits := map[int]bool{}
		if j := match[i]; j >= 0 {
			aligned[j], right[j] = true, map[int]bool{}
			for _, pair := range c.align(&gold[i], &pred[j]) {
				hits[pair[0]], right[j][pair[1]] = true, true
			}
		}
		item(out.AddGold, typ, gold[i].typ, match[i] >= 0)
		item(out.AddGold, all, gold[i].typ, match[i] >= 0)
		for k, f := range gold[i].fillers {
			item(out.AddGold, fill, f.role, hits[k])
			item(out.AddGold, all, f.role, hits[k])
		}
	}
	for j := range pred {
		item(out.AddPredicted, typ, pred[j].typ, aligned[j])
		item(out.AddPredicted, all, pred[j].typ, aligned[j])
		for k, f := range pred[j].fillers {
			item(out.AddPredicted, fill, f.role, right[j][k])
			item(out.AddPredicted, all, f.role, right[j][k])
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
