package review

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

func labelled(t *testing.T, text string) *schema.Annotation {
	t.Helper()
	d, err := native.Parse(text, labels.Position{}, false)
	if err != nil {
		t.Fatal(err)
	}
	return &d.Annotation
}

const first = `{"doc_id":"a","mentions":[{"mention_id":"m1","start":0,"end":4,"text":"Anna","type":"PER","actor_id":"anna"},{"mention_id":"m2","start":9,"end":13,"text":"Bert","type":"PER","actor_id":"bert"}],
"events":[{"event_id":"e1","start":5,"end":8,"text":"met","type":"CONSULT","hopper_id":"h","source_mention_id":"m1","arguments":[{"role":"ACTOR","mention_id":"m1"},{"role":"TIME","start":14,"end":19,"text":"today","value":"2026-03-01"}]}]}`

// A pass against itself differs in nothing, whatever its ids and the names that it
// gave.
func TestSameUnderOtherNames(t *testing.T) {
	a := labelled(t, first)
	b := labelled(t, strings.NewReplacer(`"m1"`, `"x9"`, `"m2"`, `"x1"`, `"e1"`, `"y"`, `"anna"`, `"bert"`, `"bert"`, `"anna"`, `"h"`, `"talks"`).Replace(first))
	names := NamesOf([]*eval.Pair{{DocID: "a", Gold: a, Pred: b}})
	if want := (Names{map[string]string{"bert": "anna", "anna": "bert"}, map[string]string{"talks": "h"}}); !reflect.DeepEqual(names, want) {
		t.Errorf("got %+v", names)
	}
	c := Compare(&eval.Pair{DocID: "a", Gold: a, Pred: names.Renamed(b)})
	if len(c.Differences) != 0 {
		t.Errorf("got %+v", c.Differences)
	}
	mentions, events := c.Agreed()
	if !reflect.DeepEqual(mentions, a.Mentions) || !reflect.DeepEqual(events, a.Events) {
		t.Errorf("agreed are %+v and %+v", mentions, events)
	}
	if b.Mentions[0].ActorID != "bert" {
		t.Error("the pass was changed")
	}
}

// A name of the second pass that the first uses for another actor is another name.
func TestNamesDoNotClash(t *testing.T) {
	names := Names{Actors: map[string]string{"x": "anna"}}
	got := names.Renamed(&schema.Annotation{Mentions: []schema.Mention{{ActorID: "x"}, {ActorID: "anna"}, {ActorID: "new"}, {}}})
	var ids []string
	for _, m := range got.Mentions {
		ids = append(ids, m.ActorID)
	}
	if fmt.Sprint(ids) != "[anna anna-2 new ]" {
		t.Errorf("got %q", ids)
	}
}

// Every attribute that differs is a difference of its own, in words.
func TestEveryAttribute(t *testing.T) {
	for from, want := range map[[2]string]string{
		{`"end":4,"text":"Anna","type":"PER"`, `"end":4,"text":"Anna","type":"PER","level":"NAM"`}:         `level  → NAM`,
		{`"end":4,"text":"Anna"`, `"end":4,"text":"Anna","head_start":0,"head_end":4`}:                     `head  → "Anna" (0–4)`,
		{`"end":4,"text":"Anna"`, `"end":4,"text":"Anna","metonym":true`}:                                  `metonym no → yes`,
		{`"type":"CONSULT"`, `"type":"CONSULT","modes":["phone","visit"]`}:                                 `modes  → phone, visit`,
		{`"type":"CONSULT"`, `"type":"CONSULT","cameo":"041"`}:                                             `cameo  → 041`,
		{`"type":"CONSULT"`, `"type":"CONSULT","realis":"other","auxiliaries":["future"]`}:                 `realis  → other; auxiliaries  → future`,
		{`"hopper_id":"h"`, `"hopper_id":"h","part_of":"g"`}:                                               `part_of  → g`,
		{`"source_mention_id":"m1"`, `"source_mention_id":"m2","quoted":false`}:                            `attribution source "Anna" (0) → source "Bert" (9), not quoted`,
		{`"value":"2026-03-01"`, `"value":"2026-03"`}:                                                      `argument "today" (14–19) = 2026-03-01 → ; argument  → "today" (14–19) = 2026-03`,
		{`"role":"ACTOR","mention_id":"m1"`, `"role":"RECIPIENT","mention_id":"m1"`}:                       `argument "Anna" (0) → ; argument  → "Anna" (0)`,
		{`"start":9,"end":13,"text":"Bert","type":"PER"`, `"start":9,"end":13,"text":"Bert","type":"ORG"`}: `type PER → ORG`,
		{`"start":9,"end":13,"text":"Bert"`, `"start":14,"end":19,"text":"today"`}:                         `missed yes → ; missed  → yes`,
	} {
		c := Compare(&eval.Pair{DocID: "a", Gold: labelled(t, first), Pred: labelled(t, strings.Replace(first, from[0], from[1], 1))})
		var said []string
		for _, d := range c.Differences {
			said = append(said, d.Kind+" "+d.A+" → "+d.B)
			if c.Find(d.ID) == nil || d.What() == "" {
				t.Errorf("%s: not found by its id", d.ID)
			}
		}
		if got := strings.Join(said, "; "); got != want {
			t.Errorf("%v: got %s, expected %s", from, got, want)
		}
	}
}
