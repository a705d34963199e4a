package labels

import (
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/schema"
)

const cleanText = "بحث بوتين مع ماكرون في اتصال هاتفي أمس الأوضاع في موسكو، وقال الكرملين إن الرئيسين سيلتقيان قريباً قرب نهر السين في باريس."

// at is the nth occurrence of a surface in the clean text.
func at(surface string) schema.Span {
	x := schema.NewIndex(cleanText)
	b := strings.Index(cleanText, surface)
	from, _ := x.FromByte(b)
	to, _ := x.FromByte(b + len(surface))
	return schema.Span{Start: from, End: to}
}

// cleanCorpus is one article whose labels break no rule.
func cleanCorpus() *Corpus {
	m := func(id, text, typ, level, actor string) schema.Mention {
		return schema.Mention{ID: id, Span: at(text), Text: text, Head: at(text), Type: typ, Level: level, ActorID: actor}
	}
	said := false
	d := &Document{At: Position{File: "labels/a.json", Line: 1}, Annotation: schema.Annotation{DocID: "a",
		Mentions: []schema.Mention{m("m1", "بوتين", "PER", "NAM", "putin"), m("m2", "ماكرون", "PER", "NAM", "macron"),
			m("m3", "موسكو", "GPE", "NAM", "moscow"), m("m4", "الكرملين", "ORG", "NAM", "kremlin"),
			m("m5", "الرئيسين", "GRP", "NOM", "presidents"), m("m6", "نهر السين", "LOC", "NAM", "seine"), m("m7", "باريس", "GPE", "NAM", "paris")},
		Events: []schema.Event{
			{ID: "e1", Span: at("بحث"), Text: "بحث", Type: "CONSULT", Modes: []string{"phone"}, Contexts: []string{"diplomatic"}, CAMEO: "041",
				Realis: "actual", HopperID: "h1", PartOf: "h2", Cue: schema.NoSpan, Arguments: []schema.Argument{
					{Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan}, {Role: "ACTOR", MentionID: "m2", Span: schema.NoSpan},
					{Role: "TIME", Span: at("أمس"), Text: "أمس", Value: "2016-07-05"}, {Role: "TOPIC", TargetEventID: "e2", Span: schema.NoSpan}}},
			{ID: "e2", Span: at("سيلتقيان"), Text: "سيلتقيان", Type: "CONSULT", CAMEO: "046", Realis: "other", Auxiliaries: []string{"future"},
				HopperID: "h2", SourceMentionID: "m4", Cue: at("قال"), Quoted: &said, Arguments: []schema.Argument{
					{Role: "ACTOR", MentionID: "m5", Span: schema.NoSpan}, {Role: "LOCATION", MentionID: "m6", Span: schema.NoSpan},
					{Role: "TIME", Span: at("قريباً"), Text: "قريباً"}}},
		}}}
	d.Where = &Positions{Events: []Position{{"labels/a.json", 13}, {"labels/a.json", 19}}, Arguments: [][]Position{nil, nil}}
	for i := range d.Mentions {
		d.Where.Mentions = append(d.Where.Mentions, Position{File: "labels/a.json", Line: 4 + i})
	}
	c := &Corpus{Articles: []*schema.Article{{DocID: "a", Text: cleanText, Published: "2016-07-06"}}, Documents: []*Document{d}, Unlabelled: "labels"}
	for _, a := range []schema.Actor{
		{ID: "kremlin", NameEN: "Kremlin", NameAR: "الكرملين", Type: "ORG", Country: "RUS", Sector: "GOV"},
		{ID: "macron", NameEN: "Emmanuel Macron", NameAR: "إيمانويل ماكرون", Aliases: []string{"ماكرون"}, Type: "PER", Country: "FRA", Sector: "GOV", Wikidata: "Q3052772"},
		{ID: "moscow", NameEN: "Moscow", NameAR: "موسكو", Type: "GPE", Country: "RUS"},
		{ID: "paris", NameEN: "Paris", NameAR: "باريس", Type: "GPE", Country: "FRA"},
		{ID: "presidents", NameEN: "Putin and Macron", Type: "GRP", Members: []string{"putin", "macron"}},
		{ID: "putin", NameEN: "Vladimir Putin", NameAR: "بوتين", Type: "PER", Country: "RUS", Sector: "GOV", OtherSectors: []string{"MIL"}, Wikidata: "Q7747"},
		{ID: "seine", NameEN: "Seine", NameAR: "نهر السين", Type: "LOC", Country: "FRA"},
	} {
		c.Actors = append(c.Actors, &ActorRow{Actor: a, At: Position{File: "labels/actors.json", Line: 2 + len(c.Actors)}})
	}
	return c
}

