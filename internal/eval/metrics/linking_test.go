package metrics

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/internal/eval/links"
	"github.com/mizan-corpus/mizan/schema"
)

func actorTable(actors ...schema.Actor) map[string]*schema.Actor {
	table := map[string]*schema.Actor{}
	for i := range actors {
		table[actors[i].ID] = &actors[i]
	}
	return table
}

func TestActorIdentity(t *testing.T) {
	gold := actorTable(
		schema.Actor{ID: "putin", Wikidata: "Q7747"}, schema.Actor{ID: "kremlin"},
		schema.Actor{ID: "syria", Wikidata: "Q858"}, schema.Actor{ID: "syria-2", Wikidata: "Q858"},
	)
	pred := actorTable(
		schema.Actor{ID: "x1", Wikidata: "Q7747"}, schema.Actor{ID: "kremlin"}, schema.Actor{ID: "syria", Wikidata: "Q1"},
		schema.Actor{ID: "syria-2"}, schema.Actor{ID: "x2"}, schema.Actor{ID: "x3", Wikidata: "Q5"}, schema.Actor{ID: "x4", Wikidata: "Q5"},
	)
	x := links.NewActorIdentity(&eval.Settings{Actors: gold, PredictedActors: pred})
	for id, want := range map[string]string{"": "", "putin": "putin", "kremlin": "kremlin", "syria-2": "syria", "unknown": "", "NIL7": ""} {
		if got := x.OfGold(id); got != want {
			t.Errorf("gold %q is %q, expected %q", id, got, want)
		}
	}
	for id, want := range map[string]string{
		"": "", "unknown": "", "x1": "putin", // by Wikidata id
		"kremlin": "kremlin", "syria-2": "syria", // by id
		"syria": "\x01Q1",                                 // the Wikidata ids differ
		"x2":    "\x02x2", "x3": "\x01Q5", "x4": "\x01Q5", // not in gold
		"putin": "", // not in the predictions' own table
	} {
		if got := x.OfPred(id); got != want {
			t.Errorf("predicted %q is %q, expected %q", id, got, want)
		}
	}
	if got := links.NewActorIdentity(&eval.Settings{Actors: gold}).OfPred("syria-2"); got != "syria" {
		t.Errorf("without a table of its own, predicted syria-2 is %q, expected syria", got)
	}
	if got := links.NewActorIdentity(&eval.Settings{}).OfPred("anything"); got != "anything" {
		t.Errorf("without any table, an id is an entry; got %q", got)
	}
	if got := links.NewActorIdentity(&eval.Settings{PredictedActors: pred}).OfPred("x2"); got != "x2" {
		t.Errorf("without a gold table, predicted x2 is %q, expected x2", got)
	}
}

