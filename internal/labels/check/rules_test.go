package check

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// One damage for each rule; the finding must come with that rule's code.
var damages = []struct {
	code   string
	damage func(c *Corpus, d *labels.Document, m []schema.Mention, e []schema.Event)
}{
	{"unreadable", func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) {
		c.Problems = []error{errors.Join(labels.RecordErrors{{At: labels.Position{File: "x", Line: 3}, What: "y", Found: "z"}}, &fs.PathError{Op: "open", Path: "l/actors.json", Err: fs.ErrNotExist}, fs.ErrClosed)}
	}},
	{"failed-record", func(_ *Corpus, d *labels.Document, _ []schema.Mention, _ []schema.Event) { d.Error = "time out" }},
	{"file-name", func(_ *Corpus, d *labels.Document, _ []schema.Mention, _ []schema.Event) { d.At.File = "labels/b.json" }},
	{"duplicate-document", func(c *Corpus, d *labels.Document, _ []schema.Mention, _ []schema.Event) {
		c.Documents = append(c.Documents, d)
	}},
	{"unknown-article", func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) { c.Articles[0].DocID = "b" }},
	{"missing-labels", func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) {
		c.Articles = append(c.Articles, &schema.Article{DocID: "b"})
	}},
	{"id-form", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].ID = "e 2" }},
	{"order", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0], m[1] = m[1], m[0] }},
	{"order", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0], e[1] = e[1], e[0] }},
	{"order", func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) { c.Actors[0].At.Line = 99 }},
	{"span-invalid", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Span = schema.NoSpan }},
	{"span-invalid", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[2].Span = schema.NoSpan
	}},
	{"span-invalid", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].Cue.End = 9999 }},
	{"span-invalid", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) {
		m[0].Head.End = m[0].Head.Start
	}},
	{"surface-mismatch", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Text = "بوتن" }},
	{"surface-missing", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0].Text = "" }},
	{"span-space", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) {
		m[0].Span.Start--
		m[0].Text = " بوتين"
	}},
	{"head-outside", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Head = m[1].Head }},
	{"regions", func(_ *Corpus, d *labels.Document, _ []schema.Mention, _ []schema.Event) {
		d.NotLabelled = []schema.Span{{Start: 1, End: 3}, {Start: 2, End: 4}}
	}},
	{"in-region", func(_ *Corpus, d *labels.Document, m []schema.Mention, _ []schema.Event) {
		d.NotLabelled = []schema.Span{m[0].Span}
	}},
	{"head-missing", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Head = schema.NoSpan }},
	{"fragments", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) {
		m[0].Fragments = []schema.Span{m[0].Span}
	}},
	{"fragments", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		s := e[0].Span
		e[0].Fragments = []schema.Span{{Start: s.Start, End: s.Start + 1}, {Start: s.Start + 1, End: s.End}}
	}},
	{"crossing-mentions", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) {
		m[1].Span.Start = m[0].Span.End - 1
	}},
	{"missing-id", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[2].ID = "" }},
	{"duplicate-id", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[2].ID = "m1" }},
	{"duplicate-id", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].ID = "e1" }},
	{"duplicate-id", func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) { c.Actors[1].ID = "putin" }},
	{"mention-type", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Type = "PERSON" }},
	{"mention-level", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Level = "" }},
	{"unlinked-mention", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].ActorID = "" }},
	{"unknown-actor", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].ActorID = "putim" }},
	{"duplicate-mention", func(_ *Corpus, d *labels.Document, m []schema.Mention, _ []schema.Event) {
		d.Mentions = append(m, m[6])
		d.Mentions[7].ID = "m8"
	}},
	{"metonym-type", func(_ *Corpus, _ *labels.Document, m []schema.Mention, _ []schema.Event) { m[0].Metonym = true }},
	{"event-type", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].Type = "MEET" }},
	{"event-mode", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Modes = []string{"aerial"}
	}},
	{"event-context", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Contexts = []string{"diplomacy"}
	}},
	{"cameo-code", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].CAMEO = "999" }},
	{"cameo-crosswalk", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].CAMEO = "190" }},
	{"cameo-crosswalk", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].CAMEO = "010" }},
	{"realis", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0].Realis = "" }},
	{"auxiliary", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Auxiliaries = []string{"past"}
	}},
	{"realis-auxiliary", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].Realis = "actual" }},
	{"repeated-code", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Auxiliaries = []string{"future", "future"}
	}},
	{"duplicate-event", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Span, e[1].Text = e[0].Span, e[0].Text
	}},
	{"shared-trigger", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Span, e[1].Text, e[1].Type = e[0].Span, e[0].Text, "AGREE"
	}},
	{"no-participant", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].Arguments = nil }},
	{"call-participants", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments = e[0].Arguments[1:]
	}},
	{"call-recipient", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[1].Role = "RECIPIENT"
	}},
	{"visit-participants", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Modes = []string{"visit"}
	}},
	{"missing-hopper", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0].HopperID = "" }},
	{"argument-role", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[0].Role = "AGENT"
	}},
	{"argument-filler", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[0].MentionID = ""
	}},
	{"argument-filler", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[0].TargetEventID = "e2"
	}},
	{"argument-filler", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[2].Role = "LOCATION"
	}},
	{"unknown-mention", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[0].MentionID = "m99"
	}},
	{"unknown-mention", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].SourceMentionID = "m99"
	}},
	{"unknown-event", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[3].TargetEventID = "e9"
	}},
	{"own-argument", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[3].TargetEventID = "e1"
	}},
	{"place-participant", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Arguments[0].MentionID = "m6"
	}},
	{"place-participant", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].SourceMentionID = "m6" }},
	{"duplicate-argument", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[1].MentionID = "m1"
	}},
	{"actor-and-recipient", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[1] = schema.Argument{Role: "RECIPIENT", MentionID: "m1", Span: schema.NoSpan}
	}},
	{"value-role", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[0].Value = "2016"
	}},
	{"time-value", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[2].Value = "yesterday"
	}},
	{"time-after-article", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[0].Arguments[2].Value = "2016-07-08"
	}},
	{"future-in-past", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].Arguments[2].Value = "2016-06"
	}},
	{"cue-without-source", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].SourceMentionID = "" }},
	{"source-without-cue", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0].SourceMentionID = "m4" }},
	{"quoted-without-cue", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0].Quoted = new(bool) }},
	{"quoted-missing", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].Quoted = nil }},
	{"cue-is-trigger", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].Cue = e[1].Span }},
	{"hopper-type", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) {
		e[1].HopperID, e[1].Type = "h1", "AGREE"
	}},
	{"part-of", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].HopperID = "h1" }},
	{"unknown-hopper", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].PartOf = "h9" }},
	{"part-cycle", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[1].PartOf = "h1" }},
	{"part-cycle", func(_ *Corpus, _ *labels.Document, _ []schema.Mention, e []schema.Event) { e[0].PartOf = "h1" }},
	{"actor-type", actorDamage(5, func(a *native.ActorRow) { a.Type = "PERSON" })},
	{"actor-name", actorDamage(4, func(a *native.ActorRow) { a.NameEN = "" })},
	{"actor-country", actorDamage(5, func(a *native.ActorRow) { a.Country = "RU" })},
	{"actor-sector", actorDamage(5, func(a *native.ActorRow) { a.Sector = "PRESIDENT" })},
	{"actor-sector", actorDamage(5, func(a *native.ActorRow) { a.OtherSectors = []string{""} })},
	{"other-sectors", actorDamage(5, func(a *native.ActorRow) { a.Sector = "" })},
	{"other-sectors", actorDamage(5, func(a *native.ActorRow) { a.Sector = "MIL" })},
	{"body-sector", actorDamage(0, func(a *native.ActorRow) { a.Country = "UNO" })},
	{"wikidata", actorDamage(5, func(a *native.ActorRow) { a.Wikidata = "Q07747" })},
	{"wikidata", actorDamage(5, func(a *native.ActorRow) { a.Wikidata = "Q3052772" })},
	{"same-name", actorDamage(5, func(a *native.ActorRow) { a.NameEN = "Seine" })},
	{"unknown-member", actorDamage(4, func(a *native.ActorRow) { a.Members[0] = "nobody" })},
	{"unknown-member", actorDamage(4, func(a *native.ActorRow) { a.Members[0] = "presidents" })},
	{"set-type", actorDamage(4, func(a *native.ActorRow) { a.Type = "PER" })},
	{"set-country", actorDamage(4, func(a *native.ActorRow) { a.Country = "RUS" })},
	{"unused-actor", func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) {
		c.Actors = append(c.Actors, &native.ActorRow{Actor: schema.Actor{ID: "zzz", NameEN: "Nobody", Type: "PER"}, At: labels.Position{File: "labels/actors.json", Line: 99}})
	}},
	{"unlabelled-name", func(_ *Corpus, d *labels.Document, m []schema.Mention, e []schema.Event) { d.Mentions = m[:6] }},
	{"unlabelled-name", actorDamage(1, func(a *native.ActorRow) { a.Aliases = append(a.Aliases, "هاتفى") })}, // normalised alias
}