func TestCheckClean(t *testing.T) {
	for _, f := range Check(cleanCorpus()) {
		t.Errorf("clean corpus: %s", f)
	}
}

func TestFindingString(t *testing.T) {
	c := cleanCorpus()
	c.Documents[0].Mentions[0].Text = "بوتن"
	c.Documents[0].Events[1].CAMEO = "190"
	var got []string
	for _, f := range Check(c) {
		got = append(got, f.String())
	}
	want := []string{
		`labels/a.json:4: error: mention "m1": found "بوتين" at [4,9), expected "بوتن" [surface-mismatch]`,
		`labels/a.json:19: note: cameo of event "e2": found 190 on CONSULT, expected ASSAULT by the crosswalk [cameo-crosswalk]`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

// The order of the corpus's lists must not matter.
func TestCheckOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		picked := rapid.SliceOfN(rapid.IntRange(0, len(damages)-1), 1, 4).Draw(t, "damages")
		build := func() *Corpus {
			c := cleanCorpus()
			for _, i := range picked {
				d := c.Documents[0]
				if len(d.Mentions) == 7 && len(d.Events[0].Arguments) == 4 && len(d.Events[1].Arguments) == 3 { // as the damages assume
					damages[i].damage(c, d, d.Mentions, d.Events)
				}
			}
			second := *c.Documents[0]
			second.At.File = "labels/z.json"
			c.Documents = append(c.Documents, &second)
			return c
		}
		want, shuffled := Check(build()), build()
		slices.Reverse(shuffled.Actors)
		slices.Reverse(shuffled.Documents)
		slices.Reverse(shuffled.Articles)
		if got := Check(shuffled); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// Any annotation at all may be checked.
func TestCheckAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &Corpus{Articles: []*schema.Article{{DocID: "a", Text: rapid.String().Draw(t, "text")}}}
		for _, a := range genList(genAnnotation()).Draw(t, "documents") {
			a.DocID = "a"
			c.Documents = append(c.Documents, &Document{Annotation: a})
		}
		for _, a := range genList(genActor()).Draw(t, "actors") {
			c.Actors = append(c.Actors, &ActorRow{Actor: a})
		}
		for _, f := range Check(c) {
			_ = f.String()
		}
	})
}

func TestLoadCorpus(t *testing.T) {
	c := cleanCorpus()
	label, err := AppendJSON(nil, c.Documents[0])
	if err != nil {
		t.Fatal(err)
	}
	var actors []schema.Actor
	for _, a := range c.Actors {
		actors = append(actors, a.Actor)
	}
	var table strings.Builder
	if err := WriteActors(&table, actors); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"labels/a.json": {Data: label}, "labels/actors.json": {Data: []byte(table.String())}}
	loaded, err := LoadCorpus(Source{FS: files, Path: "labels"}, c.Articles, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if found := Check(loaded); len(found) > 0 {
		t.Errorf("written and read back: %v", found)
	}
	if !reflect.DeepEqual(loaded.Documents[0].Where.Mentions, c.Documents[0].Where.Mentions) {
		t.Errorf("lines %v", loaded.Documents[0].Where.Mentions)
	}
	files["labels/b.json"] = &fstest.MapFile{Data: []byte("{")}
	delete(files, "labels/actors.json")
	loaded, err = LoadCorpus(Source{FS: files, Path: "labels"}, c.Articles, ReadOptions{})
	if err != nil || len(loaded.Problems) != 2 {
		t.Errorf("%v %v", loaded, err)
	}
	if _, err := LoadCorpus(Source{FS: files, Path: "nowhere"}, nil, ReadOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: %v", err)
	}
}
