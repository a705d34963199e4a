package align

import (
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

type typedSpan struct {
	span schema.Span
	typ  string
}

// places is what mentions, or triggers, have taken.
type places struct {
	taken map[schema.Span]bool
	typed map[typedSpan]bool
	reach map[string][]int32 // by type and code point, the greatest end of a span there
	size  int32              // of the text
}

func newPlaces(size int32) *places {
	return &places{taken: map[schema.Span]bool{}, typed: map[typedSpan]bool{}, reach: map[string][]int32{}, size: size}
}

func (p *places) take(s schema.Span, typ string) {
	p.taken[s], p.typed[typedSpan{span: s, typ: typ}] = true, true
	if p.reach[typ] == nil {
		p.reach[typ] = make([]int32, p.size)
	}
	for i := max(s.Start, 0); i < min(s.End, p.size); i++ {
		p.reach[typ][i] = max(p.reach[typ][i], s.End)
	}
}

// inside reports whether a free span lies in one of the same type.
func (p *places) inside(s schema.Span, typ string) bool {
	reach := p.reach[typ]
	return reach != nil && reach[s.Start] >= s.End
}

// first is the candidate that rule 2 of [Spans] gives, -1 for none. hints has
// where a span claimed to be; the candidate nearest to that goes first.
func (p *places) first(list []schema.Span, typ string, hints map[*schema.Span]int32, key *schema.Span) int {
	if h, ok := hints[key]; ok {
		if k := occurrence.Nearest(list, h); !p.typed[typedSpan{span: list[k], typ: typ}] {
			return k
		}
	}
	for k, s := range list {
		if !p.taken[s] && !p.inside(s, typ) {
			return k
		}
	}
	for k, s := range list {
		if !p.taken[s] {
			return k
		}
	}
	for k, s := range list {
		if !p.typed[typedSpan{span: s, typ: typ}] {
			return k
		}
	}
	return -1
}