func actorDamage(i int, change func(*native.ActorRow)) func(*Corpus, *labels.Document, []schema.Mention, []schema.Event) {
	return func(c *Corpus, _ *labels.Document, _ []schema.Mention, _ []schema.Event) { change(c.Actors[i]) }
}

func TestCheckRules(t *testing.T) {
	tested, known := map[string]bool{}, map[string]Rule{}
	for _, r := range Rules(ontology.Default()) {
		known[r.Code] = r
	}
	for i, tt := range damages {
		t.Run(fmt.Sprint(i, tt.code), func(t *testing.T) {
			c := cleanCorpus()
			d := c.Documents[0]
			tt.damage(c, d, d.Mentions, d.Events)
			found := Labels(c)
			k := slices.IndexFunc(found, func(f Finding) bool { return f.Code == tt.code })
			if k < 0 {
				t.Fatalf("not found among %v", found)
			}
			f := found[k]
			if f.Severity != known[tt.code].Severity || f.Found == "" || f.What == "" || strings.Contains(f.String(), "%!") {
				t.Errorf("%s", f)
			}
			t.Log(f)
		})
		tested[tt.code] = true
	}
	for _, r := range known {
		if !tested[r.Code] {
			t.Errorf("rule %s has no test", r.Code)
		}
		if r.Meaning == "" || r.Code != strings.ToLower(r.Code) {
			t.Errorf("rule %+v", r)
		}
	}
}
