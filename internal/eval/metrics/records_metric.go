package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

const recordMeaning = "Who did what to whom: records of source, event and target derived from the labels of an article, and matched one to one when all three codes are equal. " +
	"A happening (the event mentions of one hopper and type) gives one record for each pair of an ACTOR (source) and a RECIPIENT (target); without RECIPIENT, CONSULT, AGREE and COOPERATE of several ACTORs give each pair of ACTORs, unordered, and other events one record without target for each ACTOR. CONSULT is unordered always. Equal records of one happening count once. A set of actors stands for itself, or for its members where one of them takes part by itself too. " +
	"Only actual events count; an event without realis counts as actual. Actors are looked up in the table that came with the predictions, or else in gold's. An actor without a country, or not in the table, equals only itself; a mention without an actor equals only another one without in the same place; an argument that refers to nothing is never right. "

var recordEventMeaning = map[string]string{
	"quad":       "Events are coded by quad class, 1 verbal cooperation to 4 material conflict.",
	"type":       "Events are coded by type.",
	"type_mode":  "Events are coded by type and all modes of the happening.",
	"cameo_root": "Events are coded by the first two digits of the CAMEO code; without one, by type.",
	"cameo_leaf": "Events are coded by the CAMEO leaf code that most mentions of the happening have, the least of equals; without one, by type.",
}

var recordActorMeaning = map[string]string{
	"country":        " Actors are coded by country.",
	"country_sector": " Actors are coded by country and primary sector.",
	"actor":          " Actors are coded by their id.",
}

// recordShown are the metrics that are computed without being asked for.
var recordShown = map[string]bool{
	"records.quad.country": true, "records.type.country": true, "records.type.country_sector": true, "records.type.actor": true,
	"records.type_mode.actor": true, "records.cameo_root.country": true,
}

// recordVariants are further ways to count the commonest metrics.
var recordVariants = []struct {
	name, title, means string
	set                func(*recordOptions)
}{
	{"expanded", ", sets expanded", " Here a set of actors is replaced by its members, which are paired with each other only where no other ACTOR is.",
		func(o *recordOptions) { o.Expand = true }},
	{"one_a_day", ", one a day", " Here the records of an article that agree in day, source, event and target count once, and must agree in the day too: the earliest TIME value of the happening, cut to the day, or else the article's date. Repetitions in other articles are not filtered.",
		func(o *recordOptions) { o.OneADay = true }},
	{"all_realis", ", whatever the realis", " Here events count whatever their realis.",
		func(o *recordOptions) { o.AllRealis = true }},
	{"plover_future", ", promises as PLOVER counts them", " Here a future CONSULT, SUPPORT, COOPERATE or AID, neither hypothetical nor negated, counts as an actual AGREE, and a future RETREAT as an actual CONCEDE.",
		func(o *recordOptions) { o.PloverFuture = true }},
}

type recordMetric struct {
	name string
	opt  recordOptions
}

func init() {
	var metrics []eval.Metric
	var list []recordMetric
	add := func(name, title, meaning string, opt recordOptions) {
		metrics = append(metrics, eval.Metric{
			Name: name, Title: title, Meaning: meaning,
			Formula:  "precision = correct/predicted records, recall = correct/gold records",
			Citation: "Records as in PLOVER and POLECAT (Halterman et al. 2023) and CAMEO (Gerner, Schrodt and Yilmaz 2002). Matching: optimal one-to-one on equal codes.",
			Asks:     recordAsks(opt),
			Optional: !recordShown[name], Headline: name == "records.type.country",
		})
		list = append(list, recordMetric{name, opt})
	}
	for _, event := range recordEventLevels {
		for _, actor := range recordActorLevels {
			name := "records." + event + "." + actor
			opt := recordOptions{Event: event, Actor: actor}
			title := "who did what to whom: " + event + ", " + actor
			meaning := recordMeaning + recordEventMeaning[event] + recordActorMeaning[actor] + " Classes are the event codes."
			add(name, title, meaning, opt)
			if event != "quad" && event != "type" || event == "quad" && actor != "country" {
				continue
			}
			for _, v := range recordVariants {
				with := opt
				v.set(&with)
				add(name+"."+v.name, title+v.title, meaning+v.means, with)
			}
		}
	}
	eval.Register(eval.Family{Name: "records", Counts: eval.EventItems, Metrics: metrics, New: func(s *eval.Settings) eval.Counting {
		return &recordCounting{tables: actorTables(s), ontology: s.Ontology, list: list}
	}})
}

// recordAsks are the parts of an ontology that records at some levels need.
func recordAsks(opt recordOptions) []eval.OntologyPart {
	asks := []eval.OntologyPart{eval.PartRecords}
	switch opt.Event {
	case "quad":
		asks = append(asks, eval.PartQuads)
	case "type_mode":
		asks = append(asks, eval.PartModes)
	case "cameo_root", "cameo_leaf":
		asks = append(asks, eval.PartCAMEO)
	}
	switch opt.Actor {
	case "country_sector":
		asks = append(asks, eval.PartCountries, eval.PartSectors)
	case "country":
		asks = append(asks, eval.PartCountries)
	}
	return asks
}

// actorTables are the tables in which gold and predicted actors are looked up.
func actorTables(s *eval.Settings) [2]map[string]*schema.Actor {
	if s.PredictedActors == nil {
		return [2]map[string]*schema.Actor{s.Actors, s.Actors}
	}
	return [2]map[string]*schema.Actor{s.Actors, s.PredictedActors}
}

type recordCounting struct {
	tables   [2]map[string]*schema.Actor
	ontology *schema.Ontology
	list     []recordMetric
}

func (c *recordCounting) Count(p *eval.Pair, out *eval.Tally) {
	type view struct{ allRealis, future bool }
	views := map[view][2][]happening{}
	for _, m := range c.list {
		metric := out.Layout().Find(m.name)
		if metric < 0 {
			continue
		}
		v := view{m.opt.AllRealis, m.opt.PloverFuture}
		if _, ok := views[v]; !ok {
			views[v] = bothHappenings(p, c.ontology.Records, v.allRealis, v.future, out.Scope())
		}
		var items [2][]keyedItem
		for side, list := range views[v] {
			for _, r := range codeRecords(list, c.tables[side], c.ontology, m.opt) {
				items[side] = append(items[side], r.item(m.opt.OneADay))
			}
		}
		countKeyed(items[0], items[1], metric, out)
	}
}

// bothHappenings are those of gold and of the prediction.
func bothHappenings(p *eval.Pair, how *schema.Records, allRealis, future bool, scope *eval.Scope) (out [2][]happening) {
	for side, a := range []*schema.Annotation{p.Gold, p.Pred} {
		out[side] = happenings(p.Article, a, how, allRealis, future, func(at int) int32 { return scope.Rank(side == 1, eval.EventItems, at) })
	}
	return out
}

func (r *record) item(withDay bool) keyedItem {
	key := keyText(r.Source, r.Event, r.Target, "ordered")
	if r.Symmetric {
		key = keyText(r.Source, r.Event, r.Target, "unordered")
	}
	if withDay {
		key = keyText(key, r.Day)
	}
	return keyedItem{key, r.Event, r.Uncoded, r.at, r.rank}
}
