package tables

import "github.com/mizan-corpus/mizan/schema"

// decodeMentions reads mentions. A null span is [schema.NoSpan].
// MentionDecoder decodes mentions whole, or their spans and types only.
func MentionDecoder(spansOnly bool) decoder[schema.Mention] {
	if spansOnly {
		return decodeSpans
	}
	return decodeMentions
}

func decodeMentions(g *group, n int, b *batch[schema.Mention], text bool) {
	m := b.items
	for i := range m {
		m[i].Span, m[i].Head = schema.NoSpan, schema.NoSpan
	}
	g.strings(n, "mention_id", func(i int, v string) { m[i].ID = v })
	g.int32s(n, "start", func(i int, v int32) { m[i].Span.Start = v })
	g.int32s(n, "end", func(i int, v int32) { m[i].Span.End = v })
	g.int32s(n, "head_start", func(i int, v int32) { m[i].Head.Start = v })
	g.int32s(n, "head_end", func(i int, v int32) { m[i].Head.End = v })
	g.strings(n, "type", func(i int, v string) { m[i].Type = v })
	g.strings(n, "level", func(i int, v string) { m[i].Level = v })
	g.strings(n, "actor_id", func(i int, v string) { m[i].ActorID = v })
	g.bools(n, "metonym", func(i int, v bool) { m[i].Metonym = v })
	g.spanLists(n, "fragments", func(i int) *[]schema.Span { return &m[i].Fragments })
	g.confidences(n, func(i int, v *float64) { m[i].Confidence = v })
	if text {
		g.strings(n, "text", func(i int, v string) { m[i].Text = v })
	}
}

// decodeSpans reads of mentions span, type and surface text.
func decodeSpans(g *group, n int, b *batch[schema.Mention], text bool) {
	m := b.items
	for i := range m {
		m[i].Span, m[i].Head = schema.NoSpan, schema.NoSpan
	}
	g.int32s(n, "start", func(i int, v int32) { m[i].Span.Start = v })
	g.int32s(n, "end", func(i int, v int32) { m[i].Span.End = v })
	g.strings(n, "type", func(i int, v string) { m[i].Type = v })
	if text {
		g.strings(n, "text", func(i int, v string) { m[i].Text = v })
	}
}

// DecodeEvents reads events without their arguments.
func DecodeEvents(g *group, n int, b *batch[schema.Event], text bool) {
	e := b.items
	for i := range e {
		e[i].Span, e[i].Cue = schema.NoSpan, schema.NoSpan
	}
	g.strings(n, "event_id", func(i int, v string) { e[i].ID = v })
	g.int32s(n, "start", func(i int, v int32) { e[i].Span.Start = v })
	g.int32s(n, "end", func(i int, v int32) { e[i].Span.End = v })
	g.strings(n, "type", func(i int, v string) { e[i].Type = v })
	g.strings(n, "cameo", func(i int, v string) { e[i].CAMEO = v })
	g.strings(n, "realis", func(i int, v string) { e[i].Realis = v })
	g.strings(n, "hopper_id", func(i int, v string) { e[i].HopperID = v })
	g.strings(n, "part_of", func(i int, v string) { e[i].PartOf = v })
	g.strings(n, "source_mention_id", func(i int, v string) { e[i].SourceMentionID = v })
	g.int32s(n, "cue_start", func(i int, v int32) { e[i].Cue.Start = v })
	g.int32s(n, "cue_end", func(i int, v int32) { e[i].Cue.End = v })
	quoted := make([]bool, n)
	g.bools(n, "quoted", func(i int, v bool) {
		quoted[i] = v
		e[i].Quoted = &quoted[i]
	})
	g.stringLists(n, "modes", func(i int) *[]string { return &e[i].Modes })
	g.stringLists(n, "contexts", func(i int) *[]string { return &e[i].Contexts })
	g.stringLists(n, "auxiliaries", func(i int) *[]string { return &e[i].Auxiliaries })
	g.spanLists(n, "fragments", func(i int) *[]schema.Span { return &e[i].Fragments })
	g.confidences(n, func(i int, v *float64) { e[i].Confidence = v })
	if text {
		g.strings(n, "text", func(i int, v string) { e[i].Text = v })
	}
}

// DecodeArguments reads arguments.
func DecodeArguments(g *group, n int, b *batch[ArgumentItem], text bool) {
	a := b.items
	for i := range a {
		a[i].Span = schema.NoSpan
	}
	g.strings(n, "event_id", func(i int, v string) { a[i].eventID = v })
	g.strings(n, "role", func(i int, v string) { a[i].Role = v })
	g.strings(n, "mention_id", func(i int, v string) { a[i].MentionID = v })
	g.strings(n, "target_event_id", func(i int, v string) { a[i].TargetEventID = v })
	g.int32s(n, "start", func(i int, v int32) { a[i].Span.Start = v })
	g.int32s(n, "end", func(i int, v int32) { a[i].Span.End = v })
	g.strings(n, "value", func(i int, v string) { a[i].Value = v })
	g.confidences(n, func(i int, v *float64) { a[i].Confidence = v })
	if text {
		g.strings(n, "text", func(i int, v string) { a[i].Text = v })
	}
}
