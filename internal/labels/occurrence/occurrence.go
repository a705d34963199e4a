// Package occurrence finds where a surface stands in a text.
package occurrence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/schema"
)

// Finder finds where a surface occurs in one text.
type Finder struct {
	X     *schema.Index
	norm  *normalise.Mapped // made on first need
	normX *schema.Index
	found map[string]occurrences
}

// occurrences are the places of one surface, in text order.
type occurrences struct {
	Spans []schema.Span
	Exact bool // letter by letter, not after normalisation
}

func New(x *schema.Index) *Finder {
	return &Finder{X: x, found: map[string]occurrences{}}
}

// Find gives the exact occurrences of the surface, or, if there are none, those
// after normalisation of both. Occurrences that begin and end at a word
// boundary, Arabic proclitics apart, hide those inside words.
func (f *Finder) Find(surface string) occurrences {
	surface = strings.TrimSpace(surface)
	if o, ok := f.found[surface]; ok {
		return o
	}
	o := occurrences{Spans: Search(f.X, surface), Exact: true}
	if len(o.Spans) == 0 {
		if f.norm == nil {
			f.norm = normalise.Map(f.X.Text())
			f.normX = schema.NewIndex(f.norm.Text)
		}
		o = occurrences{}
		if !normalise.Longer(surface, int(f.norm.Len())) {
			o.Spans = Search(f.normX, normalise.Map(surface).Text)
		}
		for i, s := range o.Spans {
			o.Spans[i] = f.norm.Original(s)
		}
	}
	f.found[surface] = o
	return o
}

// Search finds the non-overlapping occurrences of a surface.
func Search(x *schema.Index, surface string) []schema.Span {
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
			if EndsWord(text, e) && StartsWord(text, b) {
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

// EndsWord reports whether no letter, mark or digit follows byte b.
func EndsWord(text string, b int) bool {
	r, size := utf8.DecodeRuneInString(text[b:])
	return size == 0 || !InWord(r)
}

// StartsWord reports whether a word begins at byte b, or does after a chain of
// at most two Arabic proclitics (و ف ب ل ك س).
func StartsWord(text string, b int) bool {
	for range 3 {
		r, size := utf8.DecodeLastRuneInString(text[:b])
		if size == 0 || !InWord(r) {
			return true
		}
		if !strings.ContainsRune("وفبلكس", r) {
			return false
		}
		b -= size
	}
	return false
}

func InWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// Nearest is the candidate whose start is nearest to a code point.
func Nearest(list []schema.Span, at int32) int {
	best := 0
	for k, s := range list {
		if abs(s.Start-at) < abs(list[best].Start-at) {
			best = k
		}
	}
	return best
}

func abs(n int32) int32 { return max(n, -n) }
