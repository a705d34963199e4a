package metrics

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// recordTable has two leaders, their countries, the set of both, an armed
// group without a country and an official of one of the two.
func recordTable() map[string]*schema.Actor {
	table := map[string]*schema.Actor{}
	for _, a := range []schema.Actor{
		{ID: "putin", Country: "RUS", Sector: "GOV"}, {ID: "macron", Country: "FRA", Sector: "GOV"}, {ID: "russia", Country: "RUS"},
		{ID: "both", Members: []string{"putin", "macron", "both"}}, {ID: "front", Sector: "REB"}, {ID: "lavrov", Country: "RUS", Sector: "GOV"},
	} {
		table[a.ID] = &a
	}
	return table
}

// recordLabels builds an annotation in which mention i has span [10i,10i+5)
// and the given actor.
func recordLabels(actors []string, events ...schema.Event) *schema.Annotation {
	a := &schema.Annotation{DocID: "d", Events: events}
	for i, actor := range actors {
		a.Mentions = append(a.Mentions, schema.Mention{ID: actor, ActorID: actor, Type: "PER", Span: schema.Span{Start: int32(10 * i), End: int32(10*i + 5)}})
	}
	a.Mentions = append(a.Mentions, schema.Mention{ID: "unlinked", Type: "PER", Span: schema.Span{Start: 500, End: 509}})
	return a
}

func roles(pairs ...string) []schema.Argument {
	var out []schema.Argument
	for i := 0; i < len(pairs); i += 2 {
		arg := schema.Argument{Role: pairs[i], MentionID: pairs[i+1]}
		if pairs[i] == "TIME" {
			arg = schema.Argument{Role: "TIME", Span: schema.Span{Start: 400, End: 404}, Value: pairs[i+1]}
		}
		out = append(out, arg)
	}
	return out
}

// TestRecords: worked out by hand from the rules in the doc comment of codeRecords.
func TestRecords(t *testing.T) {
	everyone := []string{"putin", "macron", "russia", "both", "front", "lavrov"}
	article := &schema.Article{DocID: "d", Published: "2018-04-05", PublishedInferred: "2018-04-06"}
	call := schema.Event{ID: "1", Type: "CONSULT", Modes: []string{"phone"}, CAMEO: "041", Realis: "actual", HopperID: "call"}
	with := func(e schema.Event, pairs ...string) schema.Event {
		e.Arguments = roles(pairs...)
		return e
	}
	strike := schema.Event{ID: "2", Type: "ASSAULT", CAMEO: "190", Realis: "actual", HopperID: "strike"}
	pullout := schema.Event{ID: "3", Type: "RETREAT", Modes: []string{"withdraw"}, CAMEO: "087", Realis: "other", Auxiliaries: []string{"future"}, HopperID: "pullout"}
	second := call
	second.Modes, second.CAMEO = []string{"visit"}, "042"
	type options = recordOptions
	for _, c := range []struct {
		name   string
		opt    options
		events []schema.Event
		want   []record
	}{
		{"a call is an unordered pair", options{Event: "type", Actor: "actor"}, []schema.Event{with(call, "ACTOR", "putin", "ACTOR", "macron")},
			[]record{{"macron", "CONSULT", "putin", true, "2018-04-06", false, 0, 0}}},
		{"mentions of one call are merged", options{Event: "type", Actor: "country"},
			[]schema.Event{with(call, "ACTOR", "putin"), with(call, "ACTOR", "macron", "ACTOR", "putin")},
			[]record{{"FRA", "CONSULT", "RUS", true, "2018-04-06", false, 0, 0}}},
		{"modes are united, the least of equal leaves is taken", options{Event: "type_mode", Actor: "country"},
			[]schema.Event{with(second, "ACTOR", "putin"), with(call, "ACTOR", "macron")},
			[]record{{"FRA", "CONSULT phone visit", "RUS", true, "2018-04-06", false, 0, 0}}},
		{"leaf", options{Event: "cameo_leaf", Actor: "country"}, []schema.Event{with(second, "ACTOR", "putin"), with(call, "ACTOR", "macron")},
			[]record{{"FRA", "041", "RUS", true, "2018-04-06", false, 0, 0}}},
		{"two officials of one country talk to a third", options{Event: "quad", Actor: "country"},
			[]schema.Event{with(call, "ACTOR", "putin", "ACTOR", "lavrov", "ACTOR", "macron")},
			[]record{{"FRA", "1", "RUS", true, "2018-04-06", false, 0, 0}, {"RUS", "1", "RUS", true, "2018-04-06", false, 0, 0}}},
		{"a visit has a host, the pair stays unordered", options{Event: "cameo_root", Actor: "country_sector"}, []schema.Event{with(call, "ACTOR", "putin", "RECIPIENT", "macron")},
			[]record{{"FRA GOV", "04", "RUS GOV", true, "2018-04-06", false, 0, 0}}},
		{"an assault has a direction; a group without country is itself", options{Event: "type", Actor: "country"},
			[]schema.Event{with(strike, "ACTOR", "russia", "RECIPIENT", "front", "TIME", "2018-04-04T10:00/2018-04-05")},
			[]record{{"RUS", "ASSAULT", "#front", false, "2018-04-04", false, 0, 0}}},
		{"no target, no source", options{Event: "type", Actor: "country"},
			[]schema.Event{with(strike, "ACTOR", "russia"), with(schema.Event{Type: "ASSAULT"}, "RECIPIENT", "russia")},
			[]record{{"", "ASSAULT", "RUS", false, "2018-04-06", false, 0, 0}, {"RUS", "ASSAULT", "", false, "2018-04-06", false, 0, 0}}},
		{"a set stands for itself", options{Event: "type", Actor: "country"}, []schema.Event{with(call, "ACTOR", "both")},
			[]record{{"", "CONSULT", "#both", true, "2018-04-06", false, 0, 0}}},
		{"a set beside its member stands for its members", options{Event: "type", Actor: "actor"}, []schema.Event{with(call, "ACTOR", "both"), with(call, "ACTOR", "macron")},
			[]record{{"macron", "CONSULT", "putin", true, "2018-04-06", false, 0, 0}}},
		{"a set expanded", options{Event: "type", Actor: "country", Expand: true}, []schema.Event{with(call, "ACTOR", "both", "ACTOR", "putin")},
			[]record{{"FRA", "CONSULT", "RUS", true, "2018-04-06", false, 0, 0}}},
		{"members of a set are not paired beside others", options{Event: "type", Actor: "actor", Expand: true}, []schema.Event{with(call, "ACTOR", "both", "ACTOR", "lavrov")},
			[]record{{"lavrov", "CONSULT", "macron", true, "2018-04-06", false, 0, 0}, {"lavrov", "CONSULT", "putin", true, "2018-04-06", false, 0, 0}}},
		{"a mention without an actor is coded by its place, a broken reference by nothing", options{Event: "type", Actor: "actor"},
			[]schema.Event{with(strike, "ACTOR", "unlinked", "RECIPIENT", "gone")},
			[]record{{"@[500,509)", "ASSAULT", "@[)", false, "2018-04-06", true, 0, 0}}},
		{"no code at the level", options{Event: "cameo_leaf", Actor: "actor"}, []schema.Event{{Type: "AID"}},
			[]record{{"", "#AID", "", false, "2018-04-06", false, 0, 0}}},
		{"what is not actual is left out", options{Event: "type", Actor: "country"}, []schema.Event{with(pullout, "ACTOR", "russia")}, nil},
		{"unless asked for", options{Event: "type", Actor: "country", AllRealis: true}, []schema.Event{with(pullout, "ACTOR", "russia")},
			[]record{{"RUS", "RETREAT", "", false, "2018-04-06", false, 0, 0}}},
		{"a promised withdrawal", options{Event: "cameo_root", Actor: "country", PloverFuture: true}, []schema.Event{with(pullout, "ACTOR", "russia")},
			[]record{{"RUS", "08", "", false, "2018-04-06", false, 0, 0}}},
		{"one a day", options{Event: "type", Actor: "country", OneADay: true},
			[]schema.Event{with(strike, "ACTOR", "russia"), with(schema.Event{Type: "ASSAULT", HopperID: "other"}, "ACTOR", "putin"),
				with(schema.Event{Type: "ASSAULT", HopperID: "earlier"}, "ACTOR", "putin", "TIME", "2018-04-01")},
			[]record{{"RUS", "ASSAULT", "", false, "2018-04-01", false, 0, 0}, {"RUS", "ASSAULT", "", false, "2018-04-06", false, 0, 0}}},
	} {
		list := happenings(article, recordLabels(everyone, c.events...), schema.PLOVER().Records, c.opt.AllRealis, c.opt.PloverFuture, func(int) int32 { return 0 })
		got := codeRecords(list, recordTable(), schema.PLOVER(), c.opt)
		for i := range got {
			got[i].at = 0 // of which event it is the record is told elsewhere
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v\nexpected %+v", c.name, got, c.want)
		}
	}
}

