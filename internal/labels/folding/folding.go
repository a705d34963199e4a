// Package folding takes out of a text what two writings of the same words differ
// in, so that the words of an answer are found in an article. It is wider than
// [normalise], and never for storage.
package folding

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/mizan-corpus/mizan/schema"
)

// Text is a text as a row of letters: everything that is seen but white space,
// each folded to its plainest form. Two writings of the same words have the
// same letters.
//
//   - Compatibility decomposition (UAX #15, NFKD) takes presentation forms,
//     ligatures, full and half width, ﬁ and ﷲ apart.
//   - Marks on Latin, Greek, Cyrillic, Arabic and Hebrew letters, tatweel and
//     Koranic signs belong to the letter before them: so أ إ آ ٱ are ا, ؤ is و,
//     ئ is ي, é is e.
//   - ى ی ے are ي; ة ہ ھ ە are ه; ک is ك; æ œ ß are ae oe ss; ø ł đ ı are
//     o l d i; final sigma is sigma; letters with case are small.
//   - Digits of every script are 0–9; quotation marks and apostrophes are "
//     and dashes -; the Arabic comma, semicolon, question and per cent mark are
//     the Latin ones.
//   - White space, format and control characters are no letters.
type Text struct {
	Folded  string // the letters
	letters []letter
	source  []rune // the text as it stands
}

// letter is one folded letter.
type letter struct {
	at         int32 // its byte in Folded
	start, end int32 // of what it stands for in the text, marks included, in code points
	flags      uint8
}

const (
	spaced  = 1 << iota // white space stands before it
	inWord              // a letter or digit
	noSpace             // of a script that writes no spaces between words
	part                // its original has letters of its own before this one
)

// New folds a text.
func New(text string) *Text {
	t := &Text{source: []rune(text)}
	var b strings.Builder
	b.Grow(len(text))
	t.letters = make([]letter, 0, len(t.source))
	space := true
	attachable := int32(-1) // a mark at this code point belongs to the letter before it
	for i, r := range t.source {
		at := int32(i)
		switch classOf(r) {
		case classSpace:
			space = true
			continue
		case classDropped:
			if attachable == at {
				attachable = at + 1
			}
			continue
		case classMark:
			if k := len(t.letters) - 1; k >= 0 && attachable == at {
				t.letters[k].end, attachable = at+1, at+1
				for k > 0 && t.letters[k].flags&part != 0 { // all letters of a ligature
					k--
					t.letters[k].end = at + 1
				}
			}
			continue
		}
		flags := flagsOf(r)
		if space {
			flags |= spaced
		}
		for _, f := range foldRune(r) {
			t.letters = append(t.letters, letter{at: int32(b.Len()), start: at, end: at + 1, flags: flags})
			b.WriteRune(f)
			flags = flags&^spaced | part
			space, attachable = false, at+1
		}
	}
	t.Folded = b.String()
	return t
}

// Len is the number of letters.
func (t *Text) Len() int { return len(t.letters) }

// Rune is letter i, folded.
func (t *Text) Rune(i int) rune {
	r, _ := utf8.DecodeRuneInString(t.Folded[t.letters[i].at:])
	return r
}

// LetterAt is the letter that begins at a byte of Folded, or the next one.
func (t *Text) LetterAt(b int) int {
	return sort.Search(len(t.letters), func(i int) bool { return int(t.letters[i].at) >= b })
}

// From is the first letter at or after a code point of the text, Len when none is.
func (t *Text) From(at int32) int {
	return sort.Search(len(t.letters), func(i int) bool { return t.letters[i].start >= at })
}

// Slice is letters [from, to) as Folded has them.
func (t *Text) Slice(from, to int) string { return t.Folded[t.byteOf(from):t.byteOf(to)] }

func (t *Text) byteOf(i int) int {
	if i < len(t.letters) {
		return int(t.letters[i].at)
	}
	return len(t.Folded)
}

// Span is what letters [from, to) stand for in the text, the marks of the last
// one included. It reports false where that cuts a ligature or another
// character that folds to several letters.
func (t *Text) Span(from, to int) (schema.Span, bool) {
	whole := t.letters[from].flags&part == 0 && (to == len(t.letters) || t.letters[to].flags&part == 0)
	return schema.Span{Start: t.letters[from].start, End: t.letters[to-1].end}, whole
}

// Letters is the letters [from, to) that stand in a span of the text.
func (t *Text) Letters(s schema.Span) (from, to int) {
	from = sort.Search(len(t.letters), func(i int) bool { return t.letters[i].end > s.Start })
	to = t.From(s.End)
	return from, max(from, to)
}

// Spaced reports whether white space, or nothing, stands before letter i.
func (t *Text) Spaced(i int) bool { return t.letters[i].flags&spaced != 0 }

// InWord reports whether letter i is a letter or digit.
func (t *Text) InWord(i int) bool { return t.letters[i].flags&inWord != 0 }

// NoSpace reports whether letter i is of a script without spaces between words.
func (t *Text) NoSpace(i int) bool { return t.letters[i].flags&noSpace != 0 }

// Joined reports whether letters i-1 and i stand in one word.
func (t *Text) Joined(i int) bool {
	if i <= 0 || i >= len(t.letters) {
		return false
	}
	both := t.letters[i-1].flags & t.letters[i].flags
	return both&inWord != 0 && t.letters[i].flags&spaced == 0 && !(t.NoSpace(i-1) || t.NoSpace(i))
}

