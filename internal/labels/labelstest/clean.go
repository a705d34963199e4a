package labelstest

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

const CleanText = "بحث بوتين مع ماكرون في اتصال هاتفي أمس الأوضاع في موسكو، وقال الكرملين إن الرئيسين سيلتقيان قريباً قرب نهر السين في باريس."

// SpanOf is the nth occurrence of a surface in the clean text.
func SpanOf(surface string) schema.Span {
	x := schema.NewIndex(CleanText)
	b := strings.Index(CleanText, surface)
	from, _ := x.FromByte(b)
	to, _ := x.FromByte(b + len(surface))
	return schema.Span{Start: from, End: to}
}

// CleanDocument is labels of the clean text that break no rule.
func CleanDocument() *labels.Document {
	m := func(id, text, typ, level, actor string) schema.Mention {
		return schema.Mention{ID: id, Span: SpanOf(text), Text: text, Head: SpanOf(text), Type: typ, Level: level, ActorID: actor}
	}
	said := false
	d := &labels.Document{At: labels.Position{File: "labels/a.json", Line: 1}, Annotation: schema.Annotation{DocID: "a",
		Mentions: []schema.Mention{m("m1", "بوتين", "PER", "NAM", "putin"), m("m2", "ماكرون", "PER", "NAM", "macron"),
			m("m3", "موسكو", "GPE", "NAM", "moscow"), m("m4", "الكرملين", "ORG", "NAM", "kremlin"),
			m("m5", "الرئيسين", "GRP", "NOM", "presidents"), m("m6", "نهر السين", "LOC", "NAM", "seine"), m("m7", "باريس", "GPE", "NAM", "paris")},
		Events: []schema.Event{
			{ID: "e1", Span: SpanOf("بحث"), Text: "بحث", Type: "CONSULT", Modes: []string{"phone"}, Contexts: []string{"diplomatic"}, CAMEO: "041",
				Realis: "actual", HopperID: "h1", PartOf: "h2", Cue: schema.NoSpan, Arguments: []schema.Argument{
					{Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan}, {Role: "ACTOR", MentionID: "m2", Span: schema.NoSpan},
					{Role: "TIME", Span: SpanOf("أمس"), Text: "أمس", Value: "2016-07-05"}, {Role: "TOPIC", TargetEventID: "e2", Span: schema.NoSpan}}},
			{ID: "e2", Span: SpanOf("سيلتقيان"), Text: "سيلتقيان", Type: "CONSULT", CAMEO: "046", Realis: "other", Auxiliaries: []string{"future"},
				HopperID: "h2", SourceMentionID: "m4", Cue: SpanOf("قال"), Quoted: &said, Arguments: []schema.Argument{
					{Role: "ACTOR", MentionID: "m5", Span: schema.NoSpan}, {Role: "LOCATION", MentionID: "m6", Span: schema.NoSpan},
					{Role: "TIME", Span: SpanOf("قريباً"), Text: "قريباً"}}},
		}}}
	d.Where = &labels.Positions{Events: []labels.Position{{File: "labels/a.json", Line: 13}, {File: "labels/a.json", Line: 19}}, Arguments: [][]labels.Position{nil, nil}}
	for i := range d.Mentions {
		d.Where.Mentions = append(d.Where.Mentions, labels.Position{File: "labels/a.json", Line: 4 + i})
	}
	return d
}

// CleanActors is the table of actors of the clean document.
func CleanActors() []schema.Actor {
	return []schema.Actor{
		{ID: "kremlin", NameEN: "Kremlin", NameAR: "الكرملين", Type: "ORG", Country: "RUS", Sector: "GOV"},
		{ID: "macron", NameEN: "Emmanuel Macron", NameAR: "إيمانويل ماكرون", Aliases: []string{"ماكرون"}, Type: "PER", Country: "FRA", Sector: "GOV", Wikidata: "Q3052772"},
		{ID: "moscow", NameEN: "Moscow", NameAR: "موسكو", Type: "GPE", Country: "RUS"},
		{ID: "paris", NameEN: "Paris", NameAR: "باريس", Type: "GPE", Country: "FRA"},
		{ID: "presidents", NameEN: "Putin and Macron", Type: "GRP", Members: []string{"putin", "macron"}},
		{ID: "putin", NameEN: "Vladimir Putin", NameAR: "بوتين", Type: "PER", Country: "RUS", Sector: "GOV", OtherSectors: []string{"MIL"}, Wikidata: "Q7747"},
		{ID: "seine", NameEN: "Seine", NameAR: "نهر السين", Type: "LOC", Country: "FRA"},
	}
}
