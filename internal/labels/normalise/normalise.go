// Package normalise folds what may differ between two spellings of a text.
package normalise

import (
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/schema"
)

// Mapped is a text with the differences of Arabic spelling and typing
// taken out, and for each of its code points the span of the original that it
// stands for.
type Mapped struct {
	Text   string
	starts []int32 // original code point of each code point of Text
	ends   []int32
}

// Map folds a text for comparison, never for storage:
//
//   - tatweel, vowel signs (U+064B–U+065F, U+0670), Koranic marks
//     (U+06D6–U+06ED) and invisible marks (zero width, direction, byte order)
//     are dropped;
//   - أ إ آ ٱ become ا; ى and the Farsi ی become ي; the Farsi ک becomes ك;
//   - Arabic-Indic and Persian digits become 0–9;
//   - quotation marks and apostrophes of every shape become ", dashes -;
//   - a run of white space becomes one space; none stays at either end.
//
// ة and ه, and the seats of hamza (ؤ ئ ء), stay apart: they tell words apart.
// Case and presentation forms (U+FB50–U+FEFC) stay as they are.
func Map(text string) *Mapped {
	n := &Mapped{}
	var b strings.Builder
	b.Grow(len(text))
	add := func(r rune, at int32) {
		b.WriteRune(r)
		n.starts = append(n.starts, at)
		n.ends = append(n.ends, at+1)
	}
	var at, space int32 = 0, -1 // space: start of a run of white space not yet written
	for _, r := range text {
		folded := Rune(r)
		switch {
		case folded == ' ':
			if space < 0 {
				space = at
			}
		case folded == Attached:
			if k := len(n.ends) - 1; k >= 0 && space < 0 && n.ends[k] == at {
				n.ends[k] = at + 1 // belongs to the letter before it
			}
		case folded != Dropped:
			if space >= 0 && len(n.starts) > 0 {
				add(' ', space)
				n.ends[len(n.ends)-1] = at
			}
			space = -1
			add(folded, at)
		}
		at++
	}
	n.Text = b.String()
	return n
}

// Longer reports whether more than n characters of a text are left when it is folded,
// spaces aside. It makes nothing of the text.
func Longer(text string, n int) bool {
	for _, r := range text {
		if folded := Rune(r); folded != ' ' && folded != Attached && folded != Dropped {
			if n--; n < 0 {
				return true
			}
		}
	}
	return false
}

// Len is the length of the normalised text in code points.
func (n *Mapped) Len() int32 { return int32(len(n.starts)) }

// Original is the span of the original that span s of the normalised text
// stands for, both in code points. Marks dropped after the last letter are
// inside. s must be valid and at most Len long.
func (n *Mapped) Original(s schema.Span) schema.Span {
	return schema.Span{Start: n.starts[s.Start], End: n.ends[s.End-1]}
}

// Letters is the span of the normalised text that span s of the original has in
// it. It reports false where nothing of s is left.
func (n *Mapped) Letters(s schema.Span) (schema.Span, bool) {
	first, last := int32(-1), int32(-1)
	lo, hi := int32(0), n.Len()
	for lo < hi { // the first letter that ends after the span's start
		if mid := (lo + hi) / 2; n.ends[mid] <= s.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for k := lo; k < n.Len() && n.starts[k] < s.End; k++ {
		if first < 0 {
			first = k
		}
		last = k
	}
	return schema.Span{Start: first, End: last + 1}, first >= 0
}

const (
	Dropped  = -1 // leaves no trace
	Attached = -2 // dropped, belongs to the letter before it
)

// likeRunes are single characters and what they are compared as.
var likeRunes = func() map[rune]rune {
	m := map[rune]rune{'\u0640': Attached, '\u0670': Attached, '\u2212': '-', 0: ' ', '\ufeff': Dropped, '\u061c': Dropped}
	for like, list := range map[rune]string{'ا': "أإآٱ", 'ي': "ىی", 'ك': "ک", '"': "'‘’‚‛“”„‟«»‹›`´＂＇"} {
		for _, r := range list {
			m[r] = like
		}
	}
	return m
}()

// Rune is what a character is compared as: one of several spellings of a letter,
// digit, quote, dash or space, [Dropped], or [Attached].
func Rune(r rune) rune {
	if r < 0x80 && r != '\'' && r > ' ' {
		return r
	}
	if like, ok := likeRunes[r]; ok {
		return like
	}
	switch {
	case r >= 0x064B && r <= 0x065F, r >= 0x06D6 && r <= 0x06ED && unicode.Is(unicode.M, r):
		return Attached
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	case r >= 0x2010 && r <= 0x2015:
		return '-'
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069:
		return Dropped
	}
	return r
}