// EndsWord reports whether a word may end before letter i: one does, or particles
// follow, which Korean joins to its nouns.
func (t *Text) EndsWord(i int) bool {
	return !t.Joined(i) || unicode.Is(unicode.Hangul, t.source[t.letters[i].start])
}

// piece is what letter i stands for in the text.
func (t *Text) piece(i int) []rune { return t.source[t.letters[i].start:t.letters[i].end] }

type class uint8

const (
	classLetter  class = iota
	classSpace         // between words
	classMark          // belongs to the letter before it
	classDropped       // leaves no trace
)

// Longer reports whether a text has more than n letters. It makes nothing of the text,
// so that one that can be nowhere costs no memory.
func Longer(text string, n int) bool {
	for _, r := range text {
		if classOf(r) == classLetter {
			if n--; n < 0 {
				return true
			}
		}
	}
	return false
}

func classOf(r rune) class {
	switch {
	case r > ' ' && r < 0x7f:
		return classLetter
	case r == 0 || unicode.IsSpace(r):
		return classSpace
	case r < 0xad:
		if unicode.IsControl(r) {
			return classDropped
		}
		return classLetter
	case r == 0x0640 || unicode.Is(unicode.Mn, r) && attaches(r):
		return classMark
	case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
		return classDropped
	}
	return classLetter
}

// attaches reports whether a mark may be left out in writing: those of scripts
// whose words are told apart by their letters. Vowel signs of Indic scripts and the
// voicing marks of kana are letters here.
func attaches(r rune) bool {
	switch {
	case r < 0x0900: // combining diacritical, Cyrillic, Hebrew, Arabic, Syriac, Thaana
		return true
	case r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF, r >= 0x20D0 && r <= 0x20FF, r >= 0xFE00 && r <= 0xFE2F, r >= 0xE0100:
		return true
	}
	return false
}

var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

func flagsOf(r rune) uint8 {
	var f uint8
	if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
		f |= inWord
	}
	if r >= 0x0E00 && unicode.IsOneOf(unspaced, r) {
		f |= noSpace
	}
	return f
}

// arabic are the foldings of the Arabic block, which most texts here are written in.
var arabic = func() (list [0x100][]rune) {
	for i := range list {
		list[i] = decompose(0x600 + rune(i))
	}
	return list
}()

// foldRune is what a character that is a letter here folds to.
func foldRune(r rune) []rune {
	if r >= 0x600 && r < 0x700 {
		return arabic[r-0x600]
	}
	return decompose(r)
}

func decompose(r rune) []rune {
	if f, ok := plain(r); ok {
		return f
	}
	decomposed := norm.NFKD.PropertiesString(string(r)).Decomposition()
	if unicode.Is(unicode.Hangul, r) { // by a rule, not by a table
		decomposed = norm.NFKD.Bytes([]byte(string(r)))
	}
	if decomposed == nil {
		return []rune{foldLetter(r)}
	}
	var out []rune
	for _, d := range string(decomposed) {
		if c := classOf(d); c == classMark && len(out) > 0 || c == classDropped || c == classSpace {
			continue
		}
		if f, ok := plain(d); ok {
			out = append(out, f...)
		} else {
			out = append(out, foldLetter(d))
		}
	}
	return out
}

var ascii = func() (list [0x80][]rune) {
	for r := range list {
		list[r] = []rune{unicode.ToLower(rune(r))}
	}
	list['\''], list['`'] = []rune{'"'}, []rune{'"'}
	return list
}()

// plain is the folding of characters that need no decomposition.
func plain(r rune) ([]rune, bool) {
	if r < 0x80 {
		return ascii[r], true
	}
	if (r < 0x600 || r > 0x2000) && strings.ContainsRune(quotes, r) {
		return ascii['"'], true
	}
	switch r {
	case 'ß', 'ẞ':
		return []rune("ss"), true
	case 'æ', 'Æ':
		return []rune("ae"), true
	case 'œ', 'Œ':
		return []rune("oe"), true
	}
	return nil, false
}

const (
	quotes   = "‘’‚‛“”„‟«»‹›´ʼʻʹ″′「」『』"
	dashes   = "‐‑‒–—―−﹘﹣－־"
	yehs     = "ىیےې"
	hehs     = "ةہھەۀۃ"
	unusualD = "đð"
)

func foldLetter(r rune) rune {
	r = unicode.ToLower(r)
	switch {
	case unicode.Is(unicode.Nd, r):
		return '0' + rune(digit(r))
	case strings.ContainsRune(dashes, r):
		return '-'
	case strings.ContainsRune(yehs, r):
		return 'ي'
	case strings.ContainsRune(hehs, r):
		return 'ه'
	case strings.ContainsRune(unusualD, r):
		return 'd'
	}
	switch r {
	case 'ٱ':
		return 'ا'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'ı':
		return 'i'
	case 'ς':
		return 'σ'
	case '،', '、', '٬':
		return ','
	case '؛':
		return ';'
	case '؟':
		return '?'
	case '٪':
		return '%'
	case '٫', '。', '۔':
		return '.'
	}
	return r
}

// digit is the value of a decimal digit: those of a script stand in a row from 0.
func digit(r rune) int {
	n := 0
	for n < 9 && unicode.Is(unicode.Nd, r-1) {
		r--
		n++
	}
	return n
}
