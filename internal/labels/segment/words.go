package segment

import (
	"strings"
	"unicode"
)

// Words are cut as the default word boundaries of Unicode text segmentation ask
// (UAX #29, rules WB3 to WB16): a word holds its marks and format characters, a
// number its decimal and thousands separators (3.5, ١٬٠٠٠), a word its
// apostrophe and its underscore; an emoji is one with what modifies it. Two
// things differ, as the annex allows: a full stop or colon between Arabic
// letters ends the word, since news leave out the space behind it; and white
// space and control characters are no words.

// wordClass is the Word_Break property of a code point, as far as the rules
// need it.
type wordClass uint8

const (
	classOther     wordClass = iota
	classSpace               // CR, LF, Newline, WSegSpace, controls
	classExtend              // Extend, Format, and ZWJ, which go with what is before them
	classJoiner              // ZWJ
	classLetter              // ALetter
	classArabic              // ALetter of the Arabic script
	classHebrew              // Hebrew_Letter
	classNumeric             // Numeric
	classKatakana            // Katakana
	classConnector           // ExtendNumLet
	classMidLetter           // MidLetter
	classMidNum              // MidNum
	classMidNumLet           // MidNumLet
	classSingle              // Single_Quote
	classDouble              // Double_Quote
	classRegional            // Regional_Indicator
	classPicture             // Extended_Pictographic, nearly: symbols
)

const (
	midLetters = ":\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a"
	midNums    = ",;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b"
	midNumLets = ".\u2018\u2019\u2024\ufe52\uff07\uff0e"
)

// withoutSpaces are scripts whose words are not divided by spaces: the rules
// make a word of each of their characters.
var withoutSpaces = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham}

func classOf(r rune) wordClass {
	switch {
	case r == '\u200d':
		return classJoiner
	case r == 0xFEFF || unicode.IsSpace(r) && r != '\u202f' || unicode.IsControl(r) || r == '\u200b':
		return classSpace
	case unicode.IsMark(r) || r == '\u200c' || r >= 0x1F3FB && r <= 0x1F3FF:
		return classExtend
	case r >= 0x0600 && r <= 0x0605 || r == 0x06DD || r == 0x066B || unicode.Is(unicode.Nd, r):
		return classNumeric
	case unicode.Is(unicode.Cf, r):
		return classExtend
	case unicode.Is(unicode.Katakana, r) || r >= 0x3031 && r <= 0x3035 || r == 0x309B || r == 0x309C || r == 0x30A0 || r == 0x30FC || r == 0xFF70:
		return classKatakana
	case unicode.IsLetter(r) && !unicode.In(r, withoutSpaces...) || unicode.Is(unicode.Nl, r):
		switch {
		case unicode.Is(unicode.Arabic, r) || r == 'ـ':
			return classArabic
		case unicode.Is(unicode.Hebrew, r):
			return classHebrew
		}
		return classLetter
	case unicode.Is(unicode.Pc, r) || r == '\u202f':
		return classConnector
	case strings.ContainsRune(midLetters, r):
		return classMidLetter
	case strings.ContainsRune(midNums, r):
		return classMidNum
	case strings.ContainsRune(midNumLets, r):
		return classMidNumLet
	case r == '\'':
		return classSingle
	case r == '"':
		return classDouble
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return classRegional
	case unicode.Is(unicode.So, r) || r == '‼' || r == '⁉':
		return classPicture
	}
	return classOther
}

func (c wordClass) letter() bool { return c == classLetter || c == classArabic || c == classHebrew }

// wordScanner tells, code point by code point, whether the word goes on.
type wordScanner struct {
	classes []wordClass // of the text
	last    wordClass   // of the code point before, past those that extend it
	before  wordClass   // of the one before that
	joined  bool        // the code point just before is a joiner
	flags   int         // regional indicators in a row
}

func newWordScanner(text string) *wordScanner {
	s := &wordScanner{last: classSpace, before: classSpace}
	for _, r := range text {
		s.classes = append(s.classes, classOf(r))
	}
	return s
}

// joins reports whether code point i belongs to the word of the one before it.
// It is to be called for every code point, in order.
func (s *wordScanner) joins(i int) bool {
	c := s.classes[i]
	if (c == classExtend || c == classJoiner) && s.last != classSpace { // WB4
		s.joined = c == classJoiner
		return true
	}
	joins := s.last != classSpace && c != classSpace && (s.joined && c == classPicture || s.rules(c, i)) // WB3c
	s.joined = c == classJoiner
	if c == classRegional {
		s.flags++
	} else {
		s.flags = 0
	}
	s.before, s.last = s.last, c
	if c == classExtend || c == classJoiner { // nothing before it: a word by itself, and the next is another
		s.last = classSpace
	}
	return joins
}

func (s *wordScanner) rules(c wordClass, i int) bool {
	last, before := s.last, s.before
	switch {
	case last.letter() && c.letter(): // WB5
	case last.letter() && middle(c, classMidLetter) && s.after(i).letter(): // WB6
		return !(last == classArabic && s.after(i) == classArabic && c != classSingle)
	case before.letter() && middle(last, classMidLetter) && c.letter(): // WB7
		return !(before == classArabic && c == classArabic && last != classSingle)
	case last == classHebrew && c == classSingle: // WB7a
	case last == classHebrew && c == classDouble && s.after(i) == classHebrew: // WB7b
	case before == classHebrew && last == classDouble && c == classHebrew: // WB7c
	case (last == classNumeric || last.letter()) && (c == classNumeric || c.letter()): // WB8 to WB10
	case before == classNumeric && middle(last, classMidNum) && c == classNumeric: // WB11
	case last == classNumeric && middle(c, classMidNum) && s.after(i) == classNumeric: // WB12
	case last == classKatakana && c == classKatakana: // WB13
	case c == classConnector && (last.letter() || last == classNumeric || last == classKatakana || last == classConnector): // WB13a
	case last == classConnector && (c.letter() || c == classNumeric || c == classKatakana): // WB13b
	case last == classRegional && c == classRegional: // WB15, WB16
		return s.flags%2 == 1
	default:
		return false
	}
	return true
}

// middle reports whether a character may stand inside a word or number.
func middle(c, own wordClass) bool { return c == own || c == classMidNumLet || c == classSingle }

// after is the class of the next code point that is no extension.
func (s *wordScanner) after(i int) wordClass {
	for _, c := range s.classes[i+1:] {
		if c != classExtend && c != classJoiner {
			return c
		}
	}
	return classSpace
}
