package ingest

import (
	"strings"
	"unicode"
)

// monthNames lists every accepted name of the twelve months, in the forms
// that news sites print. Names are compared after foldWord, so that أيلول,
// ايلول and أَيْلُول are one. A name of two words has one space.
var monthNames = [12][]string{
	{"كانون الثاني", "كانون ثاني", "كانون ثان", "يناير", "جانفي", "ينار", "january", "jan", "janvier", "janv"},
	{"شباط", "فبراير", "فيفري", "february", "feb", "février", "fevrier", "févr"},
	{"آذار", "مارس", "march", "mar", "mars"},
	{"نيسان", "أبريل", "إبريل", "أفريل", "april", "apr", "avril", "avr"},
	{"أيار", "نوار", "مايو", "ماي", "may", "mai"},
	{"حزيران", "يونيو", "يونيه", "يونية", "جوان", "june", "jun", "juin"},
	{"تموز", "يوليو", "يوليه", "يولية", "يوليوز", "جويلية", "july", "jul", "juillet", "juil"},
	{"آب", "أغسطس", "غشت", "أوت", "august", "aug", "août", "aout"},
	{"أيلول", "سبتمبر", "شتنبر", "september", "sep", "sept", "septembre"},
	{"تشرين الأول", "تشرين أول", "أكتوبر", "october", "oct", "octobre"},
	{"تشرين الثاني", "تشرين ثاني", "تشرين ثان", "نوفمبر", "نونبر", "november", "nov", "novembre"},
	{"كانون الأول", "كانون أول", "ديسمبر", "دجنبر", "دسمبر", "december", "dec", "décembre", "decembre", "déc"},
}

// monthOf is the month 1–12 of a folded name.
var monthOf = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for _, n := range names {
			m[foldWord(n)] = i + 1
		}
	}
	return m
}()

// monthBegins holds the first words of months' names of two words.
var monthBegins = func() map[string]bool {
	m := map[string]bool{}
	for name := range monthOf {
		if first, _, two := strings.Cut(name, " "); two {
			m[first] = true
		}
	}
	return m
}()

// foldWord makes spellings of one word equal for comparison with a list:
// lower case; hamza carriers to bare alef, ى to ي, ة to ه; vowel marks,
// tatweel and invisible format characters dropped. It is never applied to
// text that is kept.
func foldWord(s string) string {
	return strings.Map(foldRune, s)
}

func foldRune(r rune) rune {
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
	case isArabicLetter(r):
		return r
	case r >= 0x064B && r <= 0x065F || isFormat(r):
		return -1
	}
	return unicode.ToLower(r)
}

// isArabicLetter is a quick answer for the common case: hamza to yeh.
func isArabicLetter(r rune) bool { return 0x0621 <= r && r <= 0x064A }

// isFormat reports whether r is an invisible format character (Unicode Cf),
// such as a direction mark.
func isFormat(r rune) bool {
	return r >= 0x00AD && !isArabicLetter(r) && unicode.Is(unicode.Cf, r)
}
