package annotate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// at is where a surface stands in an article.
func at(s *Session, docID, surface string) schema.Span {
	text := s.byID[docID].Text
	from := strings.Index(text, surface)
	start := int32(len([]rune(text[:from])))
	return schema.Span{Start: start, End: start + int32(len([]rune(surface)))}
}

// Heads as the guidelines have them (data/GUIDELINES.md 3.3): the name, else the head
// noun, one word; a quantifier is none.
func TestHead(t *testing.T) {
	text := "The German foreign minister met officials of the French government and Anna Berg.\n" +
		"وصل الرئيس الروسي فلاديمير بوتين وعدد من الوزراء إلى موسكو. some people in Berlin. وقال لبوتين"
	s := open(t, t.TempDir(), func(o *Options) { o.Articles = []*schema.Article{{DocID: "x", Text: text}} })
	act(t, s, "x", put("actor", map[string]any{"actor_id": "vladimir-putin", "name_en": "Vladimir Putin", "name_ar": "فلاديمير بوتين", "type": "PER", "country": "RUS"}))
	for surface, head := range map[string]string{
		"The German foreign minister":        "minister",
		"officials of the French government": "officials",
		"Anna Berg":                          "Anna Berg",
		"الرئيس الروسي فلاديمير بوتين":       "فلاديمير بوتين", // an actor's name
		"عدد من الوزراء":                     "الوزراء",
		"some people in Berlin":              "people",
		"موسكو":                              "موسكو",
	} {
		span := at(s, "x", surface)
		v, err := s.Span("x", span.Start, span.End)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := s.byID["x"].index.Slice(schema.Span{Start: v.Head[0], End: v.Head[1]})
		if got != head {
			t.Errorf("%s: got %q, expected %q", surface, got, head)
		}
	}
}

// What is selected is widened to whole graphemes and trimmed.
func TestSnap(t *testing.T) {
	text := "a \U0001F468\u200d\U0001F469 b\nمَاء  end"
	s := open(t, t.TempDir(), func(o *Options) { o.Articles = []*schema.Article{{DocID: "x", Text: text}} })
	for in, want := range map[[2]int32]string{
		{0, 1}:    "0 1 a",
		{1, 3}:    "2 5 \U0001F468\u200d\U0001F469", // in the middle of a couple
		{4, 2}:    "2 5 \U0001F468\u200d\U0001F469", // backwards
		{9, 10}:   "8 10 م\u064e",                   // the mark alone: its letter too
		{1, 2}:    "2 2 ",                           // white space only
		{-5, 999}: fmt.Sprintf("0 %d %s", len([]rune(text)), text),
	} {
		v, err := s.Span("x", in[0], in[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%d %d %s", v.Start, v.End, v.Text); got != want && !(v.Text == "" && strings.HasSuffix(want, " ")) {
			t.Errorf("%v: got %q, expected %q", in, got, want)
		}
	}
}

// An actor is found by any of its names, in any spelling, and by what it was called.
func TestActorsAreFound(t *testing.T) {
	s := open(t, t.TempDir(), nil)
	act(t, s, "a2", put("actor", map[string]any{"actor_id": "macron", "name_en": "Emmanuel Macron", "name_ar": "إيمانويل ماكرون", "aliases": []string{"الرئيس الفرنسي"}, "type": "PER"}),
		put("actor", map[string]any{"actor_id": "berlin", "name_en": "Berlin", "type": "GPE"}), mention(t, s, "a2", "برلين", "GPE", "berlin"))
	for query, want := range map[string]string{
		"mac": "macron", "MACRON": "macron", "ايمانويل": "macron", "إيمانويل": "macron", "ماكر": "macron", "فرنسي": "macron", "الرئيس": "macron",
		"برل": "berlin", "berl": "berlin", "xyz": "",
	} {
		list := s.Actors(query)
		got := ""
		if len(list) > 0 {
			got = list[0].ID
		}
		if got != want {
			t.Errorf("%s: got %q, expected %q", query, got, want)
		}
	}
	if list := s.Actors(""); len(list) != 2 || list[0].ID != "berlin" || list[0].Mentions != 1 {
		t.Errorf("got %+v", list)
	}
}
