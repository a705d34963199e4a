package agreement

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// withoutRegions is the pair, of which nothing stands in a region that one of the
// passes left unlabelled, and the length of its text, as if the regions were cut out
// of it: nobody agrees on what nobody looked at.
func withoutRegions(p *eval.Pair, length int32) (*eval.Pair, int32) {
	regions := eval.Regions(p)
	if len(regions) == 0 {
		return p, length
	}
	cut := func(at int32) int32 {
		left := int32(0)
		reached := int32(0)
		for _, r := range regions {
			if start := max(reached, r.Start); start < at {
				left += max(0, min(at, r.End)-start)
			}
			reached = max(reached, r.End)
		}
		return at - left
	}
	moved := func(s schema.Span) schema.Span {
		if !s.IsSet() {
			return s
		}
		return schema.Span{Start: cut(s.Start), End: cut(s.End)}
	}
	q := *p
	for _, side := range []**schema.Annotation{&q.Gold, &q.Pred} {
		a := **side
		a.Mentions, a.Events = slices.Clone(a.Mentions), slices.Clone(a.Events)
		*side = &a
		for i := range a.Mentions {
			m := &a.Mentions[i]
			m.Span, m.Head, m.Fragments = moved(m.Span), moved(m.Head), spansMoved(m.Fragments, moved)
		}
		for i := range a.Events {
			e := &a.Events[i]
			e.Span, e.Cue, e.Fragments = moved(e.Span), moved(e.Cue), spansMoved(e.Fragments, moved)
			e.Arguments = slices.Clone(e.Arguments)
			for j := range e.Arguments {
				e.Arguments[j].Span = moved(e.Arguments[j].Span)
			}
		}
	}
	return &q, cut(length)
}

func spansMoved(list []schema.Span, moved func(schema.Span) schema.Span) []schema.Span {
	var out []schema.Span
	for _, s := range list {
		out = append(out, moved(s))
	}
	return out
}
