package labels

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// finder finds where a surface occurs in one text.
type finder struct {
	x     *schema.Index
	norm  *Normalised // made on first need
	normX *schema.Index
	found map[string]occurrences
}

// occurrences are the places of one surface, in text order.
type occurrences struct {
	spans []schema.Span
	exact bool // letter by letter, not after normalisation
}

func newFinder(x *schema.Index) *finder {
	return &finder{x: x, found: map[string]occurrences{}}
}

// find gives the exact occurrences of the surface, or, if there are none, those
// after normalisation of both. Occurrences that begin and end at a word
// boundary, Arabic proclitics apart, hide those inside words.
func (f *finder) find(surface string) occurrences {
	surface = strings.TrimSpace(surface)
	if o, ok := f.found[surface]; ok {
		return o
	}
	o := occurrences{spans: search(f.x, surface), exact: true}
	if len(o.spans) == 0 {
		if f.norm == nil {
			f.norm = NormaliseMapped(f.x.Text())
			f.normX = schema.NewIndex(f.norm.Text)
		}
		o = occurrences{spans: search(f.normX, NormaliseMapped(surface).Text)}
		for i, s := range o.spans {
			o.spans[i] = f.norm.Original(s)
		}
	}
	f.found[surface] = o
	return o
}

// search finds the non-overlapping occurrences of a surface.
func search(x *schema.Index, surface string) []schema.Span {
	if surface == "" {
		return nil
	}
	var words, inside []schema.Span
	text := x.Text()
	for from := 0; ; {
		i := strings.Index(text[from:], surface)
		if i < 0 {
			break
		}
		b, e := from+i, from+i+len(surface)
		start, ok1 := x.FromByte(b)
		end, ok2 := x.FromByte(e)
		if s := (schema.Span{Start: start, End: end}); ok1 && ok2 {
			if endsWord(text, e) && startsWord(text, b) {
				words = append(words, s)
			} else {
				inside = append(inside, s)
			}
		}
		from = e
	}
	if len(words) > 0 {
		return words
	}
	return inside
}

// endsWord reports whether no letter, mark or digit follows byte b.
func endsWord(text string, b int) bool {
	r, size := utf8.DecodeRuneInString(text[b:])
	return size == 0 || !inWord(r)
}

// startsWord reports whether a word begins at byte b, or does after a chain of
// at most two Arabic proclitics (و ف ب ل ك س).
func startsWord(text string, b int) bool {
	for range 3 {
		r, size := utf8.DecodeLastRuneInString(text[:b])
		if size == 0 || !inWord(r) {
			return true
		}
		if !strings.ContainsRune("وفبلكس", r) {
			return false
		}
		b -= size
	}
	return false
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// nearestSpan is the candidate whose start is nearest to a code point.
func nearestSpan(list []schema.Span, at int32) int {
	best := 0
	for k, s := range list {
		if abs(s.Start-at) < abs(list[best].Start-at) {
			best = k
		}
	}
	return best
}

func abs(n int32) int32 { return max(n, -n) }
