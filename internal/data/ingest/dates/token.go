package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// kind of a token of a line, as far as dates need it.
type kind uint8

const (
	mark   kind = iota // one rune that is neither letter nor digit
	number             // a run of decimal digits
	word               // a run of letters
)

// token is a piece of a line. White space and invisible format characters
// (direction marks inside a date are common) are in no token.
type token struct {
	kind       kind
	spaced     bool // white space stands before it
	digits     int  // number: how many
	n          int  // number: value, of at most 4 digits
	month      int  // word: 1–12 when it is a month's name by itself
	r          rune // mark
	start, end int  // bytes of the line
	word       string
}

// lex cuts a line into tokens, appended to toks.
func lex(line string, toks []token) []token {
	spaced := false
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		switch {
		case unicode.IsSpace(r):
			spaced = true
			i += size
			continue
		case fold.IsFormat(r):
			i += size
			continue
		}
		t := token{start: i, end: i + size, spaced: spaced, r: r}
		spaced = false
		switch {
		case fold.DigitOf(r) >= 0:
			t.kind = number
			t.lexNumber(line)
		case fold.IsWordRune(r):
			t.kind = word
			t.lexWord(line)
		}
		toks = append(toks, t)
		i = t.end
	}
	return toks
}

func (t *token) lexNumber(line string) {
	i := t.start
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		v := fold.DigitOf(r)
		if v < 0 {
			break
		}
		if t.digits++; t.digits <= 4 {
			t.n = 10*t.n + v
		}
		i += size
	}
	t.end = i
}

func (t *token) lexWord(line string) {
	i := t.start
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !fold.IsWordRune(r) && !fold.IsFormat(r) {
			break
		}
		i += size
	}
	t.end = i
	// No month's name and no connecting word has more than 24 bytes.
	if w := line[t.start:i]; len(w) <= 24 {
		t.word = fold.Word(w)
		t.month = monthOf[t.word]
	}
}

// skip is i, or the token after it when token i is one of the words.
func skip(toks []token, i int, words ...string) int {
	if i < len(toks) && toks[i].kind == word {
		for _, w := range words {
			if toks[i].word == fold.Word(w) {
				return i + 1
			}
		}
	}
	return i
}

// skipMarks is i, or the token after it when token i is one of the marks.
func skipMarks(toks []token, i int, marks string) int {
	if i < len(toks) && toks[i].kind == mark && strings.ContainsRune(marks, toks[i].r) {
		return i + 1
	}
	return i
}

// glued reports whether token i is part of something longer on one side
// (-1 before, +1 after): a separator with a further number, as in a range of
// days, a version, a telephone number or a path; or a Latin letter.
func glued(toks []token, i, side int) bool {
	near, far := i+side, i+2*side
	if near < 0 || near >= len(toks) {
		return false
	}
	// gap(a) tells whether white space stands between token a and the one before.
	gap := func(a, b int) bool { return toks[max(a, b)].spaced }
	if gap(i, near) {
		return false
	}
	if toks[near].kind == word && toks[near].r < 0x80 {
		return side < 0 || toks[near].word != "t"
	}
	return far >= 0 && far < len(toks) && toks[near].kind == mark && strings.ContainsRune("-–/.:", toks[near].r) &&
		toks[far].kind == number && !gap(near, far)
}
