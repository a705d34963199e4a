package offsets

import (
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Stand reports whether every span of the document is where it says in code
// points, with its surface where it can have one, and nothing waits for a place
// or for a surface; given is then the number of spans with surfaces. Where it
// reports false, nothing is known.
func Stand(d *labels.Document, x *schema.Index) (given int, ok bool) {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !surfaced(x, m.Span, m.Text, &given) || !inside(x, m.Head) || !allInside(x, m.Fragments) {
			return 0, false
		}
	}
	for i := range d.Events {
		e := &d.Events[i]
		if !surfaced(x, e.Span, e.Text, &given) || !inside(x, e.Cue) || !allInside(x, e.Fragments) {
			return 0, false
		}
		for k := range e.Arguments {
			if a := &e.Arguments[k]; !surfaced(x, a.Span, a.Text, &given) {
				return 0, false
			}
		}
	}
	return given, true
}

// surfaced reports whether the span and its surface are both absent, or the
// surface stands there.
func surfaced(x *schema.Index, s schema.Span, surface string, given *int) bool {
	if !s.IsSet() || surface == "" {
		return !s.IsSet() && surface == ""
	}
	_, _, ok := Standing(x, s, surface)
	*given++
	return ok
}

// Standing is the bytes of the text from and to which the surface stands in the
// span; it reports false where it does not, or is "".
func Standing(x *schema.Index, s schema.Span, surface string) (from, to int, ok bool) {
	from, ok = x.Byte(s.Start)
	if !ok || surface == "" || !strings.HasPrefix(x.Text()[from:], surface) || utf8.RuneCountInString(surface) != int(s.Len()) {
		return 0, 0, false
	}
	to = from + len(surface)
	rest := x.Text()[to:]
	return from, to, rest == "" || utf8.RuneStart(rest[0])
}

// inside reports whether the span is absent or lies in the text.
func inside(x *schema.Index, s schema.Span) bool {
	return !s.IsSet() || s.Valid() && s.End <= x.Len()
}

func allInside(x *schema.Index, spans []schema.Span) bool {
	for _, s := range spans {
		if !inside(x, s) {
			return false
		}
	}
	return true
}
