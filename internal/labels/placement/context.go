package placement

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/folding"
)

// Around is the words that an answer gives before and after a surface; either may
// be "".
type Around struct{ Before, After string }

// mostCuts is in how many ways the words on one side are read where they repeat the
// surface.
const mostCuts = 8

// mostContext is how many letters of context on one side are compared.
const mostContext = 64

// context is Around made ready for one surface.
type context struct {
	before [][]rune // letters and digits going left from the surface; the writings it may be meant in
	after  [][]rune
}

// newContext reads the words around a surface. An answer may repeat the surface
// at the end of before and at the beginning of after, or give on both sides the
// whole sentence; so both are tried as they are and with the surface cut off.
func newContext(around Around, surface *folding.Text) context {
	var c context
	own := contextLetters(surface)
	if b := contextLetters(folding.New(around.Before)); b != "" {
		c.before = append(c.before, leftwards(b))
		for i := strings.LastIndex(b, own); i > 0 && len(c.before) < mostCuts; i = strings.LastIndex(b[:i], own) {
			c.before = append(c.before, leftwards(b[:i]))
		}
	}
	if a := contextLetters(folding.New(around.After)); a != "" {
		c.after = append(c.after, rightwards(a))
		for at := 0; len(c.after) < mostCuts; {
			i := strings.Index(a[at:], own)
			if at += i + len(own); i < 0 || at == len(a) {
				break
			}
			c.after = append(c.after, rightwards(a[at:]))
		}
	}
	return c
}

// given reports whether there is any context.
func (c context) given() bool { return len(c.before)+len(c.after) > 0 }

// agreement is how far the letters around a candidate are those of the context.
type agreement struct {
	letters int  // the same, going outwards, on both sides
	strong  bool // enough to decide
}

// agrees compares a candidate's surroundings with the context. Punctuation and
// spaces do not count, and the proclitics right before the candidate may be missing.
func (c context) agrees(t *folding.Text, p *Candidate) agreement {
	left, leftOf := 0, 0
	for _, b := range c.before {
		for skip := 0; skip <= p.skip; skip++ {
			if n := common(t, p.from-skip, -1, b); n > left || left == 0 && leftOf < len(b) {
				left, leftOf = n, len(b)
			}
		}
	}
	right, rightOf := 0, 0
	for _, a := range c.after {
		if n := common(t, p.to, 1, a); n > right || right == 0 && rightOf < len(a) {
			right, rightOf = n, len(a)
		}
	}
	total := leftOf + rightOf
	n := left + right
	full := func(n, of int) bool { return n >= 3 && n == of }
	return agreement{letters: n, strong: n > 0 && (n == total || full(left, leftOf) || full(right, rightOf) || n >= 12 || n >= 4 && 2*n >= total)}
}

// common is how many letters and digits of the text from letter i on, by steps of
// step, are those of want. With -1 it begins before i.
func common(t *folding.Text, i, step int, want []rune) int {
	if step < 0 {
		i--
	}
	n := 0
	for n < len(want) && i >= 0 && i < t.Len() {
		if t.InWord(i) {
			if t.Rune(i) != want[n] {
				break
			}
			n++
		}
		i += step
	}
	return n
}

// contextLetters are the letters and digits of a folded text.
func contextLetters(t *folding.Text) string {
	var b strings.Builder
	for i := range t.Len() {
		if t.InWord(i) {
			b.WriteRune(t.Rune(i))
		}
	}
	return b.String()
}

func rightwards(letters string) []rune {
	r := []rune(letters)
	return r[:min(len(r), mostContext)]
}

func leftwards(letters string) []rune {
	r := []rune(letters)
	r = r[max(0, len(r)-mostContext):]
	slices.Reverse(r)
	return r
}
