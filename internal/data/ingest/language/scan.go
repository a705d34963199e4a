package language

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// read goes through the words of a text.
func (t *tally) read(text string) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if !isASCIILetter(c) {
				i++
				continue
			}
			if n := addressLen(text[i:]); n > 0 {
				i += n
				continue
			}
			i += t.latinWord(text[i:])
			continue
		}
		if l := arabicAt(text, i); l != nil {
			if l.kind == letter {
				i += t.arabicWord(text[i:])
			} else {
				i += 2
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case isLatin(r):
			i += t.latinWord(text[i:])
			continue
		case isPhonetic(r):
			t.phonetic++
		case r > 0x2FF && unicode.IsLetter(r):
			i += t.otherWord(text[i:], r)
			continue
		}
		i += n
	}
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isLatin reports whether r is a Latin letter outside ASCII, those of phonetic
// alphabets left aside, except ə.
func isLatin(r rune) bool {
	return 0xC0 <= r && r < 0x250 && r != '×' && r != '÷' || r == 'ə' || 0x1E00 <= r && r < 0x1F00
}

// addressLen is the length of the web or mail address, file name or #tag that s
// begins with, 0 where it begins with a word. It ends at white space or at the
// first letter that is not ASCII.
func addressLen(s string) int {
	address := false
	i := 0
	for ; i < len(s) && s[i] > ' ' && s[i] < utf8.RuneSelf; i++ {
		switch s[i] {
		case '@', '_', '\\':
			address = true
		case '/':
			address = address || i > 0 && s[i-1] == ':'
		case '.':
			address = address || i+1 < len(s) && isASCIILetter(s[i+1])
		}
	}
	if !address {
		return 0
	}
	return i
}

// latinWord takes the word at the head of s and says how long it is.
func (t *tally) latinWord(s string) int {
	h, capital, marks, i := uint64(hashSeed), false, wordEvidence{}, 0
	foreign := uint32(0) // languages that do not write one of the letters
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if !isASCIILetter(c) {
				break
			}
			capital = capital || i == 0 && c < 'a'
			h = hashRune(h, rune(c|0x20))
			foreign |= asciiForeign[c|0x20]
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isLatin(r) {
			if unicode.Is(unicode.Mn, r) { // an accent on its own
				i += n
				continue
			}
			break
		}
		l := unicode.ToLower(r)
		capital = capital || i == 0 && l != r
		if e := latinLetter(l); e.weight > marks.weight {
			marks = e
		}
		h = hashRune(h, l)
		foreign |= foreignTo(l)
		i += n
	}
	if capital {
		t.capitalised++
	} else {
		t.lower++
		for ; foreign != 0; foreign &= foreign - 1 {
			t.foreign[bits.TrailingZeros32(foreign)]++
		}
	}
	if e, ok := evidence().find(h); ok && e.of >= 1<<firstLatin {
		t.add(e)
	} else {
		t.add(marks)
	}
	return i
}

// latinLetter is the evidence of a letter that few languages have. Azerbaijani
// shares ğ and ı with Turkish but has ə in every other word.
func latinLetter(r rune) wordEvidence {
	switch r {
	case 'ğ', 'ı':
		return only(turkish)
	case 'î', 'û':
		return weak(kurmanji)
	case 'ə':
		return sure(otherLatin)
	case 'ß':
		return only(german)
	case 'ñ':
		return weak(spanish)
	case 'œ':
		return only(french)
	case 'ã', 'õ':
		return weak(portuguese)
	case 'ø', 'å', 'æ', 'ł', 'ż', 'ą', 'ę', 'ś', 'ć', 'ź', 'ń', 'č', 'š', 'ž', 'ř', 'ě', 'ů', 'ő', 'ű', 'ă', 'ț', 'ș', 'ţ', 'đ', 'ơ', 'ư',
		'ā', 'ē', 'ī', 'ū', 'ņ', 'ļ', 'ė', 'ų', 'į', 'ģ', 'ķ', 'ŭ', 'ĝ', 'ĉ', 'ŝ', 'ð', 'þ', 'ý', 'ť', 'ď', 'ľ':
		return only(otherLatin)
	}
	if r >= 0x1E00 {
		return only(otherLatin)
	}
	return wordEvidence{}
}

func (t *tally) add(e wordEvidence) {
	for of := e.of; of != 0; of &= of - 1 {
		t.score[bits.TrailingZeros32(of)] += int(e.weight)
	}
}

// scripts lists the scripts that news of one language only is written in.
// Missing are those of several: Cyrillic, Devanagari, Bengali, Ethiopic and
// Chinese characters by themselves.
var scripts = [...]struct {
	code   string
	tables []*unicode.RangeTable
	solid  bool // no spaces between words
}{
	{"he", []*unicode.RangeTable{unicode.Hebrew}, false},
	{"el", []*unicode.RangeTable{unicode.Greek}, false},
	{"hy", []*unicode.RangeTable{unicode.Armenian}, false},
	{"ka", []*unicode.RangeTable{unicode.Georgian}, false},
	{"ko", []*unicode.RangeTable{unicode.Hangul}, false},
	{"ja", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}, true},
	{"th", []*unicode.RangeTable{unicode.Thai}, true},
	{"lo", []*unicode.RangeTable{unicode.Lao}, true},
	{"km", []*unicode.RangeTable{unicode.Khmer}, true},
	{"ta", []*unicode.RangeTable{unicode.Tamil}, false},
	{"te", []*unicode.RangeTable{unicode.Telugu}, false},
	{"kn", []*unicode.RangeTable{unicode.Kannada}, false},
	{"ml", []*unicode.RangeTable{unicode.Malayalam}, false},
	{"gu", []*unicode.RangeTable{unicode.Gujarati}, false},
	{"si", []*unicode.RangeTable{unicode.Sinhala}, false},
	{"dv", []*unicode.RangeTable{unicode.Thaana}, false},
}

// solidWord is how many letters count as a word where none are parted.
const solidWord = 3

// otherWord takes the word in another script at the head of s, whose first
// letter is first, and says how long it is.
func (t *tally) otherWord(s string, first rune) int {
	k, han := scriptOf(first), unicode.Is(unicode.Han, first)
	letters, i := 0, 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if i > 0 && !unicode.IsMark(r) && (r <= 0x2FF || arabicFirst <= r && r <= arabicLast || !unicode.IsLetter(r) || scriptOf(r) != k || unicode.Is(unicode.Han, r) != han) {
			break
		}
		letters++
		i += n
	}
	switch words := (letters + solidWord - 1) / solidWord; {
	case han:
		t.han += words
	case k < 0:
		t.unknown++
	case scripts[k].solid:
		t.scripts[k] += words
	default:
		t.scripts[k]++
	}
	if k == hebrew && isYiddish(s[:i]) {
		t.yiddish++
	}
	return i
}

const hebrew, japanese = 0, 5 // places in scripts

// isYiddish reports whether a word in Hebrew letters is written as in Yiddish
// alone, or is one of its commonest.
func isYiddish(w string) bool {
	switch w {
	case "און", "איז", "פון", "די", "דער", "דאס", "צו", "מיט", "אויף":
		return true
	}
	for _, sign := range []string{"װ", "ױ", "ײ", "אַ", "אָ"} {
		if strings.Contains(w, sign) {
			return true
		}
	}
	return false
}

// scriptOf is the place of a letter's script in scripts, or -1.
func scriptOf(r rune) int {
	for i := range scripts {
		for _, t := range scripts[i].tables {
			if unicode.Is(t, r) {
				return i
			}
		}
	}
	return -1
}