// TestRecordMetrics: worked out by hand. Gold has a call and a strike; the
// prediction has the call with another official of the same country, and the
// strike the wrong way round.
func TestRecordMetrics(t *testing.T) {
	everyone := []string{"putin", "macron", "russia", "front", "lavrov"}
	event := func(id, typ string, pairs ...string) schema.Event {
		return schema.Event{ID: id, Type: typ, HopperID: id, Arguments: roles(pairs...)}
	}
	gold := recordLabels(everyone, event("a", "CONSULT", "ACTOR", "putin", "ACTOR", "macron"), event("b", "ASSAULT", "ACTOR", "russia", "RECIPIENT", "front"))
	pred := recordLabels(everyone, event("x", "CONSULT", "ACTOR", "macron", "RECIPIENT", "lavrov"), event("y", "ASSAULT", "ACTOR", "front", "RECIPIENT", "russia"))
	settings := &eval.Settings{Ontology: schema.PLOVER(), Actors: recordTable()}
	names := []string{"records.type.country", "records.type.actor", "records.quad.country", "records.credit.country", "records.credit.actor"}
	s := eval.NewScorer(evaltest.MustSelect(t, names...), settings, nil, nil, "")
	if err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) { yield(&eval.Pair{DocID: "d", Gold: gold, Pred: pred}, nil) }); err != nil {
		t.Fatal(err)
	}
	total := s.Total()
	for name, want := range map[string][]int64{ // correct, predicted, correct, gold
		"records.type.country":   {1, 2, 1, 2},
		"records.type.actor":     {0, 2, 0, 2},
		"records.quad.country":   {1, 2, 1, 2},
		"records.credit.country": {3, 6, 3, 6}, // the strike shares its type alone
		"records.credit.actor":   {2, 6, 2, 6}, // the call shares type and macron
	} {
		if got := total.Get(total.Layout().Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}