// TestNILsOfGold: gold has one linked mention, one without an actor and two of the
// NIL cluster NIL1; the prediction links the first, gives the second to an actor
// and calls the others NIL9. By hand: of 3 gold NILs 2 are found, both predicted
// ones are right, and the cluster of two is one whatever it is called.
func TestNILsOfGold(t *testing.T) {
	side := func(ids ...string) *schema.Annotation {
		a := &schema.Annotation{}
		for i, id := range ids {
			a.Mentions = append(a.Mentions, schema.Mention{Span: schema.Span{Start: int32(2 * i), End: int32(2*i + 1)}, Type: "PER", ActorID: id})
		}
		return a
	}
	settings := &eval.Settings{Actors: actorTable(schema.Actor{ID: "putin"})}
	layout, tallies := evaltest.CountFamilies("actors.link", settings, []*eval.Pair{{DocID: "d", Gold: side("putin", "", "NIL1", "NIL1"), Pred: side("putin", "putin", "NIL9", "NIL9")}})
	for name, want := range map[string][]int64{
		"actors.link.strong_nil_match": {2, 2, 2, 3}, "actors.link.strong_link_match": {1, 2, 1, 1}, "actors.link.strong_all_match": {3, 4, 3, 4},
		"actors.link_corpus.pairwise": {2, 4, 2, 2}, // in halves: the pair NIL9 is the pair NIL1; putin's two are no pair of gold
	} {
		if got := tallies[0].Get(layout.Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}

func actorMentions(mentions ...schema.Mention) *schema.Annotation {
	return &schema.Annotation{Mentions: mentions}
}

func at(start int32, typ, actor string) schema.Mention {
	return schema.Mention{Span: schema.Span{Start: start, End: start + 2}, Type: typ, ActorID: actor}
}

func TestActorLinks(t *testing.T) {
	settings := &eval.Settings{
		Actors:          actorTable(schema.Actor{ID: "a", Wikidata: "Q1"}, schema.Actor{ID: "b"}),
		PredictedActors: actorTable(schema.Actor{ID: "x", Wikidata: "Q1"}, schema.Actor{ID: "b"}, schema.Actor{ID: "z"}),
	}
	p := &eval.Pair{
		DocID: "d",
		Gold:  actorMentions(at(0, "PER", "a"), at(10, "ORG", "b"), at(20, "ORG", "b"), at(30, "GRP", "")),
		Pred:  actorMentions(at(0, "PER", "x"), at(10, "ORG", "z"), at(20, "PER", "b"), at(30, "GRP", "unknown")),
	}
	layout, tallies := evaltest.CountFamilies("actors.link.", settings, []*eval.Pair{p})
	for _, c := range []struct {
		metric, class string
		want          []int64
	}{
		{"strong_link_match", "", []int64{2, 3, 2, 3}},
		{"strong_link_match", "PER", []int64{2, 2, 1, 1}},
		{"strong_link_match", "ORG", []int64{0, 1, 1, 2}},
		{"strong_typed_link_match", "", []int64{1, 3, 1, 3}},
		{"strong_linked_mention_match", "", []int64{3, 3, 3, 3}},
		{"strong_nil_match", "", []int64{1, 1, 1, 1}},
		{"strong_all_match", "", []int64{3, 4, 3, 4}},
		{"entity_match", "", []int64{2, 3, 2, 2}},
	} {
		if got := tallies[0].Get(layout.Find("actors.link."+c.metric), c.class); !slices.Equal(got, c.want) {
			t.Errorf("%s, class %q: counters %v, expected %v", c.metric, c.class, got, c.want)
		}
	}
}

func TestActorCoding(t *testing.T) {
	settings := &eval.Settings{Actors: actorTable(
		schema.Actor{ID: "ru", Country: "RUS", Sector: "GOV"}, schema.Actor{ID: "ru-mil", Country: "RUS", Sector: "MIL"},
		schema.Actor{ID: "paris", Country: "FRA"}, schema.Actor{ID: "press", Sector: "MED"}, schema.Actor{ID: "set"},
	)}
	p := &eval.Pair{
		DocID: "d",
		Gold:  actorMentions(at(0, "GPE", "ru"), at(10, "GPE", "ru"), at(20, "GPE", "paris"), at(30, "GRP", "set"), at(40, "ORG", "press"), at(50, "ORG", "")),
		Pred:  actorMentions(at(0, "GPE", "ru"), at(10, "GPE", "ru-mil"), at(22, "GPE", "paris"), at(30, "GRP", "ru"), at(40, "ORG", "press"), at(50, "ORG", "unknown")),
	}
	layout, tallies := evaltest.CountFamilies("actors.coding.", settings, []*eval.Pair{p})
	for _, c := range []struct {
		metric, class string
		want          []int64
	}{
		{"country", "", []int64{2, 4, 2, 3}},
		{"country", "RUS", []int64{2, 3, 2, 2}},
		{"country", "FRA", []int64{0, 1, 0, 1}},
		{"country_sector", "", []int64{2, 5, 2, 4}},
		{"country_sector", "RUS GOV", []int64{1, 2, 1, 2}},
		{"country_sector", "RUS MIL", []int64{0, 1, 0, 0}},
		{"country_sector", "- MED", []int64{1, 1, 1, 1}},
	} {
		if got := tallies[0].Get(layout.Find("actors.coding."+c.metric), c.class); !slices.Equal(got, c.want) {
			t.Errorf("%s, class %q: counters %v, expected %v", c.metric, c.class, got, c.want)
		}
	}
	without, tallies := evaltest.CountFamilies("actors.coding.", &eval.Settings{}, []*eval.Pair{p})
	if s := without.Metrics()[0].Score(tallies[0].Get(0, "")); s != (eval.Score{}) {
		t.Errorf("without a table of actors: %v, expected an undefined score", s)
	}
}
