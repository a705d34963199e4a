// Package labelstest draws and holds annotations for the tests of the packages
// around it.
package labelstest

import (
	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/schema"
)

func GenString() *rapid.Generator[string] {
	odd := rapid.RuneFrom([]rune("ab\"\\/\n\r\t\x00\x1f\u0085\u2028\u2029\u200f\uFEFF\uFFFD<>&كتبأىـَ😀𐎠"))
	return rapid.OneOf(rapid.Just(""), rapid.String(), rapid.StringOf(odd))
}

func genSpan() *rapid.Generator[schema.Span] {
	return rapid.Custom(func(t *rapid.T) schema.Span {
		if rapid.Bool().Draw(t, "absent") {
			return schema.NoSpan
		}
		return schema.Span{Start: rapid.Int32Min(0).Draw(t, "start"), End: rapid.Int32Min(1).Draw(t, "end")}
	})
}

func GenList[T any](g *rapid.Generator[T]) *rapid.Generator[[]T] {
	return rapid.Custom(func(t *rapid.T) []T {
		list := rapid.SliceOfN(g, 0, 4).Draw(t, "list")
		if len(list) == 0 {
			return nil
		}
		return list
	})
}

func genConfidence() *rapid.Generator[*float64] {
	return rapid.Ptr(rapid.Float64Range(0, 1), true)
}

func genSetSpans() *rapid.Generator[[]schema.Span] {
	return GenList(genSpan().Filter(schema.Span.IsSet))
}

func genMention() *rapid.Generator[schema.Mention] {
	return rapid.Custom(func(t *rapid.T) schema.Mention {
		s := GenString()
		return schema.Mention{ID: s.Draw(t, "id"), Span: genSpan().Draw(t, "span"), Fragments: genSetSpans().Draw(t, "fragments"),
			Text: s.Draw(t, "text"), Head: genSpan().Draw(t, "head"), Type: s.Draw(t, "type"), Level: s.Draw(t, "level"),
			ActorID: s.Draw(t, "actor"), Metonym: rapid.Bool().Draw(t, "metonym"), Confidence: genConfidence().Draw(t, "confidence")}
	})
}

func genArgument() *rapid.Generator[schema.Argument] {
	return rapid.Custom(func(t *rapid.T) schema.Argument {
		s := GenString()
		return schema.Argument{Role: s.Draw(t, "role"), MentionID: s.Draw(t, "mention"), TargetEventID: s.Draw(t, "event"),
			Span: genSpan().Draw(t, "span"), Text: s.Draw(t, "text"), Value: s.Draw(t, "value"), Confidence: genConfidence().Draw(t, "confidence")}
	})
}

func genEvent() *rapid.Generator[schema.Event] {
	return rapid.Custom(func(t *rapid.T) schema.Event {
		s := GenString()
		codes := GenList(s)
		return schema.Event{ID: s.Draw(t, "id"), Span: genSpan().Draw(t, "span"), Fragments: genSetSpans().Draw(t, "fragments"),
			Text: s.Draw(t, "text"), Type: s.Draw(t, "type"), Modes: codes.Draw(t, "modes"), Contexts: codes.Draw(t, "contexts"),
			CAMEO: s.Draw(t, "cameo"), Realis: s.Draw(t, "realis"), Auxiliaries: codes.Draw(t, "auxiliaries"),
			HopperID: s.Draw(t, "hopper"), PartOf: s.Draw(t, "part of"), SourceMentionID: s.Draw(t, "source"),
			Cue: genSpan().Draw(t, "cue"), Quoted: rapid.Ptr(rapid.Bool(), true).Draw(t, "quoted"),
			Arguments: GenList(genArgument()).Draw(t, "arguments"), Confidence: genConfidence().Draw(t, "confidence")}
	})
}

// GenAnnotation draws any annotation that can be written.
func GenAnnotation() *rapid.Generator[schema.Annotation] {
	return rapid.Custom(func(t *rapid.T) schema.Annotation {
		return schema.Annotation{DocID: GenString().Filter(func(s string) bool { return s != "" }).Draw(t, "doc_id"),
			Mentions: GenList(genMention()).Draw(t, "mentions"), Events: GenList(genEvent()).Draw(t, "events")}
	})
}

func GenActor() *rapid.Generator[schema.Actor] {
	return rapid.Custom(func(t *rapid.T) schema.Actor {
		s := GenString()
		list := GenList(s)
		return schema.Actor{ID: s.Filter(func(s string) bool { return s != "" }).Draw(t, "id"), NameEN: s.Draw(t, "en"), NameAR: s.Draw(t, "ar"),
			Aliases: list.Draw(t, "aliases"), Type: s.Draw(t, "type"), Country: s.Draw(t, "country"), Sector: s.Draw(t, "sector"),
			OtherSectors: list.Draw(t, "other"), Wikidata: s.Draw(t, "wikidata"), Members: list.Draw(t, "members")}
	})
}
