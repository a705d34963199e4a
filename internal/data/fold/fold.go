package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrase is s for comparison with phrases: words folded by Word, one
// space between, all that is no letter or digit dropped, except an
// apostrophe inside a word.
func Phrase(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		f := Rune(r)
		switch {
		case f < 0:
		case IsWordRune(f) || DigitOf(f) >= 0 || unicode.IsDigit(f) || f == '\'' && b.Len() > 0 && !gap:
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(f)
		default:
			gap = true
		}
	}
	return b.String()
}

// Key is s without white space and invisible characters, so that the same
// text with other line breaks or direction marks compares equal.
func Key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c > ' ' {
				b.WriteByte(c)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if IsArabicLetter(r) || !unicode.IsSpace(r) && !IsFormat(r) {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// DigitOf is the value of an ASCII, Arabic-Indic or extended Arabic-Indic
// digit, else -1.
func DigitOf(r rune) int {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0')
	case '٠' <= r && r <= '٩':
		return int(r - '٠')
	case '۰' <= r && r <= '۹':
		return int(r - '۰')
	}
	return -1
}

func IsWordRune(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return IsArabicLetter(r) || unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// Word makes spellings of one word equal for comparison with a list:
// lower case; hamza carriers to bare alef, ى to ي, ة to ه; vowel marks,
// tatweel and invisible format characters dropped. It is never applied to
// text that is kept.
func Word(s string) string {
	return strings.Map(Rune, s)
}

func Rune(r rune) rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'ـ', 'ٰ':
		return -1
	case '’', 'ʼ':
		return '\''
	}
	switch {
	case IsArabicLetter(r):
		return r
	case r >= 0x064B && r <= 0x065F || IsFormat(r):
		return -1
	}
	return unicode.ToLower(r)
}

// IsArabicLetter is a quick answer for the common case: hamza to yeh.
func IsArabicLetter(r rune) bool { return 0x0621 <= r && r <= 0x064A }

// IsFormat reports whether r is an invisible format character (Unicode Cf),
// such as a direction mark.
func IsFormat(r rune) bool {
	return r >= 0x00AD && !IsArabicLetter(r) && unicode.Is(unicode.Cf, r)
}

// unspaced are the scripts that put no spaces between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// Unspaced reports whether r is of a script that puts no spaces between words.
func Unspaced(r rune) bool { return r >= 0x0E00 && unicode.In(r, unspaced...) }
